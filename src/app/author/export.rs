//! `landfall author export`: a deck for another program.

use crate::app::context::Context;
use crate::app::failure::{Failure, Outcome};
use crate::cli::ExportFormat;

/// Prints it on stdout, and what was lost on stderr.
///
/// # Errors
/// Unknown deck.
pub fn run(_context: &Context, _to: ExportFormat, _deck: Option<&str>) -> Outcome {
    Err(Failure::usage("not yet"))
}
