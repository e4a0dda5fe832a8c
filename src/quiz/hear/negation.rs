//! Where a "not" reaches.

use super::text::Token;

/// How far a negator reaches to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// `not`, `never`, `nobody`: the rest of the clause, and what stands right before.
    Clause,
    /// `no`, `without`, `instead of`: the thing named next.
    Thing,
}

/// A word that says "no" of something, and how far.
pub(super) fn reach(word: &str) -> Option<Reach> {
    match word {
        "not" | "never" | "nobody" | "nothing" | "none" | "nowhere" | "neither" | "nor"
        | "hardly" | "barely" | "doubt" | "false" | "untrue" | "nope" => Some(Reach::Clause),
        "no" | "without" | "unable" | "impossible" | "lack" | "lacks" | "lacking" | "zero" => {
            Some(Reach::Thing)
        }
        _ => None,
    }
}

/// Words that a "no" or "without" reaches over.
const THING: usize = 4;
/// Words behind a match within which a "not" still belongs to it: "backups are not".
const BEHIND: usize = 2;

/// Whether something says "not" about the words of a match. Words that belong to the match itself (`without` of "without
/// rebuilding") say what the phrase says.
pub(super) fn is_negated(tokens: &[Token], matched: &[usize]) -> bool {
    let (Some(first), Some(last)) = (matched.iter().min(), matched.iter().max()) else {
        return false;
    };
    let sentence = tokens[*first].sentence;
    let begin = tokens[..*first]
        .iter()
        .rposition(|token| token.sentence != sentence)
        .map_or(0, |at| at + 1);
    let end = (last + 1 + BEHIND).min(tokens.len());
    (begin..end).any(|at| {
        tokens[at].sentence == sentence
            && !matched.contains(&at)
            && tokens[at].negator.is_some_and(|reach| {
                matched.iter().any(|word| reaches(tokens, at, reach, *word))
                    || reach == Reach::Clause
                        && at > *last
                        && tokens[at].clause == tokens[*last].clause
            })
    })
}

fn reaches(tokens: &[Token], from: usize, reach: Reach, to: usize) -> bool {
    if to <= from {
        return false;
    }
    match reach {
        Reach::Clause => {
            tokens[from].scope == tokens[to].scope
                // "not because ..." denies what comes after the conjunction as well.
                || to > from && tokens[from + 1].opens && tokens[from + 1].scope == tokens[to].scope
        }
        Reach::Thing => {
            tokens[from].scope == tokens[to].scope && to - from <= THING && !is_aside(tokens, from)
        }
    }
}

/// "Without it, ECS would ...": the condition says nothing about the sentence that follows.
fn is_aside(tokens: &[Token], at: usize) -> bool {
    tokens[at].token == "without"
        && tokens.get(at + 1).is_some_and(|next| {
            matches!(
                next.word.as_str(),
                "it" | "this" | "that" | "them" | "these" | "those"
            )
        })
}
