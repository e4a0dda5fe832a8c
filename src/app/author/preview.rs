//! `landfall author preview`: a lesson as learners see it.

use crate::account::{Snapshot, Source};
use crate::app::context::{Context, now};
use crate::app::failure::{Exit, Outcome};
use crate::app::lesson_text::{Shells, document};
use crate::cli::Format;
use crate::guide::values::Values;
use crate::term::layout::{Margin, wrap_text};
use crate::term::markdown::{self, Frame, Options};
use crate::term::{Line, Manner, Tone};

/// Prints the lesson (or one step of it) rendered, for both shells. No account is looked at: what comes from one is
/// shown by name.
///
/// # Errors
/// Unknown lesson or step.
pub fn run(context: &Context, word: &str) -> Outcome {
    context.format("author preview", &[Format::Text])?;
    let ui = &context.ui;
    let frame = match ui.manner() {
        Manner::Screen => Frame::Rules,
        Manner::Plain => Frame::Words,
    };
    let options = Options {
        width: ui.prose_width(),
        frame,
    };
    let chapter = context.chapter();
    let region = chapter.region.clone();
    let values = Values::of(&Snapshot::blank(Source::Practice, chapter, region, now()));
    let rendered = |text: &str| markdown::render(&document(text, &values, Shells::All), options);
    let steps = super::commands::steps(context, word)?;
    if let Some(lesson) = context.course.lesson(word) {
        ui.print(Line::new(Tone::Heading, &lesson.title));
        ui.print_prose(&lesson.goal);
        ui.print(Line::blank());
        ui.print_all(&rendered(&lesson.introduction));
    }
    for step in steps {
        ui.print(Line::blank());
        ui.print(Line::new(
            Tone::Heading,
            format!("{} ({})", step.title, step.id),
        ));
        ui.print(Line::blank());
        ui.print_all(&rendered(&step.text));
        ui.print(Line::blank());
        for (hint, number) in step.hints.iter().zip(1..) {
            let margin = Margin::hanging(Line::new(Tone::Quiet, format!("Hint {number}: ")));
            ui.print_all(&wrap_text(
                &values.fill(hint),
                Tone::Plain,
                options.width,
                &margin,
            ));
        }
        let margin = Margin::hanging(Line::new(Tone::Quiet, "Checks: "));
        ui.print_all(&wrap_text(
            &step.checks.join(", "),
            Tone::Plain,
            options.width,
            &margin,
        ));
    }
    Ok(Exit::Passed)
}
