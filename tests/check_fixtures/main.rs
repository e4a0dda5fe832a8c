//! Every check against accounts written as data: `tests/checks/<check>/<name>.toml`.
//!
//! A check declares which verdicts it can give and which causes it can name (`Check::may`). Each of them has a fixture here;
//! nothing else may come out of it, whatever account it is shown. A fixture that fails a check on an otherwise good
//! account is a single mutation: exactly its cause must be the root cause, and nobody else may be blamed. The folder
//! `harmless` holds changes that are nobody's fault.
#![allow(clippy::unwrap_used, reason = "a test may stop here")]

mod edit;
#[path = "../facts/mod.rs"]
mod facts;
mod fixture;
#[path = "../facts/only.rs"]
mod only;

use fixture::{Base, Expect, Fixture, folder};
use landfall::account::Snapshot;
use landfall::checks::{Asked, Cause, Finding, Stack, Verdict, checks, findings, verify};
use landfall::course::{Course, CourseFiles, load};
use only::{areas_of, only};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

const HARMLESS: &str = "harmless";

fn course() -> Course {
    let known: Vec<&str> = checks().map(|check| check.id.as_str()).collect();
    let (course, _) = load(&CourseFiles::embedded(), &known).expect("the built-in course loads");
    course
}

fn judge(fixture: &Fixture, snapshot: &Snapshot) -> BTreeMap<&'static str, Finding> {
    let attested = fixture.attested();
    findings(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: fixture.from == Base::TornDown,
    })
}

/// All that a finding shows.
fn text(finding: &Finding) -> String {
    serde_json::to_string_pretty(finding).unwrap()
}

/// How a finding differs from what is expected of it.
fn differences(expect: &Expect, finding: &Finding) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |what: &str, wanted: &str, found: &str| {
        if wanted != found {
            wrong.push(format!("{what}: expected {wanted:?}, found {found:?}"));
        }
    };
    same("verdict", expect.verdict.id(), finding.verdict.id());
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    same(
        "cause",
        &or_none(&expect.cause),
        finding.cause.map_or("", Cause::id),
    );
    if let Some(blocked_by) = &expect.blocked_by {
        same(
            "blocked by",
            blocked_by,
            finding.blocked_by.map_or("", |id| id.as_str()),
        );
    }
    same(
        "missing permission",
        &or_none(&expect.missing_permission),
        &or_none(&finding.missing_permission),
    );
    if let Some(found_by) = &expect.found_by {
        let found: BTreeSet<String> = finding
            .evidence
            .iter()
            .map(|one| serde_json::to_value(one.found_by).unwrap())
            .map(|value| value.as_str().unwrap().to_owned())
            .collect();
        if !found.contains(found_by) {
            wrong.push(format!("found by: expected {found_by}, found {found:?}"));
        }
    }
    let shown = text(finding);
    for part in &expect.says {
        if !shown.contains(part) {
            wrong.push(format!("does not say {part:?}"));
        }
    }
    for part in &expect.never {
        if shown.contains(part) {
            wrong.push(format!("says {part:?}"));
        }
    }
    if let Some(advice) = expect.advice
        && advice != finding.advice.is_some()
    {
        wrong.push(format!("advice: {:?}", finding.advice));
    }
    wrong
}

