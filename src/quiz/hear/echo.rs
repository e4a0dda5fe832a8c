//! What an answer took from elsewhere: the question itself, or the model answer.

use super::text::Token;
use std::collections::HashSet;

/// Words in a row that nobody writes twice by chance.
const RUN: usize = 5;
/// The same of a question, whose words an answer has to use.
const SHORT_RUN: usize = 3;
/// Fewer words of its own than this are too few to judge by.
const FEW: usize = 4;

/// The words of a question.
pub(super) struct Prompt {
    words: HashSet<String>,
    runs: HashSet<Vec<String>>,
}

impl Prompt {
    /// Of the question's own text.
    pub(super) fn of(tokens: &[Token]) -> Self {
        Prompt {
            words: content(tokens).map(|token| token.token.clone()).collect(),
            runs: runs(tokens, SHORT_RUN).collect(),
        }
    }

    /// Whether every word of a match stands in the question.
    pub(super) fn holds(&self, tokens: &[Token], matched: &[usize]) -> bool {
        matched
            .iter()
            .all(|at| tokens[*at].function || self.words.contains(&tokens[*at].token))
    }

    /// Whether an answer gives the question back: four of five of its words are the question's, and half of them stand
    /// in runs of the question.
    pub(super) fn is_given_back(&self, tokens: &[Token]) -> bool {
        let (mut all, mut ours) = (0, 0);
        for token in content(tokens) {
            all += 1;
            ours += usize::from(self.words.contains(&token.token));
        }
        all >= FEW
            && ours * 5 >= all * 4
            && content(&copied(tokens, &self.runs, SHORT_RUN)).count() * 2 >= all
    }
}

fn content<T: std::borrow::Borrow<Token>>(tokens: &[T]) -> impl Iterator<Item = &Token> {
    tokens
        .iter()
        .map(std::borrow::Borrow::borrow)
        .filter(|token| !token.function)
}

/// The model answer's runs of words.
pub(super) struct Model {
    runs: HashSet<Vec<String>>,
}

impl Model {
    /// Of the model answer.
    pub(super) fn of(tokens: &[Token]) -> Self {
        Model {
            runs: runs(tokens, RUN).collect(),
        }
    }

    /// Whether a good part of an answer is copied: ten words or more, and a third of all, stand in runs of five that are the
    /// model's.
    pub(super) fn is_copied(&self, tokens: &[Token]) -> bool {
        let count = copied(tokens, &self.runs, RUN).len();
        count >= 2 * RUN && count * 3 >= tokens.len()
    }
}

/// The words of an answer that stand in these runs.
fn copied<'a>(tokens: &'a [Token], of: &HashSet<Vec<String>>, length: usize) -> Vec<&'a Token> {
    let mut copied = vec![false; tokens.len()];
    for (at, run) in runs(tokens, length).enumerate() {
        if of.contains(&run) {
            copied[at..at + length].fill(true);
        }
    }
    let words = tokens.iter().zip(copied);
    words
        .filter_map(|(token, copied)| copied.then_some(token))
        .collect()
}

fn runs(tokens: &[Token], length: usize) -> impl Iterator<Item = Vec<String>> {
    tokens
        .windows(length)
        .map(|run| run.iter().map(|token| token.token.clone()).collect())
}
