//! Words that the formats of a class's report share.

use super::item::QuestionItem;
use super::report::{ClassReport, Detail, Standing, StepColumn, StuckPlace, StudentReport};
use crate::checks::{Finding, Verdict};

/// How a student stands.
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "done",
        Standing::UnderWay => "on the way",
        Standing::Stuck => "stuck",
        Standing::NothingYet => "nothing yet",
        Standing::CannotTell => "cannot tell",
        Standing::Unreadable => "unreadable",
        Standing::NotSubmitted => "not handed in",
    }
}

/// The same as a program reads it: as JSON spells it.
pub const fn standing_id(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "done",
        Standing::UnderWay => "under_way",
        Standing::Stuck => "stuck",
        Standing::NothingYet => "nothing_yet",
        Standing::CannotTell => "cannot_tell",
        Standing::Unreadable => "unreadable",
        Standing::NotSubmitted => "not_submitted",
    }
}

/// A verdict on somebody else's step.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Skipped => "does not apply",
        Verdict::Attested => "by hand",
        other => other.words(),
    }
}

/// `1 student`, `30 students`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Whether there is a verdict on this student's work. Where there is none, nothing may look like a zero.
pub const fn is_judged(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::Done | Standing::UnderWay | Standing::Stuck | Standing::NothingYet
    )
}

/// How many stand how, those of whom there are any: `4 done`, `11 stuck`.
pub fn standings(report: &ClassReport) -> Vec<(usize, Standing)> {
    let of = report.standings;
    [
        (of.done, Standing::Done),
        (of.under_way, Standing::UnderWay),
        (of.stuck, Standing::Stuck),
        (of.nothing_yet, Standing::NothingYet),
        (of.cannot_tell, Standing::CannotTell),
        (of.unreadable, Standing::Unreadable),
        (of.not_submitted, Standing::NotSubmitted),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .collect()
}

/// `30 students: 4 done, 9 on the way, 11 stuck`.
pub fn standings_line(report: &ClassReport) -> String {
    let students = count(report.students.len(), "student", "students");
    let counts: Vec<String> = standings(report)
        .into_iter()
        .map(|(number, of)| format!("{number} {}", standing(of)))
        .collect();
    if counts.is_empty() {
        return students;
    }
    format!("{students}: {}", counts.join(", "))
}

/// `Targets are healthy (target-port-closed)`.
pub fn place(title: &str, cause: Option<&str>) -> String {
    match cause {
        Some(cause) => format!("{title} ({cause})"),
        None => title.to_owned(),
    }
}

/// `11 of 24`.
pub fn crowd(place: &StuckPlace) -> String {
    format!("{} of {}", place.students.len(), place.of)
}

/// Where a student is: where it is wrong, else what comes next, else why nothing can be said.
pub fn whereabouts(student: &StudentReport) -> String {
    if let Some(stuck) = &student.stuck {
        return place(&stuck.title, stuck.cause.as_deref());
    }
    if let Some(at) = &student.at_step {
        return format!("{}: {}", at.title, verdict(at.verdict));
    }
    student.trouble.clone().unwrap_or_default()
}

/// `done`, `of`: `12/25`; nothing where there is no verdict.
pub fn progress(student: &StudentReport) -> String {
    if is_judged(student.standing) {
        format!("{}/{}", student.done, student.of)
    } else {
        String::new()
    }
}

/// `late`, `in time`; nothing without a deadline.
pub const fn lateness(student: &StudentReport) -> &'static str {
    match student.late {
        Some(true) => "late",
        Some(false) => "in time",
        None => "",
    }
}

/// The one thing to know of a class.
pub fn headline(report: &ClassReport) -> String {
    if let Some(first) = report.stuck.first() {
        let is = if first.students.len() == 1 {
            "is"
        } else {
            "are"
        };
        let longest = first.since.map_or_else(String::new, |since| {
            format!(", the longest for {}", report.moment.ago(since))
        });
        return format!(
            "{} {is} stuck at \"{}\"{longest}.",
            crowd(first),
            place(&first.title, first.cause.as_deref())
        );
    }
    if report.standings.stuck > 0 {
        return format!(
            "{} stuck.",
            count(report.standings.stuck, "student is", "students are")
        );
    }
    "Nobody is seen to be stuck.".to_owned()
}

/// What the level of detail leaves out, for readers who wonder.
pub const fn detail(detail: Detail) -> Option<&'static str> {
    match detail {
        Detail::Full => None,
        Detail::NoExpectedValues => {
            Some("What was expected and what to do are left out of this report.")
        }
        Detail::VerdictOnly => Some("Verdicts alone: reasons are left out of this report."),
    }
}

