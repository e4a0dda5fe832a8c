//! `landfall author import`: a quiz of another program as a deck.

use crate::app::failure::{Failure, Outcome};
use crate::cli::Globals;
use crate::term::Ui;
use std::path::Path;

/// Prints the deck on stdout, and what was lost on stderr.
///
/// # Errors
/// The file cannot be read, or is no quiz.
pub fn run(_globals: &Globals, _ui: &Ui, _file: &Path) -> Outcome {
    Err(Failure::usage("not yet"))
}
