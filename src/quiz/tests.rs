use super::*;
use crate::course::{Course, CourseFiles, Deck, load};
use crate::progress::{AnswerRecord, Said};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

fn course() -> Course {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&CourseFiles::embedded(), &known)
        .expect("the built-in course loads")
        .0
}

fn answered(
    deck: &Deck,
    at: usize,
    text: Option<&str>,
    said: impl Fn(usize) -> Option<Said>,
) -> (String, AnswerRecord) {
    let question = &deck.questions[at];
    let points = question
        .points()
        .iter()
        .enumerate()
        .filter_map(|(number, point)| Some((point.id.clone(), said(number)?)));
    let record = AnswerRecord {
        question: question.id.0.clone(),
        rev: question.rev,
        text: text.map(str::to_owned),
        at: Timestamp::UNIX_EPOCH,
        points: points.collect(),
    };
    (question.id.0.clone(), record)
}

#[test]
fn a_sitting_goes_through_the_deck_and_confirms_before_it_goes_on() {
    let course = course();
    let deck = &course.decks[0];
    let nothing = BTreeMap::new();
    assert!(matches!(
        next(deck, &nothing, &BTreeSet::new()),
        Next::Answer { number: 1, .. }
    ));
    let first = BTreeMap::from([answered(deck, 0, Some("my words"), |number| {
        (number == 0).then_some(Said::Said)
    })]);
    let Next::Confirm { points, answer, .. } = next(deck, &first, &BTreeSet::new()) else {
        panic!("points are open")
    };
    assert_eq!(answer, "my words");
    assert_eq!(points.len(), deck.questions[0].points().len() - 1);
}

#[test]
fn a_skipped_question_comes_last_and_is_not_lost() {
    let course = course();
    let deck = &course.decks[0];
    let skipped = BTreeSet::from([deck.questions[0].id.0.clone()]);
    assert!(matches!(
        next(deck, &BTreeMap::new(), &skipped),
        Next::Answer { number: 2, .. }
    ));
    let others: BTreeMap<_, _> = (1..deck.questions.len())
        .map(|at| answered(deck, at, None, |_| None))
        .collect();
    assert!(matches!(
        next(deck, &others, &skipped),
        Next::Answer { number: 1, .. }
    ));
}

#[test]
fn i_do_not_know_is_unattempted_and_never_counted_as_wrong() {
    let course = course();
    let deck = &course.decks[0];
    let answers = BTreeMap::from([
        answered(deck, 0, None, |_| None),
        answered(deck, 1, Some("x"), |_| Some(Said::Said)),
    ]);
    let result = DeckResult::of(deck, &answers);
    assert_eq!(result.questions[0].share, None);
    assert_eq!(result.share, Some(1.0));
    assert!(
        result
            .review()
            .any(|(question, _)| question.id == deck.questions[0].id.0),
        "it is still on the review list"
    );
}

#[test]
fn partly_counts_half_and_bonus_points_only_ever_add() {
    let course = course();
    let deck = &course.decks[0];
    let at = deck
        .questions
        .iter()
        .position(|question| question.points().iter().any(|point| point.bonus))
        .expect("one has a bonus point");
    let question = &deck.questions[at];
    let bonus_missed = BTreeMap::from([answered(deck, at, Some("x"), |number| {
        Some(if question.points()[number].bonus {
            Said::NotSaid
        } else {
            Said::Said
        })
    })]);
    assert_eq!(
        DeckResult::of(deck, &bonus_missed).questions[at].share,
        Some(1.0)
    );
    let half = BTreeMap::from([answered(deck, at, Some("x"), |_| Some(Said::Partly))]);
    assert_eq!(DeckResult::of(deck, &half).questions[at].share, Some(0.5));
}

#[test]
fn an_answer_to_an_earlier_revision_was_to_another_question() {
    let course = course();
    let deck = &course.decks[0];
    let (id, mut record) = answered(deck, 0, Some("x"), |_| Some(Said::Said));
    record.rev += 1;
    assert_eq!(
        answer_to(&deck.questions[0], &BTreeMap::from([(id, record)])),
        None
    );
}
