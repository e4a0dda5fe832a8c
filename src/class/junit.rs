//! The report of a class as JUnit's XML: one suite for each student, one case for each step. What is wrong is a failure;
//! what could not be read is an error; what is missing, pending, blocked or does not apply is skipped. A student without
//! a verdict has one case that says so.

use super::report::{ClassReport, Standing, StepColumn, StudentReport};
use super::words;
use crate::checks::Verdict;
use crate::report::explained;
use crate::report::suite::{CameTo, Case, Said, Suite, document};

/// The document.
pub fn junit(report: &ClassReport) -> String {
    let suites: Vec<Suite> = report
        .students
        .iter()
        .map(|student| suite(report, student))
        .collect();
    document("landfall class", &suites)
}

fn suite(report: &ClassReport, student: &StudentReport) -> Suite {
    let cases = if words::is_judged(student.standing) {
        report
            .steps
            .iter()
            .filter_map(|step| case(student, step))
            .collect()
    } else {
        vec![without_verdict(student)]
    };
    Suite {
        name: called(student).to_owned(),
        cases,
    }
}

/// The name; the key where there is none.
fn called(student: &StudentReport) -> &str {
    if student.name.trim().is_empty() {
        &student.key
    } else {
        &student.name
    }
}

fn without_verdict(student: &StudentReport) -> Case {
    let word = words::standing(student.standing);
    let said = Said {
        message: match &student.trouble {
            Some(trouble) => format!("{word}: {trouble}"),
            None => word.to_owned(),
        },
        ..Said::default()
    };
    Case {
        class: student.key.clone(),
        name: "evidence".to_owned(),
        came_to: match student.standing {
            Standing::NotSubmitted => CameTo::Skipped(said),
            _ => CameTo::Error(said),
        },
    }
}

fn case(student: &StudentReport, step: &StepColumn) -> Option<Case> {
    let cell = student.steps.get(&step.id)?;
    let word = words::verdict(cell.verdict);
    let because = words::because(student, &step.id, cell.verdict);
    let said = Said {
        message: because.map_or_else(|| word.to_owned(), |because| format!("{word}: {because}")),
        kind: cause(student, step, cell.verdict),
        text: words::findings(student, &step.id)
            .iter()
            .filter(|finding| finding.verdict == cell.verdict)
            .map(explained)
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
    };
    Some(Case {
        class: student.key.clone(),
        name: step.id.clone(),
        came_to: match cell.verdict {
            Verdict::Passed | Verdict::Attested => CameTo::Passed,
            Verdict::Failed => CameTo::Failed(said),
            Verdict::Unknown => CameTo::Error(said),
            Verdict::Missing | Verdict::Pending | Verdict::Blocked | Verdict::Skipped => {
                CameTo::Skipped(said)
            }
        },
    })
}

/// The root cause when it is here, else that of the first check that has the step's verdict and names one.
fn cause(student: &StudentReport, step: &StepColumn, verdict: Verdict) -> Option<String> {
    let root = student.stuck.as_ref().filter(|stuck| stuck.step == step.id);
    if let (Verdict::Failed, Some(root)) = (verdict, root) {
        return root.cause.clone();
    }
    words::findings(student, &step.id)
        .iter()
        .filter(|finding| finding.verdict == verdict)
        .find_map(|finding| finding.cause)
        .map(|cause| cause.id().to_owned())
}
