//! What a sitting came to. The learner confirms each key point; nothing is taken off for what was not said.

use crate::course::{Deck, Point, Question};
use crate::progress::{self, Said};
use serde::Serialize;

/// A question counts as known from this share of its points on.
pub const KNOWN_FROM: f64 = 0.8;

/// One question's result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionResult {
    pub id: String,
    pub prompt: String,
    pub attempt: Attempt,
    /// Confirmed weight over all weight, 0 to 1, bonus points left out; partly counts half. `None` when unattempted.
    pub share: Option<f64>,
    pub points: Vec<PointResult>,
}

/// How far a question got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempt {
    /// Not reached.
    Open,
    /// "I don't know": unattempted, not wrong.
    NotKnown,
    /// Answered; some points are not confirmed yet.
    Unconfirmed,
    Done,
}

/// One key point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointResult {
    pub id: String,
    pub says: String,
    pub bonus: bool,
    /// `said`, `partly`, `not-said`; `null` = not confirmed yet.
    pub said: Option<&'static str>,
    /// The step that teaches it.
    pub step: Option<String>,
}

/// A whole sitting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeckResult {
    pub deck: String,
    pub title: String,
    pub finished: bool,
    /// Mean of the attempted questions' shares, 0 to 1; `None` when none was attempted.
    pub share: Option<f64>,
    pub questions: Vec<QuestionResult>,
}

impl DeckResult {
    /// Adds a sitting up.
    pub fn of(deck: &Deck, answers: &[progress::Attempt]) -> Self {
        let questions: Vec<QuestionResult> = deck
            .questions
            .iter()
            .map(|question| question_result(question, answer_to(question, answers)))
            .collect();
        let shares: Vec<f64> = questions
            .iter()
            .filter_map(|question| question.share)
            .collect();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a deck has a few dozen questions"
        )]
        let share = (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64);
        DeckResult {
            deck: deck.id.0.clone(),
            title: deck.title.clone(),
            finished: questions
                .iter()
                .all(|question| matches!(question.attempt, Attempt::Done | Attempt::NotKnown)),
            share,
            questions,
        }
    }

    /// What to look at again: questions not known, and points that were not said, in the order of the deck.
    pub fn review(&self) -> impl Iterator<Item = (&QuestionResult, Vec<&PointResult>)> {
        self.questions.iter().filter_map(|question| {
            let missed: Vec<&PointResult> = question
                .points
                .iter()
                .filter(|point| {
                    !point.bonus
                        && (question.attempt == Attempt::NotKnown
                            || matches!(point.said, Some("partly" | "not-said")))
                })
                .collect();
            (!missed.is_empty()).then_some((question, missed))
        })
    }
}

/// The answer to a question, also one that was given under an earlier id of it. An answer to an earlier revision was to
/// another question.
pub fn answer_to<'a>(
    question: &Question,
    answers: &'a [progress::Attempt],
) -> Option<&'a progress::Attempt> {
    answers
        .iter()
        .rev()
        .find(|answer| question.is_called(&answer.item) && answer.rev == question.rev)
}

fn question_result(question: &Question, answer: Option<&progress::Attempt>) -> QuestionResult {
    let said = |point: &Point| {
        answer
            .and_then(|answer| answer.confirmed.get(&point.id))
            .map(|confirmed| confirmed.said)
    };
    let attempt = match answer {
        None => Attempt::Open,
        Some(answer) if !answer.given.is_attempt() => Attempt::NotKnown,
        Some(_) if question.points().iter().all(|point| said(point).is_some()) => Attempt::Done,
        Some(_) => Attempt::Unconfirmed,
    };
    let share = (attempt == Attempt::Done).then(|| {
        let counted = question.points().iter().filter(|point| !point.bonus);
        let (mut confirmed, mut all) = (0.0, 0.0);
        for point in counted {
            all += point.weight;
            confirmed += point.weight
                * match said(point) {
                    Some(Said::Said) => 1.0,
                    Some(Said::Partly) => 0.5,
                    _ => 0.0,
                };
        }
        if all > 0.0 { confirmed / all } else { 0.0 }
    });
    QuestionResult {
        id: question.id.0.clone(),
        prompt: question.prompt.clone(),
        attempt,
        share,
        points: question
            .points()
            .iter()
            .map(|point| PointResult {
                id: point.id.clone(),
                says: point.says.clone(),
                bonus: point.bonus,
                said: said(point).map(Said::word),
                step: point
                    .step
                    .as_ref()
                    .or(question.lesson.as_ref())
                    .map(|step| step.0.clone()),
            })
            .collect(),
    }
}
