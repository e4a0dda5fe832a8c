//! The quiz: what to ask next, what was heard, and what a sitting came to; pure.

pub mod agenda;
pub mod back;
pub mod exchange;
pub mod hear;
pub mod judge;
pub mod lint;
pub mod plan;
pub mod schedule;
pub mod sentences;
pub mod shown;
pub mod sitting;
pub mod stack;
pub mod typed;

#[cfg(test)]
mod typed_tests;
