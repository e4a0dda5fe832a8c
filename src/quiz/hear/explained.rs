//! What was heard, with the phrases that decided: for authors.

use crate::progress::{Heard, Notice};

/// A hearing with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Every point of the question, in its order.
    pub points: Vec<Point>,
    pub wrong: Vec<Wrong>,
    pub notice: Option<Notice>,
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub id: String,
    pub said: Said,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// This phrase was found; whether it is clear is in `heard`.
    Detected { phrase: String, heard: Heard },
    /// No phrase was found, which says nothing of the answer.
    NotDetected { nearest: Option<Near> },
}

/// The phrase that lacked least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    pub phrase: String,
    /// Its words that are not there, as the deck writes them. Empty: they are all there, but too far apart or not in order.
    pub lacks: Vec<String>,
}

/// A known wrong answer that was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub say: String,
    pub quote: String,
    pub phrase: String,
}
