//! `landfall class verify` against a class on loopback: the binary, the wire, and what it keeps. The whole class of 200 is
//! the ignored test here and the benchmark `class`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../stub/mod.rs"]
mod stub;

mod interrupted;
mod large;
mod parts;
mod trouble;
mod verdicts;
