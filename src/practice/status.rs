//! How the practice account stands, as data.

use super::cause::Cause;
use super::scene::left;
use super::state::{State, applied};
use super::steps::{STEPS, TEARDOWN};
use super::{balancer, cache, database, rollout};
use crate::account::Chapter;
use jiff::Timestamp;

/// What is applied, what is still coming up, what is broken.
#[derive(Debug, Clone)]
pub struct Status {
    /// In the chapter's order.
    pub applied: Vec<&'static str>,
    /// Not applied, in the chapter's order; the teardown is listed only when it was applied.
    pub open: Vec<&'static str>,
    /// What AWS would still be working on, in the chapter's order.
    pub waiting: Vec<Waiting>,
    /// Faults in the account, in the chapter's order.
    pub broken: Vec<&'static Cause>,
}

/// Something that comes up by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The step that began it.
    pub step: &'static str,
    /// What it is, in words that follow "waiting for".
    pub what: &'static str,
    /// Whole seconds until it is ready; at least 1.
    pub seconds: u32,
}

/// What takes time: step, words, seconds.
const SLOW: [(&str, &str, u32); 6] = [
    ("rds.instance", "the database", database::CREATING),
    ("elasticache.cache", "the cache", cache::CREATING),
    ("alb.balancer", "the load balancer", balancer::PROVISIONING),
    ("alb.certificate", "the certificate", balancer::VALIDATING),
    (SERVICE, "the service's tasks", rollout::ROLLING_OUT),
    (
        "ecs-service.release",
        "the new revision's tasks",
        rollout::ROLLING_OUT,
    ),
];

const SERVICE: &str = "ecs-service.service";

/// How the account stands at this time.
pub fn status(state: &State, chapter: &Chapter, now: Timestamp) -> Status {
    Status {
        applied: applied(state).collect(),
        open: STEPS
            .iter()
            .map(|step| step.id)
            .filter(|id| !state.has(id) && *id != TEARDOWN)
            .collect(),
        waiting: SLOW
            .iter()
            .filter_map(|&slow| waiting(state, chapter, now, slow))
            .collect(),
        broken: state.faults().collect(),
    }
}

fn waiting(
    state: &State,
    chapter: &Chapter,
    now: Timestamp,
    (step, what, takes): (&'static str, &'static str, u32),
) -> Option<Waiting> {
    let mut since = *state.steps.get(step)?;
    if step == "alb.certificate" && !chapter.has_domain {
        return None;
    }
    if step == SERVICE
        && let Some(again) = state.restarted
    {
        since = since.max(again);
    }
    let seconds = left(since, now, takes);
    (seconds > 0).then_some(Waiting {
        step,
        what,
        seconds,
    })
}
