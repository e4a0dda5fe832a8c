//! What a machine can hear in an answer of free words: suggestions with the words quoted, never "you missed this".
//!
//! An answer is cut into words, names of AWS kept whole (`identifier`, `words`), folded by the deck's glossary and
//! stemmed (`vocabulary`), and placed in sentences and clauses (`text`). A phrase is heard when its words stand near each
//! other in one sentence (`phrase`), nothing denies them (`negation`), they are no row of key words (`row`) and not the
//! question's own (`echo`). `ear` puts it together; `trial` holds a rubric against its labelled answers.

mod ear;
mod echo;
mod explained;
mod function_words;
mod identifier;
mod negation;
mod phrase;
mod row;
mod summary;
mod text;
mod trial;
mod vocabulary;
mod words;

pub use ear::Ear;
pub use explained::{Explained, Near, Point, Said, Wrong};
pub use summary::{Group, Summary, WrongSummary};
pub use trial::{Fault, PointTally, SampleResult, Tally, Trial, try_question};

use crate::course::{Deck, Question};
use crate::progress::Hearing;

/// Listens to an answer to an open question. For other kinds nothing is heard. Whoever listens to several answers to one
/// question makes its [`Ear`] once.
pub fn hear(deck: &Deck, question: &Question, answer: &str) -> Hearing {
    Ear::of(deck, question).hear(answer)
}

#[cfg(test)]
mod heldout;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples_tests;
#[cfg(test)]
mod tests;
