//! Two faults at once: the one nearer to the start of the chain is named first, the other one after it is repaired.
//!
//! Every pair of faults of the practice account is tried. What each of them is called, and where on the way it shows, is
//! taken from the account that has it alone, which `tests/practice.rs` holds; what a pair is expected to be called follows
//! from that and from `pairs.toml`, where pairs stand that cannot be together, each with its reason.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod pairs;

use jiff::{SignedDuration, Timestamp};
use landfall::checks::{self, Asked, Cause, Finding, Stack, Verdict, Verification, verify};
use landfall::course::{self, Course, CourseFiles};
use landfall::practice::{self, State, TEARDOWN, apply_all, break_cause, causes, repair, snapshot};
use pairs::Pairs;
use std::collections::{BTreeMap, BTreeSet};

fn course() -> Course {
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    let (course, _) = course::load(&CourseFiles::embedded(), &known).expect("the course is valid");
    course
}

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// The finished account with these faults.
fn broken(course: &Course, faults: &[&str]) -> State {
    let mut state = State::default();
    apply_all(&mut state, noon());
    for fault in faults {
        break_cause(&mut state, fault, &course.chapter, noon()).unwrap();
    }
    state
}

fn judge(course: &Course, state: &State, at: Timestamp) -> Verification {
    let account = snapshot(state, &course.chapter, at);
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let stack = Stack {
        snapshot: &account,
        attested: &attested,
        teardown_begun: false,
    };
    verify(&stack, course, &Asked::All)
}

fn all(verification: &Verification) -> impl Iterator<Item = &Finding> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
}

fn root(verification: &Verification) -> Option<&'static str> {
    verification.root_cause.as_ref().map(|root| root.cause.id())
}

/// What a fault is called by itself, and how far on the way it shows.
#[derive(Debug, Clone, Copy)]
struct Alone {
    id: &'static str,
    verdict: Verdict,
    /// The first check, counted along the course, that names it.
    at: usize,
}

fn alone(course: &Course) -> Vec<Alone> {
    let mut found: Vec<Alone> = causes()
        .filter(|cause| !cause.after.contains(&TEARDOWN))
        .map(|cause| {
            let verification = judge(course, &broken(course, &[cause.id]), noon());
            named(&verification, cause.id)
                .unwrap_or_else(|| panic!("{} is not found by itself", cause.id))
        })
        .collect();
    found.sort_by_key(|alone| alone.at);
    found
}

fn named(verification: &Verification, id: &'static str) -> Option<Alone> {
    let at = all(verification).position(|finding| finding.cause.map(Cause::id) == Some(id))?;
    let verdict = all(verification).nth(at)?.verdict;
    Some(Alone { id, verdict, at })
}

/// The cause that is to be begun with: of those that are failures, the one that shows first.
fn expected_root(pairs: &Pairs, first: Alone, second: Alone) -> Option<&'static str> {
    [first, second]
        .into_iter()
        .find(|one| {
            let other = if one.id == first.id { second } else { first };
            one.verdict == Verdict::Failed && !pairs.is_hidden(one.id, other.id)
        })
        .map(|one| one.id)
}

/// What is wrong with how a pair is told; nothing if all is well.
fn told(course: &Course, pairs: &Pairs, first: Alone, second: Alone) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut state = broken(course, &[first.id, second.id]);
    let both = judge(course, &state, noon());
    let wanted = expected_root(pairs, first, second);
    if root(&both) != wanted {
        complaints.push(format!("begins with {:?} instead of {wanted:?}", root(&both)));
    }
    let blamed: BTreeSet<&str> = all(&both)
        .filter(|finding| finding.verdict == Verdict::Failed)
        .map(|finding| finding.cause.map_or("no cause", Cause::id))
        .collect();
    for stranger in blamed.iter().filter(|id| **id != first.id && **id != second.id) {
        complaints.push(format!("blames {stranger} too"));
    }
    let start = wanted.unwrap_or(first.id);
    let rest = if start == first.id { second } else { first };
    repair(&mut state, start, noon()).unwrap();
    let after = judge(course, &state, noon() + SignedDuration::from_secs(10));
    let then = (rest.verdict == Verdict::Failed).then_some(rest.id);
    let still = named(&after, rest.id).map(|found| found.verdict);
    if root(&after) != then || still != Some(rest.verdict) {
        complaints.push(format!(
            "after the repair of {start} it begins with {:?}, and {} is {still:?}",
            root(&after),
            rest.id
        ));
    }
    complaints
}

#[test]
fn of_two_faults_the_one_nearer_to_the_start_is_named_first_and_then_the_other() {
    let course = course();
    let pairs = Pairs::read();
    let alone = alone(&course);
    let (mut tried, mut wrong) = (0, BTreeMap::new());
    for (number, first) in alone.iter().enumerate() {
        for second in &alone[number + 1..] {
            if pairs.cannot_be_together(first.id, second.id) {
                continue;
            }
            tried += 1;
            let complaints = told(&course, &pairs, *first, *second);
            if !complaints.is_empty() {
                wrong.insert(format!("{} + {}", first.id, second.id), complaints);
            }
        }
    }
    println!("{tried} pairs");
    assert!(wrong.is_empty(), "{} of {tried} pairs: {wrong:#?}", wrong.len());
    assert!(tried >= 200, "{tried} pairs");
}

#[test]
fn a_pair_that_cannot_be_names_faults_that_there_are() {
    for id in Pairs::read().ids() {
        assert!(causes().any(|cause| cause.id == id), "{id}");
    }
}

#[test]
fn the_order_of_breaking_does_not_matter() {
    let course = course();
    let [one, two] = ["database-closed-to-tasks", "task-port-closed-to-alb"];
    let judged = [[one, two], [two, one]]
        .map(|faults| practice::snapshot(&broken(&course, &faults), &course.chapter, noon()));
    assert_eq!(judged[0], judged[1]);
}
