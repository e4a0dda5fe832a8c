//! `verify --format junit`: one suite per lesson, one case per check, for CI systems that read it.

use super::sanitize;
use super::suite::{CameTo, Case, Said, Suite, document};
use crate::checks::{Finding, Verdict, Verification};

/// The document. Failed checks are failures; what could not be read is an error; what is missing, pending, blocked or
/// skipped is skipped, with its verdict as the message.
pub fn junit(verification: &Verification) -> String {
    let suites: Vec<Suite> = verification
        .lessons
        .iter()
        .map(|lesson| {
            let cases = lesson.steps.iter().flat_map(|step| {
                step.checks.iter().map(|finding| Case {
                    class: step.id.to_string(),
                    name: finding.check.to_string(),
                    came_to: came_to(finding),
                })
            });
            Suite {
                name: lesson.id.to_string(),
                cases: cases.collect(),
            }
        })
        .collect();
    document("landfall", &suites)
}

fn came_to(finding: &Finding) -> CameTo {
    let said = Said {
        message: format!(
            "{}: {}",
            finding.verdict.words(),
            sanitize::one_line(&finding.summary)
        ),
        kind: finding.cause.map(|cause| cause.id().to_owned()),
        text: explained(finding),
    };
    match finding.verdict {
        Verdict::Passed | Verdict::Attested => CameTo::Passed,
        Verdict::Failed => CameTo::Failed(said),
        Verdict::Unknown => CameTo::Error(said),
        Verdict::Missing | Verdict::Pending | Verdict::Blocked | Verdict::Skipped => {
            CameTo::Skipped(said)
        }
    }
}

/// What a failing case prints below its message: evidence, what is ruled out, what to do.
pub fn explained(finding: &Finding) -> String {
    let mut lines = Vec::new();
    for evidence in &finding.evidence {
        let expected = match evidence.expected.as_str() {
            "" => String::new(),
            expected => format!("expected {expected}, "),
        };
        lines.push(format!(
            "{} {}: {expected}seen {}",
            evidence.resource, evidence.field, evidence.observed
        ));
    }
    for sentence in &finding.ruled_out {
        lines.push(format!("Ruled out: {sentence}"));
    }
    for fix in &finding.fix {
        lines.push(match &fix.command {
            Some(command) => format!("{} {command}", fix.say),
            None => fix.say.clone(),
        });
    }
    lines.join("\n")
}
