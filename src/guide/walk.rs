//! Where the learner stands in the course, and where they go from there.

use crate::checks::{StepOutcome, Verdict, Verification};
use crate::course::{Course, Lesson, Step, StepId};
use std::collections::{BTreeMap, BTreeSet};

/// What is remembered between two sessions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The step where the last session ended.
    pub position: Option<String>,
    pub left_out: BTreeSet<String>,
}

/// A walk through the course. Going through it never changes a verdict: leaving a step out is progress.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    steps: Vec<(&'a Lesson, &'a Step)>,
    at: usize,
    left_out: BTreeSet<StepId>,
    outcomes: BTreeMap<StepId, StepOutcome>,
    /// Steps that were gone past while AWS was still working on them, or while they could not be read.
    waiting: BTreeSet<StepId>,
}

/// One step of the walk.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub lesson: &'a Lesson,
    pub step: &'a Step,
    /// From 1.
    pub number: usize,
    pub total: usize,
}

impl Place<'_> {
    /// Whether the lesson begins here.
    pub fn opens_lesson(&self) -> bool {
        self.lesson
            .steps
            .first()
            .is_some_and(|first| first.id == self.step.id)
    }
}

/// Where going on leads.
#[derive(Debug, Clone, Copy)]
pub enum Ahead<'a> {
    Step(Place<'a>),
    /// All steps lie behind: the quiz and the closing screen.
    End,
}

/// A step that was waited for and has a new verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub step: StepId,
    pub title: String,
    pub now: Verdict,
}

impl<'a> Walk<'a> {
    /// Where the record says, else at the first step. `None` for a course without steps.
    pub fn new(course: &'a Course, record: &Record) -> Option<Self> {
        let steps: Vec<(&Lesson, &Step)> = course.steps().collect();
        if steps.is_empty() {
            return None;
        }
        let place_of = |id: &str| {
            let (_, step) = course.step(id)?;
            steps.iter().position(|(_, other)| other.id == step.id)
        };
        let at = record.position.as_deref().and_then(place_of).unwrap_or(0);
        // Steps that were renamed are found by their earlier id; those that are gone are passed over.
        let left_out = record
            .left_out
            .iter()
            .filter_map(|id| Some(course.step(id)?.1.id.clone()))
            .collect();
        Some(Walk {
            steps,
            at,
            left_out,
            outcomes: BTreeMap::new(),
            waiting: BTreeSet::new(),
        })
    }

