//! Draws up the report of a class from what was handed in and what was read.

use super::moment::Moment;
use super::overrides::Overrides;
use super::report::{ClassReport, Detail, Standings};
use super::result::{RowResult, Run, RunRow};
use crate::bundle::{Trouble, Whole};
use crate::course::Course;
use jiff::Timestamp;

/// Everything that a report is made of, besides the course.
#[derive(Debug)]
pub struct ClassInput<'a> {
    /// Of the roster, or of the runs; empty when there is neither: then every file is a student.
    pub rows: &'a [RunRow],
    pub evidence: Vec<Evidence>,
    pub overrides: &'a Overrides,
    pub deadline: Option<Timestamp>,
    pub detail: Detail,
    pub anonymise: bool,
    /// Account numbers in full.
    pub full_accounts: bool,
    pub moment: Moment,
}

/// One file.
#[derive(Debug)]
pub struct Evidence {
    /// Its path, seen from the folder that was named.
    pub file: String,
    pub what: Result<Found, Trouble>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Found {
    Bundle(Box<Whole>),
    /// Of that run.
    Live {
        run: Run,
        result: Box<RowResult>,
    },
}

/// Draws it up.
pub fn draw_up(course: &Course, input: ClassInput<'_>) -> ClassReport {
    ClassReport {
        schema: ClassReport::SCHEMA,
        landfall: env!("CARGO_PKG_VERSION"),
        course: course.title.clone(),
        made_at: input.moment.now,
        detail: input.detail,
        anonymised: input.anonymise,
        deadline: input.deadline,
        steps: Vec::new(),
        students: Vec::new(),
        standings: Standings::default(),
        stuck: Vec::new(),
        alike: Vec::new(),
        quizzes: Vec::new(),
        remarks: Vec::new(),
        moment: input.moment,
    }
}
