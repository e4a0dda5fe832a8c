//! What an open question needs so that its phrases can be tried.

use super::At;
use crate::course::{Diagnostic, Kind, SampleKind};

/// Fewer labelled answers cannot show anything.
const ENOUGH: usize = 3;

/// Known wrong answers and labelled answers that are missing.
pub(super) fn look(at: &At<'_>) -> Vec<Diagnostic> {
    let Kind::Open(asked) = &at.question.kind else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if asked.wrong.is_empty() {
        found.push(at.warning(
            "no-wrong",
            "",
            "no known wrong answer is listed",
            "add a [[question.wrong]] with what people mix up here: say, heard, because",
        ));
    }
    let negative = asked.samples.iter().any(|sample| {
        matches!(
            sample.kind,
            SampleKind::Wrong | SampleKind::Negated | SampleKind::Stuffed | SampleKind::Echo
        )
    });
    if asked.samples.len() < ENOUGH {
        found.push(at.warning(
            "few-samples",
            "",
            format!(
                "there {} for this question; its phrases are tried with at least {ENOUGH}",
                match asked.samples.len() {
                    0 => "is no labelled answer".to_owned(),
                    1 => "is 1 labelled answer".to_owned(),
                    many => format!("are {many} labelled answers"),
                }
            ),
            "add a [[question.sample]] with text, hit (the points it makes) and kind",
        ));
    } else if !negative {
        found.push(at.warning(
            "no-negative-sample",
            "",
            "every labelled answer is a good one, so nothing shows what must not be heard",
            "add a [[question.sample]] of kind wrong, negated, stuffed or echo",
        ));
    }
    found
}
