//! What `landfall status` shows.

use crate::account::Source;
use crate::app::context::Context;
use crate::app::local_time::LocalTime;
use crate::checks::Verdict;
use crate::report::{
    Change, ChangeKind, LessonProgress, NextKind, QuizProgress, Status, StepState,
};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::{count, mark};
use crate::term::{Line, Span, Tone};

/// More changes than this are counted, not listed.
const MOST_CHANGES: usize = 8;

/// Columns of the longest mark in the list of lessons.
const MARK: usize = 15;

/// Before anything was looked at.
pub(super) fn first_run(context: &Context, status: &Status, width: usize) -> Vec<Line> {
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

fn title(status: &Status, width: usize) -> Vec<Line> {
    layout::wrap_text(&status.course, Tone::Heading, width, &Margin::default())
}

fn begun(quizzes: &[QuizProgress]) -> impl Iterator<Item = &QuizProgress> {
    quizzes
        .iter()
        .filter(|quiz| quiz.answered.is_some() || quiz.finished_at.is_some())
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
    lines.extend(changes(status, local, width));
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

fn changes(status: &Status, local: &LocalTime, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let of_kind = |kind: ChangeKind| {
        status
            .changes
            .iter()
            .filter(move |change| change.kind == kind)
    };
    let back: Vec<&Change> = of_kind(ChangeKind::Regression).collect();
    if !back.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Was all right before"));
        for change in back.iter().take(MOST_CHANGES) {
            let text = format!(
                "{} {}, {} since {}: {}",
                match change.before {
                    Verdict::Attested => "you confirmed it",
                    _ => "passed",
                },
                local.minute(change.before_at),
                match change.now {
                    Verdict::Missing => "gone",
                    _ => "fails",
                },
                local.minute(change.since),
                change.summary
            );
            lines.extend(changed(change, &text, width));
        }
        lines.extend(more(back.len()));
    }
    let (unread, other): (Vec<&Change>, Vec<&Change>) =
        of_kind(ChangeKind::Change).partition(|change| change.now == Verdict::Unknown);
    if !other.is_empty() || !unread.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Changed at the last look"));
        for change in other.iter().take(MOST_CHANGES) {
            let text = format!("was: {}", change.before.words());
            lines.extend(changed(change, &text, width));
        }
        lines.extend(more(other.len()));
        // One reason usually explains them all.
        if let Some(first) = unread.first() {
            let checks = count(unread.len(), "check", "checks");
            let text = format!("{checks} could not be read. {}", first.summary);
            lines.extend(layout::wrap_text(
                &text,
                Tone::Plain,
                width,
                &marked(Verdict::Unknown, width),
            ));
        }
    }
    lines
}

fn changed(change: &Change, text: &str, width: usize) -> Vec<Line> {
    let spans = [
        Span::new(Tone::Plain, format!("{} ", change.title)),
        Span::new(Tone::Quiet, format!("({})", change.check)),
        layout::line_break(),
        Span::new(Tone::Plain, text),
    ];
    layout::wrap(&spans, width, &marked(change.now, width))
}

fn more(all: usize) -> Option<Line> {
    let rest = all.checked_sub(MOST_CHANGES).filter(|rest| *rest > 0)?;
    Some(Line::new(
        Tone::Quiet,
        format!("  and {rest} more: landfall verify"),
    ))
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

fn quiz_lines(quiz: &QuizProgress, local: Option<&LocalTime>, width: usize) -> Vec<Line> {
    let mut words = Vec::new();
    if let (Some(at), Some(local)) = (quiz.finished_at, local) {
        let share = quiz.share.map_or_else(String::new, |share| {
            format!(
                " with {} % of the key points, as you confirmed them",
                (share * 100.0).round()
            )
        });
        words.push(format!("finished {}{share}", local.minute(at)));
    }
    if let Some(answered) = quiz.answered {
        words.push(format!(
            "{answered} of {} answered in the sitting that is open",
            count(quiz.questions, "question", "questions")
        ));
    }
    if words.is_empty() {
        words.push(format!(
            "not begun, {}",
            count(quiz.questions, "question", "questions")
        ));
    }
    let spans = [
        Span::new(Tone::Plain, &quiz.title),
        Span::new(Tone::Quiet, format!(" - {}", words.join("; "))),
    ];
    layout::wrap(&spans, width, &Margin::hanging(Line::from("  ")))
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
fn marked(verdict: Verdict, width: usize) -> Margin {
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
