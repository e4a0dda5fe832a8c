//! Days as a learner lives them: local, and from four in the morning.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Who learns past midnight is still at yesterday's work.
const BEGINS_AT: i8 = 4;

/// The present, as the learner's clock has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    pub now: Timestamp,
    pub zone: TimeZone,
    /// The last day of the course, if there is one: nothing is put off beyond it.
    pub course_ends: Option<Date>,
}

impl Today {
    /// The learner's day.
    pub fn day(&self) -> Date {
        self.day_of(self.now)
    }

    /// The learner's day of any moment. Moments of the past are read in the present zone too: where the learner was then
    /// is not kept.
    pub fn day_of(&self, at: Timestamp) -> Date {
        let local = at.to_zoned(self.zone.clone()).datetime();
        if local.hour() < BEGINS_AT {
            local.date().yesterday().unwrap_or(local.date())
        } else {
            local.date()
        }
    }
}

/// Whole days from one to the other; 0 when the clock was set back.
pub(super) fn days_between(from: Date, to: Date) -> u32 {
    let days = from.duration_until(to).as_hours() / 24;
    u32::try_from(days).unwrap_or(0)
}

/// So many days later.
pub(super) fn days_after(day: Date, days: u32) -> Date {
    day.saturating_add(jiff::SignedDuration::from_hours(24 * i64::from(days)))
}
