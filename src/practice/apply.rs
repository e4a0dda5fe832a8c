//! Applying steps, taking everything down, breaking something on purpose.

use super::cause::{Cause, causes};
use super::state::{State, applied};
use super::steps::{STEPS, TEARDOWN, step_by_id};
use crate::account::Chapter;
use jiff::Timestamp;
use std::collections::BTreeSet;
use thiserror::Error;

/// The check that no API shows, which `apply_all` confirms as well.
const ATTESTED: &str = "budget.email-read";

/// What applying did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Steps that are applied now and were not before, in the chapter's order.
    pub steps: Vec<&'static str>,
    /// Steps that were taken back (by the teardown).
    pub removed: Vec<&'static str>,
    /// Faults that were repaired along the way.
    pub repaired: Vec<&'static str>,
    /// Checks that no API shows and that count as confirmed from now on; for the caller to keep.
    pub attested: Vec<&'static str>,
}

/// Why the practice account could not be changed as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PracticeError {
    /// No step has this id.
    #[error("the chapter has no step `{0}`")]
    UnknownStep(String),
    /// No fault has this id.
    #[error("the practice account cannot be broken with `{0}`")]
    UnknownCause(String),
    /// The fault only makes sense after these steps.
    #[error("`{cause}` can be broken only after {}", .steps.join(", "))]
    TooEarly {
        /// The cause's id.
        cause: &'static str,
        /// The steps that are missing, in the chapter's order.
        steps: Vec<&'static str>,
    },
    /// The fault needs a domain, and the course is set to have none.
    #[error("`{0}` exists only with a domain, and this course is set to have none")]
    NeedsDomain(&'static str),
}

/// Applies a step and what it needs. Whatever is broken in the step or in what it needs is repaired: afterwards the
/// step is as it should be, once AWS has caught up. A step that was applied before keeps its time.
///
/// # Errors
/// [`PracticeError::UnknownStep`].
pub fn apply(state: &mut State, step: &str, now: Timestamp) -> Result<Applied, PracticeError> {
    let step = step_by_id(step).ok_or_else(|| PracticeError::UnknownStep(step.to_owned()))?;
    if step.id == TEARDOWN {
        return Ok(tear_down(state, now));
    }
    Ok(bring_up(state, &with_needs(step.id), now))
}

/// Applies every step but the teardown, repairs everything, and puts it all into the past, so that nothing is still
/// coming up. Names what is thereby confirmed by hand.
pub fn apply_all(state: &mut State, now: Timestamp) -> Applied {
    let steps: BTreeSet<&str> = STEPS
        .iter()
        .map(|step| step.id)
        .filter(|id| *id != TEARDOWN)
        .collect();
    state.steps.remove(TEARDOWN);
    let mut applied = bring_up(state, &steps, now);
    state.settle(now);
    applied.attested.push(ATTESTED);
    applied
}

/// Breaks one thing. Breaking what is broken already changes nothing.
///
/// # Errors
/// The cause is not known, or there is nothing yet that could be broken so.
pub fn break_cause(
    state: &mut State,
    cause: &str,
    chapter: &Chapter,
    now: Timestamp,
) -> Result<&'static Cause, PracticeError> {
    let cause = cause_by_id(cause)?;
    if cause.needs_domain && !chapter.has_domain {
        return Err(PracticeError::NeedsDomain(cause.id));
    }
    let steps = cause.missing(state);
    if !steps.is_empty() {
        let cause = cause.id;
        return Err(PracticeError::TooEarly { cause, steps });
    }
    state.broken.entry(cause.id.to_owned()).or_insert(now);
    Ok(cause)
}

/// Repairs one fault; `false` when it was not there.
///
/// # Errors
/// [`PracticeError::UnknownCause`].
pub fn repair(state: &mut State, cause: &str, now: Timestamp) -> Result<bool, PracticeError> {
    let cause = cause_by_id(cause)?;
    let was_broken = state.broken.remove(cause.id).is_some();
    if was_broken && cause.restarts_service {
        state.restarted = Some(now);
    }
    Ok(was_broken)
}

fn cause_by_id(id: &str) -> Result<&'static Cause, PracticeError> {
    causes()
        .find(|cause| cause.id == id)
        .ok_or_else(|| PracticeError::UnknownCause(id.to_owned()))
}

/// A step and everything it rests on.
pub(super) fn with_needs(step: &'static str) -> BTreeSet<&'static str> {
    let mut all = BTreeSet::new();
    let mut open = vec![step];
    while let Some(id) = open.pop() {
        if all.insert(id) {
            open.extend(step_by_id(id).into_iter().flat_map(|step| step.needs));
        }
    }
    all
}

fn bring_up(state: &mut State, steps: &BTreeSet<&str>, now: Timestamp) -> Applied {
    let mut done = Applied::default();
    for step in STEPS.iter().filter(|step| steps.contains(step.id)) {
        if !state.has(step.id) {
            state.steps.insert(step.id.to_owned(), now);
            done.steps.push(step.id);
        }
    }
    let broken: Vec<&Cause> = state
        .faults()
        .filter(|cause| cause.repaired_by.iter().any(|step| steps.contains(step)))
        .collect();
    for cause in broken {
        state.broken.remove(cause.id);
        if cause.restarts_service {
            state.restarted = Some(now);
        }
        done.repaired.push(cause.id);
    }
    done
}

/// Takes down everything the chapter built. The root account's locks and the daily user cost nothing and stay.
fn tear_down(state: &mut State, now: Timestamp) -> Applied {
    let stays = |id: &str| id.starts_with("root-account.") || id.starts_with("iam-user.");
    let removed: Vec<&'static str> = applied(state)
        .filter(|id| !stays(id) && *id != TEARDOWN)
        .collect();
    for id in &removed {
        state.steps.remove(*id);
    }
    let is_new = state.steps.insert(TEARDOWN.to_owned(), now).is_none();
    state.restarted = None;
    let gone: Vec<&'static str> = state
        .faults()
        .filter(|cause| !cause.missing(state).is_empty() || cause.repaired_by.contains(&TEARDOWN))
        .map(|cause| cause.id)
        .collect();
    for id in &gone {
        state.broken.remove(*id);
    }
    Applied {
        steps: if is_new { vec![TEARDOWN] } else { Vec::new() },
        removed,
        repaired: gone,
        attested: Vec::new(),
    }
}
