//! The report of a class as a table: one line for each student.
//!
//! Excel takes a file without a byte-order mark for one of its old code pages and shows `Zoë` as `ZoÃ«`
//! (donatstudios.com/CSV-An-Encoding-Nightmare, 2026-11), so there is one; Python reads it as
//! `utf-8-sig`, and the readers of R, pandas and Rust leave it out by themselves. Lines end with CRLF (RFC 4180). Every
//! cell is quoted, and none begins a formula.
//!
//! | column | what |
//! |---|---|
//! | `student`, `id`, `sis_id`, `login`, `email`, `section`, `account`, `region` | who |
//! | `standing` | `done`, `under_way`, `stuck`, `nothing_yet`, `cannot_tell`, `unreadable`, `not_submitted` |
//! | `evidence`, `looked_at` | what it rests on, and when the account was looked at (UTC) |
//! | `late` | `yes`, `no`, or empty |
//! | `done`, `of`, `score` | steps, and 0 to 100; empty where there is no verdict, which is not a zero |
//! | `stuck_step`, `stuck_check`, `stuck_cause`, `stuck_since` | the root cause |
//! | `at_step` | the first step that is not done, when nothing is wrong |
//! | `trouble`, `notes` | sentences |
//! | `quiz_answered`, `quiz_share` | questions, and 0 to 1 |
//! | the id of each step | its verdict, as JSON spells it; empty where it was not judged |

use super::report::{ClassReport, EvidenceKind, StudentReport};
use super::words;
use crate::quiz::exchange::harmless;
use crate::report::sanitize;
use jiff::Timestamp;

const BYTE_ORDER_MARK: char = '\u{feff}';

const COLUMNS: [&str; 24] = [
    "student",
    "id",
    "sis_id",
    "login",
    "email",
    "section",
    "account",
    "region",
    "standing",
    "evidence",
    "looked_at",
    "late",
    "done",
    "of",
    "score",
    "stuck_step",
    "stuck_check",
    "stuck_cause",
    "stuck_since",
    "at_step",
    "trouble",
    "notes",
    "quiz_answered",
    "quiz_share",
];

/// The document.
pub fn csv(report: &ClassReport) -> String {
    let mut names: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    names.extend(report.steps.iter().map(|step| safe(&step.id)));
    let lines =
        std::iter::once(names).chain(report.students.iter().map(|student| line(report, student)));
    BYTE_ORDER_MARK.to_string() + &table(lines)
}

/// A table with every cell quoted.
pub(super) fn table(lines: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut rows = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .quote_style(::csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    for line in lines {
        rows.write_record(line)
            .expect("every line has all columns, and memory takes them all");
    }
    rows.into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .expect("text goes in, so text comes out")
}

/// Foreign text in a cell: on one line, no formula.
pub(super) fn safe(text: &str) -> String {
    harmless(&sanitize::one_line(text))
}

fn line(report: &ClassReport, student: &StudentReport) -> Vec<String> {
    let judged = words::is_judged(student.standing);
    let stuck = student.stuck.as_ref();
    let quiz = student.quiz;
    let number = |number: usize| number.to_string();
    let mut cells = vec![
        safe(&student.name),
        text(student.id.as_deref()),
        text(student.sis_id.as_deref()),
        text(student.login.as_deref()),
        text(student.email.as_deref()),
        text(student.section.as_deref()),
        text(student.account.as_deref()),
        text(student.region.as_deref()),
        words::standing_id(student.standing).to_owned(),
        student.evidence.map_or("", evidence).to_owned(),
        time(student.looked_at),
        match student.late {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        }
        .to_owned(),
        if judged {
            number(student.done)
        } else {
            String::new()
        },
        if judged {
            number(student.of)
        } else {
            String::new()
        },
        student.score.map(decimal).unwrap_or_default(),
        text(stuck.map(|stuck| stuck.step.as_str())),
        text(stuck.map(|stuck| stuck.check.as_str())),
        text(stuck.and_then(|stuck| stuck.cause.as_deref())),
        time(stuck.and_then(|stuck| stuck.since)),
        text(student.at_step.as_ref().map(|at| at.step.as_str())),
        text(student.trouble.as_deref()),
        safe(&notes(student).join(" ")),
        quiz.map(|quiz| number(quiz.answered)).unwrap_or_default(),
        quiz.map(|quiz| decimal(quiz.share)).unwrap_or_default(),
    ];
    debug_assert_eq!(cells.len(), COLUMNS.len());
    cells.extend(report.steps.iter().map(|step| {
        let cell = student.steps.get(&step.id);
        cell.map_or("", |cell| cell.verdict.id()).to_owned()
    }));
    cells
}

/// Everything worth a second look, in one cell.
fn notes(student: &StudentReport) -> Vec<&str> {
    [&student.notes, &student.drift, &student.overrides]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect()
}

const fn evidence(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Bundle => "bundle",
        EvidenceKind::Live => "live",
        EvidenceKind::LiveAndBundle => "live_and_bundle",
    }
}

fn text(text: Option<&str>) -> String {
    text.map(safe).unwrap_or_default()
}

/// At most two decimals, with a point, whatever this computer's language is.
pub(super) fn decimal(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // Never `-0`.
    format!("{}", rounded + 0.0)
}

/// A year before the first begins with a minus.
fn time(at: Option<Timestamp>) -> String {
    at.map(|at| harmless(&at.to_string())).unwrap_or_default()
}
