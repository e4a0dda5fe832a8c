//! A gradebook that Canvas imports.
//!
//! The form is what Canvas' own importer asks for (instructure/canvas-lms, `lib/gradebook_importer.rb`, and
//! `process_gradebook_upload.js`, which stores what is imported; 2026-11):
//! - The columns are `Student,ID,SIS User ID,SIS Login ID,Section` and the assignment. A student is found by `ID`, else by
//!   the SIS ids, and only without those by the name, so an apostrophe before a name that looks like a formula does no
//!   harm. An assignment is found by its name, or by the number in `Landfall (12345)`, as Canvas exports it; another name
//!   makes a new assignment.
//! - The second line says the points. Canvas sets the assignment's points to it.
//! - **An empty cell takes a score away** that is already in the gradebook; only a student who is not in the file keeps
//!   it. So a student without a score has no line here.
//! - Any line whose first cell holds `Points Possible` is taken for the second line: no student may be called so.
//! - No byte-order mark: Canvas reads UTF-8.

use super::csv::{decimal, safe, table};
use super::report::{ClassReport, StudentReport};

const POINTS_POSSIBLE: &str = "Points Possible";

/// Parts of a column's name that make Canvas pass over it: the totals that it reckons itself.
const PASSED_OVER: [&str; 9] = [
    "Current Score",
    "Current Points",
    "Current Grade",
    "Final Score",
    "Final Points",
    "Final Grade",
    "Override Score",
    "Override Grade",
    "Override Status",
];

/// The CSV: Student, ID, SIS User ID, SIS Login ID, Section, and one assignment.
pub fn canvas(report: &ClassReport, assignment: &str, points: u32) -> String {
    let names = [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        &safe(assignment),
    ]
    .map(str::to_owned)
    .to_vec();
    // With the four spaces that Canvas itself writes there.
    let mut possible = vec![format!("    {POINTS_POSSIBLE}")];
    possible.extend(std::iter::repeat_n(String::new(), 4));
    possible.push(points.to_string());
    table(
        [names, possible].into_iter().chain(
            report
                .students
                .iter()
                .filter_map(|student| line(student, points)),
        ),
    )
}

/// The students who are left out of the file, because there is no score for them.
pub fn canvas_left_out(report: &ClassReport) -> usize {
    report
        .students
        .iter()
        .filter(|student| student.score.is_none())
        .count()
}

/// Students in the file that Canvas can find by their name alone.
pub fn canvas_without_ids(report: &ClassReport) -> usize {
    report
        .students
        .iter()
        .filter(|student| student.score.is_some())
        .filter(|student| {
            [&student.id, &student.sis_id, &student.login]
                .into_iter()
                .all(Option::is_none)
        })
        .count()
}

/// Whether Canvas would pass over a column of that name.
pub fn canvas_passes_over(assignment: &str) -> bool {
    assignment.trim().is_empty() || PASSED_OVER.iter().any(|name| assignment.contains(name))
}

fn line(student: &StudentReport, points: u32) -> Option<Vec<String>> {
    let score = student.score?;
    let cell = |text: &Option<String>| text.as_deref().map(safe).unwrap_or_default();
    let name = safe(&student.name);
    let name = if name.contains(POINTS_POSSIBLE) {
        student.key.clone()
    } else {
        name
    };
    Some(vec![
        name,
        cell(&student.id),
        cell(&student.sis_id),
        cell(&student.login),
        cell(&student.section),
        decimal(score * f64::from(points) / 100.0),
    ])
}
