//! What `landfall status` shows.

use super::change_lines;
use crate::account::Source;
use crate::app::local_time::LocalTime;
use crate::checks::Verdict;
use crate::quiz::back;
use crate::report::{LessonProgress, NextKind, QuizProgress, Status, StepState};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::{count, mark};
use crate::term::{Line, Span, Tone};

/// Columns of the longest mark in the list of lessons.
const MARK: usize = 15;

pub(super) fn title(status: &Status, width: usize) -> Vec<Line> {
    layout::wrap_text(&status.course, Tone::Heading, width, &Margin::default())
}

/// Where the learner stands.
pub(super) fn lines(
    status: &Status,
    local: &LocalTime,
    every_step: bool,
    width: usize,
) -> Vec<Line> {
    let mut lines = layout::wrap_text(&head(status, local), Tone::Quiet, width, &Margin::default());
    lines.push(Line::blank());
    lines.extend(title(status, width));
    lines.extend(layout::wrap_text(
        &steps(status),
        Tone::Plain,
        width,
        &Margin::default(),
    ));
    lines.extend(change_lines::changes(status, local, width));
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Heading, "Lessons"));
    for lesson in &status.lessons {
        lines.extend(lesson_lines(lesson, every_step, width));
    }
    if !status.quizzes.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Quiz"));
        for quiz in &status.quizzes {
            lines.extend(quiz_lines(quiz, Some(local), width));
        }
    }
    lines.push(Line::blank());
    lines.extend(next(status, width));
    lines
}

fn head(status: &Status, local: &LocalTime) -> String {
    let mut words = Vec::new();
    if let Some(account) = &status.account {
        words.push(match (account.source, &account.id) {
            (Source::Practice, _) => "practice account".to_owned(),
            (_, Some(id)) => format!("account {id}"),
            (_, None) => "account not known yet".to_owned(),
        });
        words.push(account.region.clone());
    }
    if let Some(at) = status.last_looked {
        words.push(format!("last looked {}", local.minute(at)));
    }
    words.join(" | ")
}

fn steps(status: &Status) -> String {
    let steps = status.steps;
    let mut words = vec![
        format!(
            "{} of {} done",
            steps.done,
            count(steps.sum(), "step", "steps")
        ),
        format!("{} open", steps.open),
    ];
    if steps.left_out > 0 {
        words.push(format!("{} left out", steps.left_out));
    }
    let mut sentence = words.join(", ") + ".";
    if status.teardown_begun {
        sentence.push_str(" The teardown has begun: what is gone is no step back.");
    }
    sentence
}

fn lesson_lines(lesson: &LessonProgress, every_step: bool, width: usize) -> Vec<Line> {
    let margin = match lesson.verdict {
        // An optional lesson that nobody took up is no trouble.
        Some(Verdict::Skipped | Verdict::Unknown | Verdict::Blocked | Verdict::Missing) | None
            if is_optional(lesson) =>
        {
            bare("  – optional", width)
        }
        Some(verdict) => marked(verdict, width),
        None => bare("  not looked at", width),
    };
    let mut spans = vec![Span::new(Tone::Plain, &lesson.title)];
    if !is_optional(lesson) {
        spans.push(Span::new(Tone::Quiet, format!(": {}", progress(lesson))));
    }
    let mut lines = layout::wrap(&spans, width, &margin);
    if every_step {
        for step in &lesson.steps {
            let state = match (step.state, step.optional) {
                (StepState::LeftOut, _) => ", left out",
                (StepState::Open, true) => ", optional",
                _ => "",
            };
            let spans = [
                step.verdict
                    .map_or_else(|| Span::new(Tone::Quiet, "not looked at"), mark),
                Span::new(Tone::Plain, format!(" {} ", step.title)),
                Span::new(Tone::Quiet, format!("({}{state})", step.id)),
            ];
            let indent = if width < 60 { 4 } else { MARK + 4 };
            lines.extend(layout::wrap(&spans, width, &Margin::spaces(indent)));
        }
    }
    lines
}

