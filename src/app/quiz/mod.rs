//! `landfall quiz`: a sitting of questions, continued where it stopped. Every answer is kept the moment it is given.

mod aside;
mod ask;
mod begin;
mod confirm;
mod from_file;
#[cfg(test)]
mod from_file_tests;
mod ground;
mod keys;
mod result;
mod screen;
mod session;
mod sheet;
mod sure;
#[cfg(test)]
mod tests;

pub use result::print as print_result;
pub use session::Ended;

use super::context::Context;
use super::failure::{Exit, Failure, Outcome};
use crate::cli::{Format, QuizArgs};
use crate::course::{self, Deck};
use crate::term::Prompter;

/// The deck of the chapter.
pub const DEFAULT_DECK: &str = "chapter-review";

/// Runs the command.
///
/// # Errors
/// Unknown deck, lesson or pattern, a bad answers file, nobody to ask.
pub fn run(context: &mut Context, args: &QuizArgs) -> Outcome {
    let format = context.format("quiz", &[Format::Text, Format::Json])?;
    let deck = deck(context, args.deck.as_deref().unwrap_or(DEFAULT_DECK))?;
    if args.back {
        return result::look_back(context, &deck, format);
    }
    if let Some(path) = &args.answers {
        let sitting = from_file::sit(context, &deck, path)?;
        return result::print(context, &deck, sitting, format);
    }
    if !context.ui.can_ask() {
        return Err(
            Failure::usage("The quiz asks questions, and nobody is at this terminal.").hint(
                "With answers from a file: landfall quiz --answers FILE. How the last sitting went: landfall quiz --back",
            ),
        );
    }
    let Some(sitting) = begin::sitting(context, &deck, args)? else {
        return Ok(Exit::Passed);
    };
    let mut prompter = context.prompter();
    let id = sitting.id;
    match session::sit(context, &deck, sitting, prompter.as_mut())? {
        Ended::Interrupted => Ok(Exit::Interrupted),
        Ended::Left if format == Format::Json => result::print(context, &deck, id, format),
        Ended::Left => {
            context.ui.say(SAVED);
            Ok(Exit::Passed)
        }
        Ended::Finished => result::print(context, &deck, id, format),
    }
}

/// What is said when somebody leaves.
pub const SAVED: &str = "Saved. `landfall quiz` goes on at this question.";

/// The usual sitting, as the guide offers it at its end: the unfinished one, else some mixed questions.
///
/// # Errors
/// Progress that cannot be read or written.
pub fn sit_down(
    context: &mut Context,
    deck: &Deck,
    prompter: &mut dyn Prompter,
) -> Result<(Ended, Option<crate::progress::SittingId>), Failure> {
    let Some(sitting) = begin::sitting(context, deck, &QuizArgs::default())? else {
        return Ok((Ended::Finished, None));
    };
    let id = sitting.id;
    Ok((session::sit(context, deck, sitting, prompter)?, Some(id)))
}

/// A deck of the course by its id.
///
/// # Errors
/// A usage failure that names the nearest.
pub fn deck(context: &Context, id: &str) -> Result<Deck, Failure> {
    context.course.deck(id).cloned().ok_or_else(|| {
        let known: Vec<&str> = context
            .course
            .decks
            .iter()
            .map(|deck| deck.id.as_str())
            .collect();
        let best = course::closest(id, known.iter().copied());
        Failure::usage(format!("There is no deck `{id}`.")).hint(match best {
            Some(best) => format!("Did you mean `{best}`?"),
            None => format!("Decks: {}.", known.join(", ")),
        })
    })
}
