//! `landfall author`: lint, preview, commands, try, schema, export, import.

mod commands;
#[cfg(test)]
mod deck_tests;
mod export;
mod grader;
mod import;
mod lint;
mod losses;
mod preview;
mod schema;
mod try_answer;
mod try_screen;

use super::context::Context;
use super::failure::Outcome;
use crate::cli::{AuthorAction, Globals};
use crate::term::Ui;
use std::sync::Arc;

/// Runs the command. `lint` does without a valid course; the others need one.
///
/// # Errors
/// Unknown lessons, invalid content.
pub fn run(globals: Globals, ui: &Arc<Ui>, action: &AuthorAction) -> Outcome {
    match action {
        AuthorAction::Lint { grader } => lint::run(&globals, ui, *grader),
        AuthorAction::Schema => schema::run(&globals, ui),
        AuthorAction::Import { file } => import::run(&globals, ui, file),
        AuthorAction::Try { question, answer } => try_answer::run(
            &Context::open(globals, Arc::clone(ui))?,
            question,
            answer.as_deref(),
        ),
        AuthorAction::Export { to, deck } => export::run(
            &Context::open(globals, Arc::clone(ui))?,
            *to,
            deck.as_deref(),
        ),
        AuthorAction::Preview { lesson } => {
            preview::run(&Context::open(globals, Arc::clone(ui))?, lesson)
        }
        AuthorAction::Commands { lesson } => {
            commands::run(&Context::open(globals, Arc::clone(ui))?, lesson)
        }
    }
}
