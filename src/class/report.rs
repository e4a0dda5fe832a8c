//! What is said of a class: plain values, already reduced to the detail and the privacy that were asked for. The formats
//! only set it; nothing that may not be told is in it.

use super::item::ClassQuiz;
use super::moment::Moment;
use crate::checks::{Finding, Totals, Verdict};
use crate::report::map::Map;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// The report of a class.
#[derive(Debug, Clone, Serialize)]
pub struct ClassReport {
    pub schema: u32,
    pub landfall: &'static str,
    pub course: String,
    pub made_at: Timestamp,
    pub detail: Detail,
    /// Names, e-mail addresses and ids are left out; students are called `Student 7`.
    pub anonymised: bool,
    pub deadline: Option<Timestamp>,
    /// The course's steps in order: the columns of the matrix.
    pub steps: Vec<StepColumn>,
    /// In the order of the roster; without one, by what they are called.
    pub students: Vec<StudentReport>,
    pub standings: Standings,
    /// Where students are stuck: the most crowded place first, then in the order of the course.
    pub stuck: Vec<StuckPlace>,
    /// Evidence that looks like somebody else's: a reason for a talk, never a proof.
    pub alike: Vec<Alike>,
    pub quizzes: Vec<ClassQuiz>,
    /// Files that belong to nobody, overrides that fit nothing: one sentence each.
    pub remarks: Vec<String>,
    /// The instructor's own clock, for people.
    #[serde(skip)]
    pub moment: Moment,
}

impl ClassReport {
    /// The layout of the JSON format.
    pub const SCHEMA: u32 = 1;
}

/// How much is told, so that answers are not handed round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    #[default]
    Full,
    /// What is and why, but neither what was expected nor what to do.
    NoExpectedValues,
    /// Verdicts alone: no sentence, no cause, no evidence, no map's facts.
    VerdictOnly,
}

/// A column of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepColumn {
    pub id: String,
    pub title: String,
    pub lesson: String,
    pub lesson_title: String,
    pub optional: bool,
}

/// One student.
#[derive(Debug, Clone, Serialize)]
pub struct StudentReport {
    /// Unique in this report, letters, digits and hyphens: for anchors and file names.
    pub key: String,
    /// What the student is called: the roster's name, else its id, else the file's name; `Student 7` when anonymised.
    pub name: String,
    pub email: Option<String>,
    /// The LMS's own number.
    pub id: Option<String>,
    /// The LMS's "SIS User ID" and "SIS Login ID".
    pub sis_id: Option<String>,
    pub login: Option<String>,
    pub section: Option<String>,
    /// `********9012`, or in full when that was asked for.
    pub account: Option<String>,
    pub region: Option<String>,
    pub standing: Standing,
    /// What is wrong with what was handed in, or why the account could not be looked at: a sentence with what to do next.
    /// For every standing but those may be `None`.
    pub trouble: Option<String>,
    /// What the verdicts rest on; `None` when there is nothing.
    pub evidence: Option<EvidenceKind>,
    /// The file, or the folder's name of the run.
    pub file: Option<String>,
    /// When the account was looked at.
    pub looked_at: Option<Timestamp>,
    /// Later than the deadline, unless an override says otherwise; `None` without a deadline or without evidence.
    pub late: Option<bool>,
    /// By the step's id; empty when nothing could be judged.
    pub steps: BTreeMap<String, StepCell>,
    pub totals: Totals,
    /// Steps that are passed or attested, and steps that count (skipped and optional ones do not).
    pub done: usize,
    pub of: usize,
    /// 0 to 100: `done` of `of`, or what an override says. `None` when nothing was handed in or nothing could be read; an
    /// instructor decides what that is worth.
    pub score: Option<f64>,
    /// Where the student is stuck: the root cause.
    pub stuck: Option<Stuck>,
    /// Where the student is, when nothing is wrong: the first step that is not done.
    pub at_step: Option<AtStep>,
    /// What went from passed to not passed since earlier evidence, and what changed: one sentence each.
    pub drift: Vec<String>,
    /// Overrides that were applied to this student, in words.
    pub overrides: Vec<String>,
    /// Everything worth a second look about the evidence: an edited file, another version of the course, an odd clock.
    pub notes: Vec<String>,
    /// Reduced to the detail that was asked for; by step in the order of the course, those of steps that are judged.
    pub findings: Vec<StepFindings>,
    #[serde(skip)]
    pub map: Option<Map>,
    /// Mean share of the quiz's first attempts, 0 to 1, and of how many.
    pub quiz: Option<QuizSum>,
}

/// The findings of one step.
#[derive(Debug, Clone, Serialize)]
pub struct StepFindings {
    pub step: String,
    pub title: String,
    pub findings: Vec<Finding>,
}

/// What a student's row rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A file that the student's own machine wrote.
    Bundle,
    /// Read by the instructor.
    Live,
    /// The account as the instructor read it, the student's machine from a bundle.
    LiveAndBundle,
}

/// How a student stands: exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Every step that counts is done.
    Done,
    /// Nothing is wrong, something is still to do.
    UnderWay,
    /// Something is wrong.
    Stuck,
    /// Handed in, readable, and nothing of the chapter is there: a zero.
    NothingYet,
    /// The account could not be read: no verdict either way.
    CannotTell,
    /// There is a file, and it cannot be used.
    Unreadable,
    /// On the roster, and there is nothing of this student.
    NotSubmitted,
}

/// How many stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Standings {
    pub done: usize,
    pub under_way: usize,
    pub stuck: usize,
    pub nothing_yet: usize,
    pub cannot_tell: usize,
    pub unreadable: usize,
    pub not_submitted: usize,
}

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepCell {
    pub verdict: Verdict,
    /// Since when it has been so, as far as evidence reaches back.
    pub since: Option<Timestamp>,
    /// Set by an override.
    pub overridden: bool,
}

/// The one place to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stuck {
    pub step: String,
    pub check: String,
    /// The check's title: `The database is private`.
    pub title: String,
    /// `database-public`; `None` at [`Detail::VerdictOnly`].
    pub cause: Option<String>,
    /// A sentence; `None` at [`Detail::VerdictOnly`].
    pub summary: Option<String>,
    /// Since when this check has failed, as far as evidence reaches back.
    pub since: Option<Timestamp>,
}

/// Where somebody is who is not stuck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AtStep {
    pub step: String,
    pub title: String,
    pub verdict: Verdict,
}

/// A crowded place: `11 of 24 at "Targets are healthy" (target-port-closed)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StuckPlace {
    pub step: String,
    pub check: String,
    pub title: String,
    pub cause: Option<String>,
    /// Keys of the students, in the report's order.
    pub students: Vec<String>,
    /// Of how many whose evidence could be judged.
    pub of: usize,
    /// The longest that somebody has been there.
    pub since: Option<Timestamp>,
}

/// Students whose evidence is alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// Keys of the students.
    pub students: Vec<String>,
    pub why: AlikeWhy,
    /// One sentence that asks and does not accuse.
    pub say: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlikeWhy {
    SameAccount,
    /// The very same file, or one that differs only in its wrapping.
    SameEvidence,
    /// Different account numbers, and ids that AWS gives only once.
    SameResources,
}

/// What the quiz came to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct QuizSum {
    pub answered: usize,
    pub share: f64,
}
