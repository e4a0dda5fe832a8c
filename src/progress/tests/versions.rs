//! Databases of other versions, and what is none.

use super::*;

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
        .execute_batch(include_str!("../version_two.sql"))
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
