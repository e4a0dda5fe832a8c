//! `landfall author`: lint, preview, commands.

mod commands;
mod lint;
mod preview;

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
        AuthorAction::Lint => lint::run(&globals, ui),
        AuthorAction::Preview { lesson } => {
            preview::run(&Context::open(globals, Arc::clone(ui))?, lesson)
        }
        AuthorAction::Commands { lesson } => {
            commands::run(&Context::open(globals, Arc::clone(ui))?, lesson)
        }
    }
}
