//! Everything that is shown afterwards comes with its reason.

use super::At;
use crate::course::{Diagnostic, Kind};

/// Empty reasons.
pub(super) fn look(at: &At<'_>) -> Vec<Diagnostic> {
    let mut empty: Vec<String> = Vec::new();
    let mut ask = |path: String, text: &str| {
        if text.trim().is_empty() {
            empty.push(path);
        }
    };
    match &at.question.kind {
        Kind::Choice(asked) | Kind::Multi(asked) => {
            for option in &asked.options {
                ask(format!("option:{}/why", option.id), &option.why);
            }
        }
        Kind::Match(asked) => {
            for (pair, number) in asked.pairs.iter().zip(1..) {
                ask(format!("pair:{number}/why"), &pair.why);
            }
        }
        Kind::Order(asked) => {
            for item in asked.items.iter().filter(|item| !item.after.is_empty()) {
                ask(format!("item:{}/why", item.id), &item.why);
            }
            for item in &asked.distractors {
                ask(format!("distractor:{}/why", item.id), &item.why);
            }
        }
        Kind::Cloze(asked) => ask("why".to_owned(), &asked.why),
        Kind::Predict(asked) => ask("why".to_owned(), &asked.why),
        Kind::Inspect(asked) => {
            for fault in &asked.faults {
                ask(format!("fault:{}/harm", fault.id), &fault.harm);
                ask(format!("fault:{}/fix", fault.id), &fault.fix);
            }
            for ((_, why), number) in asked.decoys.iter().zip(1..) {
                ask(format!("decoy:{number}/why"), why);
            }
        }
        Kind::Open(asked) => {
            for (wrong, number) in asked.wrong.iter().zip(1..) {
                ask(format!("wrong:{number}/because"), &wrong.because);
            }
        }
    }
    empty
        .iter()
        .map(|path| {
            at.warning(
                "empty-reason",
                path,
                "the reason is empty, and it is what the learner reads after the answer",
                "say in a sentence why it is so, also for what is wrong",
            )
        })
        .collect()
}
