//! `landfall author schema`: the JSON Schema of decks.

use crate::app::failure::{Failure, Outcome};
use crate::cli::Globals;
use crate::term::Ui;

/// Prints it on stdout.
///
/// # Errors
/// A format that is none of ours.
pub fn run(_globals: &Globals, _ui: &Ui) -> Outcome {
    Err(Failure::usage("not yet"))
}
