//! The answer sheet of an exam: what is answered, blank, flagged; back to any question, or hand in.

use super::keys::Key;
use super::session::{Ended, Flow, Kept, Session, end};
use super::{ask, screen};
use crate::app::context::now;
use crate::app::failure::Failure;
use crate::progress::{Given, Mark};
use crate::quiz::sitting::At;
use crate::term::verdicts::count;
use crate::term::{Answer, Prompter};

/// One line of the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row<'a> {
    pub at: At<'a>,
    pub state: State,
    pub flagged: bool,
}

/// How a question stands on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Answered,
    /// "I don't know".
    NotKnown,
    Blank,
}

/// Shows the sheet; goes back to a question, or ends the exam.
///
/// # Errors
/// Progress that cannot be read or written.
pub(super) fn sheet(
    session: &mut Session<'_>,
    kept: &Kept,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let rows = rows(session, kept);
    session.print(&screen::sheet(&rows, session.width()));
    loop {
        let asked = "A number shows that question again; hand in with: hand in";
        let typed = match prompter.ask(asked, None) {
            Answer::Given(typed) => typed,
            other => return Ok(end(&other)),
        };
        let typed = typed.trim().to_lowercase();
        if matches!(typed.as_str(), "hand in" | "handin" | "hand" | "submit") {
            return hand_in(session, kept, &rows, prompter);
        }
        if Key::of(&typed) == Some(Key::Leave) {
            return Ok(Flow::End(Ended::Left));
        }
        let row = typed
            .parse::<usize>()
            .ok()
            .and_then(|number| rows.get(number.checked_sub(1)?));
        match row {
            Some(row) => return ask::ask(session, kept, row.at, prompter),
            None => session.remark(format!(
                "Type a number from 1 to {}, or: hand in. q saves and leaves.",
                rows.len()
            )),
        }
    }
}

fn rows<'a, 's: 'a>(session: &Session<'s>, kept: &'a Kept) -> Vec<Row<'a>> {
    let standstill = session.standstill(kept);
    let state = |at: &At<'_>| match standstill.answer_to(at.question) {
        None => State::Blank,
        Some(attempt) if attempt.given == Given::NotKnown => State::NotKnown,
        Some(_) => State::Answered,
    };
    standstill
        .questions()
        .iter()
        .map(|at| Row {
            at: *at,
            state: state(at),
            flagged: standstill.is_marked(at.question, Mark::Flagged),
        })
        .collect()
}

fn hand_in(
    session: &Session<'_>,
    kept: &Kept,
    rows: &[Row<'_>],
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let blank = rows.iter().filter(|row| row.state == State::Blank).count();
    let flagged = rows.iter().filter(|row| row.flagged).count();
    let mut words = Vec::new();
    if blank > 0 {
        words.push(format!(
            "{} blank",
            count(blank, "question is", "questions are")
        ));
    }
    if flagged > 0 {
        words.push(format!(
            "{} flagged",
            count(flagged, "question is", "questions are")
        ));
    }
    if !words.is_empty() {
        let asked = format!("{}. Hand in all the same?", words.join(" and "));
        match prompter.confirm(&asked, false) {
            Answer::Given(true) => {}
            Answer::Given(false) | Answer::Back => return Ok(Flow::On),
            other => return Ok(end(&other)),
        }
    }
    for (attempt, judged) in session.standstill(kept).settled_by_key() {
        session.context.store.settle(attempt.id, judged.share)?;
    }
    session.context.store.finish_sitting(session.id, now())?;
    Ok(Flow::End(Ended::Finished))
}
