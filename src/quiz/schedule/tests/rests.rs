//! How long a question rests.

use crate::course::Question;
use crate::progress::{Attempt, Confidence, Given};
use crate::quiz::schedule::small_deck::{attempt, choice, deck, open, time};
use crate::quiz::schedule::{Grade, LONGEST, Standing, Today, grade, standings};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn at(now: &str, course_ends: Option<Date>) -> Today {
    Today {
        now: time(now),
        zone: TimeZone::UTC,
        course_ends,
    }
}

fn one(question: Question, attempts: &[Attempt], today: &Today) -> Standing {
    standings(&deck(vec![question]), attempts, today).remove(0)
}

#[test]
fn a_share_becomes_a_grade_at_four_tenths_and_seven_tenths() {
    let graded = |share| grade(&attempt(1, "a", "2026-11-02T10:00:00Z", share));
    assert_eq!(graded(0.0), Some(Grade::Again));
    assert_eq!(graded(0.399), Some(Grade::Again));
    assert_eq!(graded(0.4), Some(Grade::Hard));
    assert_eq!(graded(0.699), Some(Grade::Hard));
    assert_eq!(graded(0.7), Some(Grade::Good));
    assert_eq!(graded(1.0), Some(Grade::Good), "it was not asked how sure");
}

#[test]
fn only_all_of_it_very_sure_and_without_the_hint_is_easy() {
    let graded = |share, confidence, hinted| {
        grade(&Attempt {
            confidence,
            hinted,
            ..attempt(1, "a", "2026-11-02T10:00:00Z", share)
        })
    };
    let very = Some(Confidence::Very);
    assert_eq!(graded(1.0, very, false), Some(Grade::Easy));
    assert_eq!(graded(1.0, very, true), Some(Grade::Good));
    assert_eq!(
        graded(1.0, Some(Confidence::Fairly), false),
        Some(Grade::Good)
    );
    assert_eq!(graded(0.99, very, false), Some(Grade::Good));
    assert_eq!(graded(0.2, very, false), Some(Grade::Again));
    let sum: f64 = std::iter::repeat_n(0.1, 10).sum();
    assert!(sum < 1.0, "ten tenths, as floats add up");
    assert_eq!(graded(sum, very, false), Some(Grade::Easy));
}

#[test]
fn what_is_not_confirmed_has_no_grade_and_not_knowing_comes_back() {
    let unsettled = Attempt {
        share: None,
        ..attempt(1, "a", "2026-11-02T10:00:00Z", 0.0)
    };
    assert_eq!(grade(&unsettled), None);
    let broken = attempt(1, "a", "2026-11-02T10:00:00Z", f64::NAN);
    assert_eq!(grade(&broken), None);
    let not_known = Attempt {
        given: Given::NotKnown,
        ..unsettled
    };
    assert_eq!(grade(&not_known), Some(Grade::Again));
}

#[test]
fn a_failed_question_comes_back_tomorrow_and_a_good_one_in_two_days() {
    let today = at("2026-11-02T12:00:00Z", None);
    let due = |share| {
        one(
            choice("a"),
            &[attempt(1, "a", "2026-11-02T10:00:00Z", share)],
            &today,
        )
        .due
    };
    assert_eq!(due(0.0), Some(date(2026, 11, 3)));
    assert_eq!(due(0.5), Some(date(2026, 11, 3)));
    assert_eq!(due(0.8), Some(date(2026, 11, 4)));
}

#[test]
fn nothing_is_put_off_beyond_the_end_of_the_course() {
    let sure = Attempt {
        confidence: Some(Confidence::Very),
        ..attempt(1, "a", "2026-11-02T10:00:00Z", 1.0)
    };
    let due = |ends: Option<Date>| {
        let today = at("2026-11-02T12:00:00Z", ends);
        one(choice("a"), std::slice::from_ref(&sure), &today).due
    };
    let freely = due(None).expect("it was asked");
    assert!(
        freely >= date(2026, 11, 9) && freely <= date(2026, 11, 11),
        "{freely}"
    );
    assert_eq!(due(Some(date(2026, 11, 6))), Some(date(2026, 11, 6)));
    assert_eq!(due(Some(date(2026, 11, 3))), Some(date(2026, 11, 3)));
    assert_eq!(
        due(Some(date(2026, 11, 2))),
        Some(freely),
        "its last day is over with today"
    );
    assert_eq!(due(Some(date(2026, 10, 1))), Some(freely), "it has ended");
}

#[test]
fn one_success_a_day_is_enough() {
    let today = at("2026-11-02T23:00:00Z", None);
    let morning = attempt(1, "a", "2026-11-02T08:00:00Z", 0.8);
    let again = |confidence| Attempt {
        confidence,
        ..attempt(2, "a", "2026-11-02T20:00:00Z", 1.0)
    };
    let once = one(choice("a"), std::slice::from_ref(&morning), &today);
    for confidence in [None, Some(Confidence::Very)] {
        let twice = one(choice("a"), &[morning.clone(), again(confidence)], &today);
        assert_eq!(twice.due, once.due);
        assert_eq!(twice.stability, once.stability);
        assert_eq!(twice.good_days, 1);
        assert_eq!(twice.shares, [0.8, 1.0], "it is kept all the same");
        assert_eq!(twice.last, Some(time("2026-11-02T20:00:00Z")));
    }
    let after_a_miss = [attempt(1, "a", "2026-11-02T08:00:00Z", 0.2), again(None)];
    let missed = one(choice("a"), &after_a_miss[..1], &today);
    let learned = one(choice("a"), &after_a_miss, &today);
    assert!(
        learned.stability > missed.stability,
        "the first success counts"
    );
}

