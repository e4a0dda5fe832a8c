use super::*;
use crate::account::{DeniedBy, Fact, Principal, Why};
use crate::checks::{Finding, Judgement, check};
use crate::practice;
use std::collections::BTreeSet;

fn snapshot() -> crate::account::Snapshot {
    let now = "2026-11-13T09:10:00Z".parse().unwrap();
    practice::good_account(&practice::test_chapter(), now)
}

fn denied<T>(action: &str, by: DeniedBy) -> Fact<T> {
    Fact::Unknown(Why::Denied {
        action: action.into(),
        by,
    })
}

fn permissions(unread: &Unread) -> Part {
    Permissions::of(unread, [].iter(), BTreeSet::new(), logs()).part(None)
}

fn logs() -> LogScope {
    LogScope {
        actions: ["logs:GetLogEvents"].into(),
        resources: vec!["arn:aws:logs:*:*:log-group:/ecs/news*".into()],
    }
}

fn held_up(id: &str, action: &str) -> Finding {
    check(id)
        .unwrap()
        .finding(Judgement::unknown("x").needs_permission(action))
}

fn refused(denied: &[(DeniedBy, &[&str])]) -> Unread {
    Unread {
        denied: denied
            .iter()
            .map(|(by, actions)| (*by, actions.iter().map(|one| (*one).to_owned()).collect()))
            .collect(),
        ..Unread::default()
    }
}

#[test]
fn each_action_names_the_checks_it_holds_up_and_one_statement_mends_all_it_can() {
    let unread = refused(&[
        (DeniedBy::Organisation, &["ecr:DescribeImages"]),
        (
            DeniedBy::Identity,
            &["rds:DescribeDBInstances", "ec2:DescribeVpcs"],
        ),
    ]);
    let findings = [
        held_up("rds.postgres", "rds:DescribeDBInstances"),
        held_up("rds.private", "rds:DescribeDBInstances"),
        held_up("ecr.image-pushed", "ecr:DescribeImages"),
    ];
    let not_tried = BTreeSet::from(["rds:DescribeDBClusters".to_owned()]);
    let found = Permissions::of(&unread, findings.iter(), not_tried, logs());
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(
        json["missing"],
        serde_json::json!([
            {"action": "ec2:DescribeVpcs", "denied_by": "identity", "checks": []},
            {"action": "rds:DescribeDBInstances", "denied_by": "identity", "checks": ["rds.postgres", "rds.private"]},
            {"action": "ecr:DescribeImages", "denied_by": "organisation", "checks": ["ecr.image-pushed"]},
        ])
    );
    assert_eq!(
        json["statement"],
        serde_json::json!({"Sid": "LandfallReads", "Effect": "Allow", "Resource": "*",
            "Action": ["ec2:DescribeVpcs", "rds:DescribeDBClusters", "rds:DescribeDBInstances"]})
    );
    let part = found.part(Some(&Principal::User { name: "ann".into() }));
    assert_eq!(
        part.say,
        "3 permissions are missing, and 3 checks cannot tell because of it."
    );
    let pasted: Vec<serde_json::Value> = part
        .todo
        .iter()
        .filter_map(|fix| serde_json::from_str(fix.command.as_deref()?).ok())
        .collect();
    assert_eq!(pasted, [json["statement"].clone()]);
}

#[test]
fn log_lines_are_allowed_in_the_chapters_groups_only() {
    let line = "logs:GetLogEvents";
    let wide = "rds:DescribeDBInstances";
    for (actions, said) in [
        (&[line][..], &["No policy of yours allows it."][..]),
        (
            &[line, wide],
            &[
                "No policy of yours allows it.",
                "And this one, for the log lines",
            ],
        ),
    ] {
        let unread = refused(&[(DeniedBy::Identity, actions)]);
        let found = Permissions::of(&unread, [].iter(), BTreeSet::new(), logs());
        let part = found.part(Some(&Principal::User { name: "ann".into() }));
        let statements: Vec<(&str, serde_json::Value)> = part
            .todo
            .iter()
            .filter_map(|fix| {
                let json = serde_json::from_str(fix.command.as_deref()?).ok()?;
                Some((fix.say.as_str(), json))
            })
            .collect();
        assert_eq!(statements.len(), said.len());
        for ((say, statement), begins) in statements.iter().zip(said) {
            assert!(say.starts_with(begins), "{say}");
            let of_lines = statement["Action"] == serde_json::json!([line]);
            let resource = if of_lines {
                "arn:aws:logs:*:*:log-group:/ecs/news*"
            } else {
                "*"
            };
            assert_eq!(statement["Resource"], resource);
            assert!(of_lines || statement["Action"] == serde_json::json!([wide]));
        }
        let json = serde_json::to_value(&found).unwrap();
        assert_eq!(json["log_statement"], statements.last().unwrap().1);
    }
}

