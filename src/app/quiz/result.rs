//! What a sitting came to, printed.

use crate::app::context::Context;
use crate::app::failure::{Exit, Outcome};
use crate::app::quiz_screen;
use crate::cli::Format;
use crate::course::Deck;
use crate::progress::SittingId;
use crate::quiz::DeckResult;

/// Prints the result of a sitting.
///
/// # Errors
/// Unreadable progress.
pub fn print(context: &Context, deck: &Deck, sitting: SittingId, format: Format) -> Outcome {
    let result = DeckResult::of(deck, &context.store.attempts_of(sitting)?);
    match format {
        Format::Json => {
            let document = serde_json::json!({"schema": 1, "result": result});
            context.ui.document(&format!("{document:#}\n"));
        }
        _ => context
            .ui
            .print_all(&quiz_screen::result(&result, context.ui.prose_width())),
    }
    Ok(Exit::Passed)
}

/// Prints where the learner stands, and what the last sitting came to.
///
/// # Errors
/// Unreadable progress.
pub(super) fn look_back(context: &Context, deck: &Deck, format: Format) -> Outcome {
    match context.store.last_finished(deck.id.as_str())? {
        Some(sitting) => print(context, deck, sitting.id, format),
        None => Ok(Exit::Passed),
    }
}
