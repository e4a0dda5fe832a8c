//! Which questions a sitting asks, and in which order.

mod arrange;
mod candidate;
mod chance;
mod choose;
#[cfg(test)]
mod tests;

use super::schedule::{Standing, State};
use crate::course::{Deck, Lesson, LessonId, PatternId, Question, StepId};
use arrange::arrange;
use candidate::{Candidate, is_called, lesson_of};
use chance::Chance;
use choose::choose;
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

/// Two siblings are this far apart where a sitting has an order to keep: two others stand between them.
const FAR_ENOUGH: usize = 3;

/// Ids of questions, in the order in which they are asked. Retry items are never planned: they follow from answers.
/// `verified` are the steps that the learner's account passed; they steer the order only. `lessons` are the course's, in
/// its order: what is new is asked in it.
pub fn plan(
    deck: &Deck,
    wish: &Wish,
    standings: &[Standing],
    verified: &BTreeSet<StepId>,
    lessons: &[Lesson],
) -> Vec<String> {
    let standing = |question: &Question| {
        standings
            .iter()
            .find(|standing| standing.question == question.id)
    };
    let mut waiting: Vec<Candidate<'_>> = deck
        .questions
        .iter()
        .filter(|question| is_in(&wish.scope, question, standing(question), lessons))
        .map(|question| match wish.scope {
            Scope::Whole => Candidate::of_exam(question),
            _ => Candidate::of(question, standing(question), verified, lessons),
        })
        .collect();
    Chance::seeded(wish.seed).shuffle(&mut waiting);
    waiting.sort_by_key(Candidate::rank);
    let widest = match wish.scope {
        Scope::Whole => usize::MAX,
        Scope::Mixed | Scope::Due | Scope::Lesson(_) | Scope::Pattern(_) => FAR_ENOUGH,
    };
    let chosen = choose(waiting, wish.count.unwrap_or(usize::MAX));
    arrange(chosen, widest)
        .into_iter()
        .map(|candidate| candidate.question.id.0.clone())
        .collect()
}

fn is_in(
    scope: &Scope,
    question: &Question,
    standing: Option<&Standing>,
    lessons: &[Lesson],
) -> bool {
    match scope {
        Scope::Mixed | Scope::Whole => true,
        Scope::Due => standing.is_some_and(|standing| standing.state == State::Due),
        Scope::Lesson(wanted) => lesson_of(question).is_some_and(|id| {
            id == wanted.as_str()
                || lessons
                    .iter()
                    .any(|lesson| is_called(lesson, id) && is_called(lesson, wanted.as_str()))
        }),
        Scope::Pattern(wanted) => question.pattern.as_ref() == Some(wanted),
    }
}
