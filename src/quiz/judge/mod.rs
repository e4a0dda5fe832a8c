//! Judging answers whose key is known, and adding up what the learner confirmed.

mod choice;
mod cloze;
mod confirm;
mod inspect;
mod matching;
mod multi;
mod number;
mod open;
mod order;
mod picks;
mod predict;
mod word;

pub use confirm::{ToConfirm, to_confirm};
pub use number::number_in;
pub use picks::{Picks, pages, picks};

use crate::course::{Kind, Question};
use crate::progress::{Confirmation, Given, Posed};
use serde::Serialize;
use std::collections::BTreeMap;

/// What an answer came to, part by part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// 0 to 1 of what counts.
    pub share: f64,
    /// Every option, gap, pair, item, fault or point, in the order of the question, each with its reason. Where there is
    /// one reason for all gaps, it stands with the last. Lines of a page that were picked though right, and lines that
    /// only look suspicious, follow the faults.
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

impl Outcome {
    /// Of something that is there to be picked.
    const fn of_pick(picked: bool, right: bool) -> Self {
        match (picked, right) {
            (true, true) => Outcome::Right,
            (true, false) => Outcome::Wrong,
            (false, true) => Outcome::Missed,
            (false, false) => Outcome::LeftAlone,
        }
    }
}

/// Judges an answer. `None` while something has to be confirmed first (open points, a fault's harm), of "I don't know",
/// and of an account question without what it asked. An answer of another kind than the question is an empty one.
pub fn judge(
    question: &Question,
    given: &Given,
    posed: Option<&Posed>,
    confirmed: &BTreeMap<String, Confirmation>,
) -> Option<Judged> {
    if !given.is_attempt() {
        return None;
    }
    match &question.kind {
        Kind::Open(asked) => open::judge(asked, given, confirmed),
        Kind::Choice(asked) => Some(choice::judge(asked, given)),
        Kind::Multi(asked) => Some(multi::judge(asked, given)),
        Kind::Order(asked) => Some(order::judge(asked, given)),
        Kind::Match(asked) => Some(matching::judge(asked, given)),
        Kind::Cloze(asked) => Some(cloze::judge(&question.prompt, asked, given)),
        Kind::Inspect(asked) => inspect::judge(asked, given, posed, confirmed),
        Kind::Predict(asked) => predict::judge(asked, given, posed),
    }
}

/// `part` of `whole`, 0 to 1; 0 when there is nothing.
fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 {
        return 0.0;
    }
    (number(part) / number(whole)).min(1.0)
}

#[cfg(test)]
mod tests;
