//! What a run comes to: the exit code over everybody in it.

use crate::app::failure::Exit;
use crate::app::verify::exit;
use crate::checks::{Asked, Stack, Totals, verify};
use crate::class::{Outcome, RowResult};
use crate::course::Course;
use std::collections::BTreeSet;

/// How many ended how. A judged account is counted and let go: a class's snapshots are not held.
#[derive(Debug)]
pub struct Tally<'a> {
    course: &'a Course,
    passed: usize,
    failed: usize,
    unreadable: usize,
    unfinished: usize,
    not_looked: usize,
}

impl<'a> Tally<'a> {
    pub const fn new(course: &'a Course) -> Self {
        Tally {
            course,
            passed: 0,
            failed: 0,
            unreadable: 0,
            unfinished: 0,
            not_looked: 0,
        }
    }

    /// Judges one result.
    pub fn count(&mut self, result: &RowResult) {
        let snapshot = match &result.outcome {
            Outcome::Looked(snapshot) => snapshot,
            Outcome::NotLooked { .. } => {
                self.not_looked += 1;
                return;
            }
        };
        let stack = Stack {
            snapshot,
            attested: &BTreeSet::new(),
            teardown_begun: false,
        };
        let totals: Totals = verify(&stack, self.course, &Asked::All).totals;
        match exit(&totals) {
            Exit::Passed => self.passed += 1,
            Exit::Failed => self.failed += 1,
            Exit::Unreadable => self.unreadable += 1,
            _ => self.unfinished += 1,
        }
    }

    /// Something failed in somebody's account, else something or somebody could not be read, else something is unfinished.
    pub const fn exit(&self) -> Exit {
        if self.failed > 0 {
            Exit::Failed
        } else if self.unreadable + self.not_looked > 0 {
            Exit::Unreadable
        } else if self.unfinished > 0 {
            Exit::Unfinished
        } else {
            Exit::Passed
        }
    }
}
