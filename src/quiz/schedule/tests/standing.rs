//! Where a learner stands.

use crate::course::{Deck, Pattern, Question};
use crate::progress::{Attempt, Given, Mode};
use crate::quiz::schedule::small_deck::{attempt, choice, deck, hearing_wrong, open, time};
use crate::quiz::schedule::{
    Lack, Standing, State, Today, first_attempts, pattern_mastery, standings,
};
use jiff::civil::date;
use jiff::tz::TimeZone;

fn on(now: &str) -> Today {
    Today {
        now: time(now),
        zone: TimeZone::UTC,
        course_ends: None,
    }
}

fn of_one(question: Question, attempts: &[Attempt], today: &Today) -> Standing {
    standings(&deck(vec![question]), attempts, today).remove(0)
}

/// Three good answers, each on the day it was due.
fn three_days() -> Vec<Attempt> {
    vec![
        attempt(1, "a", "2026-11-02T10:00:00Z", 0.8),
        attempt(2, "a", "2026-11-04T10:00:00Z", 0.9),
        attempt(3, "a", "2026-11-15T10:00:00Z", 1.0),
    ]
}

#[test]
fn a_question_that_was_never_asked_is_new() {
    let standing = of_one(choice("a"), &[], &on("2026-11-02T10:00:00Z"));
    assert_eq!(standing.state, State::New);
    assert_eq!(standing.due, None);
    assert_eq!(standing.last, None);
    assert_eq!(standing.retrievability, None);
    assert_eq!(standing.lacks, [Lack::Days, Lack::Unaided]);
}

#[test]
fn the_deck_s_share_on_three_different_days_is_mastered() {
    let all = three_days();
    let today = on("2026-11-15T12:00:00Z");
    let two = of_one(choice("a"), &all[..2], &on("2026-11-04T12:00:00Z"));
    assert_eq!((two.state, two.good_days), (State::Learning, 2));
    assert_eq!(two.lacks, [Lack::Days]);
    let three = of_one(choice("a"), &all, &today);
    assert_eq!((three.state, three.good_days), (State::Mastered, 3));
    assert!(three.lacks.is_empty());
    assert_eq!(three.shares, [0.8, 0.9, 1.0]);
}

#[test]
fn a_share_just_below_or_a_second_success_on_a_day_makes_no_third_day() {
    let today = on("2026-11-15T12:00:00Z");
    let mut low = three_days();
    low[1].share = Some(0.79);
    assert_eq!(of_one(choice("a"), &low, &today).good_days, 2);
    low[1].share = Some(std::iter::repeat_n(0.1, 8).sum());
    assert_eq!(
        of_one(choice("a"), &low, &today).good_days,
        3,
        "eight tenths, as floats add up"
    );
    let mut crowded = three_days();
    crowded[1].at = time("2026-11-03T03:59:00Z");
    let standing = of_one(choice("a"), &crowded, &today);
    assert_eq!(
        standing.good_days, 2,
        "before four it is still the first day"
    );
    assert_ne!(standing.state, State::Mastered);
}

#[test]
fn where_the_learner_is_now_decides_what_a_day_was() {
    let late = vec![
        attempt(1, "a", "2026-11-02T23:00:00Z", 0.8),
        attempt(2, "a", "2026-11-03T05:00:00Z", 0.8),
    ];
    let days = |zone: &str| {
        let today = Today {
            zone: TimeZone::get(zone).expect("a zone"),
            ..on("2026-11-03T12:00:00Z")
        };
        of_one(choice("a"), &late, &today).good_days
    };
    assert_eq!(days("UTC"), 2);
    assert_eq!(days("America/Los_Angeles"), 1, "15:00 and 21:00 of one day");
}

#[test]
fn mastered_takes_one_good_answer_without_the_hint() {
    let today = on("2026-11-15T12:00:00Z");
    let mut attempts = three_days();
    for attempt in &mut attempts {
        attempt.hinted = true;
    }
    let helped = of_one(choice("a"), &attempts, &today);
    assert_eq!(helped.lacks, [Lack::Unaided]);
    assert_eq!(helped.state, State::Learning);
    attempts[0].hinted = false;
    assert_eq!(
        of_one(choice("a"), &attempts, &today).state,
        State::Mastered
    );
    let alone_but_poor = Attempt {
        share: Some(0.5),
        ..attempts[0].clone()
    };
    attempts[0].hinted = true;
    attempts.push(Attempt {
        at: time("2026-11-01T10:00:00Z"),
        hinted: false,
        ..alone_but_poor
    });
    assert_eq!(
        of_one(choice("a"), &attempts, &today).lacks,
        [Lack::Unaided],
        "a poor one without it is none"
    );
}

