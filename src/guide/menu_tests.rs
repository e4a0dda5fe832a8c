//! What is offered when.

use super::menu::*;
use super::test_course::{course, found};
use super::walk::{Record, Walk};
use crate::checks::Verdict;

const OWN: Situation<'_> = Situation {
    ground: Ground::Own,
    hints_shown: 0,
    sections: &[],
    chosen: &[],
};

fn keys(verdict: Option<Verdict>, situation: Situation<'_>) -> Vec<&'static str> {
    let course = course();
    let mut walk = Walk::new(&course, &Record::default()).unwrap();
    if let Some(verdict) = verdict {
        walk.learn(&found(&[("one.a", verdict)]));
    }
    offers(&walk, situation)
        .into_iter()
        .map(|offer| offer.key)
        .collect()
}

#[test]
fn before_a_check_there_is_no_next_but_leaving_out() {
    assert_eq!(
        keys(None, OWN),
        ["check", "hint", "console", "leave", "profile", "quit"]
    );
}

#[test]
fn next_comes_first_on_passed_skipped_and_attested() {
    for verdict in [Verdict::Passed, Verdict::Skipped, Verdict::Attested] {
        let keys = keys(Some(verdict), OWN);
        assert_eq!(keys[0], "next", "{verdict:?}");
        assert!(!keys.contains(&"leave"));
    }
}

#[test]
fn next_is_offered_on_pending_and_unknown_with_a_promise() {
    let course = course();
    for verdict in [Verdict::Pending, Verdict::Unknown] {
        let mut walk = Walk::new(&course, &Record::default()).unwrap();
        walk.learn(&found(&[("one.a", verdict)]));
        let offers = offers(&walk, OWN);
        let next = offers.iter().find(|offer| offer.key == "next").unwrap();
        assert_eq!(next.label, "Next: Step one.b (I will look again)");
        assert_eq!(offers[0].key, "check");
    }
}

#[test]
fn next_is_never_offered_on_failed_missing_and_blocked() {
    for verdict in [Verdict::Failed, Verdict::Missing, Verdict::Blocked] {
        let keys = keys(Some(verdict), OWN);
        assert!(!keys.contains(&"next"), "{verdict:?}");
        assert!(keys.contains(&"leave"));
    }
}

#[test]
fn the_practice_account_can_do_the_step_and_has_no_console_and_no_profile() {
    let practice = Situation {
        ground: Ground::Practice,
        ..OWN
    };
    let keys = keys(None, practice);
    assert!(keys.contains(&"do"));
    assert!(!keys.contains(&"console") && !keys.contains(&"profile"));
}

#[test]
fn hints_are_graded_and_run_out() {
    for (shown, label) in [
        (0, "Hint 1 of 3: the idea"),
        (2, "Hint 3 of 3: the exact command"),
    ] {
        let course = course();
        let walk = Walk::new(&course, &Record::default()).unwrap();
        let offers = offers(
            &walk,
            Situation {
                hints_shown: shown,
                ..OWN
            },
        );
        assert!(offers.iter().any(|offer| offer.label == label));
    }
    assert!(
        !keys(
            None,
            Situation {
                hints_shown: 3,
                ..OWN
            }
        )
        .contains(&"hint")
    );
}

#[test]
fn every_word_chooses_one_thing_only() {
    let sections = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    for verdict in Verdict::ALL {
        for ground in [Ground::Own, Ground::Practice] {
            let keys = keys(
                Some(verdict),
                Situation {
                    ground,
                    hints_shown: 0,
                    sections: &sections,
                    chosen: &[],
                },
            );
            let mut once = keys.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), keys.len(), "{keys:?}");
        }
    }
}

#[test]
fn what_was_answered_once_can_be_said_anew() {
    let chosen = [("database.instance".to_owned(), "mine".to_owned())];
    let situation = Situation {
        chosen: &chosen,
        ..OWN
    };
    let course = course();
    let mut walk = Walk::new(&course, &Record::default()).unwrap();
    walk.learn(&found(&[("one.a", Verdict::Failed)]));
    let offers = offers(&walk, situation);
    let again = offers.iter().find(|offer| offer.key == "which").unwrap();
    assert_eq!(again.action, Action::ChooseAgain);
    assert_eq!(
        again.label,
        "Say anew which is yours (database.instance: mine)"
    );
    assert!(!keys(Some(Verdict::Failed), OWN).contains(&"which"));
}

#[test]
fn what_was_gone_past_can_be_watched_while_it_is_in_progress() {
    let course = course();
    let mut walk = Walk::new(&course, &Record::default()).unwrap();
    let with = |verdict| {
        let mut found = found(&[("one.a", verdict), ("one.b", Verdict::Missing)]);
        found.lessons[0].steps[0].checks = vec![pending("rds.available", verdict)];
        found
    };
    walk.learn(&with(Verdict::Pending));
    let here = offers(&walk, OWN);
    assert_eq!(here[0].label, "Watch until AWS is done with it");
    walk.go_on();
    let watch = |walk: &Walk<'_>| {
        let offers = offers(walk, OWN);
        let watch = offers.into_iter().find(|offer| offer.key == "watch");
        watch.map(|offer| offer.label)
    };
    assert_eq!(
        watch(&walk).as_deref(),
        Some("Watch what is in progress: Step one.a")
    );
    walk.learn(&with(Verdict::Passed));
    assert_eq!(watch(&walk), None);
}

fn pending(check: &str, verdict: Verdict) -> crate::checks::Finding {
    let check = crate::checks::check(check).unwrap();
    check.finding(crate::checks::Judgement {
        verdict,
        ..crate::checks::Judgement::pending("AWS is at it.")
    })
}
