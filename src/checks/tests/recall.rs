//! What earlier looks saw of stopped tasks, laid into a look that comes too late to see them.

use super::shape::*;
use super::stopping::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;
use crate::checks::{Stack, findings, recall, worth_remembering};
use crate::practice::{State, apply_all, break_cause, causes, snapshot, test_chapter};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

const STEADY: &str = "ecs.steady";

const NOT_FOUND: &str = "CannotPullContainerError: 111122223333.dkr.ecr.us-east-1.amazonaws.com/news-api:v9.9.9: not found";

/// A rollout that failed three hours ago, of which AWS shows nothing any more.
fn too_late() -> Snapshot {
    let mut late = down(Vec::new());
    primary(&mut late).rollout = Some("FAILED".into());
    primary(&mut late).created_at = Some(ago(180));
    read(&mut service(&mut late).history).clear();
    late
}

/// As a look saw it two and a half hours ago, when it had just stopped.
fn seen(reason: &str) -> SeenStopped {
    let task = stopped("TaskFailedToStart", reason, None, 155);
    SeenStopped {
        service: service(&mut good()).arn.clone(),
        seen_at: ago(150),
        task: Task {
            id: "remembered".into(),
            created_at: Some(ago(158)),
            ..task
        },
        log_tails: Vec::new(),
    }
}

fn recalled(mut late: Snapshot, seen: &[SeenStopped], last_steady: Option<Timestamp>) -> Snapshot {
    recall(&mut late, seen, last_steady);
    late
}

#[track_caller]
fn assert_nothing_recalled(late: &Snapshot, seen: &[SeenStopped], last_steady: Option<Timestamp>) {
    assert_eq!(recalled(late.clone(), seen, last_steady), *late);
}

#[test]
fn what_tasks_died_of_is_known_when_aws_has_forgotten_it() {
    let late = too_late();
    assert_is(&late, STEADY, Failed, "crash-loop");
    let late = recalled(late, &[seen(NOT_FOUND)], None);
    let found = assert_is(&late, STEADY, Failed, "image-tag-missing");
    let observed = &found.evidence[0].observed;
    assert!(
        observed.contains(": not found (seen at a look 2 hours earlier;"),
        "{observed}"
    );
    assert!(!found.summary.contains("cannot be seen any more"));
    let again = found.fix.last().unwrap().command.as_deref().unwrap();
    assert!(again.contains("--force-new-deployment"), "{again}");
}

#[test]
fn a_saved_look_judges_the_same_with_what_was_recalled() {
    let late = recalled(too_late(), &[seen(NOT_FOUND)], None);
    let saved = serde_json::to_string(&late.clone().redacted()).unwrap();
    let read: Snapshot = serde_json::from_str(&saved).unwrap();
    assert_eq!(finding(&read, STEADY), finding(&late, STEADY));
    assert_eq!(
        read.stopped_tasks.present().unwrap()[0].remembered_at,
        Some(ago(150))
    );
}

#[test]
fn the_lines_that_the_app_wrote_come_with_the_task() {
    let tail = LogTail {
        group: "/ecs/news-api".into(),
        stream: "app/news-api/remembered".into(),
        task: "remembered".into(),
        container: "news-api".into(),
        lines: vec![LogLine {
            at: None,
            message: "ModuleNotFoundError".into(),
        }],
    };
    let mut memory = seen(NOT_FOUND);
    memory.log_tails = vec![tail.clone()];
    let late = recalled(too_late(), &[memory.clone()], None);
    assert_eq!(late.log_tails, Fact::Present(vec![tail]));
    // What was asked for and refused stays so.
    let mut refused = too_late();
    refused.log_tails = denied("logs:GetLogEvents");
    let late = recalled(refused, &[memory], None);
    assert!(matches!(late.log_tails, Fact::Unknown(_)));
}

#[test]
fn what_aws_says_itself_stays_as_it_is() {
    let mut late = too_late();
    late.stopped_tasks = Fact::Present(exited(1));
    assert_nothing_recalled(&late, &[seen(NOT_FOUND)], None);
    for unread in [denied("ecs:ListTasks"), Fact::Absent] {
        late.stopped_tasks = unread;
        assert_nothing_recalled(&late, &[seen(NOT_FOUND)], None);
    }
    // A task that somebody stopped on purpose says nothing: it stays, and what was seen is laid beside it.
    late.stopped_tasks = Fact::Present(vec![stopped("UserInitiated", "by hand", None, 5)]);
    let late = recalled(late, &[seen(NOT_FOUND)], None);
    assert_eq!(late.stopped_tasks.present().unwrap().len(), 2);
    assert_is(&late, STEADY, Failed, "image-tag-missing");
}

#[test]
fn reasons_of_an_earlier_trouble_are_not_taken_for_this_ones() {
    let but = |change: fn(&mut SeenStopped)| {
        let mut memory = seen(NOT_FOUND);
        change(&mut memory);
        vec![memory]
    };
    let late = too_late();
    for (what, memories) in [
        (
            "another service's",
            but(|one| one.service = Arn::from("arn:other")),
        ),
        (
            "another revision's",
            but(|one| one.task.definition = RevisionArn::from("task-definition/news-api-task:7")),
        ),
        (
            "an earlier deployment's",
            but(|one| one.task.created_at = Some(ago(181))),
        ),
        (
            "one whose end is not known",
            but(|one| one.task.stopped_at = None),
        ),
        (
            "one of the future: a clock was wrong",
            but(|one| one.task.stopped_at = Some(ago(-5))),
        ),
    ] {
        assert!(!memories.is_empty(), "{what}");
        assert_nothing_recalled(&late, &memories, None);
    }
    // The service was up in between: by an earlier look, or by ECS's own words.
    assert_nothing_recalled(&late, &[seen(NOT_FOUND)], Some(ago(100)));
    let mut was_steady = too_late();
    service(&mut was_steady).events = vec![ServiceEvent {
        id: "1".into(),
        at: Some(ago(90)),
        message: "(service news-api) has reached a steady state.".into(),
    }];
    assert_nothing_recalled(&was_steady, &[seen(NOT_FOUND)], None);
    // And what was so before that is told.
    let late = recalled(too_late(), &[seen(NOT_FOUND)], Some(ago(170)));
    assert_is(&late, STEADY, Failed, "image-tag-missing");
}

