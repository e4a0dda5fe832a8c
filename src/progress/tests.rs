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
        let connection =
            rusqlite::Connection::open(folder.path().join(Store::FILE)).expect("opens");
        connection
            .execute_batch(super::schema::MIGRATIONS[0])
            .expect("the first version's tables");
        connection
            .execute_batch(
                "INSERT INTO stacks VALUES (1, 'practice', '111122223333', 'us-east-1');
                 INSERT INTO attestations VALUES (1, 'budget.email-read', '2026-11-12T13:00:00Z');
                 PRAGMA user_version = 1;",
            )
            .expect("as the first version left it");
    }
    let opened = Store::open(folder.path(), at(2)).expect("opens");
    assert_eq!(opened.moved_aside, None);
    assert_eq!(opened.store.attestations(&key()).expect("read").len(), 1);
    assert!(opened.store.chosen(&key()).expect("read").is_empty());
}

/// As a version before this one left it.
fn of_version_two(folder: &std::path::Path) {
    let connection = rusqlite::Connection::open(folder.join(Store::FILE)).expect("opens");
    connection
        .execute_batch(include_str!("version_two.sql"))
        .expect("the second version's database");
}

#[test]
fn progress_of_the_second_version_is_taken_over_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    of_version_two(folder.path());
    let opened = Store::open(folder.path(), at(2)).expect("opens");
    assert_eq!(opened.moved_aside, None);
    let mut store = opened.store;
    let history = store.history(&key()).expect("read");
    let passed = &history[0];
    assert_eq!((history.len(), passed.verdict), (2, Verdict::Passed));
    assert_eq!(passed.until, passed.at, "nothing was noted of later looks");
    assert_eq!(store.looks(&key()).expect("read"), 2);
    assert!(
        store
            .look_of(&key(), history[1].until)
            .expect("read")
            .is_some()
    );
    assert_eq!(store.attestations(&key()).expect("read").len(), 1);
    assert_eq!(store.chosen(&key()).expect("read").len(), 1);
    assert!(store.position(&key()).expect("read").is_some());
    let sitting = store
        .open_sitting("chapter-review")
        .expect("read")
        .expect("it was not finished");
    assert_eq!(sitting.planned, None, "that version kept no plan");
    let answers = store.attempts_of(sitting.id).expect("read");
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].confirmed.len(), 1);
    assert!(matches!(&answers[0].given, Given::Text { text } if !text.is_empty()));
    assert!(store.stopped_tasks(&key()).expect("read").is_empty());
    // And it goes on where that version stopped.
    let again = [record("rds.private", Verdict::Failed, 900)];
    store
        .record_look(&key(), "{}", &again, &[seen("a", 900)], at(900))
        .expect("kept");
    let history = store.history(&key()).expect("read");
    assert_eq!((history.len(), history[1].until), (2, at(900)));
    assert_eq!(store.stopped_tasks(&key()).expect("read").len(), 1);
}

#[test]
fn two_processes_take_an_old_database_over_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    of_version_two(folder.path());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let opened = Store::open(folder.path(), at(0)).expect("opens");
                assert_eq!(opened.moved_aside, None);
                assert_eq!(opened.store.history(&key()).expect("read").len(), 2);
            });
        }
    });
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
fn how_long_a_verdict_was_said_is_known_to_the_look_and_in_its_last_words() {
    let mut store = Store::in_memory().expect("opens");
    for (verdict, words, second) in [
        (Verdict::Passed, "private", 0),
        (Verdict::Passed, "private still", 10),
        (Verdict::Failed, "public", 20),
        (Verdict::Failed, "public, and in another way", 30),
    ] {
        let said = VerdictRecord {
            summary: words.into(),
            ..record("rds.private", verdict, second)
        };
        store
            .record_look(&key(), "{}", &[said], &[], at(second))
            .expect("kept");
    }
    let history = store.history(&key()).expect("read");
    let times: Vec<_> = history.iter().map(|one| (one.at, one.until)).collect();
    assert_eq!(times, [(at(0), at(10)), (at(20), at(30))]);
    assert_eq!(history[1].summary, "public, and in another way");
    assert_eq!(
        store.last_passed(&key(), "rds.private").expect("read"),
        Some(at(10))
    );
    assert_eq!(
        store.last_passed(&key(), "rds.backups").expect("read"),
        None
    );
}

