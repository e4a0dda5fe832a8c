//! Where a "not" reaches.

use super::text::Token;

/// How far a negator reaches to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// `not`, `never`, `nobody`: the rest of the clause, and what stands right before.
    Clause,
    /// `no`, `without`: the thing named next.
    Thing,
    /// `yourself`, `manually`: what came before is done by hand, and the points are about what is not.
    Before,
}

/// A word that says "no" of something, and how far; `before` is the word that stands before it.
pub(super) fn reach(word: &str, before: Option<&str>) -> Option<Reach> {
    match word {
        "not" | "never" | "nobody" | "nothing" | "none" | "nowhere" | "neither" | "nor"
        | "hardly" | "barely" | "doubt" | "false" | "untrue" | "nope" => Some(Reach::Clause),
        "no" | "without" | "unable" | "impossible" | "lack" | "lacks" | "lacking" | "zero" => {
            Some(Reach::Thing)
        }
        "yourself" | "yourselves" | "myself" | "ourselves" | "manually" => Some(Reach::Before),
        "hand" if before == Some("by") => Some(Reach::Before),
        _ => None,
    }
}

/// Words that a "no" or "without" reaches over.
const THING: usize = 4;
/// Words behind a match within which a "not" still belongs to it: "backups are not".
const NOT_BEHIND: usize = 2;
/// The same of "yourself".
const SELF_BEHIND: usize = 4;
/// Nothing reaches over more words than these.
const FARTHEST: usize = 40;

/// Whether something says "not" about the words of a match. Words that belong to the match itself (`without` of "without
/// rebuilding") say what the phrase says.
pub(super) fn is_negated(tokens: &[Token], matched: &[usize]) -> bool {
    let (Some(first), Some(last)) = (matched.iter().min(), matched.iter().max()) else {
        return false;
    };
    let begin = first.saturating_sub(FARTHEST);
    let end = (last + 1 + SELF_BEHIND).min(tokens.len());
    (begin..end).any(|at| {
        tokens[at].sentence == tokens[*first].sentence
            && !matched.contains(&at)
            && tokens[at]
                .negator
                .is_some_and(|reach| matched.iter().any(|word| reaches(tokens, at, reach, *word)))
    })
}

/// Whether a negator reaches another word of its sentence.
fn reaches(tokens: &[Token], from: usize, reach: Reach, to: usize) -> bool {
    let here = &tokens[from];
    if to < from {
        let behind = match reach {
            Reach::Clause => NOT_BEHIND,
            Reach::Before => SELF_BEHIND,
            Reach::Thing => 0,
        };
        return from - to <= behind && here.clause == tokens[to].clause;
    }
    match reach {
        Reach::Clause => {
            here.scope == tokens[to].scope
                // "not because ...", "not true that then ..." deny what comes after the conjunction as well.
                || tokens[from + 1..=to]
                    .iter()
                    .find(|token| !is_link(&token.word))
                    .is_some_and(|next| next.opens && next.scope == tokens[to].scope)
        }
        Reach::Thing => {
            here.scope == tokens[to].scope && to - from <= THING && !is_aside(tokens, from)
        }
        Reach::Before => false,
    }
}

/// What may stand between a "not" and what it denies: "not true that", "not the case that".
fn is_link(word: &str) -> bool {
    matches!(word, "true" | "that" | "the" | "case" | "right" | "so")
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
