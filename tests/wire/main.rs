//! A full look over the wire, at a finished account on loopback: good, and with one thing wrong.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../stub/mod.rs"]
mod stub;

mod broken;
mod good;
mod matrix;
