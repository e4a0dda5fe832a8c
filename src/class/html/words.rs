//! Words, anchors and instants, the same in every part of the page.

use crate::checks::Verdict;
use crate::class::report::{ClassReport, EvidenceKind, Standing, StudentReport};
use crate::report::fit::truncate;
use crate::report::page::{escaped, marked};
use jiff::Timestamp;

/// Every standing, the most urgent first: the order of the page, and of the table when it is sorted by standing.
pub(super) const STANDINGS: [Standing; 7] = [
    Standing::Stuck,
    Standing::CannotTell,
    Standing::Unreadable,
    Standing::NotSubmitted,
    Standing::NothingYet,
    Standing::UnderWay,
    Standing::Done,
];

/// As the script and the style know it.
pub(super) const fn standing_id(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "done",
        Standing::UnderWay => "under-way",
        Standing::Stuck => "stuck",
        Standing::NothingYet => "nothing-yet",
        Standing::CannotTell => "cannot-tell",
        Standing::Unreadable => "unreadable",
        Standing::NotSubmitted => "not-submitted",
    }
}

/// Mark and words.
pub(super) const fn standing_mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "✔ done",
        Standing::UnderWay => "… under way",
        Standing::Stuck => "✘ stuck",
        Standing::NothingYet => "· nothing there yet",
        Standing::CannotTell => "? cannot tell",
        Standing::Unreadable => "! unreadable",
        Standing::NotSubmitted => "– not handed in",
    }
}

/// What a standing means, for whoever sees it for the first time.
pub(super) const fn standing_means(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "every step that counts is done",
        Standing::UnderWay => "nothing is wrong, something is still to do",
        Standing::Stuck => "something is wrong",
        Standing::NothingYet => "handed in, and nothing of the chapter is there",
        Standing::CannotTell => "the account could not be read: no verdict either way",
        Standing::Unreadable => "there is a file, and it cannot be used",
        Standing::NotSubmitted => "on the roster, and nothing was handed in",
    }
}

/// A standing in its colour, the mark for the eye alone.
pub(super) fn standing(standing: Standing) -> String {
    format!(
        "<span class=\"standing {}\">{}</span>",
        standing_id(standing),
        marked(standing_mark(standing))
    )
}

/// A verdict as somebody says it of a student; [`Verdict::words`] speaks to the student.
pub(super) const fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Attested => "confirmed by hand",
        Verdict::Skipped => "does not apply",
        other => other.words(),
    }
}

/// A verdict in its colour.
pub(super) fn verdict(verdict: Verdict) -> String {
    format!(
        "<span class=\"verdict {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
        verdict.id(),
        verdict.symbol(),
        verdict_words(verdict)
    )
}

/// `1 student`, `4 students`.
pub(super) fn students(number: usize) -> String {
    counted(number, "student", "students")
}

/// `1 step`, `4 steps`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What may stand in an id: letters, digits and hyphens, whatever the key is.
pub(super) fn anchor(key: &str) -> String {
    key.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .collect()
}

/// A longer text is cut in lists and tables; with the student it stands in full.
const LONGEST: usize = 80;

/// A text of somebody's for a list or a table.
pub(super) fn short(text: &str) -> String {
    escaped(&truncate(text, LONGEST))
}

/// A student's name that leads to what is said of the student.
pub(super) fn link(student: &StudentReport) -> String {
    to(student, &short(name(student)))
}

/// The same with the whole name.
pub(super) fn whole_link(student: &StudentReport) -> String {
    to(student, &escaped(name(student)))
}

fn to(student: &StudentReport, words: &str) -> String {
    format!("<a href=\"#student-{}\">{words}</a>", anchor(&student.key))
}

/// A link always has words.
pub(super) fn name(student: &StudentReport) -> &str {
    if crate::report::sanitize::one_line(&student.name)
        .trim()
        .is_empty()
    {
        "(no name)"
    } else {
        &student.name
    }
}

/// The students with these keys.
pub(super) fn found<'a>(report: &'a ClassReport, keys: &[String]) -> Vec<&'a StudentReport> {
    keys.iter()
        .filter_map(|key| report.students.iter().find(|student| student.key == *key))
        .collect()
}

/// `3 days`, with the minute for whoever asks.
pub(super) fn ago(report: &ClassReport, at: Timestamp) -> String {
    format!(
        "<time datetime=\"{at}\" title=\"since {}\">{}</time>",
        report.moment.minute(at),
        report.moment.ago(at)
    )
}

/// `2026-11-12 14:03`.
pub(super) fn minute(report: &ClassReport, at: Timestamp) -> String {
    format!(
        "<time datetime=\"{at}\">{}</time>",
        report.moment.minute(at)
    )
}

/// A share as a whole number of per cent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `72`, `66.7`: no more digits than are needed.
pub(super) fn score(score: f64) -> String {
    let text = format!("{score:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// What the verdicts of a student rest on.
pub(super) const fn evidence(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Bundle => "a file that the student's own machine wrote",
        EvidenceKind::Live => "the account, read by you",
        EvidenceKind::LiveAndBundle => {
            "the account, read by you; the student's machine from a file"
        }
    }
}

/// A bar of `parts`, each a class and a share of 0 to 1, on a track. Words beside it say the same.
pub(super) fn bar(parts: &[(&str, f64)]) -> String {
    let mut left = 0.0;
    let drawn: String = parts
        .iter()
        .map(|(class, share)| {
            let x = left;
            left += share * 100.0;
            format!(
                "<rect class=\"{class}\" x=\"{x:.1}\" width=\"{:.1}\" height=\"10\"/>",
                share * 100.0
            )
        })
        .collect();
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"track\" width=\"100\" height=\"10\"/>{drawn}</svg>"
    )
}

/// A share of a class; of nobody it is nothing.
pub(super) fn share(part: usize, of: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "people of a class")]
    if of == 0 {
        0.0
    } else {
        (part as f64 / of as f64).min(1.0)
    }
}
