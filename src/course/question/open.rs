//! What an open question holds: the model answer, its key points, what is often mixed up, labelled answers.

use crate::course::ids::StepId;

/// An open question.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Shown only after the answer is given.
    pub model: String,
    pub points: Vec<Point>,
    pub wrong: Vec<Misconception>,
    /// Labelled answers: the rubric's own tests.
    pub samples: Vec<Sample>,
}

/// What a good answer says; the learner confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub id: String,
    pub says: String,
    /// Phrases: content words that occur near each other in one sentence, in any order; `a|b` is either word; a leading
    /// `>` means in this order.
    pub heard: Vec<String>,
    /// Not needed for full marks.
    pub bonus: bool,
    /// More than 0.
    pub weight: f64,
    /// The small item that comes back when this point is missed.
    pub retry: Option<String>,
    /// The step whose checks show it in the learner's own account.
    pub step: Option<StepId>,
}

/// A known wrong answer. It is asked about, never marked down by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misconception {
    pub say: String,
    /// Phrases, as of a point.
    pub heard: Vec<String>,
    pub because: String,
}

/// A labelled answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub text: String,
    /// Ids of the points that a fair person would credit.
    pub hit: Vec<String>,
    pub kind: SampleKind,
    /// Where it comes from: `author`, `class-2026-03`. Those of an author are reported apart.
    pub from: String,
}

/// What a labelled answer is an example of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SampleKind {
    Good,
    Partial,
    Terse,
    Wrong,
    Negated,
    Stuffed,
    Echo,
}

impl SampleKind {
    /// Every one.
    pub const ALL: [SampleKind; 7] = [
        SampleKind::Good,
        SampleKind::Partial,
        SampleKind::Terse,
        SampleKind::Wrong,
        SampleKind::Negated,
        SampleKind::Stuffed,
        SampleKind::Echo,
    ];

    /// As decks spell it.
    pub const fn word(self) -> &'static str {
        match self {
            SampleKind::Good => "good",
            SampleKind::Partial => "partial",
            SampleKind::Terse => "terse",
            SampleKind::Wrong => "wrong",
            SampleKind::Negated => "negated",
            SampleKind::Stuffed => "stuffed",
            SampleKind::Echo => "echo",
        }
    }
}
