//! What `landfall status` shows before anything was looked at.

use super::screen::{quiz_lines, title};
use crate::app::context::Context;
use crate::report::{QuizProgress, Status};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::count;
use crate::term::{Line, Tone};

/// Before anything was looked at.
pub(super) fn lines(context: &Context, status: &Status, width: usize) -> Vec<Line> {
    let steps = context.course.steps().count();
    let mut lines = title(status, width);
    let questions: usize = status.quizzes.iter().map(|quiz| quiz.questions).sum();
    let welcome = format!(
        "Landfall walks you through the chapter in {}, checks each against your account without ever changing it, \
         and closes with a quiz of {}. Nothing was looked at yet.",
        count(steps, "step", "steps"),
        count(questions, "question", "questions"),
    );
    lines.extend(layout::wrap_text(
        &welcome,
        Tone::Plain,
        width,
        &Margin::default(),
    ));
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Heading, "Where to begin"));
    for (command, say) in [
        (
            "landfall",
            "the guided walk: run it by itself at a terminal",
        ),
        (
            "landfall tour",
            "the whole loop in seconds; no AWS account needed",
        ),
        (
            "landfall --account practice",
            "the same walk on the practice account that comes with Landfall",
        ),
        (
            "landfall doctor",
            "whether credentials, region and programs are ready",
        ),
    ] {
        lines.extend(command_line(command, say, width));
    }
    for quiz in begun(&status.quizzes) {
        lines.push(Line::blank());
        lines.extend(quiz_lines(quiz, None, width));
    }
    lines
}

fn begun(quizzes: &[QuizProgress]) -> impl Iterator<Item = &QuizProgress> {
    quizzes.iter().filter(|quiz| quiz.is_begun())
}

fn command_line(command: &str, say: &str, width: usize) -> Vec<Line> {
    const COLUMN: usize = 32;
    if width < 70 {
        let mut lines = vec![Line::from("  ").and(Tone::Code, command)];
        lines.extend(layout::wrap_text(
            say,
            Tone::Plain,
            width,
            &Margin::spaces(6),
        ));
        return lines;
    }
    let first = Line::from("  ").and(Tone::Code, command).and(
        Tone::Plain,
        " ".repeat(COLUMN.saturating_sub(command.len() + 2)),
    );
    layout::wrap_text(say, Tone::Plain, width, &Margin::hanging(first))
}
