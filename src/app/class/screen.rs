//! The report of a class on a terminal: who is stuck, where, since when and why, before anything else.

mod attention;
mod matrix;
#[cfg(test)]
mod tests;

use crate::class::{ClassReport, Standing, StuckPlace, StudentReport, words};
use crate::report::sanitize;
use crate::term::layout::{Margin, pad, wrap, wrap_text};
use crate::term::{Line, Span, Tone};
use unicode_width::UnicodeWidthStr;

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Students,
    /// And every lesson of every student.
    Lessons,
}

/// From so many columns on a student has one line.
const WIDE: usize = 70;

const GAP: &str = "  ";

/// The screen, laid out for a width.
pub fn lines(report: &ClassReport, shown: Shown, width: usize) -> Vec<Line> {
    let mut lines = head(report, width);
    lines.extend(stuck(report, width));
    lines.extend(students(report, width));
    if shown == Shown::Lessons {
        lines.extend(matrix::lines(report, width));
    }
    lines.extend(attention::lines(report, shown, width));
    lines.extend(attention::quiz(report, width));
    lines.push(Line::blank());
    if let Some(detail) = words::detail(report.detail) {
        lines.extend(wrap_text(detail, Tone::Quiet, width, &Margin::default()));
    }
    lines.extend(next(shown, width));
    lines
}

fn head(report: &ClassReport, width: usize) -> Vec<Line> {
    let mut when = vec![format!("made {}", report.moment.minute(report.made_at))];
    if let Some(deadline) = report.deadline {
        when.push(format!("deadline {}", report.moment.minute(deadline)));
        let late = report.students.iter().filter(|one| one.late == Some(true));
        match late.count() {
            0 => {}
            some => when.push(format!("{some} late")),
        }
    }
    let none = Margin::default();
    let mut lines = wrap_text(&report.course, Tone::Heading, width, &none);
    lines.extend(wrap_text(&when.join(" | "), Tone::Quiet, width, &none));
    let standings = words::standings_line(report);
    lines.extend(wrap_text(&standings, Tone::Strong, width, &none));
    lines
}

fn heading(text: &str) -> [Line; 2] {
    [Line::blank(), Line::new(Tone::Heading, text)]
}

fn stuck(report: &ClassReport, width: usize) -> Vec<Line> {
    if report.stuck.is_empty() {
        return Vec::new();
    }
    let mut lines = heading("Where people are stuck").to_vec();
    let crowds: Vec<String> = report.stuck.iter().map(words::crowd).collect();
    let longest = crowds.iter().map(|crowd| crowd.width()).max().unwrap_or(0);
    for (place, crowd) in report.stuck.iter().zip(crowds) {
        let mut first = Line::from(GAP).and(Tone::Strong, pad(&crowd, longest));
        if width >= WIDE {
            first = first.and(Tone::Quiet, format!("{GAP}{}", bar(place)));
        }
        let mut words = vec![Span::new(Tone::Plain, &place.title)];
        if let Some(cause) = &place.cause {
            words.push(Span::new(Tone::Quiet, format!(" ({cause})")));
        }
        if let Some(since) = place.since {
            let longest = format!("{GAP}longest: {}", report.moment.ago(since));
            words.push(Span::new(Tone::Plain, longest));
        }
        let margin = Margin::hanging(first.and(Tone::Plain, GAP));
        let names = short_names(report, place);
        lines.extend(wrap(&words, width, &margin));
        let below = Margin::hanging(margin.rest);
        lines.extend(wrap_text(&names, Tone::Quiet, width, &below));
    }
    lines
}

/// The share of those who could be judged, of ten: `###-------`.
fn bar(place: &StuckPlace) -> String {
    const LONG: usize = 10;
    let of = place.of.max(1);
    let full = ((place.students.len() * LONG + of / 2) / of).clamp(1, LONG);
    "#".repeat(full) + &"-".repeat(LONG - full)
}

