//! Our FSRS-6, held against the crate of its authors:
//! `cargo test --manifest-path tests/reference/Cargo.toml --target-dir target/reference`.
#![allow(dead_code, reason = "the schedule uses all of it")]

#[path = "../../../src/quiz/schedule/fsrs.rs"]
mod fsrs_own;

#[cfg(test)]
mod tests;
