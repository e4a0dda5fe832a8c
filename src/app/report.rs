//! `landfall report`: the learner's own report, from the last whole look that was kept, or a new one.

mod screen;
#[cfg(test)]
mod tests;

use super::context::{Context, now};
use super::evidence;
use super::failure::{Exit, Failure, Outcome};
use super::local_time::LocalTime;
use super::quiz_log::QuizLog;
use super::{status, trouble};
use crate::account::{Fact, Snapshot, Source, Why};
use crate::checks::{Asked, Stack, Verification, verify};
use crate::cli::Format;
use crate::progress::{LOOKS_KEPT, StackKey};
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

/// A look at the whole course, judged.
struct Seen {
    key: StackKey,
    snapshot: Snapshot,
    verification: Verification,
}

/// The newest kept look, if it was a whole one; else a new one; else the newest whole one there is.
fn look(context: &mut Context, local: &LocalTime) -> Result<Seen, Failure> {
    let kept = match status::latest(context)? {
        // A look that could not tell its account read nothing.
        Some(key) if key.account != StackKey::UNKNOWN_ACCOUNT => {
            whole_look(context, &key)?.map(|(snapshot, age)| (key, snapshot, age))
        }
        _ => None,
    };
    if let Some((key, snapshot, 0)) = kept {
        return judged(context, key, snapshot);
    }
    let waiting = context.ui.waiting(match context.source() {
        Source::Practice => "Looking at the practice account ...",
        _ => "Looking at your AWS account, read-only ...",
    });
    let fresh = evidence::look_and_judge(context, &Asked::All);
    drop(waiting);
    let failure = match fresh {
        // Whoever it is a report of has to be known.
        Ok(fresh) => match fresh.look.snapshot.caller.why().map(trouble::of) {
            None => {
                return Ok(Seen {
                    key: fresh.key,
                    snapshot: fresh.look.snapshot,
                    verification: fresh.verification,
                });
            }
            Some(trouble) => trouble
                .hints
                .into_iter()
                .fold(Failure::unreadable(trouble.say), Failure::hint),
        },
        Err(failure) => failure,
    };
    let Some((key, snapshot, _)) = kept else {
        return Err(failure);
    };
    context.ui.trouble(&failure.message);
    for hint in &failure.hints {
        context.ui.hint(hint);
    }
    context.ui.say_prose(format!(
        "This is the report of your last whole look, {}.",
        local.minute(snapshot.collected_at)
    ));
    judged(context, key, snapshot)
}

/// The newest kept look that read everything, and how many are newer.
fn whole_look(context: &Context, key: &StackKey) -> Result<Option<(Snapshot, usize)>, Failure> {
    for age in 0..LOOKS_KEPT {
        let Some((_, text)) = context.store.earlier_look(key, age)? else {
            break;
        };
        // One of an older layout is passed over; the learner can look again.
        if let Ok(snapshot) = serde_json::from_str::<Snapshot>(&text)
            && is_whole(&snapshot)
        {
            return Ok(Some((snapshot, age)));
        }
    }
    Ok(None)
}

/// Whether every part of the course was looked at, with whatever result. A look of the guide reads what its step needs.
fn is_whole(snapshot: &Snapshot) -> bool {
    fn asked<T>(fact: &Fact<T>) -> bool {
        !matches!(fact, Fact::Unknown(Why::NotAsked))
    }
    asked(&snapshot.caller)
        && asked(&snapshot.root_account)
        && asked(&snapshot.budgets)
        && asked(&snapshot.network.vpcs)
        && asked(&snapshot.databases)
        && asked(&snapshot.cache_nodes)
        && asked(&snapshot.parameters)
        && asked(&snapshot.log_groups)
        && asked(&snapshot.balancers)
        && asked(&snapshot.cluster)
        && asked(&snapshot.service)
        && asked(&snapshot.revisions)
}

fn judged(context: &Context, key: StackKey, snapshot: Snapshot) -> Result<Seen, Failure> {
    let attested = evidence::attested(context, &key)?;
    let stack = Stack {
        snapshot: &snapshot,
        attested: &attested,
        teardown_begun: evidence::teardown_begun(context, &key)?,
    };
    let verification = verify(&stack, &context.course, &Asked::All);
    Ok(Seen {
        key,
        snapshot,
        verification,
    })
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
