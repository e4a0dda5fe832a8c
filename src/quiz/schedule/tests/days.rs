//! The learner's day.

use crate::quiz::schedule::Today;
use crate::quiz::schedule::small_deck::time;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

fn day(at: &str, zone: &str) -> Date {
    let today = Today {
        now: time(at),
        zone: TimeZone::get(zone).expect("a zone"),
        course_ends: None,
    };
    today.day()
}

#[test]
fn one_minute_to_four_is_still_yesterday_and_four_is_today() {
    assert_eq!(
        day("2026-11-26T03:59:59Z", "UTC"),
        date(2026, 11, 25),
        "who learns past midnight is at yesterday's work"
    );
    assert_eq!(day("2026-11-26T04:00:00Z", "UTC"), date(2026, 11, 26));
    assert_eq!(day("2026-11-26T23:59:59Z", "UTC"), date(2026, 11, 26));
    assert_eq!(day("2026-11-27T00:00:00Z", "UTC"), date(2026, 11, 26));
}

#[test]
fn the_day_is_that_of_the_learners_zone() {
    let at = "2026-11-26T02:30:00Z";
    assert_eq!(day(at, "Asia/Kolkata"), date(2026, 11, 26), "08:00 there");
    assert_eq!(
        day(at, "America/New_York"),
        date(2026, 11, 25),
        "21:30 there"
    );
    assert_eq!(day(at, "Europe/Berlin"), date(2026, 11, 25), "03:30 there");
    assert_eq!(day(at, "Pacific/Kiritimati"), date(2026, 11, 26));
}

#[test]
fn the_day_begins_at_four_by_the_clock_also_when_the_clock_changes() {
    // Berlin: 02:00 becomes 03:00 on 29 March, so four o'clock comes after three hours.
    assert_eq!(
        day("2026-03-29T01:59:00Z", "Europe/Berlin"),
        date(2026, 3, 28)
    );
    assert_eq!(
        day("2026-03-29T02:00:00Z", "Europe/Berlin"),
        date(2026, 3, 29)
    );
    // 03:00 becomes 02:00 on 25 October, so it comes after five.
    assert_eq!(
        day("2026-10-25T02:59:00Z", "Europe/Berlin"),
        date(2026, 10, 24)
    );
    assert_eq!(
        day("2026-10-25T03:00:00Z", "Europe/Berlin"),
        date(2026, 10, 25)
    );
    // Beirut: midnight becomes one o'clock; there is no 00:30.
    assert_eq!(
        day("2026-03-28T22:30:00Z", "Asia/Beirut"),
        date(2026, 3, 28)
    );
}

#[test]
fn a_day_that_a_zone_left_out_is_no_day_of_anybody() {
    // Samoa had no 30 December 2011.
    assert_eq!(
        day("2011-12-30T09:30:00Z", "Pacific/Apia"),
        date(2011, 12, 29)
    );
    assert_eq!(
        day("2011-12-30T14:30:00Z", "Pacific/Apia"),
        date(2011, 12, 31)
    );
}

#[test]
fn the_earliest_moments_there_are_have_a_day_too() {
    let today = Today {
        now: jiff::Timestamp::MIN,
        zone: TimeZone::UTC,
        course_ends: None,
    };
    assert!(today.day() <= date(-9999, 1, 3));
}
