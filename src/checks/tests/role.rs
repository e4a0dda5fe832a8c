//! Cluster, log group, execution role.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

#[test]
fn the_clusters_status_decides() {
    assert_is(&empty(), "ecs.cluster", Missing, "");
    for (status, verdict) in [
        ("ACTIVE", Passed),
        ("PROVISIONING", Pending),
        ("INACTIVE", Missing),
        ("DEPROVISIONING", Missing),
        ("FAILED", Missing),
    ] {
        let snapshot = good_but(|snapshot| read(&mut snapshot.cluster).status = status.into());
        assert_is(&snapshot, "ecs.cluster", verdict, "");
    }
    let action = "ecs:DescribeClusters";
    assert_denied(
        &good_but(|snapshot| snapshot.cluster = denied(action)),
        "ecs.cluster",
        action,
    );
}

#[test]
fn a_cluster_of_that_name_elsewhere_is_mentioned() {
    let mut snapshot = empty();
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: "eu-west-1".into(),
        what: "ECS cluster".into(),
        name: "news-api-cluster".into(),
    }]);
    let found = assert_is(&snapshot, "ecs.cluster", Missing, "wrong-region");
    assert!(found.summary.contains("eu-west-1"));
}

fn without_log_group() -> Snapshot {
    good_but(|snapshot| snapshot.log_groups = Fact::Present(Vec::new()))
}

#[test]
fn the_log_group_is_missing_until_a_definition_depends_on_it() {
    assert_is(&good(), "logs.group", Passed, "");
    assert_is(&empty(), "logs.group", Missing, "log-group-missing");
    assert_is(
        &without_log_group(),
        "logs.group",
        Failed,
        "log-group-missing",
    );
}

#[test]
fn a_neighbour_of_the_log_group_is_not_the_log_group() {
    let snapshot = good_but(|snapshot| {
        for group in read(&mut snapshot.log_groups) {
            group.name.push_str("-old");
        }
    });
    assert_is(&snapshot, "logs.group", Failed, "log-group-missing");
}

#[test]
fn the_definitions_own_log_group_is_the_one_that_counts() {
    let snapshot = good_but(|snapshot| {
        each_container(snapshot, |container| {
            container.logs.as_mut().unwrap().group = Some("/my/own".into());
        });
        read(&mut snapshot.log_groups)[0].name = "/my/own".into();
    });
    assert_is(&snapshot, "logs.group", Passed, "");
    assert_is(&snapshot, "taskdef.logs", Passed, "");
}

#[test]
fn a_group_that_the_tasks_create_needs_a_role_that_may() {
    let creating = |allowed: Option<Fact<Decision>>| {
        let mut snapshot = without_log_group();
        each_container(&mut snapshot, |container| {
            container.logs.as_mut().unwrap().creates_group = true;
        });
        if let Some(decision) = allowed {
            each_role(&mut snapshot, |role| {
                role.simulated.push(Simulated {
                    action: "logs:CreateLogGroup".into(),
                    resource: format!(
                        "arn:aws:logs:us-east-1:{}:log-group:/ecs/news-api",
                        crate::practice::ACCOUNT
                    ),
                    decision: decision.clone(),
                    unknown_keys: Vec::new(),
                });
            });
        }
        snapshot
    };
    assert_is(
        &creating(Some(Fact::Present(Decision::Allowed))),
        "logs.group",
        Passed,
        "",
    );
    let refused = creating(Some(Fact::Present(Decision::NotAllowed)));
    assert_is(&refused, "logs.group", Failed, "log-group-missing");
    let action = "iam:SimulatePrincipalPolicy";
    assert_denied(&creating(Some(denied(action))), "logs.group", action);
    assert_is(&creating(None), "logs.group", Unknown, "");
}

#[test]
fn denied_log_groups_are_unknown() {
    let action = "logs:DescribeLogGroups";
    let snapshot = good_but(|snapshot| snapshot.log_groups = denied(action));
    assert_denied(&snapshot, "logs.group", action);
    assert_denied(&snapshot, "taskdef.logs", action);
}

#[test]
fn a_role_that_is_not_there_is_missing_until_a_definition_names_it() {
    assert_is(&empty(), "role.execution", Missing, "role-missing");
    let snapshot = good_but(|snapshot| {
        for role in snapshot.roles.values_mut() {
            *role = Fact::Absent;
        }
    });
    assert_is(&snapshot, "role.execution", Failed, "role-missing");
    for check in ["role.pulls-image", "role.reads-secrets"] {
        let found = assert_is(&snapshot, check, Blocked, "");
        assert_eq!(found.blocked_by.unwrap().as_str(), "role.execution");
    }
}

