//! Whether two words are the same to a reader: endings, articles and a slip of a finger do not matter, a digit does.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;

/// The words that a question itself uses. Who types one of them means it: it is no slip of a finger.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(BTreeSet<String>);

impl Vocabulary {
    /// Gathers the words of some texts.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Vocabulary(texts.into_iter().flat_map(words).collect())
    }
}

/// Shorter words are too much alike to forgive a letter.
const LONG: usize = 6;

/// Without space and quotation marks around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '`' | '"' | '\'' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}'
            )
    })
}

/// Compares word by word.
pub(super) fn is_same(key: &str, typed: &str, vocabulary: &Vocabulary) -> bool {
    let (key, typed) = (words(key), words(typed));
    let stemmer = Stemmer::create(Algorithm::English);
    !key.is_empty()
        && key.len() == typed.len()
        && key
            .iter()
            .zip(&typed)
            .all(|(key, typed)| is_same_word(key, typed, &stemmer, vocabulary))
}

fn is_same_word(key: &str, typed: &str, stemmer: &Stemmer, vocabulary: &Vocabulary) -> bool {
    if key == typed {
        return true;
    }
    // Ports, ranges, versions, ids: 5432 and 5423 are one slip apart.
    if !key.chars().chain(typed.chars()).all(char::is_alphabetic) {
        return false;
    }
    if stemmer.stem(key) == stemmer.stem(typed) {
        return true;
    }
    key.chars().count() >= LONG
        && key.chars().next() == typed.chars().next()
        && !vocabulary.0.contains(typed)
        && strsim::osa_distance(key, typed) == 1
}

/// Lower case, without articles and the marks around words. A hyphen between two words is a space.
fn words(text: &str) -> Vec<String> {
    bare(text)
        .to_lowercase()
        .split(char::is_whitespace)
        .flat_map(|word| {
            let word = word.trim_matches(|c: char| {
                bare(&c.to_string()).is_empty()
                    || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')')
            });
            let is_plain = word.chars().all(|c| c.is_alphabetic() || c == '-');
            let pieces: Vec<String> = if is_plain {
                word.split('-').map(str::to_owned).collect()
            } else {
                vec![word.to_owned()]
            };
            pieces
        })
        .filter(|word| !word.is_empty() && !matches!(word.as_str(), "a" | "an" | "the"))
        .collect()
}
