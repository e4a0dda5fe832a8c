//! What the learner did to the practice account: steps and faults. Everything else follows from it.

use super::cause::{Cause, causes};
use super::closer;
use super::leftovers::look_for_leftovers;
use super::look;
use super::scene::Scene;
use super::steps::{STEPS, TEARDOWN};
use crate::account::{Chapter, Snapshot};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The practice account between two looks. Ids that this version does not know are kept and have no effect.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// When each step was applied, by step id.
    #[serde(default)]
    pub steps: BTreeMap<String, Timestamp>,
    /// What was broken on purpose, by cause id, and when.
    #[serde(default)]
    pub broken: BTreeMap<String, Timestamp>,
    /// When a repair last made the service start over.
    #[serde(default)]
    pub restarted: Option<Timestamp>,
}

impl State {
    /// Whether the step was applied and not taken down since.
    pub fn has(&self, step: &str) -> bool {
        self.steps.contains_key(step)
    }

    /// The faults that are in the account now, in the order of the chapter.
    pub fn faults(&self) -> impl Iterator<Item = &'static Cause> + '_ {
        causes().filter(|cause| self.broken.contains_key(cause.id))
    }

    /// Back to a fresh account.
    pub fn reset(&mut self) {
        *self = State::default();
    }

    /// Puts everything so far far enough into the past that nothing is still coming up.
    pub fn settle(&mut self, now: Timestamp) {
        let past = super::scene::before(now, super::good::LONG_AGO);
        for since in self.steps.values_mut() {
            *since = (*since).min(past);
        }
        self.restarted = None;
    }
}

/// What the account looks like now: the steps' effects, then the faults. Leftovers are looked for once the teardown has
/// begun; [`look_for_leftovers`] looks for them earlier.
pub fn snapshot(state: &State, chapter: &Chapter, now: Timestamp) -> Snapshot {
    let mut snapshot = look::after(&state.steps, state.restarted, chapter, now);
    if state.has(TEARDOWN) {
        look_for_leftovers(&mut snapshot);
    }
    for cause in state.faults() {
        if cause.fits(state, chapter) {
            let since = state.broken.get(cause.id).copied().unwrap_or(now);
            (cause.change)(&mut snapshot, &Scene::new(chapter, since, now));
        }
    }
    closer::look(&mut snapshot, chapter);
    snapshot
}

/// The applied steps, in the chapter's order.
pub(super) fn applied(state: &State) -> impl Iterator<Item = &'static str> + '_ {
    STEPS.iter().map(|step| step.id).filter(|id| state.has(id))
}
