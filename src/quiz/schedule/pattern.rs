//! How far a learner is with each pattern to take forward.

use super::standing::{Standing, State};
use crate::course::{Deck, Pattern, PatternId};
use serde::Serialize;

/// The questions of one pattern, counted by where the learner stands with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternMastery {
    pub pattern: PatternId,
    pub mastered: usize,
    pub due: usize,
    pub learning: usize,
    pub new: usize,
}

impl PatternMastery {
    /// All its questions.
    pub const fn total(&self) -> usize {
        self.mastered + self.due + self.learning + self.new
    }
}

/// One for each pattern, in the course's order, also for those that the deck does not ask about (all of them 0). A
/// question without a standing is new.
pub fn pattern_mastery(
    deck: &Deck,
    standings: &[Standing],
    patterns: &[Pattern],
) -> Vec<PatternMastery> {
    let state = |id| {
        standings
            .iter()
            .find(|standing| standing.question == id)
            .map_or(State::New, |standing| standing.state)
    };
    let counted = patterns.iter().map(|pattern| {
        let states: Vec<State> = deck
            .questions
            .iter()
            .filter(|question| question.pattern.as_ref() == Some(&pattern.id))
            .map(|question| state(question.id.clone()))
            .collect();
        let count = |wanted| states.iter().filter(|state| **state == wanted).count();
        PatternMastery {
            pattern: pattern.id.clone(),
            mastered: count(State::Mastered),
            due: count(State::Due),
            learning: count(State::Learning),
            new: count(State::New),
        }
    });
    counted.collect()
}
