//! `landfall report`: the learner's own report, from the last whole look that was kept, or a new one.

mod screen;
#[cfg(test)]
mod tests;

use super::context::{Context, now};
use super::failure::{Exit, Failure, Outcome};
use super::local_time::LocalTime;
use super::quiz_log::QuizLog;
use super::whole_look::{self, Choices, Seen};
use crate::cli::Format;
use crate::quiz::back;
use crate::report::{self, AccountNumber, LearnerReport, QuizReport, ReportInput, learner_report};
use std::collections::BTreeSet;

/// Prints the report.
///
/// # Errors
/// Nothing was kept and nothing can be looked at.
pub fn run(context: &mut Context) -> Outcome {
    let formats = [Format::Text, Format::Json, Format::Markdown, Format::Html];
    let format = context.format("report", &formats)?;
    let local = LocalTime::here(now());
    let report = of(context, &local)?;
    let ui = &context.ui;
    match format {
        Format::Json => ui.document(&report::report_json(&report)),
        Format::Markdown => ui.document(&report::markdown(&report)),
        Format::Html => ui.document(&report::html(&report)),
        _ => ui.print_all(&screen::lines(&report, ui.prose_width(), ui.manner())),
    }
    Ok(Exit::Passed)
}

/// Puts the report together.
///
/// # Errors
/// As [`run`].
fn of(context: &mut Context, local: &LocalTime) -> Result<LearnerReport, Failure> {
    let seen = look(context, local)?;
    let left_out: BTreeSet<String> = context
        .store
        .left_out(&seen.key)?
        .into_keys()
        .map(|step| step.0)
        .collect();
    let number = if context.is_verbose() {
        AccountNumber::InFull
    } else {
        AccountNumber::Shortened
    };
    let quizzes = quizzes(context, local)?;
    let input = ReportInput {
        snapshot: &seen.snapshot,
        verification: &seen.verification,
        left_out: &left_out,
        quizzes,
        looked_at_local: local.in_full(seen.snapshot.collected_at),
        number,
    };
    Ok(learner_report(&context.course, input))
}

/// The newest kept look, if it was a whole one; else a new one; else the newest whole one there is.
fn look(context: &mut Context, local: &LocalTime) -> Result<Seen, Failure> {
    let kept = whole_look::kept(context)?;
    if let Some(newest) = kept.as_ref().filter(|kept| kept.is_the_newest()) {
        return newest.clone().judged(context);
    }
    match whole_look::fresh(context, Choices::Leave) {
        Ok(Some(seen)) => Ok(seen),
        Ok(None) => unreachable!("nobody was asked anything"),
        // Whoever it is a report of has to be known.
        Err(failure) => whole_look::instead(context, failure, kept, "the report", local),
    }
}

/// Every deck that was begun: its newest finished sitting, else the open one, and where the learner stands.
fn quizzes(context: &Context, local: &LocalTime) -> Result<Vec<QuizReport>, Failure> {
    let store = &context.store;
    let mut quizzes = Vec::new();
    for deck in &context.course.decks {
        let log = QuizLog::of(context, deck)?;
        let (sitting, finished) = match store.last_finished(deck.id.as_str())? {
            Some(sitting) => {
                let at = sitting.finished_at.unwrap_or(sitting.started_at);
                (sitting.id, Some((at, local.in_full(at))))
            }
            None => match log.open {
                Some(open) => (open.id, None),
                None => continue,
            },
        };
        quizzes.push(QuizReport::of(
            finished,
            back::sitting(deck, &log.of_sitting(sitting)),
            back::overview(
                deck,
                &context.course.patterns,
                &log.attempts,
                &log.standings,
                log.today,
            ),
        ));
    }
    Ok(quizzes)
}
