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
use std::sync::Mutex;
use std::thread;

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

/// A remark of the same cause counts only where nothing more is said of it.
fn named(verification: &Verification, id: &'static str) -> Option<Alone> {
    let is_it = |finding: &Finding| finding.cause.map(Cause::id) == Some(id);
    let weighs = |finding: &Finding| is_it(finding) && finding.verdict != Verdict::Passed;
    let at = all(verification)
        .position(weighs)
        .or_else(|| all(verification).position(is_it))?;
    let verdict = all(verification).nth(at)?.verdict;
    Some(Alone { id, verdict, at })
}

/// Which of the two is to be begun with. `None`: they show in the same place, and either will do.
fn begins(pairs: &Pairs, first: Alone, second: Alone) -> Option<Alone> {
    if pairs.is_hidden(first.id, second.id) {
        return Some(second);
    }
    if pairs.is_hidden(second.id, first.id) {
        return Some(first);
    }
    match (first.verdict, second.verdict) {
        (Verdict::Failed, Verdict::Failed) => (first.at != second.at).then_some(first),
        // What is only not there yet, or waits, breaks nothing: whatever is broken comes before it.
        (_, Verdict::Failed) => Some(second),
        _ => Some(first),
    }
}

/// What is wrong with how a pair is told; nothing if all is well.
fn told(course: &Course, pairs: &Pairs, first: Alone, second: Alone) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut state = broken(course, &[first.id, second.id]);
    let both = judge(course, &state, noon());
    let start = begins(pairs, first, second).unwrap_or_else(|| {
        if root(&both) == Some(second.id) {
            second
        } else {
            first
        }
    });
    let rest = if start.id == first.id { second } else { first };
    let wanted = (start.verdict == Verdict::Failed).then_some(start.id);
    if root(&both) != wanted {
        complaints.push(format!(
            "begins with {:?} instead of {wanted:?}",
            root(&both)
        ));
    }
    if named(&both, start.id).map(|found| found.verdict) != Some(start.verdict) {
        complaints.push(format!("{} is not named", start.id));
    }
    let strangers = all(&both)
        .filter(|finding| finding.verdict == Verdict::Failed)
        .map(|finding| finding.cause.map_or("no cause", Cause::id))
        .filter(|id| *id != first.id && *id != second.id);
    complaints.extend(strangers.map(|id| format!("blames {id} too")));
    repair(&mut state, start.id, noon()).unwrap();
    let after = judge(course, &state, noon() + SignedDuration::from_secs(10));
    let then = (rest.verdict == Verdict::Failed).then_some(rest.id);
    let still = named(&after, rest.id).map(|found| found.verdict);
    if root(&after) != then || still != Some(rest.verdict) {
        complaints.push(format!(
            "after the repair of {} it begins with {:?}, and {} is {still:?}",
            start.id,
            root(&after),
            rest.id
        ));
    }
    complaints
}

/// All pairs that can be together, of which every `share`th is tried; what is wrong with how they are told.
fn try_pairs(share: usize) -> (usize, BTreeMap<String, Vec<String>>) {
    let course = course();
    let pairs = Pairs::read();
    let alone = alone(&course);
    let mut open = Vec::new();
    for (number, first) in alone.iter().enumerate() {
        let later = alone[number + 1..].iter();
        let can_be = later.filter(|second| !pairs.cannot_be_together(first.id, second.id));
        open.extend(can_be.map(|second| (*first, *second)));
    }
    let open: Vec<(Alone, Alone)> = open.into_iter().step_by(share).collect();
    let wrong = Mutex::new(BTreeMap::new());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let (course, pairs, wrong_ones) = (&course, &pairs, &wrong);
    thread::scope(|scope| {
        for mine in open.chunks(open.len().div_ceil(workers)) {
            scope.spawn(move || {
                for (first, second) in mine {
                    let complaints = told(course, pairs, *first, *second);
                    if !complaints.is_empty() {
                        let pair = format!("{} + {}", first.id, second.id);
                        wrong_ones.lock().unwrap().insert(pair, complaints);
                    }
                }
            });
        }
    });
    (open.len(), wrong.into_inner().unwrap())
}

#[test]
fn of_two_faults_the_one_nearer_to_the_start_is_named_first_and_then_the_other() {
    // A prime, so that every fault meets many others.
    let (tried, wrong) = try_pairs(11);
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
    assert!(tried >= 250, "{tried} pairs");
}

/// More than three thousand.
#[test]
#[ignore = "takes half a minute"]
fn of_any_two_faults_the_one_nearer_to_the_start_is_named_first_and_then_the_other() {
    let (tried, wrong) = try_pairs(1);
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
    assert!(tried >= 3000, "{tried} pairs");
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
