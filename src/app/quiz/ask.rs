//! Putting a question, and taking the answer.

use super::keys::Key;
use super::session::{Ended, Flow, Kept, Session, end};
use super::{aside, screen};
use crate::app::context::now;
use crate::app::failure::Failure;
use crate::course::{Cloze, Kind, Question};
use crate::progress::{Given, Hearing, Mark, Mode, NewAttempt, Posed, PosedWhat};
use crate::quiz::hear::hear;
use crate::quiz::shown::Shown;
use crate::quiz::sitting::At;
use crate::quiz::typed;
use crate::term::{Answer, Prompter};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What came of asking for one answer.
enum Took {
    Given(Given),
    Key(Key),
    End(Flow),
}

/// Shows a question and takes its answer, or does what a key says.
///
/// # Errors
/// Progress that cannot be read or written.
pub(super) fn ask(
    session: &mut Session<'_>,
    kept: &Kept,
    at: At<'_>,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let began = now();
    let question = at.question;
    let posed = session.posed(question)?;
    let shown = session.shown(question);
    let state = session.standstill(kept);
    let head = screen::Head {
        at,
        mode: session.mode,
        flagged: state.is_marked(question, Mark::Flagged),
        minutes_used: minutes_used(kept),
        minutes: session.minutes,
    };
    session.print(&screen::question(
        &head,
        &shown,
        posed.as_ref(),
        session.width(),
    ));
    loop {
        let took = take(session, question, &shown, posed.as_ref(), prompter)?;
        match took {
            Took::End(flow) => return Ok(flow),
            Took::Given(given) => {
                keep(session, at, given, posed, began)?;
                return Ok(Flow::On);
            }
            Took::Key(Key::NotKnown) => {
                return not_known(session, at, posed, began, prompter);
            }
            Took::Key(Key::Skip) => return skip(session, kept, at),
            Took::Key(Key::Undo) => {
                session.undo()?;
                return Ok(Flow::On);
            }
            Took::Key(Key::Leave) => return Ok(Flow::End(Ended::Left)),
            Took::Key(Key::Flag) => flag(session, question)?,
            Took::Key(Key::Help | Key::Editor) => session.print(&screen::keys(session.width())),
            Took::Key(Key::Hint) => {
                if session.mode == Mode::Exam {
                    session.remark("There are no hints in an exam.");
                } else {
                    helped(session, question)?;
                    aside::hint(session, question);
                }
            }
            Took::Key(Key::Lesson) => {
                if session.mode == Mode::Exam {
                    session.remark("Lessons stay closed in an exam.");
                } else {
                    helped(session, question)?;
                    aside::lesson(session, question);
                }
            }
            Took::Key(Key::Account) => {
                if session.mode == Mode::Exam || question.asks_of_account() {
                    session.remark("Not before the answer is given.");
                } else {
                    aside::account(session, question);
                }
            }
            Took::Key(Key::Report) => {
                let flow = aside::report(session, question, None, prompter)?;
                if flow != Flow::On {
                    return Ok(flow);
                }
            }
        }
    }
}

/// Minutes that the answers of this sitting took.
fn minutes_used(kept: &Kept) -> u32 {
    kept.attempts
        .iter()
        .filter_map(|attempt| attempt.seconds)
        .sum::<u32>()
        / 60
}

fn helped(session: &Session<'_>, question: &Question) -> Result<(), Failure> {
    session
        .context
        .store
        .mark(session.id, question.id.as_str(), Mark::Hinted, now())?;
    Ok(())
}

fn flag(session: &Session<'_>, question: &Question) -> Result<(), Failure> {
    let store = &session.context.store;
    let id = question.id.as_str();
    let marks = store.marks(session.id)?;
    if marks
        .get(id)
        .is_some_and(|marks| marks.contains(&Mark::Flagged))
    {
        store.unmark(session.id, id, Mark::Flagged)?;
        session.remark("No longer flagged.");
    } else {
        store.mark(session.id, id, Mark::Flagged, now())?;
        session.remark("Flagged.");
    }
    Ok(())
}

fn skip(session: &Session<'_>, kept: &Kept, at: At<'_>) -> Result<Flow, Failure> {
    let again = session
        .standstill(kept)
        .is_marked(at.question, Mark::Skipped);
    let mark = if again && session.mode != Mode::Exam {
        session.remark("Left out of this sitting.");
        Mark::LeftOut
    } else {
        Mark::Skipped
    };
    session
        .context
        .store
        .mark(session.id, at.question.id.as_str(), mark, now())?;
    Ok(Flow::On)
}

fn not_known(
    session: &mut Session<'_>,
    at: At<'_>,
    posed: Option<Posed>,
    began: Timestamp,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let shown = posed.clone();
    keep(session, at, Given::NotKnown, posed, began)?;
    if session.mode == Mode::Exam {
        return Ok(Flow::On);
    }
    session.print(&screen::not_known(
        at.question,
        shown.as_ref(),
        session.width(),
    ));
    session.go_on(at.question, prompter)
}

/// Keeps an answer the moment it is given.
fn keep(
    session: &mut Session<'_>,
    at: At<'_>,
    given: Given,
    posed: Option<Posed>,
    began: Timestamp,
) -> Result<(), Failure> {
    let question = at.question;
    let marks = session.context.store.marks(session.id)?;
    let hearing = match &given {
        Given::Text { text } => hear(session.deck, question, text),
        _ => Hearing::default(),
    };
    let seconds = now().duration_since(began).as_secs();
    let attempt = NewAttempt {
        item: question.id.0.clone(),
        rev: question.rev,
        given,
        confidence: None,
        hinted: marks
            .get(question.id.as_str())
            .is_some_and(|marks| marks.contains(&Mark::Hinted)),
        hearing,
        posed,
        share: None,
        seconds: u32::try_from(seconds).ok(),
    };
    session.context.store.answer(session.id, &attempt, now())?;
    Ok(())
}