#[test]
fn nothing_older_than_a_week_is_recalled() {
    let week = 7 * 24 * 60;
    let mut late = too_late();
    primary(&mut late).created_at = Some(ago(week + 60));
    let mut memory = seen(NOT_FOUND);
    memory.task.created_at = Some(ago(week + 10));
    memory.task.stopped_at = Some(ago(week + 1));
    assert_nothing_recalled(&late, &[memory.clone()], None);
    memory.task.stopped_at = Some(ago(week - 1));
    memory.seen_at = ago(week - 1);
    let found = finding(&recalled(late, &[memory], None), STEADY);
    assert!(found.evidence[0].observed.contains("6 days earlier"));
}

#[test]
fn after_a_rollback_the_revision_that_the_history_names_tells_the_story() {
    let mut late = too_late();
    let failed =
        RevisionArn::from("arn:aws:ecs:us-east-1:111122223333:task-definition/news-api-task:9");
    primary(&mut late).created_at = Some(ago(140));
    service(&mut late).history = Fact::Present(vec![ServiceDeployment {
        arn: Arn::from("arn:aws:ecs:us-east-1:111122223333:service-deployment/x"),
        status: "ROLLBACK_FAILED".into(),
        status_reason: None,
        definition: Some(failed.clone()),
        images: Vec::new(),
        created_at: Some(ago(180)),
        finished_at: None,
    }]);
    let mut memory = seen(NOT_FOUND);
    assert_nothing_recalled(&late, &[memory.clone()], None);
    memory.task.definition = failed;
    assert_ne!(recalled(late.clone(), &[memory.clone()], None), late);
    // Of a deployment that went well there is nothing to tell.
    read(&mut service(&mut late).history)[0].status = "SUCCESSFUL".into();
    assert_nothing_recalled(&late, &[memory], None);
}

#[test]
fn a_rollout_that_is_under_way_and_a_service_at_rest_are_left_alone() {
    let mut rolling = too_late();
    primary(&mut rolling).rollout = Some("IN_PROGRESS".into());
    primary(&mut rolling).created_at = Some(ago(5));
    let mut memory = seen(NOT_FOUND);
    memory.task.created_at = Some(ago(4));
    memory.task.stopped_at = Some(ago(3));
    assert_nothing_recalled(&rolling, &[memory], None);
    let mut paused = too_late();
    service(&mut paused).desired = 0;
    assert_nothing_recalled(&paused, &[seen(NOT_FOUND)], None);
    let mut none = too_late();
    none.service = Fact::Absent;
    assert_nothing_recalled(&none, &[seen(NOT_FOUND)], None);
}

#[test]
fn only_what_a_look_saw_itself_and_nobody_wanted_is_remembered() {
    let mut looked = too_late();
    let by_hand = stopped("UserInitiated", "by hand", None, 5);
    let failed = stopped("TaskFailedToStart", NOT_FOUND, None, 3);
    let recalled = Task {
        remembered_at: Some(ago(200)),
        ..failed.clone()
    };
    looked.stopped_tasks = Fact::Present(vec![failed.clone(), by_hand, recalled]);
    let kept = worth_remembering(&looked);
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].seen_at, &kept[0].task), (now(), &failed));
    looked.service = denied("ecs:DescribeServices");
    assert!(worth_remembering(&looked).is_empty());
}

/// Whatever is remembered of failures, at any time before: no account in which the service is up looks any worse.
#[test]
fn no_memory_turns_a_service_that_is_up_into_one_that_is_not() {
    let start = now() - SignedDuration::from_hours(5);
    let mut memories = Vec::new();
    let mut accounts = vec![good(), without_domain()];
    for cause in causes() {
        let mut state = State::default();
        apply_all(&mut state, start);
        if break_cause(&mut state, cause.id, &test_chapter(), start).is_err() {
            continue;
        }
        for hours in [0, 2] {
            let at = start + SignedDuration::from_hours(hours);
            memories.extend(worth_remembering(&snapshot(&state, &test_chapter(), at)));
        }
        accounts.push(snapshot(&state, &test_chapter(), now()));
    }
    assert!(memories.len() > 50, "{}", memories.len());
    for memory in memories.clone() {
        for revision in [1, 2] {
            let family = memory.task.definition.as_str().rsplit_once(':').unwrap().0;
            let mut of_revision = memory.clone();
            of_revision.task.definition = RevisionArn(format!("{family}:{revision}"));
            memories.push(of_revision);
        }
    }
    let mut up = 0;
    for account in accounts {
        let judged = |account: &Snapshot| {
            let attested = BTreeSet::new();
            findings(&Stack {
                snapshot: account,
                attested: &attested,
                teardown_begun: false,
            })
        };
        let before = judged(&account);
        if before[STEADY].verdict != Passed {
            continue;
        }
        up += 1;
        assert_eq!(judged(&recalled(account, &memories, None)), before);
    }
    assert!(up > 20, "{up}");
}