fn short_names(report: &ClassReport, place: &StuckPlace) -> String {
    const SHOWN: usize = 6;
    let names: Vec<String> = place
        .students
        .iter()
        .take(SHOWN)
        .map(
            |key| match report.students.iter().find(|one| one.key == *key) {
                Some(student) => called(student, 24),
                None => key.clone(),
            },
        )
        .collect();
    let names = names.join(", ");
    match place.students.len().saturating_sub(SHOWN) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

fn students(report: &ClassReport, width: usize) -> Vec<Line> {
    if report.students.is_empty() {
        return Vec::new();
    }
    let mut lines = heading("Students").to_vec();
    let columns = Columns::of(report, width);
    for student in &report.students {
        if width >= WIDE {
            lines.push(one_line(report, student, &columns));
        } else {
            lines.extend(some_lines(report, student, width));
        }
    }
    lines
}

/// Columns for the names: those of the longest, but not more than a quarter of the screen.
fn names_width(report: &ClassReport, width: usize) -> usize {
    let most = (width / 4).max(10);
    widest(report, |student| called(student, most))
}

fn widest(report: &ClassReport, of: impl Fn(&StudentReport) -> String) -> usize {
    let widths = report.students.iter().map(|student| of(student).width());
    widths.max().unwrap_or(0)
}

/// How wide each is in a line of a student: as its widest cell; where a student is gets what is left.
struct Columns {
    name: usize,
    standing: usize,
    progress: usize,
    place: usize,
    since: usize,
}

impl Columns {
    fn of(report: &ClassReport, width: usize) -> Self {
        let name = names_width(report, width);
        let standing = widest(report, |one| words::standing(one.standing).to_owned());
        let progress = widest(report, words::progress);
        let since = widest(report, |one| since(report, one));
        let late = widest(report, |one| late(one).to_owned());
        let others = [name, standing, progress, since, late];
        let gaps = GAP.len() * (others.len() + 1);
        let place = width.saturating_sub(others.iter().sum::<usize>() + gaps);
        Columns {
            name,
            standing,
            progress,
            place,
            since,
        }
    }
}

fn one_line(report: &ClassReport, student: &StudentReport, columns: &Columns) -> Line {
    let cells = [
        (Tone::Plain, called(student, columns.name), columns.name),
        (
            tone(student.standing),
            words::standing(student.standing).to_owned(),
            columns.standing,
        ),
        (
            Tone::Plain,
            format!("{:>1$}", words::progress(student), columns.progress),
            columns.progress,
        ),
        (Tone::Plain, place(student, columns.place), columns.place),
        (Tone::Plain, since(report, student), columns.since),
        (Tone::Plain, late(student).to_owned(), 0),
    ];
    // No spaces at the end of a line: they wrap where a terminal is a little narrower.
    let last = cells
        .iter()
        .rposition(|(_, text, _)| !text.trim().is_empty());
    let shown = cells
        .iter()
        .take(last.map_or(0, |last| last + 1))
        .enumerate();
    shown.fold(Line::default(), |line, (at, (tone, text, columns))| {
        let text = if last == Some(at) {
            text.clone()
        } else {
            pad(text, *columns)
        };
        line.and(Tone::Plain, GAP).and(*tone, text)
    })
}

/// Where a student is, as much of it as there is room for: the cause stands further up, a trouble further down.
fn place(student: &StudentReport, columns: usize) -> String {
    let all = sanitize::one_line(&words::whereabouts(student));
    if all.width() <= columns {
        return all;
    }
    let shorter = match (&student.stuck, &student.at_step, student.standing) {
        (Some(stuck), ..) => &stuck.title,
        (None, Some(at), _) => &at.title,
        (None, None, Standing::CannotTell | Standing::Unreadable) => "see below",
        (None, None, _) => &all,
    };
    fit(shorter, columns)
}

const fn late(student: &StudentReport) -> &'static str {
    match student.late {
        Some(true) => "late",
        _ => "",
    }
}

/// Where the screen is narrow: who and how on a line, where below it.
fn some_lines(report: &ClassReport, student: &StudentReport, width: usize) -> Vec<Line> {
    let mut words = vec![
        Span::new(Tone::Plain, format!("{}: ", called(student, width / 2))),
        Span::new(tone(student.standing), words::standing(student.standing)),
    ];
    let progress = words::progress(student);
    if !progress.is_empty() {
        words.push(Span::new(Tone::Plain, format!(", {progress}")));
    }
    if student.late == Some(true) {
        words.push(Span::new(Tone::Plain, ", late"));
    }
    let mut lines = wrap(&words, width, &Margin::hanging(Line::from(GAP)));
    let mut place = fit(&words::whereabouts(student), 2 * width);
    let since = since(report, student);
    if !since.is_empty() {
        place = format!("{place}, {since}");
    }
    if !place.is_empty() {
        let margin = Margin::spaces(4);
        lines.extend(wrap_text(&place, Tone::Quiet, width, &margin));
    }
    lines
}

fn since(report: &ClassReport, student: &StudentReport) -> String {
    student
        .stuck
        .as_ref()
        .and_then(|stuck| stuck.since)
        .map(|since| report.moment.ago(since))
        .unwrap_or_default()
}

/// The standing's word says it; the tone only helps to find it.
const fn tone(standing: Standing) -> Tone {
    use crate::checks::Verdict;
    match standing {
        Standing::Done => Tone::Verdict(Verdict::Passed),
        Standing::Stuck => Tone::Verdict(Verdict::Failed),
        Standing::CannotTell | Standing::Unreadable => Tone::Verdict(Verdict::Unknown),
        Standing::UnderWay | Standing::NothingYet | Standing::NotSubmitted => Tone::Plain,
    }
}

fn next(shown: Shown, width: usize) -> Vec<Line> {
    let words = match shown {
        Shown::Students => {
            "`-v` shows every lesson of every student; `--out class.html` writes a page to click in."
        }
        Shown::Lessons => "`--out class.html` writes a page to click in.",
    };
    wrap_text(words, Tone::Quiet, width, &Margin::default())
}

/// The name in at most so many columns; the key where there is none.
fn called(student: &StudentReport, columns: usize) -> String {
    let name = fit(&student.name, columns);
    if name.is_empty() {
        fit(&student.key, columns)
    } else {
        name
    }
}

/// Foreign text in at most so many columns, however many letters without a width (accents upon accents) it holds.
fn fit(text: &str, columns: usize) -> String {
    let clean = sanitize::one_line(text);
    let clean = clean.trim();
    let mut fitting = String::new();
    for (at, letter) in clean.chars().enumerate() {
        fitting.push(letter);
        if at >= 4 * columns || fitting.width() > columns {
            while fitting.pop().is_some() && fitting.width() + 1 > columns {}
            fitting.truncate(fitting.trim_end().len());
            fitting.push('…');
            return fitting;
        }
    }
    fitting
}
