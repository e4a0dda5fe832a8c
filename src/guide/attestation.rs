//! What no API shows is confirmed in words: the learner reads a sentence about themselves and says that it is true.

use crate::checks::{CheckKind, StepOutcome, Verdict, check};
use crate::course::Step;

/// A sentence the learner may confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The check it stands for.
    pub check: &'static str,
    /// In the first person, without a full stop.
    pub words: String,
}

/// What the learner confirms for a check.
fn words(check: &str) -> Option<&'static str> {
    match check {
        "budget.email-read" => Some("I read mail at the address that the budget's alerts go to"),
        _ => None,
    }
}

/// The sentences of a step that are not confirmed yet.
pub fn open_sentences(step: &Step, outcome: Option<&StepOutcome>) -> Vec<Sentence> {
    step.checks
        .iter()
        .filter_map(|id| check(id))
        .filter(|check| check.kind == CheckKind::Attested)
        .filter(|check| !is_settled(check.id.as_str(), outcome))
        .map(|check| Sentence {
            check: check.id.as_str(),
            words: words(check.id.as_str()).map_or_else(
                || format!("I have made sure myself: {}", check.title),
                str::to_owned,
            ),
        })
        .collect()
}

fn is_settled(check: &str, outcome: Option<&StepOutcome>) -> bool {
    outcome.is_some_and(|outcome| {
        outcome.checks.iter().any(|finding| {
            finding.check.as_str() == check
                && matches!(finding.verdict, Verdict::Attested | Verdict::Skipped)
        })
    })
}
