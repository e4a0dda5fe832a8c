//! What an answer took from elsewhere: the question itself, or the model answer.

use super::text::Token;
use std::collections::HashSet;

/// Words in a row that nobody writes twice by chance.
const RUN: usize = 5;
/// Fewer words of its own than this are too few to judge by.
const FEW: usize = 4;

/// The words of a question.
pub(super) struct Prompt {
    words: HashSet<String>,
}

impl Prompt {
    /// Of the question's own text.
    pub(super) fn of(tokens: &[Token]) -> Self {
        Prompt {
            words: content(tokens).map(|token| token.token.clone()).collect(),
        }
    }

    /// Whether every word of a match stands in the question.
    pub(super) fn holds(&self, tokens: &[Token], matched: &[usize]) -> bool {
        matched
            .iter()
            .all(|at| tokens[*at].function || self.words.contains(&tokens[*at].token))
    }

    /// Whether an answer says next to nothing but words of the question: four of five.
    pub(super) fn is_given_back(&self, tokens: &[Token]) -> bool {
        let (mut all, mut ours) = (0, 0);
        for token in content(tokens) {
            all += 1;
            ours += usize::from(self.words.contains(&token.token));
        }
        all >= FEW && ours * 5 >= all * 4
    }
}

fn content(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens.iter().filter(|token| !token.function)
}

/// The model answer's runs of words.
pub(super) struct Model {
    runs: HashSet<Vec<String>>,
}

impl Model {
    /// Of the model answer.
    pub(super) fn of(tokens: &[Token]) -> Self {
        Model {
            runs: runs(tokens).collect(),
        }
    }

    /// Whether a good part of an answer is copied: a third of its words stand in runs of five that are the model's.
    pub(super) fn is_copied(&self, tokens: &[Token]) -> bool {
        let mut copied = vec![false; tokens.len()];
        for (at, run) in runs(tokens).enumerate() {
            if self.runs.contains(&run) {
                copied[at..at + RUN].fill(true);
            }
        }
        let count = copied.iter().filter(|copied| **copied).count();
        count > RUN && count * 3 >= tokens.len()
    }
}

fn runs(tokens: &[Token]) -> impl Iterator<Item = Vec<String>> {
    tokens
        .windows(RUN)
        .map(|run| run.iter().map(|token| token.token.clone()).collect())
}
