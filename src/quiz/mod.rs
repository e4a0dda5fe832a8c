//! The quiz: what to ask next, what was heard, and what a sitting came to; pure.

pub mod agenda;
pub mod back;
pub mod exchange;
pub mod hear;
pub mod judge;
pub mod lint;
mod next;
pub mod plan;
mod result;
pub mod schedule;
pub mod stack;

pub use next::{Next, next};
pub use result::{Attempt, DeckResult, KNOWN_FROM, PointResult, QuestionResult, answer_to};

#[cfg(test)]
mod tests;
