//! Every lesson of every student: a sign in each cell, and below the table the word of every sign.

use super::{GAP, called, heading, names_width};
use crate::checks::Verdict;
use crate::class::{ClassReport, StudentReport, words};
use crate::term::layout::{Margin, pad, wrap, wrap_text};
use crate::term::{Line, Span, Tone};
use std::collections::BTreeSet;

/// Columns of a cell: a number of two digits, and room.
const CELL: usize = 3;

/// The table, in as many parts as the width asks for.
pub(super) fn lines(report: &ClassReport, width: usize) -> Vec<Line> {
    let lessons = lessons(report);
    if lessons.is_empty() || report.students.is_empty() {
        return Vec::new();
    }
    let name = names_width(report, width);
    let fitting = (width.saturating_sub(2 + name + 2) / CELL).max(1);
    let mut lines = heading("Lessons").to_vec();
    let mut seen = BTreeSet::new();
    for (part, columns) in lessons.chunks(fitting).enumerate() {
        if part > 0 {
            lines.push(Line::blank());
        }
        let numbers = (0..columns.len()).map(|at| format!("{:>CELL$}", part * fitting + at + 1));
        let head = format!("{GAP}{}{}", pad("", name), numbers.collect::<String>());
        lines.push(Line::new(Tone::Quiet, head));
        for student in &report.students {
            let mut line = Line::from(GAP).and(Tone::Plain, pad(&called(student, name), name));
            if !words::is_judged(student.standing) {
                let standing = words::standing(student.standing);
                lines.push(line.and(Tone::Quiet, format!("{GAP}{standing}")));
                continue;
            }
            for (lesson, _) in columns {
                let verdict = verdict(report, student, lesson);
                seen.extend(verdict);
                line = match verdict {
                    Some(verdict) => line.and(
                        Tone::Verdict(verdict),
                        format!("{:>CELL$}", verdict.symbol()),
                    ),
                    None => line.and(Tone::Plain, " ".repeat(CELL)),
                };
            }
            lines.push(trimmed(line));
        }
    }
    lines.push(Line::blank());
    lines.extend(legend(&lessons, &seen, width));
    lines
}

/// Ids and titles in the order of the course.
fn lessons(report: &ClassReport) -> Vec<(&str, &str)> {
    let mut lessons: Vec<(&str, &str)> = Vec::new();
    for step in &report.steps {
        if lessons.last().is_none_or(|(id, _)| *id != step.lesson) {
            lessons.push((&step.lesson, &step.lesson_title));
        }
    }
    lessons
}

/// The sum of the steps that count; `None` where nothing was judged.
fn verdict(report: &ClassReport, student: &StudentReport, lesson: &str) -> Option<Verdict> {
    let judged: Vec<Verdict> = report
        .steps
        .iter()
        .filter(|step| step.lesson == lesson)
        .filter_map(|step| {
            let verdict = student.steps.get(&step.id)?.verdict;
            let shown = words::counts(step, Some(verdict)) || verdict == Verdict::Skipped;
            shown.then_some(verdict)
        })
        .collect();
    (!judged.is_empty()).then(|| Verdict::sum(judged))
}

fn legend(lessons: &[(&str, &str)], seen: &BTreeSet<Verdict>, width: usize) -> Vec<Line> {
    let mut signs: Vec<Span> = Vec::new();
    for verdict in Verdict::ALL.into_iter().filter(|one| seen.contains(one)) {
        // In one piece: a sign is not parted from its word.
        let words = words::verdict(verdict);
        signs.push(Span::new(
            Tone::Verdict(verdict),
            format!("{} {words}", verdict.symbol()),
        ));
        signs.push(Span::new(Tone::Plain, "; "));
    }
    signs.pop();
    let margin = Margin::spaces(2);
    let mut lines = wrap(&signs, width, &margin);
    for (at, (_, title)) in lessons.iter().enumerate() {
        let number = Line::new(Tone::Quiet, format!("{GAP}{:>2} ", at + 1));
        lines.extend(wrap_text(
            title,
            Tone::Plain,
            width,
            &Margin::hanging(number),
        ));
    }
    lines
}

/// Without cells of nothing but room at its end.
fn trimmed(mut line: Line) -> Line {
    while line
        .0
        .last()
        .is_some_and(|span| span.text().trim().is_empty())
    {
        line.0.pop();
    }
    line
}
