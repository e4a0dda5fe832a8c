//! `landfall author preview`: a lesson as learners see it.

use crate::app::context::Context;
use crate::app::evidence;
use crate::app::failure::{Exit, Outcome};
use crate::cli::Format;
use crate::term::markdown::{self, Frame, Options};
use crate::term::{Line, Manner, Tone};

/// Prints the lesson (or one step of it) rendered, placeholders by name: no account is looked at.
///
/// # Errors
/// Unknown lesson or step.
pub fn run(context: &Context, word: &str) -> Outcome {
    context.format("author preview", &[Format::Text])?;
    let ui = &context.ui;
    let options = Options {
        width: ui.prose_width(),
        frame: match ui.manner() {
            Manner::Screen => Frame::Rules,
            Manner::Plain => Frame::Words,
        },
    };
    let steps = super::commands::steps(context, word)?;
    if let Some(lesson) = context.course.lesson(word) {
        ui.print(Line::new(Tone::Heading, &lesson.title));
        ui.print_prose(&lesson.goal);
        ui.print(Line::blank());
        ui.print_all(&markdown::render(
            &markdown::parse(&lesson.introduction),
            options,
        ));
    } else if context.course.step(word).is_none() {
        return Err(evidence::no_such_step(context, word));
    }
    for step in steps {
        ui.print(Line::blank());
        ui.print(Line::new(
            Tone::Heading,
            format!("{} ({})", step.title, step.id),
        ));
        ui.print(Line::blank());
        ui.print_all(&markdown::render(&markdown::parse(&step.text), options));
        ui.print(Line::blank());
        for (hint, number) in step.hints.iter().zip(1..) {
            ui.print(Line::new(Tone::Quiet, format!("Hint {number}: ")).and(Tone::Plain, hint));
        }
        ui.print(Line::new(
            Tone::Quiet,
            format!("Checks: {}", step.checks.join(", ")),
        ));
    }
    Ok(Exit::Passed)
}
