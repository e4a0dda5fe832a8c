//! One deck of questions: its head, and the parts that hold the questions.

mod closed;
mod head;
mod item;
mod open;
mod stack;

pub(super) use head::{DeckFile, read};
