//! A class's folder with everything in it that a stranger could hand in, and the real binary that reports on it: nothing
//! crashes or hangs, nothing runs, no row is lost, and each says what is wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod class;
mod documents;
mod files;
mod good;
mod rosters;
mod run;
mod strings;
mod tamper;