#[test]
fn a_wrong_answer_that_was_meant_stands_in_the_way_until_the_next_attempt() {
    let mut attempts = three_days();
    let last = attempts.pop().expect("three");
    attempts.push(hearing_wrong(last.clone(), Some(true)));
    let today = on("2026-11-15T12:00:00Z");
    let meant = of_one(open("a", &[]), &attempts, &today);
    assert_eq!(meant.lacks, [Lack::Contradiction]);
    assert_eq!(meant.state, State::Learning);
    for not_meant in [Some(false), None] {
        *attempts.last_mut().expect("three") = hearing_wrong(last.clone(), not_meant);
        let standing = of_one(open("a", &[]), &attempts, &today);
        assert_eq!(standing.state, State::Mastered, "{not_meant:?}");
    }
    *attempts.last_mut().expect("three") = hearing_wrong(last, Some(true));
    let unknown = Attempt {
        given: Given::NotKnown,
        share: None,
        ..attempt(4, "a", "2026-11-16T10:00:00Z", 0.0)
    };
    attempts.push(unknown);
    let after =
        |attempts: &[Attempt]| of_one(open("a", &[]), attempts, &on("2026-11-16T12:00:00Z"));
    assert_eq!(
        after(&attempts).lacks,
        [Lack::Contradiction],
        "saying nothing takes nothing back"
    );
    attempts.push(attempt(5, "a", "2026-11-16T11:00:00Z", 0.9));
    assert!(after(&attempts).lacks.is_empty());
}

#[test]
fn a_mastered_question_that_is_overdue_shows_as_due() {
    let attempts = three_days();
    let due = of_one(choice("a"), &attempts, &on("2026-11-15T12:00:00Z"))
        .due
        .expect("it was asked");
    let eve = due.yesterday().expect("a day");
    assert_eq!(
        of_one(choice("a"), &attempts, &on(&format!("{eve}T12:00:00Z"))).state,
        State::Mastered
    );
    let overdue = of_one(choice("a"), &attempts, &on(&format!("{due}T12:00:00Z")));
    assert_eq!(overdue.state, State::Due);
    assert!(
        overdue.lacks.is_empty(),
        "it takes no more than to be asked"
    );
    assert!(overdue.retrievability.expect("asked") < 0.91);
}

#[test]
fn not_knowing_comes_back_tomorrow_and_is_no_wrong_answer() {
    let not_known = Attempt {
        given: Given::NotKnown,
        share: None,
        ..attempt(1, "a", "2026-11-02T10:00:00Z", 0.0)
    };
    let standing = of_one(choice("a"), &[not_known], &on("2026-11-02T12:00:00Z"));
    assert_eq!(standing.due, Some(date(2026, 11, 3)));
    assert!(standing.shares.is_empty());
    assert_eq!(standing.state, State::Learning);
}

#[test]
fn an_exam_counts_where_it_is_settled_and_its_open_answers_do_not() {
    let exam = |item: &str, share| Attempt {
        mode: Mode::Exam,
        share,
        ..attempt(1, item, "2026-11-02T10:00:00Z", 0.0)
    };
    let deck = deck(vec![choice("closed"), open("open", &["a"])]);
    let attempts = [exam("closed", Some(1.0)), exam("open", None)];
    let standings = standings(&deck, &attempts, &on("2026-11-02T12:00:00Z"));
    assert_eq!(standings[0].state, State::Learning);
    assert_eq!(standings[0].good_days, 1);
    assert_eq!(standings[1].state, State::New);
    assert_eq!(standings[1].due, None);
}

