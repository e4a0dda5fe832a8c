//! The learner decides, point by point: what was heard is a suggestion.

use super::keys::Key;
use super::session::{Ended, Flow, Session, end};
use super::{aside, screen};
use crate::app::context::now;
use crate::app::failure::Failure;
use crate::progress::{Attempt, Given, Heard, HeardWrong, Said};
use crate::quiz::judge::ToConfirm;
use crate::quiz::sentences::sentences;
use crate::quiz::sitting::At;
use crate::term::{Answer, Prompter};

/// Asks of one point whether the answer said it.
///
/// # Errors
/// Progress that cannot be written.
pub(super) fn point(
    session: &mut Session<'_>,
    at: At<'_>,
    attempt: &Attempt,
    open: &[ToConfirm],
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let Some(point) = open.first() else {
        return Ok(Flow::On);
    };
    let heard = attempt.hearing.points.get(&point.id);
    session.print(&screen::point(
        at.question,
        attempt,
        point,
        open.len(),
        session.width(),
    ));
    // Only what was heard is preset: silence is no hint of a "no".
    let preset = matches!(heard, Some(Heard::Heard { .. })).then_some("y");
    let what = match &attempt.given {
        Given::Inspected { .. } => "Did you say this harm? y yes, p partly, n no",
        _ => "Did you say it? y yes, p partly, n no",
    };
    loop {
        let typed = match prompter.ask(what, preset) {
            Answer::Given(typed) => typed,
            other => return Ok(end(&other)),
        };
        let said = match typed.trim().to_lowercase().as_str() {
            "y" | "yes" => Said::Said,
            "p" | "partly" => Said::Partly,
            "n" | "no" => Said::NotSaid,
            other => match Key::of(other) {
                Some(Key::Leave) => return Ok(Flow::End(Ended::Left)),
                Some(Key::Undo) => return back(session, attempt),
                Some(Key::Lesson) => {
                    aside::lesson(session, at.question);
                    continue;
                }
                Some(Key::Report) => {
                    let flow = aside::report(session, at.question, Some(attempt), prompter)?;
                    if flow != Flow::On {
                        return Ok(flow);
                    }
                    continue;
                }
                _ => {
                    session.remark(
                        "Type y, p or n. Your own words count: it need not be said as it is put here. u takes one back.",
                    );
                    continue;
                }
            },
        };
        let evidence = if said == Said::Said && !matches!(heard, Some(Heard::Heard { .. })) {
            match pointed_at(session, attempt, prompter) {
                Answer::Given(evidence) => evidence,
                other => return Ok(end(&other)),
            }
        } else {
            None
        };
        session
            .context
            .store
            .confirm(attempt.id, &point.id, said, evidence.as_deref(), now())?;
        return Ok(Flow::On);
    }
}

/// Which sentence says it: the evidence for a point that was not heard. With one sentence nothing is asked.
fn pointed_at(
    session: &Session<'_>,
    attempt: &Attempt,
    prompter: &mut dyn Prompter,
) -> Answer<Option<String>> {
    let text = match &attempt.given {
        Given::Text { text } => text.as_str(),
        _ => return Answer::Given(None),
    };
    let sentences = sentences(text);
    if sentences.len() < 2 {
        return Answer::Given(sentences.first().map(|one| (*one).to_owned()));
    }
    session.print(&screen::sentences(&sentences, session.width()));
    prompter
        .ask(
            "Which of these says it? Its number (Enter: none alone)",
            None,
        )
        .map(|typed| {
            typed
                .trim()
                .parse::<usize>()
                .ok()
                .and_then(|number| sentences.get(number.checked_sub(1)?))
                .map(|one| (*one).to_owned())
        })
}

/// One point back; before the first, the answer itself.
fn back(session: &mut Session<'_>, attempt: &Attempt) -> Result<Flow, Failure> {
    let newest = attempt
        .confirmed
        .iter()
        .max_by_key(|(_, confirmed)| confirmed.at);
    match newest {
        Some((point, _)) => session.context.store.unconfirm(attempt.id, point)?,
        None => session.undo()?,
    }
    Ok(Flow::On)
}

/// A known wrong answer was heard: asks whether it was meant.
///
/// # Errors
/// Progress that cannot be written.
pub(super) fn meant(
    session: &mut Session<'_>,
    attempt: &Attempt,
    wrong: &HeardWrong,
    place: usize,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    session.print(&screen::meant(wrong, session.width()));
    loop {
        let typed = match prompter.ask("Did you mean that? y yes, n no", None) {
            Answer::Given(typed) => typed,
            other => return Ok(end(&other)),
        };
        let meant = match typed.trim().to_lowercase().as_str() {
            "y" | "yes" => true,
            "n" | "no" => false,
            other if Key::of(other) == Some(Key::Leave) => return Ok(Flow::End(Ended::Left)),
            other if Key::of(other) == Some(Key::Undo) => return back(session, attempt),
            _ => continue,
        };
        let mut hearing = attempt.hearing.clone();
        if let Some(wrong) = hearing.wrong.get_mut(place) {
            wrong.meant = Some(meant);
        }
        session.context.store.hear_again(attempt.id, &hearing)?;
        return Ok(Flow::On);
    }
}
