//! An answer as the grader reads it: tokens with their sentence, clause and place.

use super::function_words::{begins_clause, is_function_word};
use super::negation::{Reach, reach};
use super::vocabulary::Vocabulary;
use super::words::{Break, Piece, cut};
use std::ops::Range;

/// One token: a word, or several that the glossary folds into one.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Its place in the answer.
    pub range: Range<usize>,
    /// The first word, as it was meant, in small letters.
    pub word: String,
    /// What it means: a token of the glossary, or a stem.
    pub token: String,
    /// Its number, when a phrase asks for it.
    pub number: Option<u32>,
    pub sentence: u32,
    /// Between any two commas, colons, arrows or conjunctions.
    pub clause: u32,
    /// The same, with lists in one piece ("no backups, failover, patches").
    pub scope: u32,
    /// The break before it, inside its sentence.
    pub after: Option<Break>,
    /// A conjunction that begins a clause.
    pub opens: bool,
    pub function: bool,
    pub negator: Option<Reach>,
}

/// Reads a text.
pub(super) fn read(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut run: Vec<(Range<usize>, String, String)> = Vec::new();
    let mut place = Place::default();
    for piece in cut(text) {
        match piece {
            Piece::Word(word) => {
                let text = vocabulary.corrected(&word.text);
                run.push((word.range, text.to_owned(), vocabulary.single(text)));
            }
            Piece::Break(kind) => {
                flush(&mut run, &mut place, vocabulary, &mut tokens);
                place.breaks(kind);
            }
        }
    }
    flush(&mut run, &mut place, vocabulary, &mut tokens);
    scopes(&mut tokens);
    tokens
}

#[derive(Default)]
struct Place {
    sentence: u32,
    clause: u32,
    after: Option<Break>,
}

impl Place {
    fn breaks(&mut self, kind: Break) {
        self.clause += 1;
        if kind == Break::Sentence {
            self.sentence += 1;
            self.after = None;
        } else {
            self.after = self.after.max(Some(kind));
        }
    }
}

/// Words between two breaks: folded by the glossary, then placed.
fn flush(
    run: &mut Vec<(Range<usize>, String, String)>,
    place: &mut Place,
    vocabulary: &Vocabulary,
    tokens: &mut Vec<Token>,
) {
    let words: Vec<&str> = run.iter().map(|(_, _, token)| token.as_str()).collect();
    let mut at = 0;
    let mut before: Option<String> = None;
    while at < run.len() {
        let (length, meaning) = vocabulary.folded(&words[at..]).unwrap_or((1, words[at]));
        let (range, word, _) = &run[at];
        let opens = length == 1 && begins_clause(word);
        if opens {
            place.clause += 1;
        }
        tokens.push(Token {
            range: range.start..run[at + length - 1].0.end,
            word: word.clone(),
            token: meaning.to_owned(),
            number: None,
            sentence: place.sentence,
            clause: place.clause,
            scope: 0,
            after: place.after.take(),
            opens,
            function: length == 1 && is_function_word(word),
            negator: if length == 1 {
                reach(word, before.as_deref())
            } else {
                None
            },
        });
        before = Some(run[at + length - 1].1.clone());
        at += length;
    }
    run.clear();
}

/// A short piece without any word that holds a sentence together goes on with the list before it.
fn scopes(tokens: &mut [Token]) {
    const LISTED: usize = 3;
    let mut scope = 0;
    let mut start = 0;
    while start < tokens.len() {
        let clause = tokens[start].clause;
        let length = tokens[start..]
            .iter()
            .take_while(|token| token.clause == clause)
            .count();
        let piece = &tokens[start..start + length];
        let listed = tokens[start].after == Some(Break::Comma)
            && length <= LISTED + 1
            && piece.iter().all(|token| {
                token.negator.is_none()
                    && (!token.function || matches!(token.word.as_str(), "and" | "or"))
            });
        if !listed {
            scope += 1;
        }
        for token in &mut tokens[start..start + length] {
            token.scope = scope;
        }
        start += length;
    }
}
