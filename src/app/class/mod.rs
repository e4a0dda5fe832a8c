//! `landfall class`: what instructors do.

mod folder;
mod merge;
mod report;
mod screen;
mod verify;

use super::context::Context;
use super::failure::Outcome;
use crate::cli::ClassAction;

/// Runs the command.
///
/// # Errors
/// As the parts say.
pub fn run(context: &Context, action: &ClassAction) -> Outcome {
    match action {
        ClassAction::Verify(args) => verify::run(context, args),
        ClassAction::Report(args) => report::run(context, args),
        ClassAction::Merge(args) => merge::run(context, args),
    }
}
