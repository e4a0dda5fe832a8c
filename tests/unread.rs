//! What could not be read makes up no verdict, also of an account that is not as it should be: for every fault that can
//! be practised, every single fact is taken away, and each check still says the same, or that it cannot tell.
#![allow(clippy::unwrap_used, reason = "a test may stop here")]

mod facts;

use landfall::account::{Fact, Snapshot};
use landfall::checks::{Cause, Judgement, Stack, Verdict, checks};
use landfall::practice::{
    State, account_after, apply_all, break_cause, causes, empty_account, good_account, snapshot,
    test_chapter,
};
use std::collections::{BTreeMap, BTreeSet};

/// Every check's own judgement: not what it is folded under, nor what the caller's nature forces.
fn judged(snapshot: &Snapshot) -> BTreeMap<&'static str, Judgement> {
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    checks()
        .map(|check| (check.id.as_str(), (check.judge)(&stack)))
        .collect()
}

/// Whether a judgement may come of one fact less. What waited for another check may be judged by itself when that other
/// one cannot tell: a task that AWS stopped for want of a role still says so. It blames nothing else then.
fn is_true(was: &Judgement, now: &Judgement, causes: &BTreeSet<Cause>) -> bool {
    match (was.verdict, now.verdict) {
        (_, Verdict::Unknown | Verdict::Blocked) => true,
        (Verdict::Blocked, _) => now.cause.is_none_or(|cause| causes.contains(&cause)),
        (was, now) => was == now,
    }
}

/// Cases that say less than the whole truth, and nothing untrue.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "acm.issued",
        "/elsewhere",
        "no certificate is here; that one is elsewhere is not known then",
    ),
    (
        "listener.https",
        "/certificates",
        "there is no such listener; that it waits for a certificate is not known then",
    ),
    (
        "listener.https",
        "/elsewhere",
        "there is no such listener; that its certificate is elsewhere is not known then",
    ),
    (
        "ecs.steady",
        "/definitions",
        "ECS says why it stopped the tasks, if less exactly than the check that cannot tell",
    ),
    (
        "ecs.steady",
        "/parameters",
        "ECS says why it stopped the tasks, if less exactly than the check that cannot tell",
    ),
    (
        "ecs.steady",
        "/roles",
        "ECS says why it stopped the tasks, if less exactly than the check that cannot tell",
    ),
    (
        "ecs.desired-count",
        "/databases",
        "no task is asked for; that it was for a pause shows in the stopped database",
    ),
    (
        "ecs.load-balanced",
        "/balancers",
        "the target group says itself that no balancer uses it",
    ),
];

fn is_known(check: &str, place: &str) -> bool {
    KNOWN
        .iter()
        .any(|(of, without, _)| *of == check && place.starts_with(without))
}

/// The verdicts that come of one fact less, where they are neither the same nor "cannot tell".
fn lies(name: &str, snapshot: &Snapshot, lies: &mut BTreeSet<String>) -> usize {
    let before = judged(snapshot);
    let causes: BTreeSet<Cause> = before.values().filter_map(|was| was.cause).collect();
    let whole = serde_json::to_value(snapshot).unwrap();
    let places = facts::places(&whole);
    for place in &places {
        for (check, now) in judged(&facts::without(&whole, place)) {
            let was = &before[check];
            if !is_true(was, &now, &causes) && !is_known(check, place) {
                lies.insert(format!(
                    "{check}: {:?} becomes {:?} without {place} ({name}): {}",
                    was.verdict, now.verdict, now.summary
                ));
            }
        }
    }
    places.len()
}

fn noon() -> jiff::Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn hold(lies: &BTreeSet<String>, tried: usize) {
    assert!(tried > 100, "only {tried} facts were taken away");
    let all: Vec<&str> = lies.iter().map(String::as_str).collect();
    assert!(
        lies.is_empty(),
        "{}\n{} of {tried}",
        all.join("\n"),
        lies.len()
    );
}

#[test]
fn one_fact_less_makes_up_no_verdict_on_the_way() {
    let chapter = test_chapter();
    let mut found = BTreeSet::new();
    let mut tried = lies("empty", &empty_account(&chapter, noon()), &mut found);
    tried += lies("good", &good_account(&chapter, noon()), &mut found);
    let steps: Vec<&str> = landfall::practice::STEPS
        .iter()
        .map(|step| step.id)
        .filter(|id| *id != landfall::practice::TEARDOWN)
        .collect();
    for done in 1..steps.len() {
        let account = account_after(&steps[..done], &chapter, noon());
        tried += lies(&format!("after {}", steps[done - 1]), &account, &mut found);
    }
    hold(&found, tried);
}

#[test]
#[ignore = "judges some ten thousand accounts: minutes in a build without optimisation"]
fn one_fact_less_makes_up_no_verdict_about_any_fault() {
    let chapter = test_chapter();
    let mut found = BTreeSet::new();
    let mut tried = 0;
    for cause in causes() {
        let mut state = State::default();
        apply_all(&mut state, noon());
        let later = noon() + jiff::SignedDuration::from_hours(2);
        if break_cause(&mut state, cause.id, &chapter, later).is_err() {
            continue;
        }
        let account = snapshot(
            &state,
            &chapter,
            later + jiff::SignedDuration::from_mins(30),
        );
        tried += lies(cause.id, &account, &mut found);
    }
    hold(&found, tried);
}

/// That the test sees a fact where there is one.
#[test]
fn every_part_of_the_account_is_taken_away_once() {
    let account = good_account(&test_chapter(), noon());
    let places = facts::places(&serde_json::to_value(&account).unwrap());
    for part in [
        "/caller",
        "/root_account",
        "/user",
        "/budgets",
        "/network/groups",
        "/databases",
        "/cache_nodes",
        "/parameters",
        "/balancers",
        "/certificates",
        "/service",
        "/workplace/git",
    ] {
        assert!(
            places.iter().any(|place| place == part),
            "{part} in {places:?}"
        );
    }
    assert!(matches!(account.caller, Fact::Present(_)));
}