#[test]
fn what_no_policy_can_help_says_whom_to_ask_and_gives_no_statement() {
    for (by, whom) in [
        (DeniedBy::Organisation, "organisation's management account"),
        (DeniedBy::Session, "whoever hands the session out"),
        (DeniedBy::ExplicitDeny, "whoever wrote the deny"),
    ] {
        let found = Permissions::of(
            &refused(&[(by, &["rds:DescribeDBInstances"])]),
            [].iter(),
            BTreeSet::new(),
            logs(),
        );
        assert_eq!(found.statement, None);
        let part = found.part(None);
        assert!(part.todo[0].say.contains(whom), "{:?}", part.todo);
        assert!(part.todo[0].say.contains("rds:DescribeDBInstances"));
        assert_eq!(part.todo[0].command, None);
    }
    let boundary = Permissions::of(
        &refused(&[(DeniedBy::Boundary, &["rds:DescribeDBInstances"])]),
        [].iter(),
        BTreeSet::new(),
        logs(),
    );
    let fix = &boundary.part(None).todo[0];
    assert!(fix.say.contains("Whoever set the boundary"), "{}", fix.say);
    assert!(
        fix.command
            .as_deref()
            .unwrap()
            .contains("rds:DescribeDBInstances")
    );
}

#[test]
fn the_statement_goes_where_the_principal_has_its_policies() {
    let unread = refused(&[(DeniedBy::Identity, &["rds:DescribeDBInstances"])]);
    let found = Permissions::of(&unread, [].iter(), BTreeSet::new(), logs());
    let says = |principal: Principal| found.part(Some(&principal)).todo[0].clone();
    let user = says(Principal::User { name: "ann".into() });
    assert!(user.say.contains("a policy of the user ann"));
    let centre = says(Principal::IdentityCenter {
        permission_set: "Course".into(),
        session: "ann".into(),
    });
    assert!(centre.say.contains("the permission set Course"));
    let lab = says(Principal::LearnerLab {
        session: "ann".into(),
    });
    assert!(lab.say.contains("cannot be changed") && lab.command.is_none());
}

#[test]
fn a_finished_account_leaves_nothing_unread() {
    let found = unread(&snapshot());
    assert!(
        found.denied.is_empty() && found.others.is_empty(),
        "{found:?}"
    );
    assert_eq!(permissions(&found).state, PartState::Fine);
    assert_eq!(reading(&found).state, PartState::Fine);
}

#[test]
fn every_refused_action_is_named_wherever_it_stands_with_the_statement_to_add() {
    let mut snapshot = snapshot();
    snapshot.databases = denied("rds:DescribeDBInstances", DeniedBy::Identity);
    snapshot.network.vpcs = denied("ec2:DescribeVpcs", DeniedBy::Identity);
    if let Fact::Present(user) = &mut snapshot.user {
        user.mfa_devices = denied("iam:ListMFADevices", DeniedBy::Identity);
    }
    for facts in snapshot.repositories.values_mut() {
        facts.images = denied("ecr:DescribeImages", DeniedBy::Organisation);
    }
    let part = permissions(&unread(&snapshot));
    assert_eq!(part.state, PartState::Trouble);
    for action in [
        "rds:DescribeDBInstances",
        "ec2:DescribeVpcs",
        "iam:ListMFADevices",
        "ecr:DescribeImages",
    ] {
        assert!(
            part.items.iter().any(|item| item.name == action),
            "{action}: {:?}",
            part.items
        );
    }
    assert!(part.say.starts_with("4 permissions are missing"));
    let statement = part
        .todo
        .iter()
        .find_map(|fix| fix.command.as_deref())
        .unwrap();
    let statement: serde_json::Value = serde_json::from_str(statement).unwrap();
    assert_eq!(
        statement["Action"],
        serde_json::json!([
            "ec2:DescribeVpcs",
            "iam:ListMFADevices",
            "rds:DescribeDBInstances"
        ])
    );
    let organisation = part
        .todo
        .iter()
        .find(|fix| fix.say.contains("organisation"))
        .unwrap();
    assert_eq!(organisation.command, None);
}

#[test]
fn what_was_not_asked_or_lies_on_the_learners_machine_is_no_trouble_of_the_account() {
    let mut snapshot = snapshot();
    snapshot.leftovers = Fact::not_asked();
    snapshot.workplace.git = Fact::Unknown(Why::TimedOut);
    assert_eq!(unread(&snapshot), Unread::default());
}

#[test]
fn a_throttled_call_is_no_missing_permission() {
    let mut snapshot = snapshot();
    snapshot.budgets = Fact::Unknown(Why::Throttled);
    snapshot.parameters = Fact::Unknown(Why::Throttled);
    let found = unread(&snapshot);
    assert_eq!(permissions(&found).state, PartState::Fine);
    let part = reading(&found);
    assert_eq!(part.state, PartState::Unknown);
    assert!(
        part.say.contains("AWS asked to slow down (2 times)"),
        "{}",
        part.say
    );
}

#[test]
fn an_emulator_that_lacks_a_call_is_a_note() {
    let mut snapshot = snapshot();
    snapshot.budgets = Fact::Unknown(Why::NotOffered {
        say: "no such call".into(),
    });
    assert_eq!(reading(&unread(&snapshot)).state, PartState::Note);
}

#[test]
fn notes_do_not_hinder_and_troubles_do() {
    let with = |state| Diagnosis {
        schema: 1,
        landfall: "0",
        account: Source::Aws,
        parts: vec![Part::new("x", "X", state, "s")],
        permissions: Permissions::default(),
    };
    for state in [PartState::Fine, PartState::Note, PartState::NotLooked] {
        assert!(!with(state).is_hindered());
    }
    for state in [PartState::Trouble, PartState::Unknown] {
        assert!(with(state).is_hindered());
    }
}
