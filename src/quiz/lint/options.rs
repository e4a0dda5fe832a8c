//! Options that give themselves away, or that lean on where others stand.

use super::At;
use crate::course::{Diagnostic, Kind, Options, QuizOption};

/// All findings about the options of a choice or multi question.
pub(super) fn look(at: &At<'_>) -> Vec<Diagnostic> {
    let (Kind::Choice(asked) | Kind::Multi(asked)) = &at.question.kind else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for option in &asked.options {
        if asked.shuffle && leans_on_others(&option.text) {
            found.push(at.error(
                "leaning-option",
                &format!("option:{}/text", option.id),
                "this option points at others by where they stand, and they are shuffled",
                "say what it means in full, make it a multi question, or set `shuffle = false`",
            ));
        }
    }
    if matches!(at.question.kind, Kind::Multi(_)) && asked.options.iter().all(|option| option.right)
    {
        found.push(at.warning(
            "all-right",
            "option",
            "every option is right, so whoever picks everything is right without knowing why",
            "add an option that is wrong, with the reason",
        ));
    }
    found.extend(longest(at, asked));
    found
}

/// Right options that are clearly longer than the wrong ones.
fn longest(at: &At<'_>, asked: &Options) -> Option<Diagnostic> {
    let length = |option: &QuizOption| option.text.chars().count();
    let (right, wrong): (Vec<&QuizOption>, Vec<&QuizOption>) =
        asked.options.iter().partition(|option| option.right);
    let longest = wrong.iter().map(|option| length(option)).max()?;
    let sum = wrong.iter().map(|option| length(option)).sum::<usize>();
    // In whole numbers: more than one and a half of the mean, and more than 20 letters above it.
    let stands_out = |option: &&&QuizOption| {
        let all = length(option) * wrong.len();
        2 * all > 3 * sum && all > sum + 20 * wrong.len() && length(option) > longest
    };
    let first = right.iter().find(stands_out)?;
    (right.iter().all(|option| stands_out(&option))).then(|| {
        at.warning(
            "longest-right",
            &format!("option:{}/text", first.id),
            "the right option is clearly the longest, which gives it away",
            "move the reason into `why`, or make the wrong ones as full",
        )
    })
}

/// `All of the above`, `A and B`.
fn leans_on_others(text: &str) -> bool {
    const SAYINGS: [&str; 10] = [
        "of the above",
        "all the above",
        "of the below",
        "all of these",
        "none of these",
        "both of these",
        "all of them",
        "none of them",
        "of the others",
        "of the options",
    ];
    let lower = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '&' | '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_letter =
        |word: &&&str| word.len() == 1 && word.starts_with(|c: char| ('A'..='H').contains(&c));
    let letters = words.iter().filter(is_letter).count();
    let others = words.iter().filter(|word| !is_letter(word)).all(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "and" | "or" | "both" | "only" | "neither" | "nor" | "either" | "options"
        )
    });
    SAYINGS.iter().any(|saying| lower.contains(saying)) || (letters >= 2 && others)
}
