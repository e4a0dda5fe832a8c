//! Sittings and their answers: kept at once, taken back without being lost, carried over from earlier versions.

use super::*;
use jiff::Timestamp;
use std::collections::BTreeMap;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn open(folder: &std::path::Path) -> Store {
    Store::open(folder, at(0)).expect("opens").store
}

fn wanted() -> NewSitting {
    NewSitting {
        mode: Mode::Practice,
        scope: "mixed".to_owned(),
        planned: vec!["grace-period".to_owned(), "alb-purpose".to_owned()],
        seed: u64::MAX,
        minutes: None,
    }
}

fn answer(item: &str, text: &str) -> NewAttempt {
    NewAttempt {
        item: item.to_owned(),
        rev: 1,
        given: Given::Text {
            text: text.to_owned(),
        },
        confidence: None,
        hinted: false,
        hearing: Hearing::default(),
        posed: None,
        share: None,
        seconds: Some(12),
    }
}

#[test]
fn a_sitting_goes_on_exactly_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let begun = {
        let mut store = open(folder.path());
        let sitting = store
            .begin_sitting("chapter-review", &wanted(), at(0))
            .expect("begun");
        let id = store
            .answer(sitting.id, &answer("grace-period", "time to start"), at(1))
            .expect("kept");
        store.be_sure(id, Confidence::Very).expect("kept");
        store
            .confirm(id, "warm-up", Said::Said, Some("time to start"), at(2))
            .expect("kept");
        store
            .mark(sitting.id, "alb-purpose", Mark::Skipped, at(3))
            .expect("kept");
        // No goodbye: the process is gone.
        std::mem::forget(store);
        sitting
    };
    let store = open(folder.path());
    let sitting = store
        .open_sitting("chapter-review")
        .expect("read")
        .expect("unfinished");
    assert_eq!(sitting, begun);
    let attempts = store.attempts_of(sitting.id).expect("read");
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].confidence, Some(Confidence::Very));
    assert_eq!(attempts[0].seconds, Some(12));
    let confirmed = &attempts[0].confirmed["warm-up"];
    assert_eq!(confirmed.said, Said::Said);
    assert_eq!(confirmed.evidence.as_deref(), Some("time to start"));
    let marks = store.marks(sitting.id).expect("read");
    assert!(marks["alb-purpose"].contains(&Mark::Skipped));
    store.finish_sitting(sitting.id, at(4)).expect("kept");
    assert_eq!(store.open_sitting("chapter-review").expect("read"), None);
    let last = store.last_finished("chapter-review").expect("read");
    assert_eq!(last.expect("there is one").finished_at, Some(at(4)));
}

#[test]
fn an_answer_that_is_taken_back_stays_in_the_database_and_counts_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = open(folder.path());
    let sitting = store
        .begin_sitting("chapter-review", &wanted(), at(0))
        .expect("begun");
    let first = store
        .answer(sitting.id, &answer("grace-period", "first"), at(1))
        .expect("kept");
    store
        .confirm(first, "warm-up", Said::Said, None, at(2))
        .expect("kept");
    store.undo(first, at(3)).expect("kept");
    assert!(store.attempts_of(sitting.id).expect("read").is_empty());
    let second = store
        .answer(sitting.id, &answer("grace-period", "second"), at(4))
        .expect("kept");
    let third = store
        .answer(sitting.id, &answer("grace-period", "third"), at(5))
        .expect("an exam changes an answer");
    let attempts = store.attempts("chapter-review").expect("read");
    assert_eq!(attempts.len(), 1, "one answer counts");
    assert_eq!(attempts[0].id, third);
    assert_ne!(second, third);
    assert!(
        attempts[0].confirmed.is_empty(),
        "what was said of another answer does not stick to this one"
    );
    let rows: i64 = store
        .connection
        .query_row("SELECT count(*) FROM attempts", [], |row| row.get(0))
        .expect("read");
    assert_eq!(rows, 3, "nothing is deleted");
}

#[test]
fn a_sitting_that_is_laid_aside_does_not_come_back_and_its_answers_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = open(folder.path());
    let sitting = store
        .begin_sitting("chapter-review", &wanted(), at(0))
        .expect("begun");
    store
        .answer(sitting.id, &answer("grace-period", "kept"), at(1))
        .expect("kept");
    store.lay_aside_sitting(sitting.id, at(2)).expect("kept");
    assert_eq!(store.open_sitting("chapter-review").expect("read"), None);
    assert_eq!(store.last_finished("chapter-review").expect("read"), None);
    assert_eq!(store.attempts("chapter-review").expect("read").len(), 1);
    assert!(store.attempts("another-deck").expect("read").is_empty());
}

#[test]
fn what_an_account_question_showed_stays_the_same_after_an_interruption() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    let sitting = store
        .begin_sitting("chapter-review", &wanted(), at(0))
        .expect("begun");
    let posed = |value| Posed {
        source: crate::account::Source::Aws,
        looked_at: at(7),
        instead: None,
        what: PosedWhat::Predict(Foretold {
            of: "tasks".to_owned(),
            value: ForetoldValue::Number { value },
            evidence: "read".to_owned(),
        }),
    };
    assert_eq!(store.shown(sitting.id, "x").expect("read"), None);
    store.show(sitting.id, "x", &posed(2), at(1)).expect("kept");
    store.show(sitting.id, "x", &posed(3), at(2)).expect("kept");
    assert_eq!(store.shown(sitting.id, "x").expect("read"), Some(posed(2)));
}

#[test]
fn every_kind_of_answer_comes_back_as_it_was_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = open(folder.path());
    let sitting = store
        .begin_sitting("chapter-review", &wanted(), at(0))
        .expect("begun");
    let given = [
        Given::NotKnown,
        Given::Picked {
            options: vec!["a".to_owned(), "b".to_owned()],
        },
        Given::Ordered {
            items: vec!["b".to_owned()],
        },
        Given::Matched {
            pairs: BTreeMap::from([("left".to_owned(), "right".to_owned())]),
        },
        Given::Filled {
            blanks: BTreeMap::from([("port".to_owned(), "5432".to_owned())]),
        },
        Given::Inspected {
            lines: vec![3, 7],
            why: "\u{1b}[31m'; DROP TABLE attempts; --".to_owned(),
        },
        Given::Predicted {
            value: "2".to_owned(),
        },
    ];
    for (number, one) in given.iter().enumerate() {
        let attempt = NewAttempt {
            given: one.clone(),
            ..answer(&format!("q{number}"), "")
        };
        store.answer(sitting.id, &attempt, at(1)).expect("kept");
    }
    let kept: Vec<Given> = store
        .attempts_of(sitting.id)
        .expect("read")
        .into_iter()
        .map(|attempt| attempt.given)
        .collect();
    assert_eq!(kept, given);
}

#[test]
fn an_answer_of_a_kind_that_only_a_newer_version_knows_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = open(folder.path());
    let sitting = store
        .begin_sitting("chapter-review", &wanted(), at(0))
        .expect("begun");
    store
        .answer(sitting.id, &answer("grace-period", "text"), at(1))
        .expect("kept");
    store
        .answer(sitting.id, &answer("alb-purpose", "text"), at(2))
        .expect("kept");
    store
        .connection
        .execute(
            "UPDATE attempts SET given = '{\"kind\":\"sung\"}' WHERE item = 'grace-period'",
            [],
        )
        .expect("changed");
    let attempts = store.attempts_of(sitting.id).expect("read");
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].item, "alb-purpose");
}
