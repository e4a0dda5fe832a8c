//! Findings as they stand on the screen.

use super::verdicts::*;
use crate::checks::*;
use crate::checks::{Cause, Judgement, check};
use crate::term::text::to_text;

fn finding(id: &str, judgement: Judgement) -> Finding {
    check(id)
        .expect("a check of the registry")
        .finding(judgement)
}

fn open_database() -> Finding {
    finding(
        "rds.sg-source",
        Judgement::failed(
            Cause::SourceIsCidr,
            "The database's group sg-0a1b lets the whole internet in on port 5432",
        )
        .seen(Evidence {
            api: "ec2:DescribeSecurityGroups".into(),
            resource: "sg-0a1b".into(),
            field: "IpPermissions[5432]".into(),
            expected: "only sg-0c2d, the tasks' group".into(),
            observed: "0.0.0.0/0 and sg-0c2d".into(),
            found_by: FoundBy::Relation,
        })
        .fix(Fix::run(
            "Take the range out again; the group is enough.",
            "aws ec2 revoke-security-group-ingress --group-id sg-0a1b --protocol tcp --port 5432 --cidr 0.0.0.0/0",
        )),
    )
}

fn step() -> StepOutcome {
    StepOutcome {
        id: "rds.inbound".into(),
        title: "Let the tasks in, and nobody else".into(),
        verdict: Verdict::Failed,
        checks: vec![
            finding("rds.private", Judgement::passed("It has no public address.")),
            finding("rds.encrypted", Judgement::passed("It is encrypted.")),
            open_database(),
            finding(
                "ssm.database-url",
                Judgement::unknown("Could not read the parameters: no policy of yours allows ssm:DescribeParameters")
                    .needs_permission("ssm:DescribeParameters")
                    .fix(Fix::run("Allow it; this prints the whole read-only policy.", "landfall policy")),
            ),
            finding(
                "rds.same-vpc",
                Judgement::blocked(
                    check("rds.postgres").expect("registered").id,
                    "There is no instance yet",
                ),
            ),
            finding("acm.issued", Judgement::skipped("no domain")),
        ],
    }
}

#[test]
fn a_step_at_80_columns() {
    insta::assert_snapshot!(to_text(&step_lines(&step(), Opened::Folded, 80)));
}

#[test]
fn a_step_at_40_columns() {
    insta::assert_snapshot!(to_text(&step_lines(&step(), Opened::Folded, 40)));
}

#[test]
fn a_step_with_its_evidence() {
    insta::assert_snapshot!(to_text(&step_lines(&step(), Opened::Evidence, 80)));
}

fn unserved_page() -> Finding {
    finding(
        "tg.targets-healthy",
        Judgement::failed(
            Cause::HealthPathNotServed,
            "0 of 2 targets are healthy. The app answers /docs with 404",
        )
        .seen(Evidence {
            api: "elasticloadbalancing:DescribeTargetHealth".into(),
            resource: "news-api-tg".into(),
            field: "TargetHealth[172.31.5.9]".into(),
            expected: "healthy".into(),
            observed: "unhealthy, Target.ResponseCodeMismatch".into(),
            found_by: FoundBy::Relation,
        })
        .rules_out(
            "Security group, port, route and container: whoever answers with a status was reached.",
        )
        .rules_out("The image: two revisions fail alike.")
        .fix(Fix::say("Serve /docs.")),
    )
}

#[test]
fn what_is_ruled_out_stands_between_what_was_seen_and_what_to_do() {
    insta::assert_snapshot!(to_text(&finding_lines(
        &unserved_page(),
        Opened::Folded,
        80
    )));
}

#[test]
fn what_is_ruled_out_at_40_columns() {
    insta::assert_snapshot!(to_text(&finding_lines(
        &unserved_page(),
        Opened::Folded,
        40
    )));
}

fn question(
    id: &'static str,
    title: &'static str,
    answer: PreflightAnswer,
    by: &str,
) -> PreflightQuestion {
    PreflightQuestion {
        id,
        title,
        answer,
        check: check(by).expect("registered").id,
        cause: None,
        say: String::new(),
    }
}

#[test]
fn whether_a_task_would_start_is_a_short_block() {
    use super::preflight::preflight_lines;
    let preflight = Preflight {
        answer: PreflightAnswer::NotOk,
        summary: "No. The container news-api names news-aggregator-api:v1.0.1, which is not in your registry.".into(),
        questions: vec![
            question("definition", "task definition", PreflightAnswer::Ok, "taskdef.registered"),
            question("image", "image in the registry", PreflightAnswer::NotOk, "taskdef.image-exists"),
            question("role", "execution role", PreflightAnswer::Ok, "role.execution"),
            question("parameters", "parameters", PreflightAnswer::CannotTell, "taskdef.secrets-resolve"),
            question("subnets", "way out of the subnets", PreflightAnswer::NotThereYet, "ecs.network"),
        ],
    };
    insta::assert_snapshot!(
        [80, 40]
            .map(|width| to_text(&preflight_lines(&preflight, width)))
            .join("\n\n")
    );
}

#[test]
fn a_command_is_never_wrapped() {
    let lines = finding_lines(&open_database(), Opened::Folded, 40);
    let text = to_text(&lines);
    assert!(text.contains(
        "aws ec2 revoke-security-group-ingress --group-id sg-0a1b --protocol tcp --port 5432 --cidr 0.0.0.0/0\n"
    ));
}

#[test]
fn a_word_stands_beside_every_symbol() {
    for verdict in Verdict::ALL {
        assert!(mark(verdict).text().len() > verdict.symbol().len() + 2);
    }
}

#[test]
fn totals_leave_out_what_did_not_happen() {
    let totals = Totals {
        passed: 44,
        failed: 1,
        ..Totals::default()
    };
    assert_eq!(totals_line(&totals).to_text(), "✔ 44 ok · ✘ 1 wrong");
}

#[test]
fn many_refused_reads_are_one_pointer_to_the_doctor_and_one_stays_in_full() {
    use super::overview::{Detail, overview};
    let refused = |id: &str, action: &str| {
        finding(
            id,
            Judgement::unknown(format!(
                "Could not read it: no policy of yours allows {action}"
            ))
            .needs_permission(action)
            .fix(Fix::run(
                "Allow it; this prints the policy.",
                "landfall policy",
            )),
        )
    };
    let of = |checks: Vec<Finding>| {
        let step = StepOutcome { checks, ..step() };
        let verification = Verification {
            lessons: vec![LessonOutcome {
                id: "rds".into(),
                title: "A database".into(),
                verdict: Verdict::Unknown,
                steps: vec![step],
            }],
            patterns: Vec::new(),
            root_cause: None,
            totals: Totals::default(),
        };
        to_text(&overview(&verification, Detail::Steps, 80))
    };
    let many = of(vec![
        refused("rds.postgres", "rds:DescribeDBInstances"),
        refused("rds.private", "rds:DescribeDBInstances"),
        refused("alb.active", "elasticloadbalancing:DescribeLoadBalancers"),
    ]);
    assert!(
        many.contains("2 permissions are missing, so 3 checks cannot tell."),
        "{many}"
    );
    assert_eq!(many.matches("landfall doctor").count(), 1, "{many}");
    assert!(!many.contains("landfall policy"), "{many}");
    assert_eq!(many.matches("Could not read it").count(), 3, "{many}");
    let one = of(vec![refused("rds.postgres", "rds:DescribeDBInstances")]);
    assert!(
        one.contains("landfall policy") && !one.contains("doctor"),
        "{one}"
    );
}