#[test]
fn the_look_at_which_a_check_passed_last_outlives_a_long_watch_until_it_passes_again() {
    let mut store = Store::in_memory().expect("opens");
    let mut look = |verdict, second| {
        let said = [
            record("rds.private", verdict, second),
            record("rds.backups", Verdict::Passed, second),
        ];
        store
            .record_look(&key(), "{}", &said, &[], at(second))
            .expect("kept");
        store.looks(&key()).expect("read")
    };
    look(Verdict::Passed, 0);
    look(Verdict::Passed, 1);
    for second in 2..120 {
        look(Verdict::Failed, second);
    }
    assert_eq!(look(Verdict::Failed, 120), LOOKS_KEPT + 1);
    let kept = |store: &Store, second| {
        let look = store.look_of(&key(), at(second)).expect("read");
        look.is_some()
    };
    assert!(kept(&store, 1) && !kept(&store, 0) && !kept(&store, 2));
    // Passing again, it needs no explanation.
    let said = [record("rds.private", Verdict::Passed, 121)];
    store
        .record_look(&key(), "{}", &said, &[], at(121))
        .expect("kept");
    assert_eq!(store.looks(&key()).expect("read"), LOOKS_KEPT);
    assert!(kept(&store, 121) && !kept(&store, 1));
}

#[test]
fn two_processes_that_look_at_once_keep_every_change_once() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Store::open(folder.path(), at(0)).expect("opens"));
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = folder.path();
            scope.spawn(move || {
                let mut store = Store::open(folder, at(0)).expect("opens").store;
                for number in 0..10 {
                    let second = 10 * number + writer;
                    let said = [record("rds.private", Verdict::Failed, second)];
                    store
                        .record_look(&key(), "{}", &said, &[seen("the same", 5)], at(second))
                        .expect("kept");
                }
            });
        }
    });
    let store = Store::open(folder.path(), at(1)).expect("opens").store;
    assert_eq!(store.looks(&key()).expect("read"), 40);
    assert_eq!(store.history(&key()).expect("read").len(), 1);
    assert_eq!(store.stopped_tasks(&key()).expect("read").len(), 1);
}

#[test]
fn a_look_is_kept_as_a_whole_or_not_at_all() {
    let mut store = Store::in_memory().expect("opens");
    store
        .connection
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON stopped_tasks
             BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;",
        )
        .expect("made");
    let said = [record("rds.private", Verdict::Failed, 1)];
    let kept = store.record_look(&key(), "{}", &said, &[seen("a", 1)], at(1));
    assert!(kept.is_err());
    assert_eq!(store.looks(&key()).expect("read"), 0);
    assert!(store.history(&key()).expect("read").is_empty());
}

#[test]
fn the_newest_two_hundred_stopped_tasks_of_a_stack_are_remembered() {
    let mut store = Store::in_memory().expect("opens");
    let mut look = |tasks: Vec<SeenStopped>, second| {
        store
            .record_look(&key(), "{}", &[], &tasks, at(second))
            .expect("kept");
        store.stopped_tasks(&key()).expect("read")
    };
    for second in 0..30 {
        // Newest first, as looks have them.
        let tasks = (0..10)
            .rev()
            .map(|number| seen(&format!("{second}-{number}"), second))
            .collect();
        look(tasks, second);
    }
    let all = look(vec![], 30);
    assert_eq!(all.len(), STOPPED_KEPT);
    assert_eq!(all[0].task.id, "29-9");
    assert_eq!(all[STOPPED_KEPT - 1].task.id, "10-0");
}

#[test]
fn a_task_that_is_seen_again_keeps_the_lines_that_only_an_earlier_look_read() {
    let mut store = Store::in_memory().expect("opens");
    let tail = LogTail {
        group: "/ecs/news-api".into(),
        stream: "app/news-api/a".into(),
        task: "a".into(),
        container: "news-api".into(),
        lines: vec![LogLine {
            at: None,
            message: "no such table: articles".into(),
        }],
    };
    let with_lines = SeenStopped {
        log_tails: vec![tail.clone()],
        ..seen("a", 1)
    };
    for (task, second) in [(with_lines, 1), (seen("a", 2), 2)] {
        store
            .record_look(&key(), "{}", &[], &[task], at(second))
            .expect("kept");
    }
    let all = store.stopped_tasks(&key()).expect("read");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].seen_at, &all[0].log_tails), (at(2), &vec![tail]));
    store.forget(&key()).expect("forgotten");
    assert!(store.stopped_tasks(&key()).expect("read").is_empty());
}

#[test]
fn a_stopped_task_that_cannot_be_read_is_passed_over() {
    let mut store = Store::in_memory().expect("opens");
    store
        .record_look(&key(), "{}", &[], &[seen("a", 1), seen("b", 1)], at(1))
        .expect("kept");
    store
        .connection
        .execute("UPDATE stopped_tasks SET seen = '{' WHERE task = 'a'", [])
        .expect("damaged");
    let all = store.stopped_tasks(&key()).expect("read");
    assert_eq!((all.len(), all[0].task.id.as_str()), (1, "b"));
}