#[test]
fn only_a_role_that_trusts_ecs_tasks_can_be_used() {
    assert_is(&good(), "role.execution", Passed, "");
    let trusts = |who: &'static str| {
        good_but(|snapshot| {
            each_role(snapshot, |role| {
                role.trust.statements[0].principals = vec![who.into()];
            });
        })
    };
    assert_is(
        &trusts("ec2.amazonaws.com"),
        "role.execution",
        Failed,
        "role-not-assumable",
    );
    assert_is(
        &trusts("ecs.amazonaws.com"),
        "role.execution",
        Failed,
        "role-not-assumable",
    );
    let nobody = good_but(|snapshot| each_role(snapshot, |role| role.trust.statements.clear()));
    assert_is(&nobody, "role.execution", Failed, "role-not-assumable");
    let denies = good_but(|snapshot| {
        each_role(snapshot, |role| {
            let mut deny = role.trust.statements[0].clone();
            deny.effect = Effect::Deny;
            role.trust.statements.push(deny);
        });
    });
    assert_is(&denies, "role.execution", Failed, "role-not-assumable");
}

#[test]
fn a_condition_on_the_trust_is_shown_to_hold_by_a_task_that_runs() {
    let mut snapshot = good_but(|snapshot| {
        each_role(snapshot, |role| {
            role.trust.statements[0].has_condition = true;
        });
    });
    assert_is(&snapshot, "role.execution", Passed, "");
    snapshot.tasks = Fact::Present(Vec::new());
    assert_is(&snapshot, "role.execution", Unknown, "");
}

#[test]
fn a_denied_role_is_unknown() {
    let action = "iam:GetRole";
    let snapshot = good_but(|snapshot| {
        for role in snapshot.roles.values_mut() {
            *role = denied(action);
        }
    });
    for check in ["role.execution", "role.pulls-image", "role.reads-secrets"] {
        assert_denied(&snapshot, check, action);
    }
}

#[test]
fn in_a_learner_lab_the_role_is_labrole() {
    let mut snapshot = after(&["iam-user.identity"]);
    read(&mut snapshot.caller).principal = Principal::LearnerLab {
        session: "user1=me".into(),
    };
    let role = {
        let mut good = good();
        let mut role = read(good.roles.values_mut().next().unwrap()).clone();
        role.name = "LabRole".into();
        role
    };
    snapshot.roles.insert("LabRole".into(), Fact::Present(role));
    assert_is(&snapshot, "role.execution", Passed, "");
}

/// The account in which the role has only these policies left, and the simulator says this of everything else.
fn with_policies(
    keep: impl Fn(&AttachedPolicy) -> bool,
    simulated: Option<Fact<Decision>>,
) -> Snapshot {
    let mut snapshot = good_but(|snapshot| {
        each_role(snapshot, |role| {
            if let Fact::Present(policies) = &mut role.policies {
                policies.retain(|policy| keep(policy));
            }
        });
    });
    if let Some(decision) = simulated {
        let account = crate::practice::ACCOUNT;
        let place = Place {
            partition: "aws".into(),
            account: account.into(),
            region: "us-east-1".into(),
        };
        let chapter = snapshot.chapter.clone();
        let definitions = snapshot.definitions.values().filter_map(Fact::present);
        let mut questions: Vec<RoleQuestion> = definitions
            .flat_map(|definition| &definition.containers)
            .flat_map(|container| pull_questions(&place, Some(container), &chapter))
            .collect();
        questions.extend(secret_questions(
            &place,
            ["/news-api/DATABASE_URL", "/news-api/REDIS_URL"],
            &[],
        ));
        each_role(&mut snapshot, |role| {
            role.simulated = questions
                .iter()
                .map(|question| Simulated {
                    action: question.action.into(),
                    resource: question.resource.clone(),
                    decision: decision.clone(),
                    unknown_keys: Vec::new(),
                })
                .collect();
        });
    }
    snapshot
}

fn inline(policy: &AttachedPolicy) -> bool {
    policy.arn.is_none()
}

#[test]
fn the_policy_documents_are_enough_for_a_plain_allow() {
    for check in ["role.pulls-image", "role.reads-secrets"] {
        let found = assert_is(&good(), check, Passed, "");
        assert!(
            found.evidence.iter().all(|seen| seen.api == "iam:GetRole"),
            "{found:#?}"
        );
    }
}

