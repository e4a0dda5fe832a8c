//! One file per command: wires the rest together.

pub mod attest;
mod author;
mod bundle;
mod choose;
mod class;
pub mod context;
pub mod cost;
mod doctor;
pub mod evidence;
mod failure;
#[cfg(test)]
mod foreign_text_tests;
pub mod guide;
pub mod home;
pub mod lesson_text;
mod local_time;
pub mod map;
mod memory;
pub mod policy;
pub mod practice;
pub mod quiz;
pub mod quiz_back;
mod quiz_log;
mod real;
pub mod report;
mod run;
mod shell;
pub mod status;
pub mod tour;
mod trouble;
pub mod verify;
mod watching;
mod whole_look;

pub use context::Context;
pub use failure::{Exit, Failure, Outcome};
pub use run::run;
