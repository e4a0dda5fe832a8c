//! One answer, with the reasons.

use super::{NARROW, hanging};
use crate::checks::Verdict;
use crate::progress::{Notice, Said};
use crate::quiz::back::{AnswerBack, Evidence, PointBack, Review, confidence_words, percent};
use crate::quiz::judge::{Outcome, Part};
use crate::term::layout::{self, Margin};
use crate::term::{Line, Span, Tone};

/// Columns before what is said of an answer.
const INDENT: usize = 5;

/// Columns of the longest mark of a part.
const MARK: usize = 15;

/// An answer that is worth a second look: what was given, what is right, and why.
pub(super) fn in_full(answer: &AnswerBack, number: usize, width: usize) -> Vec<Line> {
    let mut lines = headed(answer, number, width);
    let mut say = |tone, text: &str| {
        lines.extend(layout::wrap_text(
            text,
            tone,
            width,
            &Margin::spaces(INDENT),
        ));
    };
    if let Some(share) = share_words(answer) {
        say(Tone::Strong, &share);
    }
    if answer.review != Review::NotKnown {
        say(Tone::Plain, &format!("Your answer: {}", answer.given));
        say(Tone::Quiet, &sentence(&answer.came));
    }
    if let Some(overrides) = answer.tally.as_ref().and_then(|tally| {
        (tally.heard_but_denied > 0)
            .then(|| tally.overrides())
            .flatten()
    }) {
        say(Tone::Quiet, &sentence(&overrides));
    }
    if answer.notice == Some(Notice::CopiedModel) {
        say(
            Tone::Quiet,
            "Parts of it are the model answer word by word.",
        );
    }
    if answer.changed_since {
        say(
            Tone::Quiet,
            "The question has changed its meaning since; what follows is about the new one.",
        );
    }
    for mix_up in answer.mix_ups.iter().filter(|one| one.meant == Some(true)) {
        let because = mix_up.because.as_deref().unwrap_or_default();
        say(
            Tone::Plain,
            &format!("Mixed up: \"{}\" {because}", mix_up.say),
        );
    }
    // A model answer is long: where nobody was sure of something else, its points say the same. So do keys, part by part.
    let tell_right = match answer.kind {
        "open" => answer.review == Review::ConfidentError,
        "match" | "cloze" | "inspect" | "predict" => answer.parts.is_empty(),
        _ => true,
    };
    if let Some(right) = answer.right.as_deref().filter(|_| tell_right) {
        say(Tone::Plain, &format!("Right: {right}"));
    }
    for part in &answer.parts {
        lines.extend(self::part(part, width));
    }
    for point in &answer.points {
        lines.extend(self::point(point, answer.review, width));
    }
    if let Some(caveat) = &answer.caveat {
        lines.extend(layout::wrap_text(
            &format!("Note: {caveat}"),
            Tone::Quiet,
            width,
            &Margin::spaces(INDENT),
        ));
    }
    if let Some(evidence) = &answer.evidence {
        lines.extend(live(evidence, width));
    }
    lines.extend(where_to(answer, INDENT, width));
    lines
}

/// An answer that needs no more than a line.
pub(super) fn in_a_line(answer: &AnswerBack, number: usize, width: usize) -> Line {
    let words = share_words(answer).unwrap_or_else(|| answer.came.clone());
    let first = format!("{number:>3}. ");
    let room = width.saturating_sub(first.len() + words.chars().count() + 3);
    Line::new(Tone::Quiet, first)
        .and(Tone::Plain, layout::truncate(&prompt(answer), room.max(12)))
        .and(Tone::Quiet, format!(" - {words}"))
}

/// The question and, on the next lines, how it stands: for what waits.
pub(super) fn headed(answer: &AnswerBack, number: usize, width: usize) -> Vec<Line> {
    let margin = Margin::hanging(Line::new(Tone::Quiet, format!("{number:>3}. ")));
    layout::wrap_text(&prompt(answer), Tone::Plain, width, &margin)
}

fn prompt(answer: &AnswerBack) -> String {
    let remark = if answer.retry { " (small item)" } else { "" };
    format!("{}{remark}", answer.prompt)
}

/// `33 %, very sure, with the hint`.
fn share_words(answer: &AnswerBack) -> Option<String> {
    let mut words = percent(answer.share?);
    if let Some(confidence) = answer.confidence {
        words.push_str(&format!(", {}", confidence_words(confidence)));
    }
    if answer.hinted {
        words.push_str(", with the hint");
    }
    Some(words)
}

