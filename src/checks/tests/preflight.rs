//! "Would this task start?": from what the checks found, and never against them.

use super::shape::*;
use crate::account::*;
use crate::checks::testing::*;
use crate::checks::verification::findings;
use crate::checks::{
    Asked, Preflight, PreflightAnswer, Stack, Verdict, preflight as judge_preflight,
};
use crate::course::{Course, CourseFiles, StepId, load};
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| {
        let known: Vec<&str> = crate::checks::checks()
            .map(|check| check.id.as_str())
            .collect();
        load(&CourseFiles::embedded(), &known).unwrap().0
    })
}

fn asked(step: &str) -> Asked {
    Asked::Steps(BTreeSet::from([StepId::from(step)]))
}

fn of(snapshot: &Snapshot) -> Option<Preflight> {
    of_step(snapshot, "ecs-service.service")
}

fn of_step(snapshot: &Snapshot, step: &str) -> Option<Preflight> {
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    judge_preflight(&stack, course(), &asked(step))
}

/// The answer as a whole, and what was answered to one question.
#[track_caller]
fn assert_answers(snapshot: &Snapshot, question: &str, answer: PreflightAnswer, says: &str) {
    let preflight = of(snapshot).expect("no task runs");
    let one = preflight
        .questions
        .iter()
        .find(|one| one.id == question)
        .unwrap();
    assert_eq!(one.answer, answer, "{preflight:#?}");
    assert_eq!(preflight.answer, answer, "{preflight:#?}");
    assert!(preflight.summary.contains(says), "{}", preflight.summary);
}

fn but(change: impl FnOnce(&mut Snapshot)) -> Snapshot {
    let mut snapshot = before_the_service();
    change(&mut snapshot);
    snapshot
}

#[test]
fn it_is_asked_with_its_own_steps_and_as_long_as_no_task_runs() {
    let none_yet = before_the_service();
    assert!(of_step(&none_yet, "ecs-service.task-definition").is_some());
    assert!(of_step(&none_yet, "rds.instance").is_none());
    assert!(of(&good()).is_none());
    let stopped = good_but(|snapshot| {
        service(snapshot).running = 0;
        snapshot.tasks = Fact::Present(Vec::new());
    });
    assert!(of(&stopped).is_some());
    let unread = good_but(|snapshot| snapshot.service = denied("ecs:DescribeServices"));
    assert!(of(&unread).is_none());
}

#[test]
fn with_everything_in_place_it_would_start() {
    let preflight = of(&before_the_service()).unwrap();
    assert_eq!(preflight.answer, PreflightAnswer::Ok, "{preflight:#?}");
    assert_eq!(preflight.questions.len(), 8);
    assert!(preflight.summary.starts_with("Yes"));
}

#[test]
fn each_thing_that_would_stop_it_is_named() {
    use PreflightAnswer::NotOk;
    let no_tag = but(|snapshot| {
        each_container(snapshot, |one| {
            one.image = format!("{}9", one.image.replace("latest", "v"));
        });
    });
    assert_answers(&no_tag, "image", NotOk, "not in your registry");
    let arm = but(|snapshot| {
        each_definition(snapshot, |one| one.architecture = Some(Architecture::Arm64));
    });
    assert_answers(&arm, "architecture", NotOk, "No. ");
    let untrusted = but(|snapshot| each_role(snapshot, |role| role.trust.statements.clear()));
    assert_answers(&untrusted, "role", NotOk, "does not trust");
    let no_parameter = but(|snapshot| snapshot.parameters = Fact::Present(Vec::new()));
    assert_answers(&no_parameter, "parameters", NotOk, "no parameter");
    let machines = but(|snapshot| target_group(snapshot).target_type = "instance".into());
    assert_answers(&machines, "targets", NotOk, "instance");
    let no_way = but(|snapshot| {
        for table in read(&mut snapshot.network.route_tables) {
            table
                .routes
                .retain(|route| route.destination != "0.0.0.0/0");
        }
    });
    assert_answers(
        &no_way,
        "subnets",
        NotOk,
        "default route to an internet gateway",
    );
    let shut = but(|snapshot| group(snapshot, "news-api-ecs-sg").outbound.clear());
    assert_answers(&shut, "subnets", NotOk, "lets nothing out on 443");
    let no_group = but(|snapshot| snapshot.log_groups = Fact::Present(Vec::new()));
    assert_answers(&no_group, "logs", NotOk, "log group");
}

#[test]
fn a_lesson_that_is_not_done_is_still_to_come() {
    let preflight = of(&empty()).unwrap();
    assert_eq!(
        preflight.answer,
        PreflightAnswer::NotThereYet,
        "{preflight:#?}"
    );
    assert!(preflight.summary.contains("task definition"));
}

#[test]
fn what_could_not_be_read_is_never_a_yes_and_never_a_no() {
    for hide in [
        |snapshot: &mut Snapshot| snapshot.parameters = denied("ssm:DescribeParameters"),
        |snapshot: &mut Snapshot| snapshot.network.route_tables = denied("ec2:DescribeRouteTables"),
        |snapshot: &mut Snapshot| {
            snapshot.target_groups = denied("elasticloadbalancing:DescribeTargetGroups");
        },
        |snapshot: &mut Snapshot| snapshot.log_groups = denied("logs:DescribeLogGroups"),
    ] {
        let preflight = of(&but(hide)).unwrap();
        assert_eq!(
            preflight.answer,
            PreflightAnswer::CannotTell,
            "{preflight:#?}"
        );
    }
}

#[test]
fn it_never_contradicts_the_check_that_it_points_to() {
    for snapshot in [
        empty(),
        before_the_service(),
        but(|snapshot| snapshot.parameters = Fact::Present(Vec::new())),
        but(|snapshot| each_role(snapshot, |role| role.trust.statements.clear())),
    ] {
        let attested = BTreeSet::new();
        let stack = Stack {
            snapshot: &snapshot,
            attested: &attested,
            teardown_begun: false,
        };
        let found = findings(&stack);
        for question in of(&snapshot).unwrap().questions {
            let verdict = found[question.check.as_str()].verdict;
            // The service's own check says nothing yet of subnets that no service names.
            if question.id == "subnets" {
                continue;
            }
            match question.answer {
                PreflightAnswer::Ok => assert_ne!(verdict, Verdict::Failed, "{question:?}"),
                PreflightAnswer::NotOk => assert_eq!(verdict, Verdict::Failed, "{question:?}"),
                PreflightAnswer::NotThereYet => {
                    assert_ne!(verdict, Verdict::Passed, "{question:?}");
                }
                PreflightAnswer::CannotTell => {
                    assert_eq!(verdict, Verdict::Unknown, "{question:?}");
                }
            }
        }
    }
}
