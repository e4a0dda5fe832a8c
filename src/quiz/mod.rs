//! The quiz: what to ask next, and what a sitting came to; pure.

mod next;
mod result;

pub use next::{Next, next};
pub use result::{Attempt, DeckResult, KNOWN_FROM, PointResult, QuestionResult, answer_to};

#[cfg(test)]
mod tests;
