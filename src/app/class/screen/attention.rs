//! What an instructor has to look after: what could not be read, what changed, what looks alike; the hardest of the quiz.

use super::{GAP, Shown, called, fit, heading, tone};
use crate::class::{ClassReport, StudentReport, words};
use crate::term::layout::{Margin, wrap};
use crate::term::{Line, Span, Tone};

/// So many things of a kind are told of a class; `-v` tells all.
const MOST: usize = 15;

/// Of several students of whom the same is to be said, so many are named.
const MOST_NAMED: usize = 4;

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
    // What is so of many is said once.
    let mut alike: Vec<(String, Vec<&StudentReport>)> = Vec::new();
    for student in words::to_look_at(report) {
        let mut sentences: Vec<&str> = student.trouble.as_deref().into_iter().collect();
        sentences.extend(student.notes.iter().map(String::as_str));
        let said = said(&sentences.join(" "));
        match alike.iter_mut().find(|(other, _)| *other == said) {
            Some((_, students)) => students.push(student),
            None => alike.push((said, vec![student])),
        }
    }
    let looked_at = alike.into_iter().map(|(said, students)| {
        let about = match students.as_slice() {
            [one] => Span::new(
                tone(one.standing),
                format!(" ({}): ", words::standing(one.standing)),
            ),
            [.., _] if students.len() > MOST_NAMED => Span::new(
                Tone::Plain,
                format!(" and {} more: ", students.len() - MOST_NAMED),
            ),
            _ => Span::new(Tone::Plain, ": "),
        };
        let names: Vec<String> = students
            .iter()
            .take(MOST_NAMED)
            .map(|student| called(student, 40))
            .collect();
        vec![
            Span::new(Tone::Strong, names.join(", ")),
            about,
            Span::new(Tone::Plain, said),
        ]
    });
    section("Look at these", usize::MAX, looked_at.collect::<Vec<_>>());
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