fn take(
    session: &mut Session<'_>,
    question: &Question,
    shown: &Shown,
    posed: Option<&Posed>,
    prompter: &mut dyn Prompter,
) -> Result<Took, Failure> {
    match &question.kind {
        Kind::Open(_) => own_words(session, question, prompter),
        Kind::Cloze(cloze) => gaps(session, cloze, prompter),
        Kind::Inspect(_) => inspected(session, posed, prompter),
        _ => one_line(session, question, shown, posed, prompter),
    }
}

fn one_line(
    session: &Session<'_>,
    question: &Question,
    shown: &Shown,
    posed: Option<&Posed>,
    prompter: &mut dyn Prompter,
) -> Result<Took, Failure> {
    let asked = screen::asked(question, shown, posed);
    loop {
        let line = match prompter.ask(&asked, None) {
            Answer::Given(line) => line,
            other => return Ok(Took::End(end(&other))),
        };
        if let Some(key) = Key::of(&line) {
            return Ok(Took::Key(key));
        }
        match typed::read(question, shown, posed, &line) {
            Ok(given) => return Ok(Took::Given(given)),
            Err(expected) => session.remark(expected),
        }
    }
}

fn gaps(
    session: &Session<'_>,
    cloze: &Cloze,
    prompter: &mut dyn Prompter,
) -> Result<Took, Failure> {
    let mut blanks = BTreeMap::new();
    for (blank, number) in cloze.blanks.iter().zip(1..) {
        let asked = if cloze.blanks.len() == 1 {
            "What belongs into the gap?".to_owned()
        } else {
            format!("Gap {number}:")
        };
        loop {
            let line = match prompter.ask(&asked, None) {
                Answer::Given(line) => line,
                other => return Ok(Took::End(end(&other))),
            };
            if let Some(key) = Key::of(&line) {
                return Ok(Took::Key(key));
            }
            if !line.trim().is_empty() {
                blanks.insert(blank.id.clone(), line.trim().to_owned());
                break;
            }
            session.remark("Nothing was typed. d alone says that you do not know.");
        }
    }
    Ok(Took::Given(Given::Filled { blanks }))
}

fn inspected(
    session: &mut Session<'_>,
    posed: Option<&Posed>,
    prompter: &mut dyn Prompter,
) -> Result<Took, Failure> {
    let Some(PosedWhat::Inspect(pages)) = posed.map(|posed| &posed.what) else {
        return Ok(Took::Key(Key::Skip));
    };
    let asked = if pages.faults.len() == 1 {
        "Which line is wrong? Its number:".to_owned()
    } else {
        format!("Which {} lines are wrong? Numbers:", pages.faults.len())
    };
    let lines = loop {
        let line = match prompter.ask(&asked, None) {
            Answer::Given(line) => line,
            other => return Ok(Took::End(end(&other))),
        };
        if let Some(key) = Key::of(&line) {
            return Ok(Took::Key(key));
        }
        match typed::numbers(&line, pages.lines.len()) {
            Ok(lines) => break lines,
            Err(expected) => session.remark(expected),
        }
    };
    let line = match prompter.ask("What harm does it do? In a line (Enter: no idea)", None) {
        Answer::Given(line) => line,
        other => return Ok(Took::End(end(&other))),
    };
    let why = match Key::of(&line) {
        Some(Key::NotKnown) => String::new(),
        Some(key) => return Ok(Took::Key(key)),
        None => line.trim().to_owned(),
    };
    Ok(Took::Given(Given::Inspected { lines, why }))
}

/// Several lines; an empty one ends them, `e` opens the editor on what is there. Each line is kept at once.
fn own_words(
    session: &mut Session<'_>,
    question: &Question,
    prompter: &mut dyn Prompter,
) -> Result<Took, Failure> {
    let id = question.id.as_str();
    let mut draft = session.context.store.draft(session.id, id)?;
    let mut next = if draft.is_empty() {
        prompter.ask("Your answer:", None)
    } else {
        session.print(&screen::draft(&draft, session.width()));
        prompter.ask("Go on; an empty line ends it, c begins anew:", None)
    };
    loop {
        let line = match next {
            Answer::Given(line) => line,
            other => return Ok(Took::End(end(&other))),
        };
        match Key::of(&line) {
            Some(Key::Editor) => match prompter.compose(&question.prompt, &draft) {
                Answer::Given(Ok(text)) if !text.trim().is_empty() => {
                    return Ok(Took::Given(Given::Text {
                        text: text.trim().to_owned(),
                    }));
                }
                Answer::Given(Ok(_)) => session.remark("Nothing was written."),
                Answer::Given(Err(error)) => session
                    .context
                    .ui
                    .trouble(crate::app::context::capitalised(&error.to_string())),
                Answer::Back => {}
                other => return Ok(Took::End(end(&other))),
            },
            None if line.trim() == "c" => {
                draft.clear();
                session.context.store.keep_draft(session.id, id, "")?;
            }
            Some(Key::Help) => session.print(&screen::keys(session.width())),
            Some(key) => return Ok(Took::Key(key)),
            _ if line.trim().is_empty() => {
                if !draft.trim().is_empty() {
                    return Ok(Took::Given(Given::Text {
                        text: draft.trim().to_owned(),
                    }));
                }
                session.remark(
                    "Nothing was written. A few words are enough; d alone says that you do not know.",
                );
            }
            _ => {
                draft.push_str(line.trim_end());
                draft.push('\n');
                session.context.store.keep_draft(session.id, id, &draft)?;
            }
        }
        next = prompter.more();
    }
}
