//! The guide's values as lines.

use crate::app::lesson_text::{Shells, document};
use crate::checks::StepOutcome;
use crate::guide::closing::{Closing, WHAT_COMES_NEXT};
use crate::guide::screen::{Header, LessonCard, afterwards};
use crate::guide::values::Values;
use crate::term::layout::{Margin, wrap_text};
use crate::term::markdown::render;
use crate::term::verdicts::{Opened, mark, step_lines};
use crate::term::{Line, Manner, Span, Tone, Ui};

/// The lines above a step.
pub(super) fn header(ui: &Ui, header: &Header) {
    ui.print(Line::blank());
    if ui.manner() == Manner::Screen {
        ui.print(Line::new(Tone::Quiet, "─".repeat(ui.prose_width())));
    }
    let width = ui.prose_width();
    ui.print_all(&wrap_text(
        &header.place,
        Tone::Quiet,
        width,
        &Margin::default(),
    ));
    let mut title = vec![
        Span::new(Tone::Heading, &header.title),
        Span::new(Tone::Quiet, format!(" ({})", header.id)),
    ];
    if let Some(verdict) = header.verdict {
        title.push(Span::new(Tone::Plain, "  "));
        title.push(mark(verdict));
    }
    ui.print_all(&crate::term::layout::wrap(
        &title,
        width,
        &Margin::default(),
    ));
    let mut remarks = vec![header.account.clone()];
    remarks.extend(header.remarks.iter().cloned());
    ui.print_all(&wrap_text(
        &remarks.join(" · "),
        Tone::Quiet,
        width,
        &Margin::default(),
    ));
    ui.print(Line::blank());
}

/// What a lesson says before its first step.
pub(super) fn lesson(ui: &Ui, card: &LessonCard, introduction: &str, values: &Values) {
    ui.print(Line::blank());
    ui.print(Line::new(Tone::Quiet, "Lesson"));
    ui.print(Line::new(Tone::Heading, &card.title));
    let mut rows: Vec<(&str, String)> = vec![("Goal", card.goal.clone())];
    if let Some(pattern) = &card.pattern {
        rows.push(("Pattern", pattern.clone()));
    }
    rows.push(("Time", format!("about {} minutes of yours", card.minutes)));
    if let Some(waits) = &card.waits {
        rows.push(("Waiting", waits.clone()));
    }
    rows.push(("Cost", card.cost.clone()));
    if !card.after.is_empty() {
        rows.push(("Builds on", card.after.join(", ")));
    }
    for (name, text) in rows {
        let margin = Margin {
            first: Line::new(Tone::Quiet, format!("{name:<9} ")),
            rest: Line::from(" ".repeat(if ui.width() < 60 { 2 } else { 10 })),
        };
        let text = values.fill(&text);
        ui.print_all(&wrap_text(&text, Tone::Plain, ui.prose_width(), &margin));
    }
    if !introduction.trim().is_empty() {
        ui.print(Line::blank());
        text(ui, introduction, values);
    }
}

/// Markdown with the learner's values.
pub(super) fn text(ui: &Ui, markdown: &str, values: &Values) {
    let document = document(markdown, values, Shells::OfThisSystem);
    ui.print_all(&render(&document, ui.markdown()));
}

/// What a check found.
pub(super) fn outcome(ui: &Ui, outcome: &StepOutcome, opened: Opened) {
    ui.print_all(&step_lines(outcome, opened, ui.prose_width()));
    ui.print(Line::blank());
    ui.print_prose(afterwards(outcome));
}

/// The last screen.
pub(super) fn closing(ui: &Ui, closing: &Closing) {
    let width = ui.prose_width();
    ui.print(Line::blank());
    ui.print_all(&wrap_text(
        &closing.headline,
        Tone::Heading,
        width,
        &Margin::default(),
    ));
    for step in &closing.open {
        let margin = Margin::hanging(Line::from("  - "));
        ui.print_all(&wrap_text(step, Tone::Plain, width, &margin));
    }
    if !closing.patterns.is_empty() {
        ui.print(Line::blank());
        ui.print(Line::new(Tone::Heading, "The patterns to take with you"));
        for (title, verdict) in &closing.patterns {
            let line = Line::from(mark(*verdict)).and(Tone::Plain, format!("  {title}"));
            ui.print(line);
        }
    }
    ui.print(Line::blank());
    ui.print(Line::new(Tone::Heading, "What comes next"));
    for ahead in WHAT_COMES_NEXT {
        let words = [
            Span::new(Tone::Strong, ahead.title),
            Span::new(Tone::Plain, format!(": {}", ahead.say)),
        ];
        let margin = Margin::hanging(Line::from("- "));
        ui.print_all(&crate::term::layout::wrap(&words, width, &margin));
    }
    ui.print(Line::blank());
    if closing.costs {
        ui.print_prose(
            "What you built costs money for as long as it runs. When you are done with it: landfall guide teardown",
        );
    }
    ui.print_prose("Your report, to keep or to hand in: landfall report");
}
