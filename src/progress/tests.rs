use super::*;
use crate::account::{Chosen, Source};
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
fn an_unreadable_file_is_moved_aside_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let rubbish = b"this is no database, but it may be all somebody has".repeat(100);
    std::fs::write(folder.path().join(Store::FILE), &rubbish).expect("written");
    let opened = Store::open(folder.path(), at(5)).expect("opens");
    let aside = opened.moved_aside.expect("moved");
    assert_eq!(std::fs::read(aside).expect("still there"), rubbish);
    opened
        .store
        .attest(&key(), "budget.email-read", at(6))
        .expect("the new one works");
}

#[test]
fn a_newer_versions_file_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Store::open(folder.path(), at(0)).expect("opens"));
    let path = folder.path().join(Store::FILE);
    let connection = rusqlite::Connection::open(&path).expect("opens");
    connection
        .pragma_update(None, "user_version", 999)
        .expect("set");
    drop(connection);
    assert!(matches!(
        Store::open(folder.path(), at(1)),
        Err(StoreError::Newer(_))
    ));
    assert!(path.exists());
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
fn only_changes_of_a_verdict_are_kept_and_only_the_last_fifty_snapshots() {
    let mut store = Store::in_memory().expect("opens");
    for look in 0..60 {
        let verdict = if look < 30 {
            Verdict::Missing
        } else {
            Verdict::Passed
        };
        store
            .record_look(
                &key(),
                "{}",
                &[record("rds.private", verdict, look)],
                &[],
                at(look),
            )
            .expect("kept");
    }
    assert_eq!(store.looks(&key()).expect("read"), LOOKS_KEPT);
    let history = store.history(&key()).expect("read");
    assert_eq!(
        history
            .iter()
            .map(|record| record.verdict)
            .collect::<Vec<_>>(),
        [Verdict::Missing, Verdict::Passed]
    );
    assert_eq!(history[1].at, at(30));
}

#[test]
fn a_sitting_goes_on_exactly_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let store = Store::open(folder.path(), at(0)).expect("opens").store;
        let sitting = store.begin_sitting("chapter-review", at(0)).expect("begun");
        store
            .answer(sitting, "grace-period", 1, Some("time to start"), at(1))
            .expect("kept");
        store
            .confirm(sitting, "grace-period", "warm-up", Said::Said, at(2))
            .expect("kept");
        std::mem::forget(store);
    }
    let store = Store::open(folder.path(), at(3)).expect("opens").store;
    let sitting = store
        .open_sitting("chapter-review")
        .expect("read")
        .expect("unfinished");
    let answers = store.answers(sitting).expect("read");
    assert_eq!(answers.len(), 1);
    assert_eq!(answers["grace-period"].points.len(), 1);
    assert_eq!(answers["grace-period"].points["warm-up"], Said::Said);
    store.finish_sitting(sitting, at(4)).expect("kept");
    assert_eq!(store.open_sitting("chapter-review").expect("read"), None);
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

#[test]
fn progress_of_the_first_version_is_taken_over() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let store = Store::open(folder.path(), at(0)).expect("opens").store;
        store
            .attest(&key(), "budget.email-read", at(1))
            .expect("kept");
        store
            .connection
            .execute_batch("DROP TABLE chosen; PRAGMA user_version = 1;")
            .expect("as the first version left it");
    }
    let opened = Store::open(folder.path(), at(2)).expect("opens");
    assert_eq!(opened.moved_aside, None);
    assert_eq!(opened.store.attestations(&key()).expect("read").len(), 1);
    assert!(opened.store.chosen(&key()).expect("read").is_empty());
}
