//! The practice account, judged by the real checks of the real course.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use jiff::{SignedDuration, Timestamp};
use landfall::account::{Chapter, Snapshot};
use landfall::checks::{self, Asked, Cause, Finding, Stack, Verdict, Verification, verify};
use landfall::course::{self, Course, CourseFiles};
use landfall::practice::{
    self, STEPS, State, TEARDOWN, apply, apply_all, break_cause, causes, snapshot,
};
use std::collections::BTreeSet;

fn course() -> Course {
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    let (course, _) = course::load(&CourseFiles::embedded(), &known).expect("the course is valid");
    course
}

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn attested() -> BTreeSet<String> {
    BTreeSet::from(["budget.email-read".to_owned()])
}

fn judge(course: &Course, snapshot: &Snapshot, attested: &BTreeSet<String>) -> Verification {
    let teardown_begun = snapshot.leftovers.present().is_some();
    let stack = Stack {
        snapshot,
        attested,
        teardown_begun,
    };
    verify(&stack, course, &Asked::All)
}

fn all_findings(verification: &Verification) -> impl Iterator<Item = &Finding> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
}

/// Findings with one of these verdicts, as lines to read when a test fails.
fn with(verification: &Verification, verdicts: &[Verdict]) -> Vec<String> {
    all_findings(verification)
        .filter(|finding| verdicts.contains(&finding.verdict))
        .map(|finding| {
            let cause = finding.cause.map_or("no cause", Cause::id);
            format!(
                "{}: {:?} ({cause}): {}",
                finding.check, finding.verdict, finding.summary
            )
        })
        .collect()
}

const FAULTY: [Verdict; 5] = [
    Verdict::Failed,
    Verdict::Missing,
    Verdict::Pending,
    Verdict::Blocked,
    Verdict::Unknown,
];

fn complete(chapter: &Chapter) -> Snapshot {
    let mut state = State::default();
    apply_all(&mut state, noon());
    snapshot(&state, chapter, noon())
}

const NOTHING: [String; 0] = [];

#[test]
fn a_good_account_has_no_findings() {
    let course = course();
    let verification = judge(&course, &complete(&course.chapter), &attested());
    let teardown = |line: &String| !line.starts_with("leftovers.none");
    let faulty: Vec<String> = with(&verification, &FAULTY);
    assert_eq!(
        faulty.into_iter().filter(teardown).collect::<Vec<_>>(),
        NOTHING
    );
    assert_eq!(verification.root_cause, None);
}

#[test]
fn a_good_account_without_a_domain_has_no_findings() {
    let course = course();
    let mut chapter = course.chapter.clone();
    chapter.has_domain = false;
    let verification = judge(&course, &complete(&chapter), &attested());
    assert_eq!(with(&verification, &FAULTY), NOTHING);
    let skipped = with(&verification, &[Verdict::Skipped]);
    assert!(skipped.iter().any(|line| line.starts_with("acm.issued")));
}

#[test]
fn a_good_account_for_arm_in_another_region_has_no_findings() {
    let course = course();
    let mut chapter = course.chapter.clone();
    chapter.architecture = landfall::account::Architecture::Arm64;
    chapter.architecture_stated = true;
    chapter.region = "eu-central-1".into();
    chapter.health_path = "/health".into();
    chapter.port = 9000;
    chapter.desired_count = 5;
    let verification = judge(&course, &complete(&chapter), &attested());
    assert_eq!(with(&verification, &FAULTY), NOTHING);
}

#[test]
fn in_a_fresh_account_nothing_is_wrong_and_hardly_anything_is_right() {
    let course = course();
    let empty = snapshot(&State::default(), &course.chapter, noon());
    let verification = judge(&course, &empty, &BTreeSet::new());
    assert_eq!(
        with(&verification, &[Verdict::Failed, Verdict::Unknown]),
        NOTHING
    );
    let passed: Vec<&str> = all_findings(&verification)
        .filter(|finding| finding.verdict == Verdict::Passed)
        .map(|finding| finding.check.as_str())
        .collect();
    assert_eq!(passed, ["root.no-access-keys"]);
}