#[test]
fn every_fixture_gets_the_verdict_and_the_cause_that_it_describes() {
    let mut wrong = String::new();
    for fixture in Fixture::all().iter().filter(|one| one.check != HARMLESS) {
        let found = judge(fixture, &fixture.snapshot());
        let finding = found
            .get(fixture.check.as_str())
            .unwrap_or_else(|| panic!("{}: there is no such check", fixture.file));
        let expect = fixture
            .expect
            .as_ref()
            .unwrap_or_else(|| panic!("{}: what is expected?", fixture.file));
        let differences = differences(expect, finding);
        if !differences.is_empty() {
            wrong.push_str(&format!(
                "{} ({})\n  {}\n{}\n",
                fixture.file,
                fixture.about,
                differences.join("\n  "),
                text(finding)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_single_mutation_of_a_good_account_is_the_one_root_cause() {
    let course = course();
    let mut wrong = String::new();
    for fixture in Fixture::all()
        .iter()
        .filter(|one| one.is_fault_of_a_good_account())
    {
        let expect = fixture.expect.as_ref().unwrap();
        let snapshot = fixture.snapshot();
        let attested = fixture.attested();
        let stack = Stack {
            snapshot: &snapshot,
            attested: &attested,
            teardown_begun: false,
        };
        let all = verify(&stack, &course, &Asked::All);
        let cause = expect.cause.as_deref().unwrap_or("none given");
        let wanted = expect.root_cause.as_deref().unwrap_or(cause);
        let root = all
            .root_cause
            .as_ref()
            .map_or("none", |root| root.cause.id());
        let blamed: BTreeSet<&str> = all
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .flat_map(|step| &step.checks)
            .filter(|finding| finding.verdict == Verdict::Failed)
            .filter_map(|finding| finding.cause.map(Cause::id))
            .collect();
        let allowed: BTreeSet<&str> = expect
            .also
            .iter()
            .map(String::as_str)
            .chain([cause, wanted])
            .collect();
        if root != wanted || !blamed.is_subset(&allowed) {
            wrong.push_str(&format!(
                "{}: root cause {root}, blamed {blamed:?}\n",
                fixture.file
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_harmless_change_is_nobodys_fault() {
    let mut wrong = String::new();
    for fixture in Fixture::all().iter().filter(|one| one.check == HARMLESS) {
        assert!(
            fixture.expect.is_none(),
            "{}: nothing is expected",
            fixture.file
        );
        let before = judge(fixture, &fixture.base());
        for (check, finding) in judge(fixture, &fixture.snapshot()) {
            let same = before[check].verdict == finding.verdict;
            let silent = finding.advice.is_none() || before[check].advice.is_some();
            if !same || finding.cause.is_some() || !silent {
                wrong.push_str(&format!("{}: {}\n", fixture.file, text(&finding)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_change_changes_something() {
    for fixture in Fixture::all() {
        if !fixture.changes.is_empty() {
            assert_ne!(fixture.base(), fixture.snapshot(), "{}", fixture.file);
        }
    }
}

#[test]
fn every_folder_is_a_checks() {
    let ids: BTreeSet<&str> = checks().map(|check| check.id.as_str()).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name == HARMLESS || name == "README.md" || ids.contains(name.as_str()),
            "tests/checks/{name} is no check's folder"
        );
    }
}

#[test]
fn every_verdict_and_every_cause_that_a_check_declares_has_a_fixture() {
    let fixtures = Fixture::all();
    let mut without = String::new();
    for check in checks() {
        let mine: Vec<&Expect> = fixtures
            .iter()
            .filter(|fixture| fixture.check == check.id.as_str())
            .filter_map(|fixture| fixture.expect.as_ref())
            .collect();
        if check.verdicts.is_empty() {
            without.push_str(&format!("{}: declares nothing\n", check.id));
        }
        for verdict in check.verdicts {
            if !mine.iter().any(|expect| expect.verdict == *verdict) {
                without.push_str(&format!("{}: {}\n", check.id, verdict.id()));
            }
        }
        for cause in check.causes {
            if !mine
                .iter()
                .any(|expect| expect.cause.as_deref() == Some(cause.id()))
            {
                without.push_str(&format!("{}: {cause}\n", check.id));
            }
        }
        // What fails a check is also shown on an account where nothing else is wrong.
        let fails = check.verdicts.contains(&Verdict::Failed);
        let alone = fixtures
            .iter()
            .any(|one| one.check == check.id.as_str() && one.is_fault_of_a_good_account());
        if fails && !alone {
            without.push_str(&format!("{}: a single mutation that fails it\n", check.id));
        }
    }
    assert!(without.is_empty(), "{without}");
}

#[test]
fn a_check_says_of_its_fixtures_the_same_when_only_what_it_needs_was_read() {
    let mut differing = String::new();
    // A list at the balancer's own subnets shows only in the learner's request to it, which is not a part of that step.
    let alone =
        |one: &&Fixture| one.check != HARMLESS && one.file != "alb.sg-open/list-shuts-it.toml";
    for fixture in Fixture::all().iter().filter(alone) {
        let mut areas = BTreeSet::new();
        areas_of(&fixture.check, &mut areas);
        let snapshot = fixture.snapshot();
        let full = &judge(fixture, &snapshot)[fixture.check.as_str()];
        let alone = &judge(fixture, &only(&snapshot, &areas))[fixture.check.as_str()];
        if (full.verdict, full.cause) != (alone.verdict, alone.cause) {
            differing.push_str(&format!(
                "{}: {} instead of {}: {}\n",
                fixture.file,
                alone.verdict.id(),
                full.verdict.id(),
                alone.summary
            ));
        }
    }
    assert_eq!(differing, "");
}

#[test]
fn nothing_comes_out_of_a_check_that_it_does_not_declare() {
    let mut undeclared = BTreeSet::new();
    for fixture in Fixture::all() {
        let found = judge(&fixture, &fixture.snapshot());
        for (id, finding) in &found {
            let check = landfall::checks::check(id).unwrap();
            let forced = finding.blocked_by.is_some_and(|by| {
                // The gate and the folding block any check, and so does another region.
                by.as_str().starts_with("caller.")
                    || check.follows.contains(&by.as_str())
                    || found[by.as_str()].cause == Some(Cause::WrongRegion)
            }) || finding.verdict == Verdict::Skipped;
            if !forced && !check.verdicts.contains(&finding.verdict) {
                undeclared.insert(format!("{id}: {} ({})", finding.verdict.id(), fixture.file));
            }
            if let Some(cause) = finding.cause
                && !check.causes.contains(&cause)
            {
                undeclared.insert(format!("{id}: {cause} ({})", fixture.file));
            }
        }
    }
    assert!(undeclared.is_empty(), "{undeclared:#?}");
}

/// Slow in a debug build, for there are many fixtures with many facts each. The practice account's own are all hidden in
/// `tests/unread.rs`.
#[test]
#[ignore = "takes minutes"]
fn whatever_could_not_be_read_no_verdict_says_more_than_before() {
    let lies = Mutex::new(BTreeSet::new());
    let fixtures = Fixture::all();
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(2, usize::from);
        for worker in 0..workers {
            let (fixtures, lies) = (&fixtures, &lies);
            scope.spawn(move || {
                for (number, fixture) in fixtures.iter().enumerate() {
                    if number % workers == worker {
                        let found = lies_of(fixture);
                        lies.lock().unwrap().extend(found);
                    }
                }
            });
        }
    });
    let lies = lies.into_inner().unwrap();
    assert!(lies.is_empty(), "{lies:#?}");
}

/// Verdicts of an account that say more with one fact less.
fn lies_of(fixture: &Fixture) -> Vec<String> {
    let snapshot = fixture.snapshot();
    let known = judge(fixture, &snapshot);
    let whole = serde_json::to_value(&snapshot).unwrap();
    let mut lies = Vec::new();
    // Who asks is always read, or nothing is. What is elsewhere only explains what is read to be absent here.
    let places = facts::places(&whole)
        .into_iter()
        .filter(|place| place != "/caller" && place != "/elsewhere");
    for place in places {
        for (id, finding) in judge(fixture, &facts::without(&whole, &place)) {
            if is_lie(id, known[id].verdict, finding.verdict) {
                lies.push(format!(
                    "{} without {}: {id} is {}, in truth {}",
                    fixture.file,
                    place,
                    finding.verdict.id(),
                    known[id].verdict.id()
                ));
            }
        }
    }
    lies
}

/// Whether a verdict with less read says more than the one with everything read.
fn is_lie(check: &str, known: Verdict, seen: Verdict) -> bool {
    use Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
    match known {
        Passed => matches!(seen, Failed | Missing | Pending),
        Failed => matches!(seen, Passed | Missing),
        Missing => matches!(seen, Passed | Failed),
        Pending => matches!(seen, Passed | Missing | Failed),
        Unknown => matches!(seen, Passed | Failed | Missing),
        // What it was folded under cannot be seen any more: then it stands for itself.
        // The endpoint's own 200 was read, whatever is known of what stands before it.
        Blocked => seen == Passed && check != "endpoint.responds",
        _ => false,
    }
}
