//! Foretell a value of an account: right or not.

use super::number::number_in;
use super::{Judged, Outcome, Part};
use crate::course::Predict;
use crate::progress::{Foretold, ForetoldValue, Given, Posed, PosedWhat};

/// Holds what was typed against what was read. `None` when nothing was posed.
pub(super) fn judge(asked: &Predict, given: &Given, posed: Option<&Posed>) -> Option<Judged> {
    let Some(Posed {
        what: PosedWhat::Predict(foretold),
        ..
    }) = posed
    else {
        return None;
    };
    let typed = match given {
        Given::Predicted { value } => value.trim(),
        _ => "",
    };
    let outcome = if typed.is_empty() {
        Outcome::Missed
    } else if is_right(foretold, typed) {
        Outcome::Right
    } else {
        Outcome::Wrong
    };
    Some(Judged {
        share: if outcome == Outcome::Right { 1.0 } else { 0.0 },
        parts: vec![Part {
            id: "value".to_owned(),
            text: foretold.of.clone(),
            outcome,
            given: (!typed.is_empty()).then(|| typed.to_owned()),
            key: Some(match &foretold.value {
                ForetoldValue::Number { value } => value.to_string(),
                ForetoldValue::Word { value, .. } => value.clone(),
            }),
            why: asked.why.clone(),
        }],
    })
}

fn is_right(foretold: &Foretold, typed: &str) -> bool {
    match &foretold.value {
        ForetoldValue::Number { value } => number_in(typed, &foretold.of) == Some(*value),
        ForetoldValue::Word { value, of } => {
            word_meant(typed, of).is_some_and(|word| word == value.as_str())
        }
    }
}

/// The one of the words that is meant: itself, or a beginning that no other word has. Upper and lower case are the same.
fn word_meant<'a>(typed: &str, of: &'a [String]) -> Option<&'a str> {
    let typed = typed
        .trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '.' | '!') || c.is_whitespace())
        .to_lowercase();
    if typed.is_empty() {
        return None;
    }
    let exact = of.iter().find(|word| word.to_lowercase() == typed);
    if let Some(word) = exact {
        return Some(word);
    }
    let mut beginning = of
        .iter()
        .filter(|word| word.to_lowercase().starts_with(&typed));
    match (beginning.next(), beginning.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}
