//! Fill the gaps.

use super::word::{Vocabulary, bare, is_same};
use super::{Judged, Outcome, Part, share};
use crate::course::{Blank, Cloze};
use crate::progress::Given;

/// Each gap counts the same; what was left empty is missed, not wrong.
pub(super) fn judge(prompt: &str, asked: &Cloze, given: &Given) -> Judged {
    let vocabulary = Vocabulary::of(
        [prompt, &asked.text].into_iter().chain(
            asked
                .blanks
                .iter()
                .flat_map(|blank| blank.accept.iter().map(String::as_str)),
        ),
    );
    let mut right = 0;
    let mut parts: Vec<Part> = Vec::new();
    for blank in &asked.blanks {
        let typed = match given {
            Given::Filled { blanks } => blanks.get(&blank.id).map_or("", |typed| typed.trim()),
            _ => "",
        };
        let outcome = if bare(typed).is_empty() {
            Outcome::Missed
        } else if accepts(blank, typed, &vocabulary) {
            Outcome::Right
        } else {
            Outcome::Wrong
        };
        right += usize::from(outcome == Outcome::Right);
        parts.push(Part {
            id: blank.id.clone(),
            text: blank.id.clone(),
            outcome,
            given: (!typed.is_empty()).then(|| typed.to_owned()),
            key: blank.accept.first().cloned(),
            why: String::new(),
        });
    }
    if let Some(last) = parts.last_mut() {
        last.why.clone_from(&asked.why);
    }
    Judged {
        share: share(right, asked.blanks.len()),
        parts,
    }
}

fn accepts(blank: &Blank, typed: &str, vocabulary: &Vocabulary) -> bool {
    blank.accept.iter().any(|accepted| {
        if blank.exact {
            bare(accepted).to_lowercase() == bare(typed).to_lowercase()
        } else {
            is_same(accepted, typed, vocabulary)
        }
    })
}
