//! The end of the walk: the quiz, then what comes next.

use super::act::Flow;
use super::session::Session;
use super::show;
use crate::account::Source;
use crate::app::evidence;
use crate::app::failure::{Exit, Failure};
use crate::app::quiz::{self, Ended};
use crate::cli::Format;
use crate::guide::closing::{closing, torn_down};
use crate::guide::menu::Ground;
use crate::term::{Answer, Choice, Prompter};

/// Offers the review quiz, then shows the closing screen.
///
/// # Errors
/// Progress that cannot be read or written.
pub(super) fn finish(
    session: &mut Session<'_, '_>,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let choices = [
        Choice::keyed("quiz", "Take the review quiz"),
        Choice::keyed("later", "Not now"),
        Choice::keyed("back", "Back to the step"),
    ];
    match prompter.choose("All steps lie behind you. The quiz?", &choices, 0) {
        Answer::Given(0) => {
            let deck = quiz::deck(session.context, quiz::DEFAULT_DECK)?;
            let (ended, sitting) = quiz::sit_down(session.context, &deck, prompter)?;
            match ended {
                Ended::Finished => {
                    if let Some(sitting) = sitting {
                        quiz::print_result(session.context, &deck, sitting, Format::Text)?;
                    }
                }
                Ended::Left => session
                    .ui()
                    .say("Saved. `landfall quiz` goes on at this question."),
                Ended::Interrupted => return Ok(Flow::End(Exit::Interrupted)),
            }
        }
        Answer::Given(1) | Answer::Closed => {
            session.ui().say("The quiz waits for you: landfall quiz");
        }
        Answer::Given(_) | Answer::Back => return Ok(Flow::Stay),
        Answer::Interrupted => return Ok(Flow::End(Exit::Interrupted)),
    }
    let real = session.ground() == Ground::Own && session.snapshot.source == Source::Aws;
    let ended = if evidence::teardown_begun(session.context, &session.key)? {
        torn_down()
    } else {
        let patterns = session.patterns()?;
        closing(&session.walk.open_steps(), &patterns, real)
    };
    show::closing(&session.ui(), &ended);
    Ok(Flow::End(Exit::Passed))
}
