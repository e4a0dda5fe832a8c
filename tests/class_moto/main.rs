//! A class with an account for each: roles made with what `landfall policy --instructor` prints, looked through with
//! `landfall class verify`, and what is said of it. The accounts are emulated, as in `tests/e2e`; that AWS asks for the
//! external id, knows who may assume a role, and limits a session to its policy is added by `tests/moto/patches/sts.py`.
//!
//! These tests need Python 3.10 or later, git and bash, and the first run downloads moto and awscli from PyPI: they are
//! ignored unless asked for (`cargo test --locked -- --ignored`).

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

#[path = "../e2e/chapter.rs"]
#[allow(dead_code)] // the end-to-end test uses the rest
mod chapter;
mod class;
#[path = "../e2e/emulator.rs"]
#[allow(dead_code)]
mod emulator;
#[path = "../e2e/image.rs"]
#[allow(dead_code)]
mod image;
#[path = "../e2e/learner.rs"]
#[allow(dead_code)]
mod learner;
#[path = "../python/mod.rs"]
mod python;
mod rows;
mod sessions;
mod template;
