//! Landfall: walk the chapter, have every step checked, read-only, take the quiz.
pub mod account;