fn is_optional(lesson: &LessonProgress) -> bool {
    lesson.counts.sum() == 0
}

fn progress(lesson: &LessonProgress) -> String {
    let counts = lesson.counts;
    let mut words = vec![format!(
        "{} of {} done",
        counts.done,
        count(counts.sum(), "step", "steps")
    )];
    if counts.left_out > 0 {
        words.push(format!("{} left out", counts.left_out));
    }
    words.join(", ")
}

pub(super) fn quiz_lines(
    quiz: &QuizProgress,
    local: Option<&LocalTime>,
    width: usize,
) -> Vec<Line> {
    let margin = Margin::hanging(Line::from("  "));
    if !quiz.is_begun() {
        let words = format!(
            " - not begun, {}",
            count(quiz.questions, "question", "questions")
        );
        let spans = [
            Span::new(Tone::Plain, &quiz.title),
            Span::new(Tone::Quiet, words),
        ];
        return layout::wrap(&spans, width, &margin);
    }
    let mut lines = layout::wrap_text(&quiz.title, Tone::Plain, width, &margin);
    let mut say = |words: String, command: Option<String>, rest: &str| {
        let mut spans = vec![Span::new(Tone::Quiet, words)];
        if let Some(command) = command {
            spans.push(Span::new(Tone::Action, format!(" {command}")));
        }
        spans.push(Span::new(Tone::Quiet, rest));
        let margin = Margin {
            first: Line::from("    "),
            rest: Line::from("      "),
        };
        lines.extend(layout::wrap(&spans, width, &margin));
    };
    let due = capital(&quiz.due_words());
    if quiz.counts.due > 0 {
        say(format!("{due}:"), Some(quiz.due_command()), "");
    } else {
        say(format!("{due}."), None, "");
    }
    if let Some(stopped) = quiz.stopped_words() {
        let stopped = format!("{}:", capital(&stopped));
        say(stopped, Some(quiz.command.clone()), " goes on");
    }
    if let (Some(at), Some(local)) = (quiz.finished_at, local) {
        let share = quiz.share.map_or_else(String::new, |share| {
            let share = back::percent(share);
            format!(" with {share}, open questions as you confirmed them yourself")
        });
        say(
            format!("Last finished {}{share}.", local.minute(at)),
            None,
            "",
        );
    }
    lines
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn next(status: &Status, width: usize) -> Vec<Line> {
    let next = &status.next;
    let say = match next.kind {
        NextKind::Begin | NextKind::Step => next.title.clone(),
        NextKind::Wait => format!("{} (AWS is still working on it)", next.title),
        NextKind::Quiz => format!("The quiz: {}", next.title),
        NextKind::Report => {
            "Everything asked for is done. Your report, with the patterns".to_owned()
        }
    };
    let mut lines = layout::wrap(
        &[Span::new(Tone::Plain, say)],
        width,
        &Margin::hanging(Line::new(Tone::Strong, "Next: ")),
    );
    lines.push(Line::from("      ").and(Tone::Action, &next.command));
    lines
}

/// The mark in a column of its own; where the screen is narrow, in front of the text.
pub(super) fn marked(verdict: Verdict, width: usize) -> Margin {
    let mark = mark(verdict);
    let columns = mark.width();
    let first = Line::from("  ").and(mark.tone(), mark.text());
    if width < 60 {
        return Margin {
            first: first.and(Tone::Plain, " "),
            rest: Line::from("    "),
        };
    }
    let gap = (MARK + 2).saturating_sub(columns);
    Margin::hanging(first.and(Tone::Plain, " ".repeat(gap)))
}

fn bare(text: &str, width: usize) -> Margin {
    if width < 60 {
        return Margin {
            first: Line::new(Tone::Quiet, format!("{text} ")),
            rest: Line::from("    "),
        };
    }
    Margin::hanging(Line::new(Tone::Quiet, layout::pad(text, MARK + 4)))
}
