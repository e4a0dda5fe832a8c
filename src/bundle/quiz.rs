//! Answers to a deck, without the learner's words.

use crate::progress::{Attempt, Confidence, Given, Hearing, Mode, Said};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BundledDeck {
    /// The deck's id.
    pub deck: String,
    /// Oldest first.
    pub attempts: Vec<BundledAttempt>,
}

/// One answer. Texts, quotes and what was typed are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BundledAttempt {
    pub sitting: i64,
    pub mode: Mode,
    pub item: String,
    pub rev: u32,
    pub given: Given,
    pub confidence: Option<Confidence>,
    pub hinted: bool,
    pub hearing: Hearing,
    pub confirmed: BTreeMap<String, Said>,
    pub share: Option<f64>,
    pub at: Timestamp,
    pub seconds: Option<u32>,
}

/// As the quiz's own figures take them.
pub fn attempts_of(deck: &BundledDeck) -> Vec<Attempt> {
    let _ = deck;
    Vec::new()
}
