//! `landfall author schema`: the JSON Schema of decks.

use crate::app::failure::{Exit, Failure, Outcome};
use crate::cli::{Format, Globals};
use crate::course::DECK_SCHEMA;
use crate::term::Ui;

/// Prints it on stdout.
///
/// # Errors
/// A format other than JSON.
pub fn run(globals: &Globals, ui: &Ui) -> Outcome {
    match globals.format {
        None | Some(Format::Json) => {
            ui.document(DECK_SCHEMA);
            Ok(Exit::Passed)
        }
        Some(_) => Err(Failure::usage(
            "A JSON Schema is JSON: `landfall author schema` prints nothing else.",
        )
        .hint("Leave `--format` out, or say `--format json`.")),
    }
}
