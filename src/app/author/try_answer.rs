//! `landfall author try`: what the grader hears in an answer, and why.

use super::try_screen as screen;
use crate::app::context::{Context, capitalised};
use crate::app::failure::{Exit, Failure, Outcome};
use crate::cli::Format;
use crate::course::{self, Deck, Question};
use crate::quiz::hear::Ear;
use crate::report::sanitize::json_document;
use crate::term::{Answer, Prompter};
use std::io::Read;

/// Longer answers are cut off, so that a file by mistake does not fill the memory.
const LONGEST: u64 = 1_000_000;

/// Grades one answer: given, typed at the terminal, or read from stdin.
///
/// # Errors
/// Unknown question, one that is not open, no answer.
pub fn run(context: &Context, question: &str, answer: Option<&str>) -> Outcome {
    let format = context.format("author try", &[Format::Text, Format::Json])?;
    let (deck, question) = find(context, question)?;
    let answer = match answer {
        Some(answer) => answer.to_owned(),
        None if context.ui.can_ask() => {
            match typed(context, question, context.prompter().as_mut())? {
                Some(answer) => answer,
                None => return Ok(Exit::Interrupted),
            }
        }
        None => piped(std::io::stdin().lock())?,
    };
    if answer.trim().is_empty() {
        return Err(no_answer(question));
    }
    let explained = Ear::of(deck, question).explain(&answer);
    match format {
        Format::Json => {
            let document = screen::json(question, &explained);
            context.ui.document(&json_document(&document));
        }
        _ => context.ui.print_all(&screen::lines(
            question,
            &explained,
            context.ui.prose_width(),
        )),
    }
    Ok(Exit::Passed)
}

/// An open question of any deck.
fn find<'a>(context: &'a Context, id: &str) -> Result<(&'a Deck, &'a Question), Failure> {
    let decks = &context.course.decks;
    let found = decks
        .iter()
        .find_map(|deck| deck.question(id).map(|question| (deck, question)));
    let open = || {
        decks
            .iter()
            .flat_map(|deck| &deck.questions)
            .filter(|question| question.open().is_some())
            .map(|question| question.id.as_str())
    };
    match found {
        Some((_, question)) if question.open().is_none() => Err(Failure::usage(format!(
            "`{id}` is no open question ({}); its key is known, and nothing has to be heard.",
            question.kind.word()
        ))
        .hint(format!(
            "Open questions: {}.",
            open().collect::<Vec<_>>().join(", ")
        ))),
        Some(found) => Ok(found),
        None => Err(
            Failure::usage(format!("There is no question `{id}`.")).hint(
                match course::closest(id, open()) {
                    Some(best) => format!("Did you mean `{best}`?"),
                    None => format!("Open questions: {}.", open().collect::<Vec<_>>().join(", ")),
                },
            ),
        ),
    }
}

/// Asks at the terminal. `None` = Ctrl-C.
fn typed(
    context: &Context,
    question: &Question,
    prompter: &mut dyn Prompter,
) -> Result<Option<String>, Failure> {
    context.ui.say_prose(&question.prompt);
    match prompter.compose(&question.prompt, "") {
        Answer::Given(Ok(text)) => Ok(Some(text)),
        Answer::Given(Err(error)) => Err(Failure::unreadable(capitalised(&error.to_string()))
            .hint(format!(
                "Without an editor: landfall author try {} --answer \"...\"",
                question.id
            ))),
        Answer::Interrupted => Ok(None),
        Answer::Back | Answer::Closed => Err(no_answer(question)),
    }
}

/// Everything on stdin.
fn piped(from: impl Read) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    from.take(LONGEST)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::unreadable(format!("The answer could not be read: {error}.")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn no_answer(question: &Question) -> Failure {
    Failure::usage("There is no answer to try.").hint(format!(
        "landfall author try {} --answer \"...\", or the answer on stdin",
        question.id
    ))
}

#[cfg(test)]
mod tests;
