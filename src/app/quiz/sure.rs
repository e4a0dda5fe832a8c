//! How sure the learner is, asked before anything is revealed.

use super::keys::Key;
use super::session::{Ended, Flow, Session, end};
use crate::app::failure::Failure;
use crate::progress::{Attempt, Confidence};
use crate::term::{Answer, Prompter};

/// Asks how sure the learner is, before anything is revealed.
///
/// # Errors
/// Progress that cannot be written.
pub(super) fn sure(
    session: &mut Session<'_>,
    attempt: &Attempt,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    loop {
        let asked = "How sure are you? 1 not sure, 2 fairly sure, 3 very sure";
        let typed = match prompter.ask(asked, None) {
            Answer::Given(typed) => typed,
            other => return Ok(end(&other)),
        };
        let confidence = match typed.trim().to_lowercase().as_str() {
            "1" | "n" | "not" | "not sure" => Confidence::NotSure,
            "2" | "f" | "fairly" | "fairly sure" => Confidence::Fairly,
            "3" | "v" | "very" | "very sure" => Confidence::Very,
            other => {
                match Key::of(other) {
                    Some(Key::Leave) => return Ok(Flow::End(Ended::Left)),
                    Some(Key::Undo) => {
                        session.undo()?;
                        return Ok(Flow::On);
                    }
                    _ => session.remark(
                        "Type 1, 2 or 3. It costs nothing: it only shows you, in time, how well you judge yourself.",
                    ),
                }
                continue;
            }
        };
        session.context.store.be_sure(attempt.id, confidence)?;
        return Ok(Flow::On);
    }
}
