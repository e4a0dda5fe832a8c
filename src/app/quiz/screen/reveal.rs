//! The model answer beside the learner's own, and each point with what was heard.

use super::{hanging, margined, prose};
use crate::course::{Kind, Question};
use crate::progress::{Attempt, Given, Heard, HeardWrong, Notice, PosedWhat, Unclear};
use crate::quiz::judge::{ToConfirm, picks};
use crate::term::layout::Margin;
use crate::term::verdicts::count;
use crate::term::{Line, Span, Tone};

/// What the learner wrote, then what a good answer says.
pub(in crate::app::quiz) fn reveal(
    question: &Question,
    attempt: &Attempt,
    width: usize,
) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    match (&question.kind, &attempt.given) {
        (Kind::Open(open), Given::Text { text }) => {
            lines.push(Line::new(Tone::Heading, "Your answer"));
            lines.extend(own(text, width));
            lines.push(Line::blank());
            lines.push(Line::new(Tone::Heading, "A model answer"));
            lines.extend(prose(&joined(&open.model), Tone::Plain, width));
            if let Some(caveat) = &question.caveat {
                lines.push(Line::blank());
                let first = Line::new(Tone::Quiet, "Note: ");
                lines.extend(hanging(first, &joined(caveat), Tone::Quiet, width));
            }
            lines.push(Line::blank());
            lines.extend(prose(
                &opening(attempt, open.points.len()),
                Tone::Plain,
                width,
            ));
        }
        (Kind::Inspect(_), Given::Inspected { lines: picked, .. }) => {
            lines.extend(found(attempt, picked, width));
        }
        _ => {}
    }
    lines
}

/// What was typed before an interruption.
pub(in crate::app::quiz) fn draft(text: &str, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::new(Tone::Quiet, "So far:")];
    lines.extend(own(text, width));
    lines
}

/// The learner's own words, behind a bar.
fn own(text: &str, width: usize) -> Vec<Line> {
    let bar = Margin {
        first: Line::new(Tone::Quiet, "  | "),
        rest: Line::new(Tone::Quiet, "  | "),
    };
    text.lines()
        .flat_map(|line| margined(line, Tone::Plain, width, &bar))
        .collect()
}

/// How the points begin: what was heard, never what was not said.
fn opening(attempt: &Attempt, points: usize) -> String {
    let notice = match attempt.hearing.notice {
        Some(Notice::Stuffed) => {
            "This reads like a row of key words, so nothing was taken as heard. "
        }
        Some(Notice::Echo) => "Much of this is the question itself, so that was not listened to. ",
        Some(Notice::CopiedModel) => {
            "Whole runs of words are those of the model answer. That is fine, and it tells you less than your own words would. "
        }
        None => "",
    };
    format!(
        "{notice}Now {}, one by one. You decide what your answer said; where a machine heard it, it shows the words.",
        count(points, "point", "points")
    )
}

/// Which lines were picked, and where the faults are.
fn found(attempt: &Attempt, picked: &[usize], width: usize) -> Vec<Line> {
    let Some(PosedWhat::Inspect(pages)) = attempt.posed.as_ref().map(|posed| &posed.what) else {
        return Vec::new();
    };
    let picks = picks(pages, picked);
    let mut lines = vec![Line::new(
        Tone::Strong,
        format!(
            "Of {} you found {}; of {} that you picked, {} right to pick.",
            count(pages.faults.len(), "fault", "faults"),
            picks.right,
            count(picks.right + picks.wrong, "place", "places"),
            match picks.right {
                1 => "1 was".to_owned(),
                right => format!("{right} were"),
            },
        ),
    )];
    for fault in &pages.faults {
        let is_found = fault.lines.iter().any(|line| picked.contains(line));
        let number = fault.lines.first().copied().unwrap_or_default();
        let text = pages
            .lines
            .get(number.wrapping_sub(1))
            .map_or("", |line| line.trim());
        let (mark, tone) = if is_found {
            ("✔ found", Tone::Strong)
        } else {
            ("· not found", Tone::Plain)
        };
        let first = Line::new(tone, format!("{mark}: "));
        lines.extend(hanging(
            first,
            &format!("line {number}, {text}"),
            Tone::Code,
            width,
        ));
        if !fault.was.trim().is_empty() {
            let first = Line::new(Tone::Quiet, "  it was: ");
            lines.extend(hanging(first, fault.was.trim(), Tone::Code, width));
        }
    }
    for line in picked {
        let is_fault = pages.faults.iter().any(|fault| fault.lines.contains(line));
        if is_fault {
            continue;
        }
        let why = pages
            .decoys
            .iter()
            .find(|(number, _)| number == line)
            .map_or("it is as it should be", |(_, why)| why.as_str());
        let first = Line::new(Tone::Plain, format!("✘ line {line} is right: "));
        lines.extend(hanging(first, why, Tone::Plain, width));
    }
    lines
}

