//! Where the learner stands with a deck.

use super::sums::calibration_lines;
use super::{NARROW, answer, count, hanging};
use crate::quiz::back::{
    DeckBack, PatternBack, QuestionBack, confidence_words, in_words, percent, sparkline,
};
use crate::quiz::schedule::State;
use crate::term::layout::{self, Margin};
use crate::term::{Line, Manner, Span, Tone};

/// Answers of a question that are shown; the JSON has them all.
const SHOWN: usize = 8;

/// The whole of it. In the plain manner shares are told in numbers only.
pub fn overview_lines(deck: &DeckBack, width: usize, manner: Manner) -> Vec<Line> {
    let parts = [
        head(deck, width),
        confident_errors(deck, width),
        patterns(deck, width),
        calibration_lines(
            &deck.calibration,
            "How sure you were, over all sittings",
            width,
        ),
        questions(deck, width, manner),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .flat_map(|part| std::iter::once(Line::blank()).chain(part))
        .collect()
}

fn head(deck: &DeckBack, width: usize) -> Vec<Line> {
    let title = format!("Where you stand: {}", deck.title);
    let mut lines = layout::wrap_text(&title, Tone::Heading, width, &Margin::default());
    let counts: Vec<String> = deck
        .counts
        .named()
        .into_iter()
        .map(|(name, number)| format!("{number} {name}"))
        .collect();
    let words = format!(
        "{}: {}.",
        count(deck.counts.sum(), "question", "questions"),
        counts.join(", ")
    );
    lines.extend(prose(&words, Tone::Strong, width));
    lines.extend(prose(&deck.mastered_means, Tone::Quiet, width));
    if deck.counts.due > 0 {
        let spans = [
            Span::new(Tone::Plain, "What is due: "),
            Span::new(Tone::Action, "landfall quiz --due"),
        ];
        lines.extend(layout::wrap(&spans, width, &Margin::default()));
    }
    lines
}

fn confident_errors(deck: &DeckBack, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for error in &deck.confident_errors {
        if lines.is_empty() {
            lines.push(Line::new(
                Tone::Heading,
                "Sure, and not right when last asked",
            ));
        }
        let share = error.share.map_or_else(String::new, percent);
        let sure = error.confidence.map_or("", confidence_words);
        let spans = [
            Span::new(Tone::Plain, &error.prompt),
            Span::new(Tone::Quiet, format!(" - {share}, {sure}")),
        ];
        lines.extend(layout::wrap(
            &spans,
            width,
            &Margin::hanging(Line::new(Tone::Quiet, "  - ")),
        ));
        lines.extend(answer::where_to(error, 4, width));
    }
    lines
}

fn patterns(deck: &DeckBack, width: usize) -> Vec<Line> {
    if deck.patterns.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::new(Tone::Heading, "Patterns to take forward")];
    if width < NARROW {
        for pattern in &deck.patterns {
            lines.extend(layout::wrap_text(
                &pattern.title,
                Tone::Plain,
                width,
                &hanging(2, 4),
            ));
            lines.extend(layout::wrap_text(
                &in_a_row(pattern),
                Tone::Quiet,
                width,
                &Margin::spaces(4),
            ));
        }
        return lines;
    }
    let columns = ["mastered", "due", "learning", "new"];
    let numbers: usize = columns.iter().map(|name| name.len() + 2).sum();
    let widest = deck
        .patterns
        .iter()
        .map(|one| Span::new(Tone::Plain, &one.title).width());
    let room = widest.max().unwrap_or(0).min(width - numbers - 2);
    let heads: String = columns.iter().map(|name| format!("  {name}")).collect();
    lines.push(Line::new(Tone::Quiet, " ".repeat(room + 2) + &heads));
    for pattern in &deck.patterns {
        let title = layout::pad(&layout::truncate(&pattern.title, room), room);
        let cells: String = pattern
            .counts
            .named()
            .into_iter()
            .map(|(name, number)| format!("  {number:>width$}", width = name.len()))
            .collect();
        lines.push(Line::from(format!("  {title}")).and(Tone::Strong, cells));
    }
    lines
}

/// `1 mastered, 2 new`; what is none is left out.
fn in_a_row(pattern: &PatternBack) -> String {
    let some: Vec<String> = pattern
        .counts
        .named()
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(name, number)| format!("{number} {name}"))
        .collect();
    if some.is_empty() {
        "no questions".to_owned()
    } else {
        some.join(", ")
    }
}

fn questions(deck: &DeckBack, width: usize, manner: Manner) -> Vec<Line> {
    let mut lines = Vec::new();
    for (state, name) in [
        (State::Due, "due"),
        (State::Learning, "learning"),
        (State::Mastered, "mastered"),
    ] {
        for question in deck.questions.iter().filter(|one| one.state == state) {
            if lines.is_empty() {
                lines.push(Line::new(Tone::Heading, "Questions, and how they went"));
            }
            lines.extend(question_lines(question, name, width, manner));
        }
    }
    if deck.counts.new > 0 && !lines.is_empty() {
        let new = count(deck.counts.new, "question is", "questions are");
        lines.extend(prose(
            &format!("{new} new: not asked yet."),
            Tone::Quiet,
            width,
        ));
    }
    lines
}

fn question_lines(question: &QuestionBack, name: &str, width: usize, manner: Manner) -> Vec<Line> {
    let (margin, below) = if width < NARROW {
        (Line::new(Tone::Strong, format!("  {name}: ")), 4)
    } else {
        let line = Line::new(Tone::Strong, format!("  {}", layout::pad(name, 10)));
        (line, 12)
    };
    let margin = Margin {
        first: margin,
        rest: Line::from(" ".repeat(below)),
    };
    let mut lines = layout::wrap_text(&question.prompt, Tone::Plain, width, &margin);
    let from = question.shares.len().saturating_sub(SHOWN);
    let shown = &question.shares[from..];
    let mut words = Vec::new();
    if manner == Manner::Screen && !shown.is_empty() {
        words.push(Span::new(Tone::Plain, format!("{} ", sparkline(shown))));
    }
    if from > 0 {
        words.push(Span::new(
            Tone::Quiet,
            format!("the last {SHOWN} of {}: ", question.shares.len()),
        ));
    }
    if !shown.is_empty() {
        words.push(Span::new(Tone::Plain, format!("{}; ", in_words(shown))));
    }
    words.push(Span::new(Tone::Quiet, &question.due_words));
    lines.extend(layout::wrap(&words, width, &Margin::spaces(below)));
    lines
}

fn prose(text: &str, tone: Tone, width: usize) -> Vec<Line> {
    layout::wrap_text(text, tone, width, &Margin::default())
}
