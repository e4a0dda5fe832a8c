//! What is kept of a look.

use super::*;

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
