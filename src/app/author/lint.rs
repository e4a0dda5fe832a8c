//! `landfall author lint`: every problem of every file.

use super::grader::Grading;
use crate::app::context::{course_files, now};
use crate::app::failure::{Exit, Failure, Outcome};
use crate::checks;
use crate::cli::{Format, Globals};
use crate::course::{self, Course, CourseFiles, Diagnostic, Places, Severity};
use crate::quiz::lint::{self, LintContext};
use crate::term::Ui;
use crate::term::verdicts::count;
use jiff::tz::TimeZone;

/// Prints the problems on stdout; errors end with 5, warnings alone with 0. With `grader` the rubrics are held against
/// their labelled answers as well, and what none may do ends with 5.
///
/// # Errors
/// The folder cannot be read.
pub fn run(globals: &Globals, ui: &Ui, grader: bool) -> Outcome {
    let files = course_files(globals.course.as_deref())?;
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    let (course, problems) = match course::load(&files, &known) {
        Ok((course, mut warnings)) => {
            warnings.extend(beyond_loading(&files, &course));
            (Some(course), warnings)
        }
        Err(problems) => (None, problems),
    };
    let grading = course.filter(|_| grader).map(|course| Grading::of(&course));
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    match globals.format.unwrap_or(Format::Text) {
        Format::Json => {
            let listed: Vec<serde_json::Value> = problems.iter().map(json).collect();
            let grader = grading.as_ref().map(Grading::json);
            let document = serde_json::json!({"schema": 1, "files": files.files.len(), "problems": listed, "grader": grader});
            ui.document(&format!("{document:#}\n"));
        }
        Format::Text => {
            for problem in &problems {
                ui.document(&format!("{problem}\n\n"));
            }
            let warnings = problems.len() - errors;
            ui.say(format!(
                "{} read: {}, {}.",
                count(files.files.len(), "file", "files"),
                count(errors, "error", "errors"),
                count(warnings, "warning", "warnings")
            ));
            match &grading {
                Some(grading) => ui.print_all(&grading.lines(ui.prose_width())),
                None if grader => {
                    ui.say("The labelled answers are tried once the files have no errors.");
                }
                None => {}
            }
        }
        _ => {
            return Err(Failure::usage(
                "`landfall author lint` prints text or json.",
            ));
        }
    }
    Ok(
        if errors > 0 || grading.is_some_and(|grading| grading.has_faults()) {
            Exit::Content
        } else {
            Exit::Passed
        },
    )
}

/// What a deck does not need to load, and an author should look at all the same.
fn beyond_loading(files: &CourseFiles, course: &Course) -> Vec<Diagnostic> {
    let places = Places::of(files);
    let known = LintContext {
        today: Some(now().to_zoned(TimeZone::system()).date()),
        revisions: files.revisions(),
    };
    course
        .decks
        .iter()
        .flat_map(|deck| lint::lint(deck, &places, &known))
        .collect()
}

fn json(problem: &Diagnostic) -> serde_json::Value {
    serde_json::json!({
        "severity": match problem.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "rule": problem.rule,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "help": problem.help,
    })
}
