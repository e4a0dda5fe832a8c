//! Phrases that hear too much, or nothing.

use super::At;
use super::words::Phrase;
use crate::course::{Diagnostic, Kind, Level, Open};
use std::collections::BTreeMap;

/// All findings about the phrases of an open question.
pub(super) fn look(at: &At<'_>) -> Vec<Diagnostic> {
    let Kind::Open(asked) = &at.question.kind else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (owner, path, text) in all(asked) {
        let phrase = at.words.phrase(text);
        if phrase.says_nothing() {
            found.push(at.warning(
                "phrase-never",
                &path,
                format!("`{text}` has no word of its own, so it is never heard"),
                "use words that carry the meaning; articles, prepositions and forms of \"to be\" are left out of an answer",
            ));
            continue;
        }
        if at.words.occurs(&phrase, &at.question.prompt) {
            found.push(at.warning(
                "phrase-in-prompt",
                &path,
                format!(
                    "`{text}` stands in the question, so giving the question back seems to say it"
                ),
                "add a word that only an answer has, or take the phrase out",
            ));
        }
        match seen.get(&phrase.key()) {
            Some(other) if *other != owner => found.push(at.warning(
                "phrase-twice",
                &path,
                format!("`{text}` belongs to {other} as well, so one sentence would say both"),
                "keep it where it fits best, and add a word to the other",
            )),
            _ => {
                seen.insert(phrase.key(), owner.clone());
            }
        }
    }
    found.extend(one_word(at, asked));
    found
}

/// Whose phrase it is, where it stands, the phrase.
fn all(asked: &Open) -> Vec<(String, String, &str)> {
    let mut all = Vec::new();
    for point in &asked.points {
        for (text, number) in point.heard.iter().zip(1..) {
            let path = format!("point:{}/heard:{number}", point.id);
            all.push((format!("the point `{}`", point.id), path, text.as_str()));
        }
    }
    for (wrong, number) in asked.wrong.iter().zip(1..) {
        for (text, inner) in wrong.heard.iter().zip(1..) {
            let path = format!("wrong:{number}/heard:{inner}");
            let owner = format!("the wrong answer \u{201c}{}\u{201d}", wrong.say);
            all.push((owner, path, text.as_str()));
        }
    }
    all
}

/// A point that says how things hang together is not said by one word, unless that word is a term: one of the glossary,
/// an identifier, or the point's own name.
fn one_word(at: &At<'_>, asked: &Open) -> Vec<Diagnostic> {
    if !matches!(at.question.level, Level::Explain | Level::Diagnose) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for point in &asked.points {
        for (text, number) in point.heard.iter().zip(1..) {
            let phrase: Phrase = at.words.phrase(text);
            if phrase.is_one_word()
                && !phrase.says_nothing()
                && !text.split('|').all(|word| at.words.is_term(word))
                && !at.words.phrase(&point.id).overlaps(&phrase)
            {
                found.push(at.warning(
                    "one-word-phrase",
                    &format!("point:{}/heard:{number}", point.id),
                    format!("`{text}` alone does not say how things hang together"),
                    "add the word that it has to stand near, or put the term into [glossary]",
                ));
            }
        }
    }
    found
}
