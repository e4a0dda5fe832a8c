//! Faults that can be put into the practice account: what each does, where it makes sense, which step repairs it.

use super::scene::Scene;
use super::state::State;
use super::steps::STEPS;
use crate::account::{Chapter, Snapshot};
use std::fmt;

/// One fault. Its `change` makes the snapshot look as AWS would with that fault, consequences included.
#[derive(Clone, Copy)]
pub struct Cause {
    /// As findings name it.
    pub id: &'static str,
    /// What it does to the account, in one plain sentence.
    pub says: &'static str,
    /// Steps that must have been applied.
    pub after: &'static [&'static str],
    /// Applying any of these again repairs it.
    pub repaired_by: &'static [&'static str],
    /// Without a domain there is nothing to break.
    pub needs_domain: bool,
    /// Repairing it makes the service roll out again.
    pub restarts_service: bool,
    pub(super) change: fn(&mut Snapshot, &Scene<'_>),
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cause")
            .field("id", &self.id)
            .field("says", &self.says)
            .finish_non_exhaustive()
    }
}

impl Cause {
    /// A fault that sits in `step`, makes sense after it, and is repaired by applying it again.
    pub(super) const fn new(
        id: &'static str,
        step: &'static [&'static str; 1],
        says: &'static str,
        change: fn(&mut Snapshot, &Scene<'_>),
    ) -> Self {
        Cause {
            id,
            says,
            after: step,
            repaired_by: step,
            needs_domain: false,
            restarts_service: false,
            change,
        }
    }

    /// One that exists only after other steps than those that repair it.
    pub(super) const fn after(mut self, steps: &'static [&'static str]) -> Self {
        self.after = steps;
        self
    }

    /// One that more steps repair.
    pub(super) const fn repaired_by(mut self, steps: &'static [&'static str]) -> Self {
        self.repaired_by = steps;
        self
    }

    pub(super) const fn with_domain(mut self) -> Self {
        self.needs_domain = true;
        self
    }

    pub(super) const fn restarting(mut self) -> Self {
        self.restarts_service = true;
        self
    }

    /// The steps that are not applied and would have to be, in the chapter's order.
    pub fn missing(&self, state: &State) -> Vec<&'static str> {
        STEPS
            .iter()
            .map(|step| step.id)
            .filter(|id| self.after.contains(id) && !state.has(id))
            .collect()
    }

    /// Whether there is something in the account that it changes.
    pub fn fits(&self, state: &State, chapter: &Chapter) -> bool {
        self.missing(state).is_empty() && (chapter.has_domain || !self.needs_domain)
    }
}

/// All of them, in the order of the chapter.
pub fn causes() -> impl Iterator<Item = &'static Cause> {
    super::causes::ALL.iter().copied().flatten()
}
