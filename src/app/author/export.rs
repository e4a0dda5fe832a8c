//! `landfall author export`: a deck, or the results of one, for another program.

use super::losses;
use crate::app::context::Context;
use crate::app::failure::{Exit, Outcome};
use crate::app::quiz::{DEFAULT_DECK, deck};
use crate::app::quiz_log;
use crate::cli::{ExportFormat, Format};
use crate::quiz::exchange;
use crate::term::verdicts::count;

/// Prints it on stdout, and what was lost on stderr.
///
/// # Errors
/// Unknown deck, progress that cannot be read.
pub fn run(context: &Context, to: ExportFormat, deck_id: Option<&str>) -> Outcome {
    context.format("author export", &[Format::Text])?;
    let deck = deck(context, deck_id.unwrap_or(DEFAULT_DECK))?;
    let ui = &context.ui;
    let (exchanged, one, many) = match to {
        ExportFormat::Anki => (exchange::anki(&deck), "question", "questions"),
        ExportFormat::Moodle => (exchange::moodle(&deck), "question", "questions"),
        ExportFormat::Mdbook => (exchange::mdbook(&deck), "question", "questions"),
        ExportFormat::Csv => {
            let attempts = quiz_log::attempts(context, &deck)?;
            (exchange::csv(&deck, &attempts), "answer", "answers")
        }
        ExportFormat::Jsonl => {
            let attempts = quiz_log::attempts(context, &deck)?;
            (exchange::jsonl(&deck, &attempts), "answer", "answers")
        }
    };
    if !exchanged.document.is_empty() {
        ui.document(&exchanged.document);
    }
    ui.say(format!("{} written.", count(exchanged.written, one, many)));
    losses::say(ui, &exchanged);
    Ok(Exit::Passed)
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
