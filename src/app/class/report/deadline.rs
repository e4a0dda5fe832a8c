//! A deadline as instructors write one.

use crate::app::failure::Failure;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// `2026-12-01T18:00` on the clock of this zone; with a `Z` or an offset, of that one; a date alone is the end of that
/// day.
///
/// # Errors
/// Anything else, with an example.
pub fn read(text: &str, zone: &TimeZone) -> Result<Timestamp, Failure> {
    let text = text.trim();
    instant(text, zone).ok_or_else(|| {
        Failure::usage(format!("\"{text}\" is no time."))
            .hint("For example: --deadline 2026-12-01T18:00, 2026-12-01T18:00Z, 2026-12-01T18:00+01:00, or 2026-12-01 for the end of that day.")
    })
}

fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    const ONLY_A_DATE: usize = "2026-12-01".len();
    let local = if text.len() == ONLY_A_DATE {
        text.parse::<Date>().ok()?.at(23, 59, 59, 0)
    } else if let Ok(stated) = text.parse::<Timestamp>() {
        return Some(stated);
    } else {
        // What jiff takes beside these (a day without dashes, a time without minutes) could be a slip.
        let (_, time) = text.split_once(['T', 't', ' '])?;
        if !time.contains(':') || time.contains(['+', '-', '[', 'Z', 'z']) {
            return None;
        }
        text.parse::<DateTime>().ok()?
    };
    Some(local.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<String> {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        read(text, &zone).ok().map(|at| at.to_string())
    }

    #[test]
    fn a_time_is_of_this_clock_unless_it_says_of_which() {
        let utc = |text: &str| Some(text.to_owned());
        assert_eq!(at("2026-12-01T18:00"), utc("2026-12-01T16:00:00Z"));
        assert_eq!(at("2026-12-01 18:00"), utc("2026-12-01T16:00:00Z"));
        assert_eq!(at("2026-12-01T18:00:30"), utc("2026-12-01T16:00:30Z"));
        assert_eq!(at("2026-12-01T18:00Z"), utc("2026-12-01T18:00:00Z"));
        assert_eq!(at("2026-12-01T18:00+05:30"), utc("2026-12-01T12:30:00Z"));
        assert_eq!(at("2026-12-01T18:00-08:00"), utc("2026-12-02T02:00:00Z"));
    }

    #[test]
    fn a_day_alone_lasts_to_its_end() {
        assert_eq!(at("2026-12-01").as_deref(), Some("2026-12-01T21:59:59Z"));
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for text in [
            "",
            "tomorrow",
            "18:00",
            "2026-13-01",
            "2026-02-30T10:00",
            "01.12.2026",
            "1/12/2026",
            "20261201",
            "2026-12-01T",
            "2026-12-01T18",
            "2026-12-01T25:00",
            "2026-12-01T18:00 CET",
            "1764612000",
        ] {
            assert_eq!(at(text), None, "{text:?}");
        }
        let refused = read("tomorrow", &TimeZone::UTC).unwrap_err();
        assert!(refused.hints[0].contains("2026-12-01T18:00Z"));
    }
}
