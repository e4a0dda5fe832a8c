//! `landfall class merge`.

use crate::app::context::Context;
use crate::app::failure::{Exit, Outcome};
use crate::cli::ClassMergeArgs;

/// Runs the command.
///
/// # Errors
/// As its parts say.
pub fn run(context: &Context, args: &ClassMergeArgs) -> Outcome {
    let _ = (context, args);
    Ok(Exit::Passed)
}
