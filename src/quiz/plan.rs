//! Which questions a sitting asks, and in which order.

use super::schedule::Standing;
use crate::course::{Deck, LessonId, PatternId, StepId};
use std::collections::BTreeSet;

/// What the learner wants of a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub scope: Scope,
    /// At most so many questions; `None` = all that the scope has.
    pub count: Option<usize>,
    /// The same number gives the same order.
    pub seed: u64,
}

/// Which questions may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// What is due first, then what is new, then the rest.
    Mixed,
    /// What is due today only.
    Due,
    /// Everything, in an order of its own: an exam.
    Whole,
    Lesson(LessonId),
    Pattern(PatternId),
}

/// Ids of questions, in the order in which they are asked. Retry items are never planned: they follow from answers.
/// `verified` are the steps that the learner's account passed; they steer the order only.
pub fn plan(
    deck: &Deck,
    wish: &Wish,
    _standings: &[Standing],
    _verified: &BTreeSet<StepId>,
) -> Vec<String> {
    deck.questions
        .iter()
        .map(|question| question.id.0.clone())
        .take(wish.count.unwrap_or(usize::MAX))
        .collect()
}
