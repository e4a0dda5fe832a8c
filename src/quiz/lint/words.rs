//! Words as a rule for authors compares them: folded by the deck's glossary, by their stem, without those that carry
//! nothing.

use crate::course::Deck;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;

/// Words without a meaning of their own. "Not" and numbers have one.
const EMPTY: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "of", "to", "in", "on", "at", "by", "for",
    "from", "with", "into", "as", "is", "are", "was", "were", "be", "been", "being", "it", "its",
    "and", "or", "so", "will", "would",
];

/// How far apart, in words that carry something, the words of a phrase may stand beyond their own number.
const SLACK: usize = 3;

/// The words of one deck.
pub(super) struct Words {
    stemmer: Stemmer,
    /// Spellings as words, the longest first, and the token that stands for them.
    spellings: Vec<(Vec<String>, String)>,
}

/// A phrase of a rubric: one of each of these, near each other.
pub(super) struct Phrase {
    is_ordered: bool,
    elements: Vec<BTreeSet<String>>,
}

impl Words {
    /// With the deck's glossary.
    pub(super) fn of(deck: &Deck) -> Self {
        let mut spellings: Vec<(Vec<String>, String)> = deck
            .glossary
            .iter()
            .flat_map(|(token, forms)| {
                forms
                    .iter()
                    .map(move |form| (split(form), token.to_lowercase()))
            })
            .filter(|(form, _)| !form.is_empty())
            .collect();
        spellings.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        Words {
            stemmer: Stemmer::create(Algorithm::English),
            spellings,
        }
    }

    /// Reads `time start|boot`, `> ecs stops task`.
    pub(super) fn phrase(&self, text: &str) -> Phrase {
        let body = text.trim();
        let is_ordered = body.starts_with('>');
        let elements = body
            .trim_start_matches('>')
            .split_whitespace()
            .map(|element| {
                element
                    .split('|')
                    .flat_map(|word| self.tokens(word))
                    .collect::<BTreeSet<String>>()
            })
            .collect();
        Phrase {
            is_ordered,
            elements,
        }
    }

    /// Whether one sentence of a text holds all of a phrase near each other.
    pub(super) fn occurs(&self, phrase: &Phrase, text: &str) -> bool {
        text.split(['.', '?', '!', ';', ':', '\n']).any(|sentence| {
            let tokens = self.tokens(sentence);
            let width = (phrase.elements.len() + SLACK).min(tokens.len().max(1));
            tokens.windows(width).any(|window| {
                phrase
                    .elements
                    .iter()
                    .all(|element| window.iter().any(|token| element.contains(token)))
            })
        })
    }

    /// Whether a word is a term by itself: one of the glossary, or something that only machines write.
    pub(super) fn is_term(&self, word: &str) -> bool {
        let is_listed = self
            .spellings
            .iter()
            .any(|(form, token)| *token == word.to_lowercase() || *form == split(word));
        is_listed || word.chars().any(|c| !c.is_lowercase())
    }

    /// Stems of the words that carry something, spellings folded.
    fn tokens(&self, text: &str) -> Vec<String> {
        let words = split(text);
        let mut rest = words.as_slice();
        let mut tokens = Vec::new();
        while let Some((first, after)) = rest.split_first() {
            let spelling = self
                .spellings
                .iter()
                .find(|(form, _)| rest.starts_with(form));
            if let Some((form, token)) = spelling {
                tokens.push(self.stemmer.stem(token).into_owned());
                rest = &rest[form.len()..];
                continue;
            }
            if !EMPTY.contains(&first.as_str()) {
                tokens.push(self.stemmer.stem(first).into_owned());
            }
            rest = after;
        }
        tokens
    }
}

impl Phrase {
    /// Whether no word of it carries something.
    pub(super) fn says_nothing(&self) -> bool {
        self.elements.iter().all(BTreeSet::is_empty)
    }

    pub(super) fn is_one_word(&self) -> bool {
        self.elements.len() == 1
    }

    /// Whether they have a word in common.
    pub(super) fn overlaps(&self, other: &Phrase) -> bool {
        other
            .elements
            .iter()
            .flatten()
            .any(|word| self.elements.iter().any(|element| element.contains(word)))
    }

    /// The same for phrases that hear the same.
    pub(super) fn key(&self) -> String {
        let mut elements: Vec<String> = self
            .elements
            .iter()
            .map(|element| element.iter().cloned().collect::<Vec<_>>().join("|"))
            .collect();
        if self.is_ordered {
            return format!("> {}", elements.join(" "));
        }
        elements.sort();
        elements.join(" ")
    }
}

/// Lower-case words. Hyphens part words; in ports, ranges and names of machines nothing is parted.
fn split(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '"' | '\u{201c}' | '\u{201d}')
        })
        .map(|word| {
            word.trim_matches(|c: char| matches!(c, '.' | ':' | '?' | '!' | '\'' | '`' | '-'))
        })
        .flat_map(|word| {
            let is_plain = word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'));
            let parts: Vec<&str> = if is_plain {
                word.split('-').collect()
            } else {
                vec![word]
            };
            parts
        })
        .map(|word| {
            word.trim_end_matches("'s")
                .trim_end_matches("\u{2019}s")
                .to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect()
}
