//! Landfall: walk the chapter, have every step checked, read-only, take the quiz.
pub mod account;
pub mod app;
pub mod aws;
pub mod bundle;
pub mod checks;
pub mod class;
pub mod cli;
pub mod course;
pub mod guide;
pub mod practice;
pub mod progress;
pub mod quiz;
pub mod report;
pub mod term;
pub mod workplace;
