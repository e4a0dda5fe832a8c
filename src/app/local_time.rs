//! Instants as the learner's own clock shows them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The learner's time zone, and the year in which nobody has to say the year.
#[derive(Debug, Clone)]
pub struct LocalTime {
    zone: TimeZone,
    now: Timestamp,
}

impl LocalTime {
    /// As the system is set, now.
    pub fn here(now: Timestamp) -> Self {
        Self::of(TimeZone::system(), now)
    }

    /// In this zone.
    pub const fn of(zone: TimeZone, now: Timestamp) -> Self {
        LocalTime { zone, now }
    }

    /// `12 Nov 14:03`; another year is named: `12 Nov 2025 14:03`.
    pub fn minute(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let year = self.now.to_zoned(self.zone.clone()).year();
        let form = if local.year() == year {
            "%-d %b %H:%M"
        } else {
            "%-d %b %Y %H:%M"
        };
        local.strftime(form).to_string()
    }

    /// `14:03:09`, for what happens while one looks on.
    pub fn second(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone())
            .strftime("%H:%M:%S")
            .to_string()
    }

    /// With the year and the zone, for what may be read elsewhere: `12 Nov 2026 14:03 CET`.
    pub fn in_full(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone())
            .strftime("%-d %b %Y %H:%M %Z")
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_year_is_named_and_the_zone_is_the_learners() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let local = LocalTime::of(zone, at("2026-11-22T10:00:00Z"));
        assert_eq!(local.minute(at("2026-11-12T12:03:59Z")), "12 Nov 14:03");
        assert_eq!(
            local.minute(at("2025-12-31T21:30:00Z")),
            "31 Dec 2025 23:30"
        );
        assert_eq!(local.minute(at("2025-12-31T22:30:00Z")), "1 Jan 00:30");
        assert_eq!(
            local.in_full(at("2026-11-12T12:03:00Z")),
            "12 Nov 2026 14:03 +02"
        );
    }
}