/// One point that is to be confirmed, with what was heard of it.
pub(in crate::app::quiz) fn point(
    question: &Question,
    attempt: &Attempt,
    point: &ToConfirm,
    to_go: usize,
    width: usize,
) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    let bonus = question
        .points()
        .iter()
        .any(|other| other.id == point.id && other.bonus);
    let all = attempt.confirmed.len() + to_go;
    let mut spans = vec![Span::new(
        Tone::Quiet,
        format!("{}/{all} ", all - to_go + 1),
    )];
    spans.push(Span::new(Tone::Strong, &point.says));
    if bonus {
        spans.push(Span::new(
            Tone::Quiet,
            " (a bonus: not needed for full marks)",
        ));
    }
    lines.extend(crate::term::layout::wrap(
        &spans,
        width,
        &Margin {
            first: Line::blank(),
            rest: Line::from("    "),
        },
    ));
    if let (Some(detail), Kind::Inspect(_)) = (&point.detail, &question.kind) {
        lines.extend(margined(detail, Tone::Plain, width, &Margin::spaces(4)));
    }
    if matches!(question.kind, Kind::Open(_)) {
        lines.extend(heard(attempt.hearing.points.get(&point.id), width));
    } else if let Given::Inspected { why, .. } = &attempt.given {
        let first = Line::new(Tone::Quiet, "    you wrote: ");
        lines.extend(hanging(first, &format!("\"{why}\""), Tone::Plain, width));
    }
    lines
}

fn heard(heard: Option<&Heard>, width: usize) -> Vec<Line> {
    match heard {
        Some(Heard::Heard { quote }) => {
            let first = Line::from("    ").and(Tone::Action, "+ heard: ");
            hanging(first, &format!("\"{quote}\""), Tone::Plain, width)
        }
        Some(Heard::Unclear { quote, why }) => {
            let first = Line::from("    ").and(Tone::Plain, "? unclear: ");
            let text = format!("\"{quote}\" ({})", unclear_words(*why));
            hanging(first, &text, Tone::Plain, width)
        }
        None => {
            let first = Line::from("    ").and(Tone::Quiet, "· not detected: ");
            hanging(first, "which says nothing; you decide", Tone::Quiet, width)
        }
    }
}

const fn unclear_words(why: Unclear) -> &'static str {
    match why {
        Unclear::Negated => "there is a \"not\" about it",
        Unclear::FarApart => "the words stand far apart",
        Unclear::ListLike => "key words without a sentence around them",
        Unclear::Echo => "these words are the question's own",
    }
}

/// Sentences with numbers, to point at one.
pub(in crate::app::quiz) fn sentences(sentences: &[&str], width: usize) -> Vec<Line> {
    sentences
        .iter()
        .zip(1..)
        .flat_map(|(sentence, number)| {
            let first = Line::new(Tone::Action, format!("{number:>5}  "));
            hanging(first, sentence, Tone::Plain, width)
        })
        .collect()
}

/// A known wrong answer that seems to have been meant.
pub(in crate::app::quiz) fn meant(wrong: &HeardWrong, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    let first = Line::new(Tone::Plain, "? In ");
    lines.extend(hanging(
        first,
        &format!("\"{}\" one could read: {}", wrong.quote, wrong.say),
        Tone::Plain,
        width,
    ));
    lines
}

/// A text of the deck that is wrapped in its file: its lines are one paragraph.
pub(super) fn joined(text: &str) -> String {
    text.split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}
