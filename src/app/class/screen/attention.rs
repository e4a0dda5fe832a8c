//! What an instructor has to look after: what could not be read, what changed, what looks alike; the hardest of the quiz.

use super::{GAP, Shown, called, fit, heading, tone};
use crate::class::{ClassReport, words};
use crate::term::layout::{Margin, wrap};
use crate::term::{Line, Span, Tone};

/// So many things of a kind are told of a class; `-v` tells all.
const MOST: usize = 15;

/// Students, files and overrides that ask for somebody.
pub(super) fn lines(report: &ClassReport, shown: Shown, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let margin = Margin {
        first: Line::from(GAP),
        rest: Line::from("    "),
    };
    let most = match shown {
        Shown::Students => MOST,
        Shown::Lessons => usize::MAX,
    };
    let mut section = |title: &str, fitting: usize, items: Vec<Vec<Span>>| {
        if !items.is_empty() {
            lines.extend(heading(title));
        }
        for item in items.iter().take(fitting) {
            lines.extend(wrap(item, width, &margin));
        }
        if items.len() > fitting {
            let more = format!("{GAP}and {} more: `-v`", items.len() - fitting);
            lines.push(Line::new(Tone::Quiet, more));
        }
    };
    let looked_at = words::to_look_at(report).map(|student| {
        let mut sentences: Vec<&str> = student.trouble.as_deref().into_iter().collect();
        sentences.extend(student.notes.iter().map(String::as_str));
        vec![
            Span::new(Tone::Strong, called(student, 40)),
            Span::new(
                tone(student.standing),
                format!(" ({}): ", words::standing(student.standing)),
            ),
            Span::new(Tone::Plain, said(&sentences.join(" "))),
        ]
    });
    section("Look at these", usize::MAX, looked_at.collect());
    let went_back = report.students.iter().flat_map(|student| {
        student.drift.iter().map(|sentence| {
            vec![
                Span::new(Tone::Strong, format!("{}: ", called(student, 40))),
                Span::new(Tone::Plain, said(sentence)),
            ]
        })
    });
    section("What went back or changed", most, went_back.collect());
    let plain = |sentence: &String| vec![Span::new(Tone::Plain, said(sentence))];
    let alike = report.alike.iter().map(|alike| plain(&alike.say));
    section("A reason for a talk, no proof", most, alike.collect());
    let remarks = report.remarks.iter().map(plain);
    section("Files and overrides", most, remarks.collect());
    lines
}

/// The hardest questions and points.
pub(super) fn quiz(report: &ClassReport, width: usize) -> Vec<Line> {
    let hardest = words::hardest(report, 5);
    if hardest.is_empty() {
        return Vec::new();
    }
    let mut lines = heading("The hardest of the quiz, first attempts").to_vec();
    let margin = Margin {
        first: Line::from(GAP),
        rest: Line::from("    "),
    };
    for hard in hardest {
        let words = [
            Span::new(Tone::Plain, format!("{}: ", hard.came_to)),
            Span::new(Tone::Plain, hard.what),
            Span::new(Tone::Quiet, format!(" ({})", hard.deck)),
        ];
        lines.extend(wrap(&words, width, &margin));
    }
    lines
}

/// A sentence with other people's words in it, not longer than a screen bears. A word is cut where it is longer than any
/// that is worth copying (an ARN).
fn said(sentence: &str) -> String {
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|word| fit(word, 120))
        .collect();
    fit(&words.join(" "), 600)
}