#[test]
fn siblings_come_back_on_different_days() {
    let siblings = deck(vec![
        open("grace", &[]),
        choice("grace.predict"),
        choice("grace.cloze"),
        choice("other"),
    ]);
    let today = at("2026-11-02T12:00:00Z", None);
    let attempts: Vec<Attempt> = ["grace", "grace.predict", "grace.cloze", "other"]
        .into_iter()
        .zip(1..)
        .map(|(item, number)| attempt(number, item, "2026-11-02T10:00:00Z", 0.8))
        .collect();
    let due: Vec<Option<Date>> = standings(&siblings, &attempts, &today)
        .into_iter()
        .map(|standing| standing.due)
        .collect();
    assert_eq!(
        due,
        [4, 3, 5, 4].map(|day| Some(date(2026, 11, day))),
        "the first keeps its day, the others take the nearest; another subject may share it"
    );
    let ends = at("2026-11-02T12:00:00Z", Some(date(2026, 11, 3)));
    assert!(
        standings(&siblings, &attempts, &ends)
            .iter()
            .all(|standing| standing.due == Some(date(2026, 11, 3))),
        "where there is only one day left, they share it"
    );
}

#[test]
fn a_day_that_was_told_stays_when_a_sibling_is_answered() {
    let siblings = deck(vec![choice("grace"), choice("grace.cloze")]);
    let today = at("2026-11-03T12:00:00Z", None);
    let mut attempts = vec![
        attempt(1, "grace", "2026-11-02T10:00:00Z", 0.8),
        attempt(2, "grace.cloze", "2026-11-02T10:10:00Z", 0.8),
    ];
    let told = standings(&siblings, &attempts, &today)[1].due;
    attempts.push(attempt(3, "grace", "2026-11-03T10:00:00Z", 0.2));
    let after = standings(&siblings, &attempts, &today);
    assert_eq!(after[1].due, told);
    assert_ne!(after[0].due, told);
}

/// Answers over a course: item, days since the answer before, share, very sure.
fn log() -> impl Strategy<Value = Vec<(usize, i64, f64, bool)>> {
    prop::collection::vec((0_usize..5, 0_i64..40, 0.0_f64..=1.0, any::<bool>()), 1..40)
}

const ITEMS: [&str; 5] = ["a", "a.cloze", "a.predict", "b", "c"];

fn attempts(log: &[(usize, i64, f64, bool)]) -> Vec<Attempt> {
    let mut at = time("2026-01-01T10:00:00Z");
    let mut attempts = Vec::new();
    for ((item, days, share, sure), number) in log.iter().zip(1..) {
        at += jiff::SignedDuration::from_hours(24 * days) + jiff::SignedDuration::from_mins(1);
        attempts.push(Attempt {
            confidence: sure.then_some(Confidence::Very),
            at,
            ..attempt(number, ITEMS[*item], "2026-01-01T10:00:00Z", *share)
        });
    }
    attempts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rest_is_never_below_one_day_nor_beyond_its_limit(
        log in log(),
        ends in proptest::option::of(0_i64..400),
    ) {
        let attempts = attempts(&log);
        let now = attempts.last().expect("an answer").at;
        let ends = ends.map(|days| {
            date(2026, 1, 1).saturating_add(jiff::SignedDuration::from_hours(24 * days))
        });
        let today = Today { now, zone: TimeZone::UTC, course_ends: ends };
        let deck = deck(ITEMS.map(choice).to_vec());
        for standing in standings(&deck, &attempts, &today) {
            let Some(due) = standing.due else {
                prop_assert!(standing.last.is_none());
                continue;
            };
            // The rest began on a day with an answer to it; the newest may be one success more on that same day.
            let from = today.day_of(standing.last.expect("it was answered"));
            let rest = from.duration_until(due).as_hours() / 24;
            let longest = match ends {
                Some(end) if end > from => from.duration_until(end).as_hours() / 24,
                _ => i64::from(LONGEST),
            };
            prop_assert!((1..=longest).contains(&rest), "{rest} of {longest}");
        }
    }

    #[test]
    fn the_order_of_the_records_does_not_matter_and_nothing_is_left_to_chance(
        log in log(),
        turn in 0_usize..40,
    ) {
        let mut attempts = attempts(&log);
        let now = attempts.last().expect("an answer").at;
        let today = Today { now, zone: TimeZone::UTC, course_ends: None };
        let deck = deck(ITEMS.map(choice).to_vec());
        let sorted = standings(&deck, &attempts, &today);
        let turn = turn % attempts.len();
        attempts.rotate_left(turn);
        prop_assert_eq!(standings(&deck, &attempts, &today), sorted);
    }
}

#[test]
fn the_same_rests_are_spread_a_little_and_always_alike() {
    let today = at("2026-11-02T12:00:00Z", None);
    let due = |item: &str| {
        let sure = Attempt {
            confidence: Some(Confidence::Very),
            ..attempt(1, item, "2026-11-02T10:00:00Z", 1.0)
        };
        one(choice(item), &[sure], &today).due.expect("asked")
    };
    let days: std::collections::BTreeSet<Date> = (0..30)
        .map(|number| due(&format!("item-{number}")))
        .collect();
    let all = [9, 10, 11].map(|day| date(2026, 11, day));
    assert_eq!(
        days.into_iter().collect::<Vec<_>>(),
        all,
        "8 days, one up or down"
    );
    assert_eq!(due("item-3"), due("item-3"));
    assert_eq!(
        ["a", "b", "c", "d"].map(due),
        GOLDEN_JITTER.map(|day| date(2026, 11, day)),
        "told days do not move with a new version"
    );
}

const GOLDEN_JITTER: [i8; 4] = [10, 11, 10, 10];
