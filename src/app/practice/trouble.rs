//! What `landfall practice` says when it cannot do what was asked.

use crate::app::failure::{Exit, Failure};
use crate::checks::Cause;
use crate::course::closest;
use crate::practice::{PracticeError, STEPS, causes};

pub(super) fn practice(error: PracticeError) -> Failure {
    match error {
        PracticeError::UnknownStep(word) => unknown_step(&word),
        PracticeError::UnknownCause(word) => unknown_cause(&word),
        PracticeError::TooEarly { cause, steps } => {
            let last = steps.last().copied().unwrap_or_default();
            Failure::new(
                Exit::Unfinished,
                format!(
                    "There is nothing yet that could be broken with {cause}: it comes after {}.",
                    steps.join(", ")
                ),
            )
            .hint(format!(
                "`landfall practice apply {last}` does that step, with what it needs."
            ))
        }
        PracticeError::NeedsDomain(cause) => Failure::usage(format!(
            "{cause} exists only with a domain, and your course is set to have none."
        ))
        .hint("Set `has_domain = true` and `host` in landfall.toml to practise with one."),
    }
}

fn unknown_step(word: &str) -> Failure {
    let ids: Vec<&str> = STEPS.iter().map(|step| step.id).collect();
    let of_lesson: Vec<&str> = ids
        .iter()
        .filter(|id| id.split('.').next() == Some(word))
        .copied()
        .collect();
    if !of_lesson.is_empty() {
        return Failure::usage(format!(
            "{word} is a lesson; `apply` takes one of its steps."
        ))
        .hint(format!("Its steps: {}.", of_lesson.join(", ")));
    }
    let failure = Failure::usage(format!("The chapter has no step \"{word}\"."));
    with_suggestion(failure, word, &ids).hint(format!("The steps: {}.", ids.join(", ")))
}

fn unknown_cause(word: &str) -> Failure {
    let ids: Vec<&str> = causes().map(|cause| cause.id).collect();
    let failure = if Cause::from_id(word).is_some() {
        Failure::usage(format!(
            "{word} happens in real accounts, but the practice account cannot show it."
        ))
    } else {
        Failure::usage(format!("There is no cause \"{word}\"."))
    };
    with_suggestion(failure, word, &ids)
        .hint("`landfall practice break` without a cause lists them all, each with what it does.")
}

fn with_suggestion(failure: Failure, word: &str, known: &[&str]) -> Failure {
    match closest(word, known.iter().copied()) {
        Some(near) => failure.hint(format!("Did you mean {near}?")),
        None => failure,
    }
}
