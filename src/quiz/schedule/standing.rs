//! Where a learner stands with each question.

use crate::course::{Deck, QuestionId};
use crate::progress::Attempt;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

/// The present, as the learner's clock has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    pub now: Timestamp,
    pub zone: TimeZone,
    /// The last day of the course, if there is one: nothing is put off beyond it.
    pub course_ends: Option<Date>,
}

/// Where the learner stands with one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    pub question: QuestionId,
    pub state: State,
    /// The day on which it comes back; `None` = never asked.
    pub due: Option<Date>,
    /// Share of each settled attempt at this revision, oldest first.
    pub shares: Vec<f64>,
    /// Different days on which the deck's share was reached.
    pub good_days: u32,
}

/// In a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Never asked.
    New,
    /// Asked; not due today, not mastered.
    Learning,
    /// Today, or before.
    Due,
    /// As the deck says what mastered is, and not overdue.
    Mastered,
}

/// One for each question of the deck, in its order. `attempts` may hold those of other decks too.
pub fn standings(deck: &Deck, _attempts: &[Attempt], _today: &Today) -> Vec<Standing> {
    deck.questions
        .iter()
        .map(|question| Standing {
            question: question.id.clone(),
            state: State::New,
            due: None,
            shares: Vec::new(),
            good_days: 0,
        })
        .collect()
}