#[test]
fn every_step_passes_once_it_is_applied_and_nothing_fails_on_the_way() {
    let course = course();
    let mut state = State::default();
    for step in STEPS.iter().filter(|step| step.id != TEARDOWN) {
        let applied = apply(&mut state, step.id, noon()).unwrap();
        assert_eq!(applied.steps, [step.id], "the chapter's order suffices");
        state.settle(noon());
        let verification = judge(
            &course,
            &snapshot(&state, &course.chapter, noon()),
            &attested(),
        );
        let failed = with(
            &verification,
            &[Verdict::Failed, Verdict::Unknown, Verdict::Pending],
        );
        assert_eq!(failed, NOTHING, "after {}", step.id);
        let outcome = verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .find(|outcome| outcome.id.as_str() == step.id)
            .unwrap();
        assert_eq!(
            outcome.verdict,
            Verdict::Passed,
            "{}: {outcome:#?}",
            step.id
        );
    }
}

#[test]
fn what_is_coming_up_is_pending_and_never_wrong() {
    let course = course();
    let mut state = State::default();
    apply(&mut state, "ecs-service.live", noon()).unwrap();
    for tenth in 0..100 {
        let now = noon() + SignedDuration::from_millis(100 * tenth);
        let verification = judge(
            &course,
            &snapshot(&state, &course.chapter, now),
            &attested(),
        );
        let wrong = with(&verification, &[Verdict::Failed, Verdict::Unknown]);
        assert_eq!(wrong, NOTHING, "{tenth} tenths of a second after applying");
        let pending = with(&verification, &[Verdict::Pending]);
        assert_eq!(pending.is_empty(), tenth >= 60, "{tenth}: {pending:#?}");
    }
}

/// Causes that only leave something undone, that AWS is expected to end, or that hide something: named by a finding that
/// has not failed.
const NOT_FAILED: [(&str, Verdict); 9] = [
    ("root-mfa-off", Verdict::Missing),
    ("budget-missing", Verdict::Missing),
    ("budget-without-alert", Verdict::Missing),
    ("billing-access-not-activated", Verdict::Unknown),
    ("user-without-mfa", Verdict::Missing),
    ("wrong-region", Verdict::Missing),
    ("repository-missing", Verdict::Missing),
    ("certificate-pending-dns", Verdict::Pending),
    ("fargate-quota", Verdict::Pending),
];

