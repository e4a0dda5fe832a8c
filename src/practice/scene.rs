//! What a step's effect knows: the chapter, when the step was applied, and what time it is.

use super::ids::Ids;
use crate::account::Chapter;
use jiff::{SignedDuration, Timestamp};

/// What is created is dated this much before its step, so that nothing counts as "only just created":
/// waiting is told by states alone.
const LEAD: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub chapter: &'a Chapter,
    pub ids: Ids<'a>,
    /// When the step was applied.
    pub since: Timestamp,
    pub now: Timestamp,
    /// When a repair made the service start over, if one did.
    pub restarted: Option<Timestamp>,
}

impl<'a> Scene<'a> {
    pub fn new(chapter: &'a Chapter, since: Timestamp, now: Timestamp) -> Self {
        Scene {
            chapter,
            ids: Ids(chapter),
            since,
            now,
            restarted: None,
        }
    }

    /// Since when the service is rolling out.
    pub fn rolling_since(&self) -> Timestamp {
        self.restarted
            .map_or(self.since, |again| again.max(self.since))
    }

    /// When the step's resources say that they were created.
    pub fn made(&self) -> Timestamp {
        before(self.since, LEAD)
    }

    /// Whether something that takes `seconds` is done by now.
    pub fn is_done(&self, seconds: u32) -> bool {
        left(self.since, self.now, seconds) == 0
    }
}

/// A moment before another; that other one at the end of all time.
pub(super) fn before(moment: Timestamp, duration: SignedDuration) -> Timestamp {
    moment.checked_sub(duration).unwrap_or(moment)
}

/// How many seconds are left of something that takes `seconds`. A clock that was set back does not make anyone wait.
pub(super) fn left(since: Timestamp, now: Timestamp, seconds: u32) -> u32 {
    let passed = now.duration_since(since).as_millis();
    let whole = i128::from(seconds) * 1000;
    if passed < 0 || passed >= whole {
        return 0;
    }
    u32::try_from((whole - passed + 999) / 1000).unwrap_or(seconds)
}