#[test]
fn what_the_documents_leave_open_the_simulator_decides() {
    let refused = || Some(Fact::Present(Decision::NotAllowed));
    let without_managed = with_policies(inline, refused());
    assert_is(
        &without_managed,
        "role.pulls-image",
        Failed,
        "execution-role-cannot-pull",
    );
    assert_is(&without_managed, "role.reads-secrets", Passed, "");
    let without_inline = with_policies(|policy| !inline(policy), refused());
    assert_is(&without_inline, "role.pulls-image", Passed, "");
    let found = assert_is(
        &without_inline,
        "role.reads-secrets",
        Failed,
        "execution-role-cannot-read-secrets",
    );
    let command = found.fix[0].command.as_ref().unwrap();
    assert!(
        command.contains("parameter/news-api/DATABASE_URL"),
        "{command}"
    );
    let allowed = with_policies(|_| false, Some(Fact::Present(Decision::Allowed)));
    assert_is(&allowed, "role.pulls-image", Passed, "");
    assert_is(&allowed, "role.reads-secrets", Passed, "");
}

#[test]
fn without_the_simulator_nothing_is_concluded() {
    let action = "iam:SimulatePrincipalPolicy";
    let snapshot = with_policies(|_| false, Some(denied(action)));
    for check in ["role.pulls-image", "role.reads-secrets"] {
        assert_denied(&snapshot, check, action);
        assert_is(&with_policies(|_| false, None), check, Unknown, "");
    }
}

#[test]
fn a_boundary_leaves_it_to_the_simulator() {
    let bounded = |simulated| {
        let mut snapshot = with_policies(|_| true, simulated);
        each_role(&mut snapshot, |role| {
            role.boundary = Some("arn:aws:iam::1:policy/b".into());
        });
        snapshot
    };
    assert_is(&bounded(None), "role.pulls-image", Unknown, "");
    let stopped = bounded(Some(Fact::Present(Decision::DeniedByBoundary)));
    let found = assert_is(
        &stopped,
        "role.pulls-image",
        Failed,
        "execution-role-cannot-pull",
    );
    assert!(found.summary.contains("boundary"), "{}", found.summary);
}

#[test]
fn a_role_created_a_moment_ago_gets_time() {
    let mut snapshot = with_policies(|_| false, Some(Fact::Present(Decision::NotAllowed)));
    each_role(&mut snapshot, |role| role.created_at = Some(now()));
    assert_is(&snapshot, "role.pulls-image", Pending, "");
}

#[test]
fn a_definition_without_a_role_cannot_pull() {
    let snapshot = good_but(|snapshot| {
        each_definition(snapshot, |definition| definition.execution_role = None);
    });
    assert_is(
        &snapshot,
        "role.pulls-image",
        Failed,
        "execution-role-cannot-pull",
    );
}

#[test]
fn the_right_policy_on_the_task_role_is_recognised() {
    let mut snapshot = with_policies(
        |policy| !inline(policy),
        Some(Fact::Present(Decision::NotAllowed)),
    );
    let full = read(good().roles.values_mut().next().unwrap()).clone();
    let arn: Arn = "arn:aws:iam::123456789012:role/newsTaskRole".into();
    each_definition(&mut snapshot, |definition| {
        definition.task_role = Some(arn.clone());
    });
    snapshot.roles.insert(
        arn.0.clone(),
        Fact::Present(Role {
            name: "newsTaskRole".into(),
            arn,
            ..full
        }),
    );
    let found = assert_is(
        &snapshot,
        "role.reads-secrets",
        Failed,
        "execution-role-cannot-read-secrets",
    );
    assert!(
        found.summary.contains("right policy, wrong role"),
        "{}",
        found.summary
    );
}

#[test]
fn a_key_of_ones_own_has_to_be_allowed_too() {
    let mut snapshot = good_but(|snapshot| {
        for parameter in read(&mut snapshot.parameters) {
            parameter.key = Some("0a1b2c3d".into());
            // Stored anew, so that no task has read it yet.
            parameter.modified_at = Some(now());
        }
    });
    assert_is(&snapshot, "role.reads-secrets", Unknown, "");
    each_role(&mut snapshot, |role| {
        role.simulated.push(Simulated {
            action: "kms:Decrypt".into(),
            resource: format!(
                "arn:aws:kms:us-east-1:{}:key/0a1b2c3d",
                crate::practice::ACCOUNT
            ),
            decision: Fact::Present(Decision::NotAllowed),
            unknown_keys: Vec::new(),
        });
    });
    let found = assert_is(
        &snapshot,
        "role.reads-secrets",
        Failed,
        "execution-role-cannot-read-secrets",
    );
    assert!(
        found.fix[0]
            .command
            .as_ref()
            .unwrap()
            .contains("kms:Decrypt")
    );
}
