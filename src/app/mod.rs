//! One file per command: wires the rest together.

mod failure;
pub mod home;
pub mod practice;

pub use failure::{Exit, Failure, Outcome};