/// The students that somebody has to look after, in the report's order.
pub fn to_look_at(report: &ClassReport) -> impl Iterator<Item = &StudentReport> {
    report.students.iter().filter(|student| {
        let troubled = student.trouble.is_some() && student.standing != Standing::NotSubmitted;
        troubled
            || matches!(
                student.standing,
                Standing::Unreadable | Standing::CannotTell
            )
            || !student.notes.is_empty()
    })
}

/// What a student is called by its key.
pub fn name_of<'a>(report: &'a ClassReport, key: &'a str) -> &'a str {
    report
        .students
        .iter()
        .find(|student| student.key == key)
        .map_or(key, |student| student.name.as_str())
}

/// The names of some students: `Ann Lee, Bo and 3 more`.
pub fn names(report: &ClassReport, keys: &[String], shown: usize) -> String {
    let named: Vec<&str> = keys
        .iter()
        .take(shown)
        .map(|key| name_of(report, key))
        .collect();
    let words = named.join(", ");
    match keys.len().saturating_sub(shown) {
        0 => words,
        more => format!("{words} and {more} more"),
    }
}

/// A question or a key point that few got right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hard {
    pub deck: String,
    /// `grace-period`, or `grace-period, point sigterm`.
    pub what: String,
    /// `2 of 12 right`, `1 of 12 said it, 3 said it partly`.
    pub came_to: String,
}

/// The hardest of all quizzes, the hardest first: by the share that is right, then by how many tried.
pub fn hardest(report: &ClassReport, most: usize) -> Vec<Hard> {
    let mut all: Vec<(u64, usize, Hard)> = Vec::new();
    for quiz in &report.quizzes {
        for question in &quiz.questions {
            if question.points.is_empty() {
                let hard = Hard {
                    deck: quiz.title.clone(),
                    what: question.question.clone(),
                    came_to: format!(
                        "{} of {} right{}",
                        question.right,
                        question.n,
                        sure(question)
                    ),
                };
                all.push((share(2 * question.right, question.n), question.n, hard));
            }
            for point in &question.points {
                let partly = match point.partly {
                    0 => String::new(),
                    some => format!(", {some} partly"),
                };
                let hard = Hard {
                    deck: quiz.title.clone(),
                    what: format!("{}, point {}", question.question, point.point),
                    came_to: format!("{} of {} said it{partly}", point.said, point.n),
                };
                all.push((share(2 * point.said + point.partly, point.n), point.n, hard));
            }
        }
    }
    // What everybody knows is not hard, and what nobody tried is not known to be.
    all.retain(|(share, n, _)| *n > 0 && *share < PARTS);
    all.sort_by_key(|(share, n, _)| (*share, usize::MAX - n));
    all.into_iter()
        .take(most)
        .map(|(_, _, hard)| hard)
        .collect()
}

const PARTS: u64 = 1_000_000;

/// Halves that are right, in millionths of all.
fn share(halves: usize, n: usize) -> u64 {
    (halves as u64 * PARTS) / (2 * n.max(1) as u64)
}

fn sure(question: &QuestionItem) -> String {
    match question.confident_errors {
        0 => String::new(),
        some => format!(", {some} sure and wrong"),
    }
}

/// Whether a step counts for a student: an optional one only when it is done, none that does not apply.
pub fn counts(column: &StepColumn, verdict: Option<Verdict>) -> bool {
    match verdict {
        Some(Verdict::Skipped) => false,
        Some(verdict) => !column.optional || verdict.is_done(),
        None => !column.optional,
    }
}

/// Why a step of a student is as it is, as far as the level of detail tells: the sentence of the root cause when it is
/// here, else of the first check that has the step's verdict.
pub fn because<'a>(student: &'a StudentReport, step: &str, verdict: Verdict) -> Option<&'a str> {
    let stuck = student.stuck.as_ref().filter(|stuck| stuck.step == step);
    if let (Verdict::Failed, Some(summary)) =
        (verdict, stuck.and_then(|stuck| stuck.summary.as_deref()))
    {
        return Some(summary);
    }
    findings(student, step)
        .iter()
        .find(|finding| finding.verdict == verdict && !finding.summary.is_empty())
        .map(|finding| finding.summary.as_str())
}

/// What was found of a student's step.
pub fn findings<'a>(student: &'a StudentReport, step: &str) -> &'a [Finding] {
    student
        .findings
        .iter()
        .find(|of| of.step == step)
        .map_or(&[], |of| of.findings.as_slice())
}
