//! `landfall quiz`: open questions, the model answer beside one's own, each point confirmed by the learner.

use super::context::{Context, now};
use super::failure::{Exit, Failure, Outcome};
use super::quiz_screen as screen;
use crate::cli::{Format, QuizArgs};
use crate::course::{self, Deck, Question, SourceText};
use crate::progress::{Said, SittingId};
use crate::quiz::{DeckResult, Next, next};
use crate::term::{Answer, Choice, Prompter};
use std::collections::BTreeSet;

/// The deck of the chapter.
pub const DEFAULT_DECK: &str = "chapter-review";

/// How a sitting at the terminal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Finished,
    /// Saved; it goes on at the same question.
    Left,
    Interrupted,
}

/// Runs the command.
///
/// # Errors
/// Unknown deck, a bad answers file, nobody to ask.
pub fn run(context: &mut Context, args: &QuizArgs) -> Outcome {
    let format = context.format("quiz", &[Format::Text, Format::Json])?;
    let deck = deck(context, args.deck.as_deref().unwrap_or(DEFAULT_DECK))?;
    if let Some(path) = &args.answers {
        let sitting = from_file(context, &deck, path)?;
        return print(context, &deck, sitting, format);
    }
    if !context.ui.can_ask() {
        return Err(
            Failure::usage("The quiz asks questions, and nobody is at this terminal.")
                .hint("With answers from a file: landfall quiz --answers FILE"),
        );
    }
    let mut prompter = context.prompter();
    match sit(context, &deck, prompter.as_mut())? {
        (Ended::Interrupted, _) => Ok(Exit::Interrupted),
        (Ended::Left, sitting) if format == Format::Json => print(context, &deck, sitting, format),
        (Ended::Left, _) => {
            context
                .ui
                .say("Saved. `landfall quiz` goes on at this question.");
            Ok(Exit::Passed)
        }
        (Ended::Finished, sitting) => print(context, &deck, sitting, format),
    }
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

/// Asks until the deck is through, or the learner leaves. Every answer is kept the moment it is given.
///
/// # Errors
/// Progress that cannot be written.
pub fn sit(
    context: &mut Context,
    deck: &Deck,
    prompter: &mut dyn Prompter,
) -> Result<(Ended, SittingId), Failure> {
    let ui = std::sync::Arc::clone(&context.ui);
    let sitting = match context.store.open_sitting(deck.id.as_str())? {
        Some(sitting) => {
            ui.say("Going on where you stopped.");
            sitting
        }
        None => context.store.begin_sitting(deck.id.as_str(), now())?,
    };
    let mut put_off = BTreeSet::new();
    loop {
        let answers = context.store.answers(sitting)?;
        match next(deck, &answers, &put_off) {
            Next::Finished => {
                context.store.finish_sitting(sitting, now())?;
                return Ok((Ended::Finished, sitting));
            }
            Next::Answer { question, number } => {
                ui.print_all(&screen::question(
                    question,
                    number,
                    deck.questions.len(),
                    ui.prose_width(),
                ));
                match ask(context, question, sitting, prompter)? {
                    Asked::Kept => {}
                    Asked::PutOff => {
                        put_off.insert(question.id.0.clone());
                    }
                    Asked::Leave => return Ok((Ended::Left, sitting)),
                    Asked::Interrupted => return Ok((Ended::Interrupted, sitting)),
                }
            }
            Next::Confirm {
                question,
                answer,
                points,
                ..
            } => {
                ui.print_all(&screen::reveal(question, answer, ui.prose_width()));
                for (at, point) in points.iter().enumerate() {
                    ui.print_all(&screen::point(point, ui.prose_width()));
                    let words = format!("Did your answer say this? ({} to go)", points.len() - at);
                    let choices = [
                        Choice::keyed("y", "Yes, I said it"),
                        Choice::keyed("p", "Partly"),
                        Choice::keyed("n", "No, not yet"),
                    ];
                    let said = match prompter.choose(&words, &choices, 0) {
                        Answer::Given(0) => Said::Said,
                        Answer::Given(1) => Said::Partly,
                        Answer::Given(_) => Said::NotSaid,
                        Answer::Interrupted => return Ok((Ended::Interrupted, sitting)),
                        Answer::Back | Answer::Closed => return Ok((Ended::Left, sitting)),
                    };
                    context
                        .store
                        .confirm(sitting, question.id.as_str(), &point.id, said, now())?;
                }
            }
        }
    }
}

enum Asked {
    Kept,
    PutOff,
    Leave,
    Interrupted,
}

fn ask(
    context: &Context,
    question: &Question,
    sitting: SittingId,
    prompter: &mut dyn Prompter,
) -> Result<Asked, Failure> {
    let choices = [
        Choice::keyed("a", "Answer in a line or two"),
        Choice::keyed("e", "Write in the editor"),
        Choice::keyed("d", "I don't know (shows the model answer)"),
        Choice::keyed("s", "Skip for now"),
        Choice::keyed("q", "Save and leave"),
    ];
    loop {
        let text = match prompter.choose("Your answer", &choices, 0) {
            Answer::Given(0) => prompter.ask("Your answer:", None),
            Answer::Given(1) => match prompter.compose(&question.prompt, "") {
                Answer::Given(Ok(text)) => Answer::Given(text),
                Answer::Given(Err(error)) => {
                    context
                        .ui
                        .trouble(super::context::capitalised(&error.to_string()));
                    continue;
                }
                Answer::Back => Answer::Back,
                Answer::Interrupted => Answer::Interrupted,
                Answer::Closed => Answer::Closed,
            },
            Answer::Given(2) => {
                context
                    .store
                    .answer(sitting, question.id.as_str(), question.rev, None, now())?;
                context
                    .ui
                    .print_all(&screen::not_known(question, context.ui.prose_width()));
                return Ok(Asked::Kept);
            }
            Answer::Given(3) => return Ok(Asked::PutOff),
            Answer::Given(_) | Answer::Back | Answer::Closed => return Ok(Asked::Leave),
            Answer::Interrupted => return Ok(Asked::Interrupted),
        };
        match text {
            Answer::Given(text) if text.trim().is_empty() => {
                context
                    .ui
                    .say("Nothing was written; choose \"I don't know\" to see the model answer.");
            }
            Answer::Given(text) => {
                context.store.answer(
                    sitting,
                    question.id.as_str(),
                    question.rev,
                    Some(text.trim()),
                    now(),
                )?;
                return Ok(Asked::Kept);
            }
            Answer::Back => {}
            Answer::Interrupted => return Ok(Asked::Interrupted),
            Answer::Closed => return Ok(Asked::Leave),
        }
    }
}

fn from_file(context: &Context, deck: &Deck, path: &std::path::Path) -> Result<SittingId, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::unreadable(format!("{} cannot be read: {error}", path.display()))
    })?;
    let source = SourceText {
        name: path.display().to_string(),
        text,
    };
    let given = course::answers(deck, &source).map_err(|problems| {
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::content(shown.join("\n\n")).hint("Mend the file; nothing of it was taken over.")
    })?;
    let sitting = context.store.begin_sitting(deck.id.as_str(), now())?;
    for answer in &given {
        let Some(question) = deck
            .questions
            .iter()
            .find(|question| question.id.as_str() == answer.question)
        else {
            continue;
        };
        context.store.answer(
            sitting,
            question.id.as_str(),
            question.rev,
            answer.text.as_deref(),
            now(),
        )?;
        if answer.text.is_none() {
            continue;
        }
        for point in question.points() {
            let said = if answer.said.contains(&point.id) {
                Said::Said
            } else if answer.partly.contains(&point.id) {
                Said::Partly
            } else {
                Said::NotSaid
            };
            context
                .store
                .confirm(sitting, question.id.as_str(), &point.id, said, now())?;
        }
    }
    context.store.finish_sitting(sitting, now())?;
    Ok(sitting)
}

fn print(context: &Context, deck: &Deck, sitting: SittingId, format: Format) -> Outcome {
    let result = DeckResult::of(deck, &context.store.answers(sitting)?);
    match format {
        Format::Json => {
            let document = serde_json::json!({"schema": 1, "result": result});
            context.ui.document(&format!("{document:#}\n"));
        }
        _ => context
            .ui
            .print_all(&screen::result(&result, context.ui.prose_width())),
    }
    Ok(Exit::Passed)
}
