//! What a sitting came to, and where the learner stands.

use crate::app::context::Context;
use crate::app::failure::{Exit, Failure, Outcome};
use crate::app::quiz_back::{overview_lines, sitting_lines};
use crate::app::quiz_log::QuizLog;
use crate::cli::Format;
use crate::course::Deck;
use crate::progress::SittingId;
use crate::quiz::back::{self, DeckBack, SittingBack};
use crate::report::sanitize;
use crate::term::verdicts::count;
use serde_json::json;

/// Prints the result of a sitting.
///
/// # Errors
/// Unreadable progress.
pub fn print(context: &Context, deck: &Deck, sitting: SittingId, format: Format) -> Outcome {
    let back = sitting_back(context, deck, sitting)?;
    let blank = blank(context, deck, sitting, &back)?;
    match format {
        Format::Json => document(
            context,
            &json!({"schema": 1, "result": back, "blank": blank}),
        ),
        _ => {
            let ui = &context.ui;
            ui.print_all(&sitting_lines(&back, ui.prose_width()));
            if blank > 0 {
                ui.print_prose(format!(
                    "{} not answered: the figures above do not count {}.",
                    count(blank, "question was", "questions were"),
                    if blank == 1 { "it" } else { "them" }
                ));
            }
            ui.say("Where you stand: landfall quiz --back");
        }
    }
    Ok(Exit::Passed)
}

/// Prints what the last finished sitting came to, and where the learner stands.
///
/// # Errors
/// Unreadable progress.
pub(super) fn look_back(context: &Context, deck: &Deck, format: Format) -> Outcome {
    let last = match context.store.last_finished(deck.id.as_str())? {
        Some(sitting) => Some(sitting_back(context, deck, sitting.id)?),
        None => None,
    };
    let overview = overview(context, deck)?;
    let ui = &context.ui;
    match format {
        Format::Json => document(
            context,
            &json!({"schema": 1, "result": last, "overview": overview}),
        ),
        _ => {
            if let Some(last) = &last {
                ui.print_all(&sitting_lines(last, ui.prose_width()));
            }
            ui.print_all(&overview_lines(&overview, ui.prose_width(), ui.manner()));
        }
    }
    Ok(Exit::Passed)
}

/// Planned questions of a finished sitting that have no answer: blank on an exam's sheet, or left out.
fn blank(
    context: &Context,
    deck: &Deck,
    id: SittingId,
    back: &SittingBack,
) -> Result<usize, Failure> {
    let planned = context
        .store
        .sitting(id)?
        .and_then(|sitting| sitting.planned)
        .unwrap_or_default();
    Ok(planned
        .iter()
        .filter_map(|id| deck.question(id))
        .filter(|question| {
            let mut answered = back.questions.iter();
            !answered.any(|answer| question.is_called(&answer.id))
        })
        .count())
}

fn sitting_back(context: &Context, deck: &Deck, id: SittingId) -> Result<SittingBack, Failure> {
    let log = QuizLog::of(context, deck)?;
    let mut back = back::sitting(deck, &log.of_sitting(id));
    back.finished = log.open.is_none_or(|open| open.id != id);
    Ok(back)
}

fn overview(context: &Context, deck: &Deck) -> Result<DeckBack, Failure> {
    let log = QuizLog::of(context, deck)?;
    Ok(back::overview(
        deck,
        &context.course.patterns,
        &log.attempts,
        &log.standings,
        log.today,
    ))
}

fn document(context: &Context, value: &serde_json::Value) {
    context.ui.document(&sanitize::json_document(value));
}
