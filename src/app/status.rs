//! `landfall status`: progress, what changed since last time, what is next. AWS is not asked.

mod change_lines;
mod first_run;
mod screen;
#[cfg(test)]
mod tests;

use super::context::{Context, choices, now};
use super::evidence;
use super::failure::{Exit, Failure, Outcome};
use super::local_time::LocalTime;
use super::memory;
use super::quiz;
use super::quiz_log::QuizLog;
use crate::account::{Snapshot, Source};
use crate::cli::Format;
use crate::course::Deck;
use crate::progress::{StackKey, VerdictRecord};
use crate::quiz::back;
use crate::report::{self, Kept, OpenQuiz, QuizProgress, Status, cost, sanitize};
use crate::term::Line;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Prints where the learner stands.
///
/// # Errors
/// Progress that cannot be read.
pub fn run(context: &Context) -> Outcome {
    let format = context.format("status", &[Format::Text, Format::Json])?;
    let status = of(context)?;
    if format == Format::Json {
        context.ui.document(&sanitize::json_document(&status));
        return Ok(Exit::Passed);
    }
    let local = LocalTime::here(now());
    let width = context.ui.prose_width();
    context.ui.print_all(&if status.account.is_none() {
        first_run::lines(context, &status, width)
    } else {
        screen::lines(&status, &local, context.is_verbose(), width)
    });
    if let Some(words) = passed_over(&status, &local) {
        context.ui.say_prose(words);
    }
    if let Some(line) = running(context, &local)? {
        context.ui.print(Line::blank());
        context.ui.print_prose(line);
    }
    if let Some(at) = unknown_look(context, &status)? {
        context.ui.say_prose(format!(
            "A later look, {}, could not tell which account it saw: `landfall doctor` says why.",
            local.minute(at)
        ));
    }
    Ok(Exit::Passed)
}

/// The looks that could not be read.
fn passed_over(status: &Status, local: &LocalTime) -> Option<String> {
    match status.unreadable_looks.as_slice() {
        [] => None,
        [at] => Some(format!(
            "The look of {} is kept in a form that this version cannot read, and was passed over.",
            local.minute(*at)
        )),
        [first, .., last] => Some(format!(
            "{} looks, between {} and {}, are kept in a form that this version cannot read, and were passed over.",
            status.unreadable_looks.len(),
            local.minute(*first.min(last)),
            local.minute(*first.max(last))
        )),
    }
}

/// Where the learner stands.
///
/// # Errors
/// Progress that cannot be read.
pub fn of(context: &Context) -> Result<Status, Failure> {
    let stack = latest(context)?;
    let looked = match &stack {
        Some(key) => context.store.last_looked(key)?,
        None => None,
    };
    let quizzes = quizzes(context)?;
    let options = options(context);
    let (Some(key), Some(looked)) = (stack, looked) else {
        return Ok(report::status(&context.course, None, quizzes, options));
    };
    let history: Vec<VerdictRecord> = context.store.history(&key)?;
    let attested = evidence::attested(context, &key)?;
    let left_out: BTreeSet<String> = context
        .store
        .left_out(&key)?
        .into_keys()
        .map(|step| step.0)
        .collect();
    let position = context
        .store
        .position(&key)?
        // It may have been renamed since.
        .and_then(|step| Some(context.course.step(step.as_str())?.1.id.clone()));
    let teardown_begun = evidence::teardown_begun(context, &key)?;
    let looks = memory::looks(context, &key, &history, teardown_begun)?;
    let kept = Kept {
        teardown_begun,
        looks: &looks,
        stack: key,
        looked,
        history: &history,
        attested: &attested,
        left_out: &left_out,
        position: position.as_ref().map(|step| step.as_str()),
    };
    Ok(report::status(
        &context.course,
        Some(&kept),
        quizzes,
        options,
    ))
}

/// The stack that was looked at last, of the account that is meant.
///
/// # Errors
/// Progress that cannot be read.
pub fn latest(context: &Context) -> Result<Option<StackKey>, Failure> {
    Ok(context
        .store
        .latest_stack(context.source(), context.globals.region.as_deref())?)
}

/// What has to stand after `landfall` so that the commands shown mean the same account.
pub fn options(context: &Context) -> &'static str {
    let remembered =
        matches!(context.store.choice(choices::ACCOUNT), Ok(Some(word)) if word == "practice");
    if context.source() == Source::Practice && !remembered {
        "--account practice"
    } else {
        ""
    }
}

/// Every deck of the course, as far as it was answered.
///
/// # Errors
/// Progress that cannot be read.
fn quizzes(context: &Context) -> Result<Vec<QuizProgress>, Failure> {
    let mut quizzes = Vec::new();
    for deck in &context.course.decks {
        let log = QuizLog::of(context, deck)?;
        let finished = context
            .store
            .last_finished(deck.id.as_str())?
            .map(|sitting| {
                let at = sitting.finished_at.unwrap_or(sitting.started_at);
                (back::sitting(deck, &log.of_sitting(sitting.id)).share, at)
            });
        let open = log.open.map(|open| OpenQuiz {
            answered: open.answered,
            asks: open.asks,
        });
        quizzes.push(QuizProgress::of(
            deck,
            &log.standings,
            open,
            finished,
            &quiz_command(context, deck),
        ));
    }
    Ok(quizzes)
}

/// `landfall quiz`, with what it takes to mean this account and this deck.
fn quiz_command(context: &Context, deck: &Deck) -> String {
    let mut words = vec!["landfall", options(context), "quiz"];
    if deck.id.as_str() != quiz::DEFAULT_DECK {
        words.push(deck.id.as_str());
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// What ran at the last look, and what it costs a day.
fn running(context: &Context, local: &LocalTime) -> Result<Option<String>, Failure> {
    let Some(key) = latest(context)? else {
        return Ok(None);
    };
    let look = context.store.last_look(&key)?;
    // One of another version says nothing here.
    let Some(snapshot) = look.and_then(|(_, text)| serde_json::from_str::<Snapshot>(&text).ok())
    else {
        return Ok(None);
    };
    let Some(price) = cost::a_day(&snapshot) else {
        return Ok(None);
    };
    let since = cost::since(&snapshot).map_or_else(
        || "Running at the last look".to_owned(),
        |since| format!("Running since {}", local.minute(since)),
    );
    let billed = match key.source {
        Source::Practice => ", if it were real",
        Source::Aws | Source::Snapshot => "",
    };
    let options = options(context);
    let space = if options.is_empty() { "" } else { " " };
    Ok(Some(format!(
        "{since}: {price}{billed}. What costs what: landfall{space}{options} cost"
    )))
}

/// A newer look than the shown one that could not tell its account.
fn unknown_look(context: &Context, status: &Status) -> Result<Option<Timestamp>, Failure> {
    let Some(shown) = status
        .account
        .as_ref()
        .filter(|account| account.id.is_some())
    else {
        return Ok(None);
    };
    let unknown = StackKey {
        source: shown.source,
        account: StackKey::UNKNOWN_ACCOUNT.to_owned(),
        region: shown.region.clone(),
    };
    let at = context.store.last_looked(&unknown)?;
    Ok(at.filter(|at| status.last_looked.is_none_or(|shown| *at > shown)))
}
