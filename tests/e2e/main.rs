//! The lessons' own commands, run in order with the real `aws` command line against an emulated account, and what
//! Landfall says after every step.
//!
//! These tests need Python 3.10 or later, git and bash, and the first run downloads moto and awscli from PyPI: they are
//! ignored unless asked for (`cargo test --locked -- --ignored`). What the emulator cannot do by itself is added by
//! `tests/moto/launcher.py`; what is expected after each step is in `expected.toml`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test that cannot go on should stop; what it measured is in its log

mod chapter;
mod emulator;
mod expected;
mod faults;
mod image;
mod learner;
mod left;
mod looks;
#[path = "../python/mod.rs"]
mod python;
mod recording;
mod refusals;
mod valkey;
mod walk;
