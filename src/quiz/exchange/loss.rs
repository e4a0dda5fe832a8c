//! What comes out of an exchange, and what does not.

use std::collections::BTreeSet;
use std::fmt;

/// A document, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    pub document: String,
    /// How many questions and retry items went in (results: how many attempts).
    pub written: usize,
    /// In the order of the deck.
    pub losses: Vec<Loss>,
}

/// One thing that the other side has no place for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// The question's id.
    pub question: String,
    /// What happens to it: "left out", "the hint is left out".
    pub what: String,
    /// The reason, as the rest of a sentence after "because".
    pub why: String,
}

impl Loss {
    /// What happens to a question, and the reason as the rest of a sentence after "because".
    pub(super) fn new(
        question: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Loss {
            question: question.into(),
            what: what.into(),
            why: why.into(),
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, because {}.", self.question, self.what, self.why)
    }
}

impl Exchanged {
    /// How many questions lose something.
    pub fn questions_with_losses(&self) -> usize {
        let questions: BTreeSet<&str> = self
            .losses
            .iter()
            .map(|loss| loss.question.as_str())
            .collect();
        questions.len()
    }
}
