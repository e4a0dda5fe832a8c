//! Instants as the instructor's own clock shows them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The instructor's time zone, and now.
#[derive(Debug, Clone)]
pub struct Moment {
    pub zone: TimeZone,
    pub now: Timestamp,
}

impl Moment {
    /// `2026-11-12 14:03`: sorts as it reads.
    pub fn minute(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    }

    /// `3 days`, `5 hours`, `1 minute`: how long ago, in the largest unit that fits.
    pub fn ago(&self, at: Timestamp) -> String {
        let seconds = self.now.as_second().saturating_sub(at.as_second()).max(0);
        let (number, one, many) = match seconds {
            0..3_600 => (seconds / 60, "minute", "minutes"),
            3_600..86_400 => (seconds / 3_600, "hour", "hours"),
            _ => (seconds / 86_400, "day", "days"),
        };
        format!("{number} {}", if number == 1 { one } else { many })
    }
}
