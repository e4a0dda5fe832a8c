//! Questions that ask for what is not so are misread.

use super::At;
use crate::course::{Diagnostic, Kind};

/// A choice or multi question whose asking sentence holds a "not".
pub(super) fn look(at: &At<'_>) -> Option<Diagnostic> {
    if !matches!(at.question.kind, Kind::Choice(_) | Kind::Multi(_)) {
        return None;
    }
    let word = negation(&at.question.prompt)?;
    Some(at.warning(
        "negative-stem",
        "prompt",
        format!("the question turns on `{word}`, which is easily read over"),
        "ask for what is so, or let the learner pick everything that is true (multi)",
    ))
}

/// The word that turns the question around. A scene may say what does not work; the sentence that asks may not.
fn negation(prompt: &str) -> Option<&str> {
    let words = |text: &'_ str| -> Vec<(usize, usize)> {
        let mut words = Vec::new();
        let mut from = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}'), from) {
                (true, None) => from = Some(at),
                (false, Some(start)) => {
                    words.push((start, at));
                    from = None;
                }
                _ => {}
            }
        }
        words
    };
    let loud = words(prompt)
        .into_iter()
        .map(|(from, to)| &prompt[from..to])
        .find(|word| matches!(*word, "NOT" | "EXCEPT" | "NEVER"));
    let end = prompt.rfind('?');
    let asking = end.map_or("", |end| {
        let start = prompt[..end]
            .rfind(['.', '?', '!', ':'])
            .map_or(0, |at| at + 1);
        &prompt[start..end]
    });
    loud.or_else(|| {
        words(asking)
            .into_iter()
            .map(|(from, to)| &asking[from..to])
            .find(|word| {
                let lower = word.to_lowercase().replace('\u{2019}', "'");
                matches!(lower.as_str(), "not" | "except" | "cannot") || lower.ends_with("n't")
            })
    })
}
