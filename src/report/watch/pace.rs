//! How long to pause. A class may watch one account: after half a minute of nothing new each watch is down to a handful of
//! questions every thirty seconds.

use super::trouble::Trouble;
use crate::account::Source;
use std::time::Duration;

/// Questions per second, on average, that a watch does not exceed.
const MOST_PER_SECOND: u32 = 4;

/// The pauses of one watch.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    first: Duration,
    longest: Duration,
    /// Looks since something moved.
    quiet: u32,
    /// Looks since the trouble began.
    troubled: u32,
}

impl Pace {
    /// The practice account costs nobody anything, and is done in seconds.
    pub fn of(source: Source) -> Self {
        let (first, longest) = match source {
            Source::Practice => (2, 5),
            Source::Aws | Source::Snapshot => (5, 30),
        };
        Pace {
            first: Duration::from_secs(first),
            longest: Duration::from_secs(longest),
            quiet: 0,
            troubled: 0,
        }
    }

    /// Something moved: the next look comes soon.
    pub const fn anew(&mut self) {
        self.quiet = 0;
        self.troubled = 0;
    }

    pub const fn begin_trouble(&mut self) {
        self.troubled = 0;
    }

    /// After a look that was answered, with so many questions.
    pub fn calm(&mut self, calls: usize) -> Duration {
        let pause = doubled(self.first, self.quiet).min(self.longest);
        self.quiet = self.quiet.saturating_add(1);
        let calls = u32::try_from(calls).unwrap_or(u32::MAX);
        pause.max(Duration::from_secs(u64::from(calls / MOST_PER_SECOND)))
    }

    /// After a look that was not.
    pub fn troubled(&mut self, trouble: Trouble) -> Duration {
        let (first, longest) = match trouble {
            Trouble::NoConnection | Trouble::NoAnswer | Trouble::Unclear => (5, 60),
            // Whoever is asked to slow down slows down.
            Trouble::Throttled => (30, 120),
            // Looked for on this machine first; the learner is signing in right now.
            Trouble::SignIn(_) => (5, 15),
        };
        let pause = doubled(Duration::from_secs(first), self.troubled);
        self.troubled = self.troubled.saturating_add(1);
        pause.min(Duration::from_secs(longest))
    }
}

fn doubled(first: Duration, times: u32) -> Duration {
    first.saturating_mul(2_u32.saturating_pow(times.min(16)))
}