    /// The step the learner is at.
    pub fn here(&self) -> Place<'a> {
        self.place(self.at)
    }

    /// The step after this one, in the order of the course.
    pub fn ahead(&self) -> Ahead<'a> {
        if self.at + 1 < self.steps.len() {
            Ahead::Step(self.place(self.at + 1))
        } else {
            Ahead::End
        }
    }

    /// The step before this one.
    pub fn behind(&self) -> Option<Place<'a>> {
        self.at.checked_sub(1).map(|at| self.place(at))
    }

    /// The next step with something to do, when the ones between are done already; `None` when it is simply the next.
    pub fn next_open(&self) -> Option<Place<'a>> {
        let next = self.at + 1;
        let open = (next..self.steps.len()).find(|at| !self.is_settled(*at))?;
        (open > next).then(|| self.place(open))
    }

    /// Goes to the next step. A step that AWS still works on, or that could not be read, is looked at again.
    pub fn go_on(&mut self) -> Ahead<'a> {
        self.remember_waiting();
        let ahead = self.ahead();
        if let Ahead::Step(_) = ahead {
            self.at += 1;
        }
        ahead
    }

    /// Goes to the step before.
    pub fn go_back(&mut self) -> bool {
        let possible = self.at > 0;
        self.at = self.at.saturating_sub(1);
        possible
    }

    /// Goes to a step, or to the first of a lesson. Earlier ids count too.
    pub fn go_to(&mut self, id: &str) -> bool {
        let found = self.steps.iter().position(|(lesson, step)| {
            step.id.as_str() == id
                || step.was.iter().any(|was| was == id)
                || lesson.id.as_str() == id
                || lesson.was.iter().any(|was| was == id)
        });
        match found {
            Some(at) => {
                self.at = at;
                true
            }
            None => false,
        }
    }

    /// The step whose checks include this one.
    pub fn step_with_check(&self, check: &str) -> Option<Place<'a>> {
        let at = self
            .steps
            .iter()
            .position(|(_, step)| step.checks.iter().any(|id| id == check))?;
        Some(self.place(at))
    }

    /// Leaves the step out and goes on.
    pub fn leave_out(&mut self) -> Ahead<'a> {
        self.left_out.insert(self.here().step.id.clone());
        self.waiting.remove(&self.here().step.id);
        let ahead = self.ahead();
        if let Ahead::Step(_) = ahead {
            self.at += 1;
        }
        ahead
    }

    /// Takes the step up again.
    pub fn take_up(&mut self) {
        let id = self.here().step.id.clone();
        self.left_out.remove(&id);
    }

    /// Whether a step was left out.
    pub fn is_left_out(&self, step: &StepId) -> bool {
        self.left_out.contains(step)
    }

    /// Takes in what was found. Gives back the steps that were waited for and changed.
    pub fn learn(&mut self, verification: &Verification) -> Vec<Change> {
        let mut changes = Vec::new();
        for outcome in verification.lessons.iter().flat_map(|lesson| &lesson.steps) {
            let before = self.outcomes.insert(outcome.id.clone(), outcome.clone());
            let changed = before.is_some_and(|before| before.verdict != outcome.verdict);
            if changed && self.waiting.contains(&outcome.id) {
                changes.push(Change {
                    step: outcome.id.clone(),
                    title: outcome.title.clone(),
                    now: outcome.verdict,
                });
            }
            if outcome.verdict.is_done() {
                self.waiting.remove(&outcome.id);
                self.left_out.remove(&outcome.id);
            }
        }
        changes
    }

    /// Forgets what was found: another account was chosen.
    pub fn forget(&mut self) {
        self.outcomes.clear();
        self.waiting.clear();
    }

    /// What was last found for a step.
    pub fn outcome(&self, step: &StepId) -> Option<&StepOutcome> {
        self.outcomes.get(step)
    }

    /// What has to be looked at with the present step: itself, and what is waited for.
    pub fn to_look_at(&self) -> BTreeSet<StepId> {
        let mut steps = self.waiting.clone();
        steps.insert(self.here().step.id.clone());
        steps
    }

    /// The steps that were gone past while AWS was working on them, and that it still works on, in order.
    pub fn in_progress_behind(&self) -> Vec<Place<'a>> {
        (0..self.steps.len())
            .filter(|at| *at != self.at && self.waiting.contains(&self.steps[*at].1.id))
            .map(|at| self.place(at))
            .filter(|place| {
                self.outcome(&place.step.id)
                    .is_some_and(|outcome| outcome.has_pending())
            })
            .collect()
    }

    /// Steps that are not optional, not left out and not done, in order.
    pub fn open_steps(&self) -> Vec<Place<'a>> {
        (0..self.steps.len())
            .filter(|at| !self.is_settled(*at) && !self.steps[*at].1.optional)
            .map(|at| self.place(at))
            .collect()
    }

    fn is_settled(&self, at: usize) -> bool {
        let id = &self.steps[at].1.id;
        self.left_out.contains(id)
            || self
                .outcomes
                .get(id)
                .is_some_and(|outcome| outcome.verdict.is_done())
    }

    fn remember_waiting(&mut self) {
        let id = self.here().step.id.clone();
        let unsettled = self
            .outcomes
            .get(&id)
            .is_some_and(|outcome| matches!(outcome.verdict, Verdict::Pending | Verdict::Unknown));
        if unsettled {
            self.waiting.insert(id);
        }
    }

    fn place(&self, at: usize) -> Place<'a> {
        let (lesson, step) = self.steps[at];
        Place {
            lesson,
            step,
            number: at + 1,
            total: self.steps.len(),
        }
    }
}
