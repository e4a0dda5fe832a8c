//! Choice, multi and match.

use super::Outcome::{LeftAlone, Missed, Right, Wrong};
use super::*;

#[test]
fn a_choice_is_all_or_nothing() {
    for (ids, share) in [
        (&["reason"][..], 1.0),
        (&["alb"], 0.0),
        (&["reason", "alb"], 0.0),
        (&["reason", "reason"], 1.0),
        (&[], 0.0),
        (&["no-such-option"], 0.0),
    ] {
        assert_share(&judged("exec-refused", &picked(ids)), share);
    }
}

#[test]
fn every_option_comes_back_with_its_reason() {
    let judged = judged("exec-refused", &picked(&["alb"]));
    assert_eq!(
        outcomes(&judged),
        [("reason", Missed), ("alb", Wrong), ("rds", LeftAlone)]
    );
    assert_eq!(judged.parts[2].why, "Nothing has connected yet.");
    assert_eq!(
        judged.parts[2].text,
        "The list of connections of the database"
    );
    assert!(
        judged
            .parts
            .iter()
            .all(|part| part.given.is_none() && part.key.is_none())
    );
}

#[test]
fn a_wrong_pick_takes_a_right_one_back_and_nothing_goes_below_zero() {
    for (ids, share) in [
        (&["alb-80", "alb-443"][..], 1.0),
        (&["alb-80"], 0.5),
        (&["alb-80", "tasks"], 0.0),
        (&["alb-80", "alb-443", "tasks"], 0.5),
        (&["alb-80", "alb-443", "tasks", "database"], 0.0),
        (&["tasks", "database"], 0.0),
        (&["alb-80", "alb-80"], 0.5),
        (&["no-such-option", "alb-80"], 0.5),
        (&[], 0.0),
    ] {
        assert_share(&judged("public-tiers", &picked(ids)), share);
    }
    assert_eq!(
        outcomes(&judged("public-tiers", &picked(&["alb-80", "tasks"]))),
        [
            ("alb-80", Right),
            ("alb-443", Missed),
            ("tasks", Wrong),
            ("database", LeftAlone)
        ]
    );
}

fn matched(pairs: &[(&str, &str)]) -> Given {
    Given::Matched {
        pairs: pairs
            .iter()
            .map(|(left, right)| ((*left).to_owned(), (*right).to_owned()))
            .collect(),
    }
}

#[test]
fn a_match_counts_pair_by_pair() {
    let given = matched(&[
        ("service", "keeps the desired count"),
        ("task definition", "restores the backup"),
        ("no such side", "says what to run"),
    ]);
    let judged = judged("who-does-what", &given);
    assert_share(&judged, 1.0 / 3.0);
    assert_eq!(
        outcomes(&judged),
        [
            ("service", Right),
            ("task definition", Wrong),
            ("target group", Missed)
        ]
    );
    assert_eq!(
        judged.parts[1].given.as_deref(),
        Some("restores the backup")
    );
    assert_eq!(judged.parts[1].key.as_deref(), Some("says what to run"));
    assert_eq!(judged.parts[1].why, "It is a blueprint.");
    assert_eq!(judged.parts[2].given, None);
}

#[test]
fn one_right_hand_side_for_everything_earns_one_pair() {
    let everywhere = matched(&[
        ("service", "says what to run"),
        ("task definition", "says what to run"),
        ("target group", "says what to run"),
    ]);
    assert_share(&judged("who-does-what", &everywhere), 1.0 / 3.0);
    assert_share(&judged("who-does-what", &matched(&[])), 0.0);
}
