//! The deck that is compiled in.

use super::choice::wish;
use crate::course::{Course, CourseFiles, Deck, load};
use crate::progress::{Attempt, Said};
use crate::quiz::agenda::agenda;
use crate::quiz::plan::candidate::lesson_of;
use crate::quiz::plan::{Scope, plan};
use crate::quiz::schedule::small_deck::{attempt, confirming};
use std::collections::BTreeSet;

fn course() -> Course {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&CourseFiles::embedded(), &known)
        .expect("the built-in course loads")
        .0
}

fn asked(course: &Course, scope: Scope, count: Option<usize>, seed: u64) -> Vec<String> {
    let verified = course.steps().map(|(_, step)| step.id.clone()).collect();
    let deck = &course.decks[0];
    plan(
        deck,
        &wish(scope, count, seed),
        &[],
        &verified,
        &course.lessons,
    )
}

fn opens(deck: &Deck, ids: &[String]) -> usize {
    let is_open = |id: &&String| deck.question(id).is_some_and(|one| one.open().is_some());
    ids.iter().filter(is_open).count()
}

#[test]
fn ten_questions_of_the_chapter_review_are_a_mixed_sitting() {
    let course = course();
    let deck = &course.decks[0];
    let all: Vec<String> = deck.questions.iter().map(|one| one.id.0.clone()).collect();
    for seed in 0..30 {
        let ten = asked(&course, Scope::Mixed, Some(10), seed);
        assert_eq!(ten.len(), all.len().min(10));
        let open = opens(deck, &ten);
        let closed = all.len() - opens(deck, &all);
        assert!(open >= 2, "{ten:?}");
        assert!(open <= 3 || ten.len() - open == closed, "{ten:?}");
        let subjects: BTreeSet<&str> = ten.iter().filter_map(|id| id.split('.').next()).collect();
        assert_eq!(subjects.len(), ten.len(), "no siblings: {ten:?}");
        let lessons: Vec<Option<usize>> = ten
            .iter()
            .map(|id| {
                let lesson = lesson_of(deck.question(id).expect("a question"))?;
                course
                    .lessons
                    .iter()
                    .position(|one| one.id.as_str() == lesson)
            })
            .collect();
        assert!(
            lessons.iter().flatten().is_sorted(),
            "a first pass: {ten:?}"
        );
    }
}

#[test]
fn an_exam_of_the_chapter_review_asks_all_of_it_with_siblings_apart() {
    let course = course();
    for seed in 0..30 {
        let exam = asked(&course, Scope::Whole, None, seed);
        let once: BTreeSet<&String> = exam.iter().collect();
        assert_eq!(once.len(), course.decks[0].questions.len());
        for three in exam.windows(3) {
            let subjects: BTreeSet<&str> =
                three.iter().filter_map(|id| id.split('.').next()).collect();
            assert_eq!(subjects.len(), 3, "{three:?}");
        }
    }
}

#[test]
fn every_point_of_the_chapter_review_that_has_an_item_can_come_back() {
    let course = course();
    let deck = &course.decks[0];
    let planned = asked(&course, Scope::Whole, None, 1);
    let attempts: Vec<Attempt> = deck
        .questions
        .iter()
        .filter(|question| question.open().is_some())
        .zip(1..)
        .map(|(question, number)| {
            let points = question.points().iter();
            let said: Vec<(&str, Said)> = points
                .map(|point| (point.id.as_str(), Said::NotSaid))
                .collect();
            let attempt = attempt(number, question.id.as_str(), "2026-11-02T10:00:00Z", 0.0);
            confirming(
                Attempt {
                    rev: question.rev,
                    ..attempt
                },
                &said,
            )
        })
        .collect();
    let items: BTreeSet<&str> = deck
        .questions
        .iter()
        .flat_map(|question| question.points())
        .filter(|point| !point.bonus)
        .filter_map(|point| point.retry.as_deref())
        .collect();
    let now = agenda(deck, &planned, &attempts);
    assert_eq!(now.len(), planned.len() + items.len());
    assert!(items.iter().all(|item| now.iter().any(|id| id == item)));
}
