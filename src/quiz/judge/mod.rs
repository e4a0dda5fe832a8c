//! Judging answers whose key is known, and adding up what the learner confirmed.

use crate::course::Question;
use crate::progress::{Confirmation, Given, Posed};
use serde::Serialize;
use std::collections::BTreeMap;

/// What an answer came to, part by part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// 0 to 1 of what counts.
    pub share: f64,
    /// Every option, gap, pair, item, fault or point, in the order of the question, each with its reason.
    pub parts: Vec<Part>,
}

/// One option, gap, pair, item, fault or point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    pub id: String,
    /// What it says: the option's text, the left-hand side, the point.
    pub text: String,
    pub outcome: Outcome,
    /// What the learner put there, where that is not the text itself.
    pub given: Option<String>,
    /// What belongs there, where that is not the text itself.
    pub key: Option<String>,
    pub why: String,
}

/// How one part came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Picked, put or said, and right.
    Right,
    /// In part, as the learner confirmed it.
    Partly,
    /// Picked or put, and wrong.
    Wrong,
    /// Right, and not picked, put or said.
    Missed,
    /// Wrong, and rightly left alone.
    LeftAlone,
}

/// Judges an answer. `None` while something has to be confirmed first (open points, a fault's harm), and of
/// "I don't know".
pub fn judge(
    _question: &Question,
    _given: &Given,
    _posed: Option<&Posed>,
    _confirmed: &BTreeMap<String, Confirmation>,
) -> Option<Judged> {
    None
}

/// Something that only the learner can say of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    /// The point's id, or the fault's.
    pub id: String,
    /// What a full answer says.
    pub says: String,
    /// More about it, where there is more: the fix of a fault.
    pub detail: Option<String>,
}

/// What the learner still has to confirm of an answer, in order.
pub fn to_confirm(
    question: &Question,
    _given: &Given,
    _posed: Option<&Posed>,
    confirmed: &BTreeMap<String, Confirmation>,
) -> Vec<ToConfirm> {
    question
        .points()
        .iter()
        .filter(|point| !confirmed.contains_key(&point.id))
        .map(|point| ToConfirm {
            id: point.id.clone(),
            says: point.says.clone(),
            detail: None,
        })
        .collect()
}
