//! Every mistake of the table that reads can detect: an account with it, judged, and what a learner then reads at 80 columns,
//! kept as a snapshot. `rows.toml` is the table; a row that is not covered says why.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "../check_fixtures/edit.rs"]
mod edit;
#[path = "../check_fixtures/fixture.rs"]
#[allow(
    dead_code,
    reason = "shared with tests/check_fixtures, which uses all of it"
)]
mod fixture;
mod rows;

use landfall::checks::{Asked, Cause, Finding, Stack, Verdict, Verification, checks, verify};
use landfall::course::{Course, CourseFiles, load};
use landfall::practice;
use landfall::term::to_text;
use landfall::term::verdicts::{Opened, finding_lines, root_cause_lines};
use rows::{Case, Row, rows};
use std::collections::BTreeSet;

/// As many columns as a terminal has when nobody drags it wider.
const WIDTH: usize = 80;

/// The table's rows.
const ROWS: u32 = 52;

fn course() -> Course {
    let known: Vec<&str> = checks().map(|check| check.id.as_str()).collect();
    let (course, _) = load(&CourseFiles::embedded(), &known).expect("the built-in course loads");
    course
}

fn judge(course: &Course, case: &Case) -> Verification {
    let account = case.account();
    let stack = Stack {
        snapshot: &account.snapshot,
        attested: &account.attested,
        teardown_begun: account.torn_down,
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

/// How the verdicts differ from what the case expects.
fn differences(case: &Case, verification: &Verification, finding: &Finding) -> Vec<String> {
    let mut wrong = Vec::new();
    let found = (finding.verdict, finding.cause.map(Cause::id));
    if found != (case.verdict, case.cause.as_deref()) {
        wrong.push(format!("{} is {found:?}: {}", case.check, finding.summary));
    }
    let root = verification
        .root_cause
        .as_ref()
        .map(|root| (root.check.as_str(), root.cause.id()));
    let cause = case.cause.as_deref();
    let wanted = match case.verdict {
        Verdict::Failed => cause.map(|cause| (case.check.as_str(), cause)),
        // With nothing of the chapter here, another region is where to begin although nothing is wrong.
        Verdict::Missing if cause == Some("wrong-region") => {
            root.filter(|(_, id)| cause == Some(*id))
        }
        _ => None,
    };
    if root != wanted {
        wrong.push(format!("the root cause is {root:?} instead of {wanted:?}"));
    }
    let strangers = all(verification)
        .filter(|one| one.verdict == Verdict::Failed && one.cause.map(Cause::id) != cause)
        .map(|one| format!("{} fails too: {}", one.check, one.summary));
    wrong.extend(strangers);
    wrong
}

/// What the learner reads of it.
fn screen(row: &Row, verification: &Verification, finding: &Finding) -> String {
    let mut lines = Vec::new();
    if let Some(root) = &verification.root_cause {
        lines.extend(root_cause_lines(root, WIDTH));
    }
    let opened = if finding.verdict == Verdict::Skipped {
        Opened::Lines
    } else {
        Opened::Folded
    };
    lines.extend(finding_lines(finding, opened, WIDTH));
    format!("{}: {}\n\n{}", row.number, row.mistake, to_text(&lines))
}

#[test]
fn every_mistake_is_found_as_what_it_is_and_said_so_that_it_can_be_mended() {
    let course = course();
    let mut wrong = Vec::new();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for row in rows() {
            for case in &row.case {
                let verification = judge(&course, case);
                let finding = all(&verification)
                    .find(|finding| finding.check.as_str() == case.check)
                    .unwrap_or_else(|| panic!("there is no check {}", case.check));
                let mut complaints = differences(case, &verification, finding);
                let screen = screen(&row, &verification, finding);
                let unsaid = case.says.iter().filter(|words| !screen.contains(*words));
                complaints.extend(unsaid.map(|words| format!("does not say {words:?}")));
                let name = name(&row, case);
                if complaints.is_empty() {
                    insta::assert_snapshot!(name, screen);
                } else {
                    wrong.push(format!("{name}\n    {}\n{screen}", complaints.join("\n    ")));
                }
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `15-no-route-to-registry-no-public-address`.
fn name(row: &Row, case: &Case) -> String {
    let cause = case.cause.as_deref().unwrap_or(case.verdict.id());
    let way = case
        .way
        .iter()
        .map(|way| format!("-{}", way.replace(' ', "-")));
    format!("{:02}-{cause}{}", row.number, way.collect::<String>())
}

#[test]
fn no_row_is_silently_absent() {
    let rows = rows();
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=ROWS).collect::<Vec<_>>());
    for row in &rows {
        assert_eq!(
            row.case.is_empty(),
            row.not_covered.is_some(),
            "{}: covered, or a reason why not",
            row.number
        );
        assert!(row.not_covered.as_ref().is_none_or(|why| why.len() > 40));
    }
    let covered = rows.iter().filter(|row| !row.case.is_empty()).count();
    assert!(covered >= 45, "{covered} rows");
}

#[test]
fn no_two_cases_have_the_same_name() {
    let rows = rows();
    let names: Vec<String> = rows
        .iter()
        .flat_map(|row| row.case.iter().map(|case| name(row, case)))
        .collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:#?}");
}

/// Each cause that can be practised is what some row is about, but for those that stand beside the table.
#[test]
fn every_cause_of_the_table_can_be_practised() {
    let practised: BTreeSet<&str> = practice::causes().map(|cause| cause.id).collect();
    for row in rows() {
        for cause in row.case.iter().filter_map(|case| case.cause.as_deref()) {
            assert!(practised.contains(cause), "row {}: {cause}", row.number);
        }
    }
}
