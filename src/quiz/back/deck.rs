//! Where a learner stands with a deck, over all sittings.

use super::answer::{AnswerBack, Review};
use super::calibration::Calibration;
use super::mastery::{Counts, PatternBack, mastered_means, patterns};
use super::sitting::scored;
use crate::course::{Deck, Level, Pattern, PatternId, StepId};
use crate::progress::Attempt;
use crate::quiz::schedule::{Standing, State};
use jiff::civil::Date;
use serde::Serialize;

/// A deck, as it stands on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeckBack {
    pub deck: String,
    pub title: String,
    pub today: Date,
    pub counts: Counts,
    /// How mastery is computed; a sentence.
    pub mastered_means: String,
    /// In the order of the course; what belongs to no pattern comes last.
    pub patterns: Vec<PatternBack>,
    /// Over all sittings.
    pub calibration: Calibration,
    /// Questions whose newest answer was sure and not right, the newest first.
    pub confident_errors: Vec<AnswerBack>,
    /// In the order of the deck.
    pub questions: Vec<QuestionBack>,
}

/// One question, over all sittings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionBack {
    pub id: String,
    pub prompt: String,
    pub kind: &'static str,
    pub level: Level,
    pub pattern: Option<PatternId>,
    pub lesson: Option<StepId>,
    pub state: State,
    pub due: Option<Date>,
    /// `due tomorrow`.
    pub due_words: String,
    /// Of each settled answer, oldest first.
    pub shares: Vec<f64>,
    pub last_share: Option<f64>,
    /// Different days on which it was good enough.
    pub good_days: u32,
    /// Whether the marks are the learner's own.
    pub own_marks: bool,
}

/// Puts together where the learner stands. `attempts` are all of the deck, oldest first; `patterns` those of the course.
pub fn overview(
    deck: &Deck,
    patterns: &[Pattern],
    attempts: &[Attempt],
    standings: &[Standing],
    today: Date,
) -> DeckBack {
    let questions: Vec<QuestionBack> = deck
        .questions
        .iter()
        .map(|question| {
            let standing = standings.iter().find(|one| one.question == question.id);
            let due = standing.and_then(|standing| standing.due);
            let shares = standing.map_or_else(Vec::new, |standing| standing.shares.clone());
            QuestionBack {
                id: question.id.0.clone(),
                prompt: question.prompt.clone(),
                kind: question.kind.word(),
                level: question.level,
                pattern: question.pattern.clone(),
                lesson: question.lesson.clone(),
                state: standing.map_or(State::New, |standing| standing.state),
                due,
                due_words: super::day::due_words(due, today),
                last_share: shares.last().copied(),
                shares,
                good_days: standing.map_or(0, |standing| standing.good_days),
                own_marks: question.open().is_some(),
            }
        })
        .collect();
    DeckBack {
        deck: deck.id.0.clone(),
        title: deck.title.clone(),
        today,
        counts: Counts::of(questions.iter().map(|question| question.state)),
        mastered_means: mastered_means(deck.mastery),
        patterns: self::patterns(patterns, &questions),
        calibration: Calibration::of(scored(deck, attempts)),
        confident_errors: confident_errors(deck, attempts),
        questions,
    }
}

/// A later answer takes the place of an earlier one; "I don't know" does so too.
fn confident_errors(deck: &Deck, attempts: &[Attempt]) -> Vec<AnswerBack> {
    let mut errors: Vec<AnswerBack> =
        deck.questions
            .iter()
            .filter_map(|question| {
                let newest = attempts.iter().rev().find(|attempt| {
                    question.is_called(&attempt.item) && attempt.rev == question.rev
                })?;
                AnswerBack::of(deck, newest)
            })
            .filter(|answer| answer.review == Review::ConfidentError)
            .collect();
    errors.sort_by_key(|answer| std::cmp::Reverse((answer.confidence, answer.at)));
    errors
}
