//! `results.json` as Gradescope's autograder takes it: one for each submission.
//!
//! The form is that of "Autograder Specifications" (gradescope-autograders.readthedocs.io/en/latest/specs, 2026-11), and
//! every text is marked as plain `text`: names in AWS are other people's words. `score` is 0 to 100, so the assignment is
//! to have 100 points; it is stated at the top, where it overrides the sum of the tests. A test is a step that counts.
//!
//! A step that could not be read has neither score nor status. A student without a verdict has neither a score nor tests:
//! the specification asks for one of them, and a file that has none ends in "The autograder failed to execute correctly",
//! which Gradescope marks as no fault of the student (`autograder_error` of `submission_metadata.json`). An empty list of
//! tests would be a sum of 0.

use super::report::{ClassReport, StepCell, StepColumn, StudentReport};
use super::words;
use crate::checks::Verdict;
use crate::report::sanitize;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Results {
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    output: String,
    output_format: &'static str,
    test_output_format: &'static str,
    test_name_format: &'static str,
    visibility: &'static str,
    stdout_visibility: &'static str,
    extra_data: ExtraData,
    #[serde(skip_serializing_if = "Option::is_none")]
    tests: Option<Vec<Test>>,
}

/// For the instructor's own programs; Gradescope keeps it and shows it to nobody.
#[derive(Debug, Serialize)]
struct ExtraData {
    landfall: &'static str,
    standing: &'static str,
    looked_at: Option<jiff::Timestamp>,
    late: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Test {
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    max_score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    name: String,
    name_format: &'static str,
    number: String,
    output: String,
    output_format: &'static str,
    tags: Vec<String>,
    visibility: &'static str,
    extra_data: TestData,
}

#[derive(Debug, Serialize)]
struct TestData {
    step: String,
    verdict: Verdict,
}

const TEXT: &str = "text";
const VISIBLE: &str = "visible";
const HIDDEN: &str = "hidden";

/// The document of the only student; `None` when there are several or none.
pub fn gradescope(report: &ClassReport) -> Option<String> {
    match report.students.as_slice() {
        [student] => Some(document(report, student)),
        _ => None,
    }
}

/// Every student's document, by the path it is kept under: `<key>/results.json`.
pub fn gradescope_files(report: &ClassReport) -> Vec<(String, String)> {
    report
        .students
        .iter()
        .map(|student| {
            (
                format!("{}/results.json", student.key),
                document(report, student),
            )
        })
        .collect()
}

fn document(report: &ClassReport, student: &StudentReport) -> String {
    let judged = words::is_judged(student.standing);
    sanitize::json_document(&Results {
        // An override may say a score also where there is no verdict.
        score: student.score.map(rounded),
        output: output(report, student),
        output_format: TEXT,
        test_output_format: TEXT,
        test_name_format: TEXT,
        visibility: VISIBLE,
        stdout_visibility: HIDDEN,
        extra_data: ExtraData {
            landfall: report.landfall,
            standing: words::standing_id(student.standing),
            looked_at: student.looked_at,
            late: student.late,
        },
        tests: judged.then(|| tests(report, student)),
    })
}

/// What the student reads above the tests.
fn output(report: &ClassReport, student: &StudentReport) -> String {
    let mut lines = Vec::new();
    if words::is_judged(student.standing) {
        lines.push(format!(
            "{} of {} done.",
            student.done,
            words::count(student.of, "step", "steps")
        ));
        if let Some(stuck) = &student.stuck {
            lines.push(format!("Begin here: {}", stuck.title));
            lines.extend(stuck.summary.clone());
        }
        let unread = student
            .steps
            .values()
            .filter(|cell| cell.verdict == Verdict::Unknown)
            .count();
        if unread > 0 {
            lines.push(format!(
                "{} not be read, so there is no verdict: ask your instructor.",
                words::count(unread, "step could", "steps could")
            ));
        }
    } else {
        lines.push(format!(
            "There is no verdict: {}.",
            words::standing(student.standing)
        ));
        lines.extend(student.trouble.clone());
        if student.score.is_none() {
            lines.push("No score is given; this is not a zero.".to_owned());
        }
    }
    lines.extend(student.overrides.iter().cloned());
    if student.late == Some(true) {
        lines.push("This came after the deadline.".to_owned());
    }
    lines.extend(words::detail(report.detail).map(str::to_owned));
    sanitize::lines(&lines.join("\n"))
}

fn tests(report: &ClassReport, student: &StudentReport) -> Vec<Test> {
    let counted: Vec<(&StepColumn, &StepCell)> = report
        .steps
        .iter()
        .filter_map(|step| Some((step, student.steps.get(&step.id)?)))
        .filter(|(step, cell)| words::counts(step, Some(cell.verdict)))
        .collect();
    let each = rounded(100.0 / counted.len().max(1) as f64);
    counted
        .into_iter()
        .enumerate()
        .map(|(at, (step, cell))| Test {
            score: match cell.verdict {
                Verdict::Unknown => None,
                verdict if verdict.is_done() => Some(each),
                _ => Some(0.0),
            },
            max_score: each,
            status: match cell.verdict {
                Verdict::Unknown => None,
                verdict if verdict.is_done() => Some("passed"),
                _ => Some("failed"),
            },
            name: sanitize::one_line(&step.title),
            name_format: TEXT,
            number: (at + 1).to_string(),
            output: told(student, step, cell),
            output_format: TEXT,
            tags: vec![sanitize::one_line(&step.lesson)],
            visibility: VISIBLE,
            extra_data: TestData {
                step: step.id.clone(),
                verdict: cell.verdict,
            },
        })
        .collect()
}

/// The verdict, and the sentence as far as the level of detail tells it.
fn told(student: &StudentReport, step: &StepColumn, cell: &StepCell) -> String {
    let mut text = match cell.verdict {
        Verdict::Attested => "you confirmed",
        verdict => verdict.words(),
    }
    .to_owned();
    if let Some(because) = words::because(student, &step.id, cell.verdict) {
        text = format!("{text}: {because}");
    }
    if cell.overridden {
        text.push_str(" (set by your instructor)");
    }
    sanitize::one_line(&text)
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
