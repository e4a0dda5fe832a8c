//! A question that may be asked, and when it is its turn.

use crate::course::{Lesson, Question, StepId};
use crate::quiz::schedule::{Standing, State};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A question that may be asked.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    pub(super) question: &'a Question,
    pub(super) turn: Turn,
    /// Of 1000000: the probability that it is recalled. The lowest first, among those of one turn.
    kept: u32,
}

/// Earlier ones are asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// The most overdue first.
    Due(Option<Date>),
    /// Those first whose steps are verified, then by the lessons' order: a learner's first pass.
    New { steps: Steps, lesson: usize },
    /// Asked before, not due.
    Rest,
}

/// Of the account behind a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Steps {
    Verified,
    Open,
}

impl<'a> Candidate<'a> {
    /// With its turn by what is known of the learner.
    pub(super) fn of(
        question: &'a Question,
        standing: Option<&Standing>,
        verified: &BTreeSet<StepId>,
        lessons: &[Lesson],
    ) -> Self {
        let turn = match standing.map_or(State::New, |standing| standing.state) {
            State::Due => Turn::Due(standing.and_then(|standing| standing.due)),
            State::New => Turn::New {
                steps: if question.after.iter().all(|step| verified.contains(step)) {
                    Steps::Verified
                } else {
                    Steps::Open
                },
                lesson: place(question, lessons),
            },
            State::Learning | State::Mastered => Turn::Rest,
        };
        let kept = standing.and_then(|standing| standing.retrievability);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a probability"
        )]
        let kept = (kept.unwrap_or(0.0).clamp(0.0, 1.0) * 1e6) as u32;
        Candidate {
            question,
            turn,
            kept,
        }
    }

    /// Without any turn: an exam.
    pub(super) const fn of_exam(question: &'a Question) -> Self {
        Candidate {
            question,
            turn: Turn::Rest,
            kept: 0,
        }
    }

    /// Which of two is chosen first.
    pub(super) const fn rank(&self) -> (Turn, u32) {
        (self.turn, self.kept)
    }

    pub(super) fn subject(&self) -> &'a str {
        self.question.subject()
    }

    pub(super) const fn is_open(&self) -> bool {
        self.question.open().is_some()
    }

    pub(super) const fn asks_of_account(&self) -> bool {
        self.question.asks_of_account()
    }

    /// Whether two belong to the same lesson.
    pub(super) fn shares_lesson(&self, other: &Candidate<'_>) -> bool {
        let lesson = lesson_of(self.question);
        lesson.is_some() && lesson == lesson_of(other.question)
    }

    /// Whether two are answered in the same way.
    pub(super) fn shares_kind(&self, other: &Candidate<'_>) -> bool {
        self.question.kind.word() == other.question.kind.word()
    }
}

/// The lesson that teaches it: `rds` of the step `rds.inbound`.
pub(super) fn lesson_of(question: &Question) -> Option<&str> {
    let step = question.lesson.as_ref()?.as_str();
    Some(step.split_once('.').map_or(step, |(lesson, _)| lesson))
}

/// Whether a lesson is, or once was, called so.
pub(super) fn is_called(lesson: &Lesson, id: &str) -> bool {
    lesson.id.as_str() == id || lesson.was.iter().any(|was| was == id)
}

/// The number of its lesson in the course; what belongs to none comes last.
fn place(question: &Question, lessons: &[Lesson]) -> usize {
    lesson_of(question)
        .and_then(|id| lessons.iter().position(|lesson| is_called(lesson, id)))
        .unwrap_or(usize::MAX)
}
