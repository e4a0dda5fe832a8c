//! `landfall guide`: the guided walk. What may be chosen and what is said is decided in `crate::guide`; here it is shown
//! and done.

mod act;
mod ending;
mod picture;
pub(in crate::app) mod place;
mod practise;
mod profile;
mod session;
mod show;
mod start;
mod watch;

use super::context::Context;
use super::evidence;
use super::failure::{Exit, Outcome};
use crate::term::{Answer, Choice, Prompter};
use act::Flow;
use session::Session;
use std::sync::Arc;

/// Runs the walk at this process's terminal, from a lesson or step, or from where it stopped. Without a terminal at stdin
/// the step is printed and nothing is asked.
///
/// # Errors
/// A word that names no lesson or step; an account that cannot be looked at; progress that cannot be written.
pub fn run(context: &mut Context, from: Option<&str>) -> Outcome {
    if context.ui.can_ask() {
        let mut prompter = context.prompter();
        return walk(context, prompter.as_mut(), from);
    }
    let course = context.course.clone();
    known(context, from)?;
    let mut session = Session::begin(context, &course, from)?;
    session.show_lesson();
    session.show_step();
    let id = session.walk.here().step.id.clone();
    session.ui().say_prose(format!(
        "Nobody is at the terminal, so I ask nothing. To have this step checked: landfall verify {id}"
    ));
    Ok(Exit::Passed)
}

/// The walk with any prompter.
///
/// # Errors
/// As [`run`].
pub fn walk(context: &mut Context, prompter: &mut dyn Prompter, from: Option<&str>) -> Outcome {
    known(context, from)?;
    match start::ask(context, prompter)? {
        Answer::Given(()) => {}
        Answer::Interrupted => return Ok(Exit::Interrupted),
        Answer::Back | Answer::Closed => {
            context
                .ui
                .say("Nothing was changed. Begin any time with: landfall");
            return Ok(Exit::Passed);
        }
    }
    // The walk borrows the course while the context is used to look and to write.
    let course = context.course.clone();
    let mut session = Session::begin(context, &course, from)?;
    if arrive(&mut session, prompter) == Arrived::Interrupted {
        return Ok(Exit::Interrupted);
    }
    loop {
        let offers = session.offers();
        let choices: Vec<Choice> = offers
            .iter()
            .map(|offer| Choice::keyed(offer.key, &offer.label))
            .collect();
        session.ui().say("");
        let action = match prompter.choose(&session.question(), &choices, 0) {
            Answer::Given(at) => offers[at].action.clone(),
            Answer::Back => crate::guide::menu::Action::Back,
            Answer::Interrupted => return Ok(Exit::Interrupted),
            Answer::Closed => crate::guide::menu::Action::Quit,
        };
        match act::act(&mut session, prompter, &action)? {
            Flow::Stay => {}
            Flow::Moved => {
                if arrive(&mut session, prompter) == Arrived::Interrupted {
                    return Ok(Exit::Interrupted);
                }
            }
            Flow::End(exit) => return Ok(exit),
        }
    }
}

#[derive(PartialEq, Eq)]
enum Arrived {
    AtStep,
    Interrupted,
}

/// Shows where the learner is now. A lesson's introduction is read before its first step appears below it.
fn arrive(session: &mut Session<'_, '_>, prompter: &mut dyn Prompter) -> Arrived {
    if session.show_lesson() {
        session.ui().say("");
        if prompter.pause("Enter: on to the step ") == Answer::Interrupted {
            return Arrived::Interrupted;
        }
    }
    session.show_step();
    Arrived::AtStep
}

/// A word must name a lesson or a step before anything is asked or looked at.
fn known(context: &Context, from: Option<&str>) -> Result<(), super::failure::Failure> {
    match from {
        Some(word)
            if context.course.lesson(word).is_none() && context.course.step(word).is_none() =>
        {
            Err(evidence::no_such_step(context, word))
        }
        _ => Ok(()),
    }
}

/// The terminal, shared so that it can be used while the context is changed.
type SharedUi = Arc<crate::term::Ui>;
