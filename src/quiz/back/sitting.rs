//! A sitting, looked back at.

use super::answer::{AnswerBack, Reached, Review};
use super::calibration::Calibration;
use super::score::Totals;
use crate::course::Deck;
use crate::progress::{Attempt, Confidence, Mode, SittingId};
use serde::Serialize;
use std::cmp::Reverse;

/// What a sitting came to. It is also what `quiz --format json` prints as its result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SittingBack {
    pub deck: String,
    pub title: String,
    /// `null` when nothing was answered.
    pub mode: Option<Mode>,
    /// Whether everything that was answered is settled. Whoever knows that questions are still to come sets it to false.
    pub finished: bool,
    /// Mean over the settled questions, 0 to 1: of [`Totals::all`].
    pub share: Option<f64>,
    pub totals: Totals,
    pub calibration: Calibration,
    /// In the order in which they were answered.
    pub questions: Vec<AnswerBack>,
    /// Answers to questions that are no longer in the deck.
    pub gone: usize,
}

/// Looks back at the attempts of one sitting, oldest first.
pub fn sitting(deck: &Deck, attempts: &[Attempt]) -> SittingBack {
    let questions: Vec<AnswerBack> = attempts
        .iter()
        .filter_map(|attempt| AnswerBack::of(deck, attempt))
        .collect();
    summed(deck, attempts, questions)
}

pub(super) fn summed(deck: &Deck, attempts: &[Attempt], questions: Vec<AnswerBack>) -> SittingBack {
    let totals = Totals::of(&questions);
    SittingBack {
        deck: deck.id.0.clone(),
        title: deck.title.clone(),
        mode: attempts.first().map(|attempt| attempt.mode),
        finished: questions
            .iter()
            .all(|answer| answer.attempt != Reached::Unconfirmed),
        share: totals.all.share,
        totals,
        calibration: Calibration::of(scored(deck, attempts)),
        gone: attempts.len() - questions.len(),
        questions,
    }
}

impl SittingBack {
    /// The answers of one part of the looking back, the surest first.
    pub fn part(&self, review: Review) -> Vec<&AnswerBack> {
        let mut part: Vec<&AnswerBack> = self
            .questions
            .iter()
            .filter(|answer| answer.review == review)
            .collect();
        if review == Review::ConfidentError {
            part.sort_by_key(|answer| Reverse(answer.confidence.unwrap_or(Confidence::NotSure)));
        }
        part
    }
}

/// What may be counted: open answers of an exam are provisional.
pub(super) fn scored<'a>(
    deck: &'a Deck,
    attempts: &'a [Attempt],
) -> impl Iterator<Item = &'a Attempt> {
    attempts.iter().filter(|attempt| {
        let open = |question: &crate::course::Question| question.open().is_some();
        attempt.mode != Mode::Exam || !deck.item(&attempt.item).is_some_and(open)
    })
}

/// The attempts that may be told of: an exam tells nothing before it is handed in. `open` is the sitting that is not
/// finished, if there is one.
pub fn told(attempts: &[Attempt], open: Option<SittingId>) -> Vec<Attempt> {
    attempts
        .iter()
        .filter(|attempt| attempt.mode != Mode::Exam || Some(attempt.sitting) != open)
        .cloned()
        .collect()
}