#[test]
fn another_revision_begins_anew_and_another_name_goes_on() {
    let today = on("2026-11-02T12:00:00Z");
    let attempts = [attempt(1, "old-name", "2026-11-02T10:00:00Z", 0.8)];
    let mut renamed = choice("a");
    renamed.was = vec!["older-name".to_owned(), "old-name".to_owned()];
    assert_eq!(of_one(renamed.clone(), &attempts, &today).good_days, 1);
    renamed.rev = 2;
    let anew = of_one(renamed, &attempts, &today);
    assert_eq!(anew.state, State::New);
    assert!(anew.shares.is_empty());
}

#[test]
fn retry_items_and_other_decks_do_not_count() {
    let mut deck: Deck = deck(vec![open("a", &["point"])]);
    deck.retries = vec![choice("a.point")];
    let attempts = [
        attempt(1, "a.point", "2026-11-02T10:00:00Z", 1.0),
        attempt(2, "elsewhere", "2026-11-02T10:00:00Z", 1.0),
    ];
    let standings = standings(&deck, &attempts, &on("2026-11-02T12:00:00Z"));
    assert_eq!(standings.len(), 1);
    assert_eq!(standings[0].state, State::New);
}

#[test]
fn a_pattern_is_counted_by_its_questions() {
    let pattern = |id: &str| Pattern {
        id: id.into(),
        title: id.to_owned(),
        say: String::new(),
        checks: Vec::new(),
    };
    let of = |mut question: Question, pattern: &str| {
        question.pattern = Some(pattern.into());
        question
    };
    let deck = deck(vec![
        of(choice("a"), "walls"),
        of(choice("b"), "walls"),
        of(choice("c"), "walls"),
        of(choice("d"), "doors"),
        choice("e"),
    ]);
    let mut attempts = three_days();
    attempts.push(attempt(4, "b", "2026-11-01T10:00:00Z", 0.1));
    attempts.push(attempt(5, "d", "2026-11-15T10:00:00Z", 0.8));
    let standings = standings(&deck, &attempts, &on("2026-11-15T12:00:00Z"));
    let patterns = [pattern("doors"), pattern("walls"), pattern("roofs")];
    let counted: Vec<_> = pattern_mastery(&deck, &standings, &patterns)
        .into_iter()
        .map(|one| (one.total(), one.mastered, one.due, one.learning, one.new))
        .collect();
    assert_eq!(counted, [(1, 0, 0, 1, 0), (3, 1, 1, 0, 1), (0, 0, 0, 0, 0)]);
}

#[test]
fn a_first_answer_is_the_earliest_at_this_revision_whatever_it_came_to() {
    let mut renamed = choice("a");
    renamed.was = vec!["old-name".to_owned()];
    renamed.rev = 2;
    let mut deck = deck(vec![renamed, choice("b"), open("c", &["point"])]);
    deck.retries = vec![choice("c.point")];
    let at_two = |attempt: Attempt| Attempt { rev: 2, ..attempt };
    let unknown = Attempt {
        given: Given::NotKnown,
        share: None,
        ..attempt(3, "b", "2026-11-03T10:00:00Z", 0.0)
    };
    let attempts = [
        at_two(attempt(6, "a", "2026-11-06T10:00:00Z", 1.0)),
        attempt(1, "a", "2026-11-01T10:00:00Z", 1.0),
        at_two(attempt(2, "old-name", "2026-11-02T10:00:00Z", 0.3)),
        attempt(4, "b", "2026-11-04T10:00:00Z", 1.0),
        unknown,
        attempt(5, "c.point", "2026-11-05T10:00:00Z", 1.0),
    ];
    let first: Vec<_> = first_attempts(&deck, &attempts)
        .into_iter()
        .map(|(question, attempt)| (question.id.as_str(), attempt.share))
        .collect();
    assert_eq!(first, [("a", Some(0.3)), ("b", None)]);
}

#[test]
fn a_standing_is_readable_in_json() {
    let standing = of_one(choice("a"), &three_days()[..1], &on("2026-11-02T12:00:00Z"));
    let json = serde_json::to_value(&standing).expect("it is plain");
    assert_eq!(json["state"], "learning");
    assert_eq!(json["due"], "2026-11-04");
    assert_eq!(json["last"], "2026-11-02T10:00:00Z");
    assert_eq!(json["lacks"], serde_json::json!(["days"]));
}
