//! The quiz as the rest of Landfall sees it: decks, questions of eight kinds, and the small items that come back for a
//! missed point.

mod account;
mod closed;
mod open;

pub use account::{Artifact, Fault, Inspect, Mutation, Predict, PredictKey};
pub use closed::{Blank, Cloze, Matching, Options, Order, OrderItem, Pair, QuizOption};
pub use open::{Misconception, Open, Point, Sample, SampleKind};

use super::ids::{DeckId, PatternId, QuestionId, StepId};
use serde::Serialize;

/// A quiz.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    pub id: DeckId,
    pub title: String,
    /// What counts as mastered.
    pub mastery: Mastery,
    /// Spellings that mean the same: the token that stands for them, and the forms folded into it.
    pub glossary: Vec<(String, Vec<String>)>,
    pub questions: Vec<Question>,
    /// Small items for single points (`failed-check-recovery.replace`); asked when that point was missed, never by
    /// themselves.
    pub retries: Vec<Question>,
}

/// From when on a question counts as mastered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mastery {
    /// Of the points, 0 to 1.
    pub share: f64,
    /// So many different days.
    pub days: u32,
}

impl Default for Mastery {
    fn default() -> Self {
        Mastery {
            share: 0.8,
            days: 3,
        }
    }
}

/// One question. Its id is permanent.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub id: QuestionId,
    pub was: Vec<String>,
    /// Raised only when the meaning changes: the schedule begins anew.
    pub rev: u32,
    pub level: Level,
    pub prompt: String,
    /// The pattern to take forward that it belongs to.
    pub pattern: Option<PatternId>,
    /// The step that teaches it.
    pub lesson: Option<StepId>,
    /// Better asked once these steps are verified; steers the order only, and never hides a question.
    pub after: Vec<StepId>,
    /// Shown when the learner asks for it; counts as help.
    pub hint: Option<String>,
    /// Where the matter is open to more than one reading.
    pub caveat: Option<String>,
    pub facts: Facts,
    pub kind: Kind,
}

/// What the learner has to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Recall,
    Explain,
    Apply,
    Diagnose,
}

impl Level {
    /// Every one, from the plainest on.
    pub const ALL: [Level; 4] = [Level::Recall, Level::Explain, Level::Apply, Level::Diagnose];

    /// As decks spell it.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Recall => "recall",
            Level::Explain => "explain",
            Level::Apply => "apply",
            Level::Diagnose => "diagnose",
        }
    }
}

/// How a question is asked and judged.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Free words; the learner confirms the points.
    Open(Open),
    /// One of several.
    Choice(Options),
    /// Some of several.
    Multi(Options),
    /// Put into order; only what has to come before something else counts.
    Order(Order),
    /// What belongs to what.
    Match(Matching),
    /// Fill the gaps.
    Cloze(Cloze),
    /// Find the line that is wrong, and say the harm.
    Inspect(Inspect),
    /// Foretell a value of one's own account.
    Predict(Predict),
}

impl Kind {
    /// As decks spell it.
    pub const fn word(&self) -> &'static str {
        match self {
            Kind::Open(_) => "open",
            Kind::Choice(_) => "choice",
            Kind::Multi(_) => "multi",
            Kind::Order(_) => "order",
            Kind::Match(_) => "match",
            Kind::Cloze(_) => "cloze",
            Kind::Inspect(_) => "inspect",
            Kind::Predict(_) => "predict",
        }
    }

    /// Every word a deck may use.
    pub const WORDS: [&'static str; 8] = [
        "open", "choice", "multi", "order", "match", "cloze", "inspect", "predict",
    ];
}

impl Question {
    /// What an open question holds.
    pub const fn open(&self) -> Option<&Open> {
        match &self.kind {
            Kind::Open(open) => Some(open),
            _ => None,
        }
    }

    /// The key points of an open question; other kinds have none.
    pub fn points(&self) -> &[Point] {
        self.open().map_or(&[], |open| &open.points)
    }

    /// The subject: `grace-period` of `grace-period`, `grace-period.predict` and the retry item `grace-period.warm-up`.
    /// Questions of one subject give each other's answers away, so a sitting keeps them apart.
    pub fn subject(&self) -> &str {
        self.id
            .as_str()
            .split_once('.')
            .map_or(self.id.as_str(), |(subject, _)| subject)
    }

    /// Whether it is, or once was, called so.
    pub fn is_called(&self, id: &str) -> bool {
        self.id.as_str() == id || self.was.iter().any(|was| was == id)
    }

    /// Whether its key is read from an account (the learner's own, or the practice account).
    pub const fn asks_of_account(&self) -> bool {
        matches!(
            &self.kind,
            Kind::Predict(_)
                | Kind::Inspect(Inspect {
                    artifact: Artifact::Account(_),
                    ..
                })
        )
    }
}

impl Deck {
    /// A question or a retry item by its id, or an earlier one.
    pub fn item(&self, id: &str) -> Option<&Question> {
        self.questions
            .iter()
            .chain(&self.retries)
            .find(|question| question.is_called(id))
    }

    /// A question by its id, or an earlier one.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions
            .iter()
            .find(|question| question.is_called(id))
    }

    /// Whether this is an item for a single missed point.
    pub fn is_retry(&self, id: &str) -> bool {
        self.retries.iter().any(|item| item.is_called(id))
    }
}

/// Where a question's facts come from, and when they were looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `2026-08-01`.
    pub checked: String,
    pub stale_days: u32,
    pub cite: Vec<String>,
}
