//! Some of several: a wrong pick takes a right one back, and nothing goes below 0.

use super::{Judged, Outcome, Part, share};
use crate::course::{Options, QuizOption};
use crate::progress::Given;

/// Right picks less wrong ones, of all that are right. To pick everything gains nothing.
pub(super) fn judge(asked: &Options, given: &Given) -> Judged {
    let picked = picked(asked, given);
    let right = picked.iter().filter(|option| option.right).count();
    let wrong = picked.len() - right;
    let rights = asked.options.iter().filter(|option| option.right).count();
    Judged {
        share: share(right.saturating_sub(wrong), rights),
        parts: parts(asked, &picked),
    }
}

/// The options that were picked, each once. What is no option of the question counts as not picked.
pub(super) fn picked<'a>(asked: &'a Options, given: &Given) -> Vec<&'a QuizOption> {
    let Given::Picked { options } = given else {
        return Vec::new();
    };
    asked
        .options
        .iter()
        .filter(|option| options.contains(&option.id))
        .collect()
}

/// Every option with its reason.
pub(super) fn parts(asked: &Options, picked: &[&QuizOption]) -> Vec<Part> {
    let part = |option: &QuizOption| Part {
        id: option.id.clone(),
        text: option.text.clone(),
        outcome: Outcome::of_pick(picked.iter().any(|one| one.id == option.id), option.right),
        given: None,
        key: None,
        why: option.why.clone(),
    };
    asked.options.iter().map(part).collect()
}