/// The first finding in the chapter's order that names a cause, and the causes of everything that is wrong, unread or
/// waited for.
fn causes_named(
    verification: &Verification,
) -> (Option<(&'static str, Verdict)>, BTreeSet<&'static str>) {
    let named = |finding: &Finding| finding.cause.map(Cause::id);
    let mut unfinished =
        all_findings(verification).filter(|finding| FAULTY.contains(&finding.verdict));
    let first = unfinished.find_map(|finding| Some((named(finding)?, finding.verdict)));
    let troubles = [Verdict::Failed, Verdict::Unknown, Verdict::Pending];
    let all = all_findings(verification)
        .filter(|finding| troubles.contains(&finding.verdict))
        .map(|finding| named(finding).unwrap_or("no cause"))
        .collect();
    (first, all)
}

/// Faults of which only a remark is made.
const REMARKS: [&str; 3] = [
    "user-unbounded",
    "sha-tag-unknown-to-git",
    "database-name-missing",
];

/// What a fault in this account leads to, where it is not that fault's cause and nothing else.
fn surprises(course: &Course, account: &Snapshot, cause: &str) -> Option<String> {
    let verification = judge(course, account, &attested());
    let (first, troubles) = causes_named(&verification);
    let root = verification.root_cause.as_ref().map(|root| root.cause.id());
    let as_expected = if REMARKS.contains(&cause) {
        let remark = |finding: &Finding| {
            finding.verdict == Verdict::Passed
                && finding.advice.is_some()
                && finding.cause.map(Cause::id) == Some(cause)
        };
        root.is_none() && troubles.is_empty() && all_findings(&verification).any(remark)
    } else {
        let expected = NOT_FAILED
            .into_iter()
            .find_map(|(id, verdict)| (id == cause).then_some(verdict))
            .unwrap_or(Verdict::Failed);
        // Before there is a service, a door that is still shut is only not open yet.
        let not_yet =
            account.service.present().is_none() && first == Some((cause, Verdict::Missing));
        // With nothing of the chapter here, another region is where to begin although nothing is wrong.
        let nothing_here = cause == "wrong-region" && account.cluster.present().is_none();
        let root_expected =
            ((expected == Verdict::Failed && !not_yet) || nothing_here).then_some(cause);
        root == root_expected
            && first.is_some_and(|(named, verdict)| {
                root_expected.is_some() || not_yet || (named, verdict) == (cause, expected)
            })
            && troubles.iter().all(|named| *named == cause)
    };
    (!as_expected).then(|| {
        format!(
            "{cause}: root cause {root:?}, first {first:?}, named {troubles:?}\n    {}",
            with(&verification, &FAULTY).join("\n    ")
        )
    })
}

fn surprises_in(
    course: &Course,
    chapter: &Chapter,
    state_for: impl Fn(&practice::Cause) -> State,
) -> String {
    let mut report = Vec::new();
    for cause in causes().filter(|cause| !cause.after.contains(&TEARDOWN)) {
        if cause.needs_domain && !chapter.has_domain {
            continue;
        }
        let mut state = state_for(cause);
        break_cause(&mut state, cause.id, chapter, noon()).unwrap();
        report.extend(surprises(
            course,
            &snapshot(&state, chapter, noon()),
            cause.id,
        ));
    }
    report.join("\n")
}

fn all_steps() -> State {
    let mut state = State::default();
    apply_all(&mut state, noon());
    state
}

#[test]
fn each_fault_in_a_good_account_yields_exactly_its_cause() {
    let course = course();
    assert_eq!(surprises_in(&course, &course.chapter, |_| all_steps()), "");
}

#[test]
fn each_fault_in_a_good_account_without_a_domain_yields_exactly_its_cause() {
    let course = course();
    let mut chapter = course.chapter.clone();
    chapter.has_domain = false;
    assert_eq!(surprises_in(&course, &chapter, |_| all_steps()), "");
}

#[test]
fn each_fault_in_an_account_that_is_still_being_built_yields_exactly_its_cause() {
    let course = course();
    let up_to_its_step = |cause: &practice::Cause| {
        let last = STEPS
            .iter()
            .rposition(|step| cause.after.contains(&step.id));
        let mut state = State::default();
        for step in &STEPS[..=last.unwrap()] {
            apply(&mut state, step.id, noon()).unwrap();
        }
        state.settle(noon());
        state
    };
    let report = surprises_in(&course, &course.chapter, up_to_its_step);
    assert_eq!(report, "");
}

#[test]
fn doing_the_step_that_shows_a_fault_repairs_it() {
    let course = course();
    for cause in causes().filter(|cause| !cause.after.contains(&TEARDOWN)) {
        let mut state = all_steps();
        break_cause(&mut state, cause.id, &course.chapter, noon()).unwrap();
        let account = snapshot(&state, &course.chapter, noon());
        let verification = judge(&course, &account, &attested());
        let shown_in = verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .find(|step| {
                let named = |finding: &Finding| finding.cause.map(Cause::id) == Some(cause.id);
                step.checks.iter().any(named)
            })
            .unwrap();
        let applied = apply(&mut state, shown_in.id.as_str(), noon()).unwrap();
        assert_eq!(applied.repaired, [cause.id], "shown in {}", shown_in.id);
        let after = noon() + SignedDuration::from_secs(10);
        let repaired = judge(
            &course,
            &snapshot(&state, &course.chapter, after),
            &attested(),
        );
        let left = with(&repaired, &FAULTY);
        let left: Vec<_> = left
            .iter()
            .filter(|line| !line.starts_with("leftovers"))
            .collect();
        assert!(left.is_empty(), "{}: {left:#?}", cause.id);
    }
}

#[test]
fn what_the_teardown_forgot_is_the_only_thing_wrong() {
    let course = course();
    let mut state = State::default();
    apply_all(&mut state, noon());
    apply(&mut state, TEARDOWN, noon()).unwrap();
    break_cause(&mut state, "leftovers-cost-money", &course.chapter, noon()).unwrap();
    let account = snapshot(&state, &course.chapter, noon());
    let verification = judge(&course, &account, &attested());
    let wrong = with(&verification, &[Verdict::Failed, Verdict::Unknown]);
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    let root = verification.root_cause.unwrap();
    assert_eq!(root.cause.id(), "leftovers-cost-money");
}

#[test]
fn after_the_teardown_nothing_is_left_and_nothing_is_wrong() {
    let course = course();
    let mut state = State::default();
    apply_all(&mut state, noon());
    apply(&mut state, TEARDOWN, noon()).unwrap();
    let account = snapshot(&state, &course.chapter, noon());
    let verification = judge(&course, &account, &attested());
    assert_eq!(
        with(&verification, &[Verdict::Failed, Verdict::Unknown]),
        NOTHING
    );
    let none_left = all_findings(&verification)
        .find(|finding| finding.check.as_str() == "leftovers.none")
        .unwrap();
    assert_eq!(none_left.verdict, Verdict::Passed);
}

#[test]
fn the_practice_account_knows_the_steps_of_the_course_in_their_order() {
    let course = course();
    let of_course: Vec<&str> = course.steps().map(|(_, step)| step.id.as_str()).collect();
    let known: Vec<&str> = STEPS.iter().map(|step| step.id).collect();
    assert_eq!(known, of_course);
}

#[test]
fn a_step_needs_nothing_of_a_lesson_that_its_own_does_not_require() {
    let course = course();
    for (lesson, step) in course.steps() {
        let mut allowed = BTreeSet::from([lesson.id.as_str()]);
        let mut open: Vec<&str> = vec![lesson.id.as_str()];
        while let Some(id) = open.pop() {
            for required in &course.lesson(id).unwrap().requires {
                if allowed.insert(required.as_str()) {
                    open.push(required.as_str());
                }
            }
        }
        for need in practice::step_by_id(step.id.as_str()).unwrap().needs {
            let lesson = need.split('.').next().unwrap();
            assert!(allowed.contains(lesson), "{} needs {need}", step.id);
        }
    }
}

#[test]
fn every_fault_has_an_id_of_the_public_vocabulary() {
    for cause in causes() {
        assert!(Cause::from_id(cause.id).is_some(), "{}", cause.id);
    }
}

/// Causes that the practice account cannot be broken with, and why.
const NOT_PRACTISED: [(&str, &str); 1] = [(
    "docker-login-expired",
    "its only sign is a repository without an image, as before the first push",
)];

#[test]
fn every_cause_of_the_public_vocabulary_can_be_practised() {
    let practised: BTreeSet<&str> = causes().map(|cause| cause.id).collect();
    let left_out: BTreeSet<&str> = NOT_PRACTISED.iter().map(|(id, _)| *id).collect();
    assert!(practised.is_disjoint(&left_out));
    let all: BTreeSet<&str> = Cause::ALL.iter().map(|cause| cause.id()).collect();
    let known: BTreeSet<&str> = practised.union(&left_out).copied().collect();
    assert_eq!(known, all);
    assert_eq!(causes().count(), practised.len(), "each once");
}

#[test]
fn the_practice_account_has_what_is_asked_only_when_something_fails_only_then() {
    let course = course();
    let good = snapshot(&all_steps(), &course.chapter, noon());
    assert!(good.log_tails.present().is_none());
    assert!(good.network.acls.present().is_none());
    assert!(good.network.dns.is_empty());
    let mut state = all_steps();
    break_cause(&mut state, "app-crash", &course.chapter, noon()).unwrap();
    let broken = snapshot(&state, &course.chapter, noon());
    let tails = broken.log_tails.present().unwrap();
    let last = &tails[0].lines.last().unwrap().message;
    assert!(last.starts_with("ModuleNotFoundError"), "{last}");
    let task = &broken.stopped_tasks.present().unwrap()[0];
    assert!(tails.iter().all(|tail| tail.task == task.id), "{tails:?}");
    assert!(broken.network.acls.present().is_some());
    assert!(!broken.network.dns.is_empty());
}

#[test]
fn two_hundred_accounts_are_judged_in_a_moment() {
    let course = course();
    let account = complete(&course.chapter);
    let begun = std::time::Instant::now();
    for _ in 0..200 {
        judge(&course, &account, &attested());
    }
    // A second in a release build; tests run unoptimised, beside others.
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
