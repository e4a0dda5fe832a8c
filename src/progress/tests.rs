mod looks;
mod stopped;
mod versions;

use super::*;
use crate::account::{Arn, Chosen, LogLine, LogTail, RevisionArn, SeenStopped, Source, Task};
use crate::checks::Verdict;
use crate::course::StepId;
use jiff::Timestamp;
use std::collections::BTreeSet;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("in range")
}

fn key() -> StackKey {
    StackKey {
        source: Source::Practice,
        account: "111122223333".into(),
        region: "us-east-1".into(),
    }
}

fn record(check: &str, verdict: Verdict, second: i64) -> VerdictRecord {
    VerdictRecord {
        check: check.into(),
        verdict,
        summary: "s".into(),
        at: at(second),
        until: at(second),
    }
}

fn seen(task: &str, second: i64) -> SeenStopped {
    SeenStopped {
        service: Arn::from("arn:aws:ecs:us-east-1:111122223333:service/news/news-api"),
        seen_at: at(second),
        task: Task {
            id: task.to_owned(),
            definition: RevisionArn::from("task-definition/news:3"),
            last_status: "STOPPED".to_owned(),
            health: None,
            zone: None,
            addresses: vec![],
            created_at: Some(at(second - 60)),
            started_at: None,
            stopped_at: Some(at(second)),
            pull_started_at: None,
            pull_stopped_at: None,
            stop_code: Some("TaskFailedToStart".to_owned()),
            stopped_reason: Some("CannotPullContainerError: not found".to_owned()),
            containers: vec![],
            remembered_at: None,
        },
        log_tails: vec![],
    }
}

#[test]
fn what_was_kept_is_there_after_opening_again() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let store = Store::open(folder.path(), at(0)).expect("opens").store;
        store
            .set_position(&key(), &StepId::from("rds.inbound"), at(1))
            .expect("kept");
        store
            .attest(&key(), "budget.email-read", at(2))
            .expect("kept");
        store
            .leave_out(&key(), &StepId::from("alb.name"), at(3))
            .expect("kept");
        // No orderly close: the process is killed here.
        std::mem::forget(store);
    }
    let opened = Store::open(folder.path(), at(9)).expect("opens");
    assert_eq!(opened.moved_aside, None);
    assert_eq!(
        opened.store.position(&key()).expect("read"),
        Some(StepId::from("rds.inbound"))
    );
    assert_eq!(
        opened.store.attestations(&key()).expect("read")["budget.email-read"],
        at(2)
    );
    assert!(
        opened
            .store
            .left_out(&key())
            .expect("read")
            .contains_key(&StepId::from("alb.name"))
    );
}

#[test]
fn progress_of_one_account_never_shows_in_another() {
    let store = Store::in_memory().expect("opens");
    store
        .attest(&key(), "budget.email-read", at(0))
        .expect("kept");
    let other = StackKey {
        region: "eu-west-1".into(),
        ..key()
    };
    assert!(store.attestations(&other).expect("read").is_empty());
    let other = StackKey {
        source: Source::Aws,
        ..key()
    };
    assert!(store.attestations(&other).expect("read").is_empty());
}

#[test]
fn two_processes_write_at_once_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Store::open(folder.path(), at(0)).expect("opens"));
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = folder.path();
            scope.spawn(move || {
                let store = Store::open(folder, at(0)).expect("opens").store;
                for number in 0..20 {
                    store
                        .attest(&key(), &format!("check-{writer}-{number}"), at(number))
                        .expect("kept");
                }
            });
        }
    });
    let store = Store::open(folder.path(), at(1)).expect("opens").store;
    assert_eq!(store.attestations(&key()).expect("read").len(), 80);
}

#[test]
fn the_stack_looked_at_last_is_found_and_one_of_an_unknown_account_hides_no_progress() {
    let mut store = Store::in_memory().expect("opens");
    assert_eq!(store.latest_stack(Source::Aws, None).expect("read"), None);
    let stack = |account: &str, region: &str| StackKey {
        source: Source::Aws,
        account: account.into(),
        region: region.into(),
    };
    let (here, there) = (
        stack("111122223333", "us-east-1"),
        stack("111122223333", "eu-west-1"),
    );
    let unknown = stack(StackKey::UNKNOWN_ACCOUNT, "us-east-1");
    for (key, second) in [(&here, 1), (&there, 2), (&unknown, 3)] {
        store
            .record_look(key, "{}", &[], &[], at(second))
            .expect("kept");
    }
    // Asked about, never looked at.
    store
        .left_out(&stack("444455556666", "us-east-1"))
        .expect("read");
    let latest = |region| store.latest_stack(Source::Aws, region).expect("read");
    assert_eq!(latest(None), Some(there));
    assert_eq!(latest(Some("us-east-1")), Some(here.clone()));
    assert_eq!(latest(Some("ap-south-1")), None);
    assert_eq!(store.last_looked(&here).expect("read"), Some(at(1)));
    assert_eq!(
        store.latest_stack(Source::Practice, None).expect("read"),
        None
    );
}

#[test]
fn which_of_several_is_the_learners_is_kept_per_account_and_can_be_said_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let this = |name: &str| Chosen::This(name.to_owned());
    {
        let store = Store::open(folder.path(), at(0)).expect("opens").store;
        let answer = Chosen::NoneOf(BTreeSet::from(["a".to_owned(), "b".to_owned()]));
        store
            .choose_one(&key(), "cache.id", &answer, at(1))
            .expect("kept");
        store
            .choose_one(&key(), "database.instance", &this("a"), at(1))
            .expect("kept");
        store
            .choose_one(&key(), "database.instance", &this("b"), at(2))
            .expect("kept");
        std::mem::forget(store);
    }
    let mut store = Store::open(folder.path(), at(9)).expect("opens").store;
    let chosen = store.chosen(&key()).expect("read");
    assert_eq!(chosen["database.instance"], this("b"));
    assert!(matches!(&chosen["cache.id"], Chosen::NoneOf(others) if others.len() == 2));
    let other = StackKey {
        region: "eu-west-1".into(),
        ..key()
    };
    assert!(store.chosen(&other).expect("read").is_empty());
    store
        .unchoose(&key(), "database.instance")
        .expect("forgotten");
    assert_eq!(store.chosen(&key()).expect("read").len(), 1);
    store.forget(&key()).expect("forgotten");
    assert!(store.chosen(&key()).expect("read").is_empty());
}

#[test]
fn an_answer_of_another_version_is_asked_again() {
    let store = Store::in_memory().expect("opens");
    store
        .choose_one(&key(), "vpc", &Chosen::This("vpc-1".into()), at(1))
        .expect("kept");
    store
        .connection
        .execute("UPDATE chosen SET answer = '{\"all_of\": 3}'", [])
        .expect("written");
    assert!(store.chosen(&key()).expect("read").is_empty());
}