/// The step to go to.
pub(super) fn where_to(answer: &AnswerBack, indent: usize, width: usize) -> Vec<Line> {
    let Some(step) = &answer.lesson else {
        return Vec::new();
    };
    let spans = [
        Span::new(Tone::Quiet, "To read again: "),
        Span::new(Tone::Action, format!("landfall guide {step}")),
    ];
    layout::wrap(&spans, width, &hanging(indent, indent + 2))
}

fn part(part: &Part, width: usize) -> Vec<Line> {
    let (tone, mark) = outcome(part.outcome);
    let mut words = part.text.clone();
    if let Some(given) = &part.given {
        words.push_str(&format!(" - you: {given}"));
    }
    if let Some(key) = part.key.as_ref().filter(|_| part.outcome != Outcome::Right) {
        words.push_str(&format!(" - right: {key}"));
    }
    let spans = [
        Span::new(Tone::Plain, stopped(&words)),
        Span::new(Tone::Quiet, format!(" {}", part.why)),
    ];
    layout::wrap(&spans, width, &marked(tone, mark, width))
}

const fn outcome(outcome: Outcome) -> (Tone, &'static str) {
    match outcome {
        Outcome::Right => (Tone::Verdict(Verdict::Passed), "✔ right"),
        Outcome::Partly => (Tone::Verdict(Verdict::Pending), "~ partly"),
        Outcome::Wrong => (Tone::Verdict(Verdict::Failed), "✘ wrong"),
        Outcome::Missed => (Tone::Verdict(Verdict::Missing), "· missed"),
        Outcome::LeftAlone => (Tone::Verdict(Verdict::Skipped), "– rightly not"),
    }
}

fn point(point: &PointBack, review: Review, width: usize) -> Vec<Line> {
    let (tone, mark) = match point.said {
        _ if review == Review::NotKnown => (Tone::Quiet, "* point"),
        Some(word) if word == Said::Said.word() => (Tone::Verdict(Verdict::Passed), "✔ said"),
        Some(word) if word == Said::Partly.word() => (Tone::Verdict(Verdict::Pending), "~ partly"),
        Some(_) => (Tone::Verdict(Verdict::Missing), "· not said"),
        None => (Tone::Quiet, "? not confirmed"),
    };
    let mut spans = vec![Span::new(Tone::Plain, &point.says)];
    if point.bonus {
        spans.push(Span::new(Tone::Quiet, " (a bonus: not needed)"));
    }
    if let Some(quote) = &point.heard {
        spans.push(Span::new(
            Tone::Quiet,
            format!(" Heard by the machine: \"{quote}\""),
        ));
    }
    layout::wrap(&spans, width, &marked(tone, mark, width))
}

/// The mark in a column of its own; where the screen is narrow, in front of the text.
fn marked(tone: Tone, mark: &str, width: usize) -> Margin {
    let line = Line::from(" ".repeat(INDENT));
    if width < NARROW {
        return Margin {
            first: line.and(tone, mark).and(Tone::Plain, " "),
            rest: Line::from(" ".repeat(INDENT + 2)),
        };
    }
    let gap = (MARK + 2).saturating_sub(mark.chars().count());
    Margin::hanging(line.and(tone, mark).and(Tone::Plain, " ".repeat(gap)))
}

fn live(evidence: &Evidence, width: usize) -> Vec<Line> {
    let mut words = vec![format!("Read from {}: {}", evidence.whose(), evidence.read)];
    words.extend(evidence.instead.clone());
    for line in &evidence.lines {
        let numbers: Vec<String> = line.lines.iter().map(ToString::to_string).collect();
        words.push(format!(
            "Line {} is really: {}",
            numbers.join(", "),
            line.was
        ));
    }
    let margin = hanging(INDENT, INDENT + 2);
    words
        .iter()
        .flat_map(|words| layout::wrap_text(words, Tone::Quiet, width, &margin))
        .collect()
}

/// With a capital and its full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    stopped(&(first.unwrap_or_default() + letters.as_str()))
}

/// With its full stop; a name at its beginning stays as it is.
fn stopped(text: &str) -> String {
    if text.ends_with(['.', '!', '?', ':', '"']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
