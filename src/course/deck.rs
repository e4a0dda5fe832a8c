//! One deck of questions: its head, and the parts that hold the questions.

mod closed;
mod head;
mod item;
mod open;
mod stack;

pub(super) use head::{DeckFile, read};

/// The JSON Schema (2020-12) of decks and their parts, for editors.
pub const DECK_SCHEMA: &str = include_str!("deck.schema.json");

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;
