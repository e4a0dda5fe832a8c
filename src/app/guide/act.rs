//! Doing what was chosen.

use super::session::{Session, caption};
use super::{ending, picture, practise, profile, show, watch};
use crate::app::context::now;
use crate::app::failure::{Exit, Failure};
use crate::guide::attestation::Sentence;
use crate::guide::menu::Action;
use crate::term::verdicts::{Opened, step_lines};
use crate::term::{Answer, Line, Prompter};

/// Where that leaves the walk.
pub(super) enum Flow {
    /// At the same step.
    Stay,
    /// At another step, which is to be shown.
    Moved,
    End(Exit),
}

/// Does it. What goes wrong with looking or writing is said, and the learner stays where they are.
pub(super) fn act(
    session: &mut Session<'_, '_>,
    prompter: &mut dyn Prompter,
    action: &Action,
) -> Result<Flow, Failure> {
    match perform(session, prompter, action) {
        Ok(flow) => Ok(flow),
        Err(failure) => {
            let ui = session.ui();
            ui.trouble(&failure.message);
            for hint in &failure.hints {
                ui.hint(hint);
            }
            match action {
                // With nothing else to try, the way out must stay open.
                Action::Quit | Action::Finish => Err(failure),
                _ => Ok(Flow::Stay),
            }
        }
    }
}

fn perform(
    session: &mut Session<'_, '_>,
    prompter: &mut dyn Prompter,
    action: &Action,
) -> Result<Flow, Failure> {
    match action {
        Action::Check => return check(session, prompter),
        Action::Watch => watch::watch(session)?,
        Action::Next => {
            session.walk.go_on();
            return moved(session);
        }
        Action::NextOpen => {
            if let Some(open) = session.walk.next_open() {
                session.walk.go_to(open.step.id.as_str());
                return moved(session);
            }
        }
        Action::Unblock(step) => {
            session.walk.go_to(step);
            return moved(session);
        }
        Action::LeaveOut => return leave_out(session, prompter),
        Action::Back => {
            if session.walk.go_back() {
                return moved(session);
            }
            session.ui().say("This is the first step.");
        }
        Action::Confirm(sentence) => return confirm(session, prompter, sentence),
        Action::DoIt => {
            practise::do_it(session)?;
            return check(session, prompter);
        }
        Action::Hint(grade) => hint(session, *grade),
        Action::Evidence => evidence(session),
        Action::Read(at) => read(session, *at),
        Action::Console => console(session),
        Action::Profile => return profile::choose(session, prompter),
        Action::ChooseAgain => {
            session.forget_chosen()?;
            return check(session, prompter);
        }
        Action::Finish => return ending::finish(session, prompter),
        Action::Quit => {
            session.keep_place()?;
            let here = session.walk.here().step.title.clone();
            session
                .ui()
                .say_prose(format!("Your place is kept: {here}. Go on with: landfall"));
            return Ok(Flow::End(Exit::Passed));
        }
    }
    Ok(Flow::Stay)
}

fn check(session: &mut Session<'_, '_>, prompter: &mut dyn Prompter) -> Result<Flow, Failure> {
    if session.check(prompter)? {
        Ok(Flow::Stay)
    } else {
        Ok(Flow::End(Exit::Interrupted))
    }
}

fn moved(session: &mut Session<'_, '_>) -> Result<Flow, Failure> {
    session.keep_place()?;
    if session.is_new_lesson() {
        picture::refresh(session);
    }
    Ok(Flow::Moved)
}

fn leave_out(session: &mut Session<'_, '_>, prompter: &mut dyn Prompter) -> Result<Flow, Failure> {
    let step = session.walk.here().step.id.clone();
    session
        .context
        .store
        .leave_out(&session.key, &step, now())?;
    session.ui().say_prose(format!(
        "Left out: {step}. Come back to it any time with: landfall guide {step}"
    ));
    match session.walk.leave_out() {
        crate::guide::walk::Ahead::Step(_) => moved(session),
        crate::guide::walk::Ahead::End => ending::finish(session, prompter),
    }
}

fn confirm(
    session: &mut Session<'_, '_>,
    prompter: &mut dyn Prompter,
    sentence: &Sentence,
) -> Result<Flow, Failure> {
    let question = format!("\"{}.\" Is that true?", sentence.words);
    match prompter.confirm(&question, false) {
        Answer::Given(true) => {
            session
                .context
                .store
                .attest(&session.key, sentence.check, now())?;
            return check(session, prompter);
        }
        Answer::Given(false) | Answer::Back => {
            session.ui().say("Nothing was confirmed.");
        }
        Answer::Interrupted => return Ok(Flow::End(Exit::Interrupted)),
        Answer::Closed => return Ok(Flow::End(Exit::Passed)),
    }
    Ok(Flow::Stay)
}

fn hint(session: &mut Session<'_, '_>, grade: usize) {
    let Some(text) = session.walk.here().step.hints.get(grade) else {
        return;
    };
    let ui = session.ui();
    ui.print(Line::blank());
    ui.print(caption(&format!("Hint {} of 3", grade + 1)));
    show::text(&ui, text, &session.values);
    session.hints_shown = grade + 1;
}

fn evidence(session: &Session<'_, '_>) {
    let ui = session.ui();
    let Some(outcome) = session.walk.outcome(&session.walk.here().step.id) else {
        return;
    };
    ui.print(Line::blank());
    ui.print(caption("What was read"));
    ui.print_all(&step_lines(outcome, Opened::Evidence, ui.prose_width()));
}

fn read(session: &Session<'_, '_>, at: usize) {
    let ui = session.ui();
    if let Some(section) = session.parts().more.get(at) {
        ui.print(Line::blank());
        show::text(&ui, &section.text, &session.values);
    }
}

/// The link is printed always; a browser is started only where one can be seen.
fn console(session: &Session<'_, '_>) {
    let ui = session.ui();
    let Some(link) = &session.walk.here().step.console else {
        return;
    };
    if !session.values.knows_all(link) {
        ui.say_prose(format!(
            "The page is known once this is filled in: {}",
            session.values.fill(link)
        ));
        return;
    }
    let link = session.values.fill(link);
    ui.print(crate::term::Line::new(crate::term::Tone::Link, &link));
    if link.starts_with("https://") && has_display() {
        match open::that_detached(&link) {
            Ok(()) => ui.say("Opening it in your browser."),
            Err(error) => ui.say(format!("No browser could be started: {error}")),
        }
    }
}

/// On a machine without a screen (over SSH, in a container) `open` would start a browser inside the terminal.
fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return std::env::var_os("SSH_CONNECTION").is_none();
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
