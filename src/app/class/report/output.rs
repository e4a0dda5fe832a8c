//! A class's report in the format that was asked for, on stdout or in a file.

use crate::app::class::screen::{self, Shown};
use crate::app::context::Context;
use crate::app::failure::{Exit, Failure, Outcome};
use crate::class::{self, ClassReport, Standing, words};
use crate::cli::{ClassTelling, Format};
use crate::term::layout::WIDEST_PROSE;
use crate::term::to_text;
use std::fs;
use std::io::Write;
use std::path::Path;

const FORMATS: [Format; 8] = [
    Format::Text,
    Format::Json,
    Format::Csv,
    Format::Junit,
    Format::Gradescope,
    Format::Canvas,
    Format::Markdown,
    Format::Html,
];

/// What endings of a file mean.
const ENDINGS: [(&str, Format); 8] = [
    ("html", Format::Html),
    ("htm", Format::Html),
    ("csv", Format::Csv),
    ("json", Format::Json),
    ("md", Format::Markdown),
    ("xml", Format::Junit),
    ("txt", Format::Text),
    ("text", Format::Text),
];

/// The format: the flag, else the ending of the file, else text.
///
/// # Errors
/// One that a class's report does not have, an ending that means nothing.
pub fn format(context: &Context, out: Option<&Path>) -> Result<Format, Failure> {
    let ending = out
        .and_then(Path::extension)
        .map(|ending| ending.to_string_lossy().to_lowercase());
    match (context.globals.format, ending) {
        (Some(_), _) | (None, None) => context.format("class report", &FORMATS),
        (None, Some(ending)) => ENDINGS
            .iter()
            .find(|(known, _)| *known == ending)
            .map(|(_, format)| *format)
            .ok_or_else(|| {
                Failure::usage(format!("No format of a class's report ends in .{ending}."))
                    .hint("End the file in .html, .csv, .json, .md, .xml or .txt, or say --format.")
            }),
    }
}

/// Whether a format can be told so.
///
/// # Errors
/// A gradebook without names, or for a column that Canvas reckons itself.
pub fn is_possible(format: Format, telling: &ClassTelling) -> Result<(), Failure> {
    if format != Format::Canvas {
        return Ok(());
    }
    if telling.anonymise {
        return Err(Failure::usage(
            "A gradebook for Canvas cannot be anonymised: Canvas finds students by their ids.",
        )
        .hint("Leave out --anonymise, or use --format csv."));
    }
    if class::canvas_passes_over(&telling.assignment) {
        return Err(Failure::usage(format!(
            "Canvas passes over a column that is called \"{}\".",
            telling.assignment
        ))
        .hint("Give the assignment another name: --assignment \"Landfall\"."));
    }
    Ok(())
}

/// Prints a report, or writes it. It succeeds whatever the verdicts are; where there is no verdict on anybody, it is
/// unreadable (3), and the report says why.
///
/// # Errors
/// A combination that is not possible, a file that cannot be written.
pub fn show(
    context: &Context,
    format: Format,
    report: &ClassReport,
    telling: &ClassTelling,
    out: Option<&Path>,
) -> Outcome {
    is_possible(format, telling)?;
    if format == Format::Gradescope {
        gradescope(context, report, out)?;
    } else {
        match out {
            Some(path) => {
                write(
                    path,
                    &document(context, format, report, telling, WIDEST_PROSE),
                )?;
                written(context, report, &path.display().to_string());
            }
            None if format == Format::Text => {
                let width = context.ui.prose_width();
                context
                    .ui
                    .print_all(&screen::lines(report, shown(context), width));
            }
            None => {
                let text = document(context, format, report, telling, WIDEST_PROSE);
                context.ui.document(&text);
            }
        }
    }
    if format == Format::Canvas {
        canvas_remarks(context, report);
    }
    Ok(exit(report))
}

fn exit(report: &ClassReport) -> Exit {
    let any = |wanted: fn(Standing) -> bool| {
        let mut students = report.students.iter();
        students.any(|student| wanted(student.standing))
    };
    if any(words::is_judged) {
        Exit::Passed
    } else {
        Exit::Unreadable
    }
}

fn shown(context: &Context) -> Shown {
    if context.is_verbose() {
        Shown::Lessons
    } else {
        Shown::Students
    }
}

fn document(
    context: &Context,
    format: Format,
    report: &ClassReport,
    telling: &ClassTelling,
    width: usize,
) -> String {
    match format {
        Format::Json => class::json(report),
        Format::Csv => class::csv(report),
        Format::Junit => class::junit(report),
        Format::Markdown => class::markdown(report),
        Format::Html => class::html(report),
        Format::Canvas => class::canvas(report, &telling.assignment, telling.points),
        _ => to_text(&screen::lines(report, shown(context), width)),
    }
}

/// One student's results on stdout or in a file; those of several in a folder.
fn gradescope(context: &Context, report: &ClassReport, out: Option<&Path>) -> Result<(), Failure> {
    let only = class::gradescope(report);
    match (only, out) {
        (Some(text), None) => {
            context.ui.document(&text);
            Ok(())
        }
        (Some(text), Some(path)) if !path.is_dir() => {
            write(path, &text)?;
            written(context, report, &path.display().to_string());
            Ok(())
        }
        (_, Some(folder)) => {
            for (name, text) in class::gradescope_files(report) {
                let path = folder.join(name);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent).map_err(|error| refused(parent, &error))?;
                }
                write(&path, &text)?;
            }
            let place = folder.join("STUDENT").join("results.json");
            written(context, report, &place.display().to_string());
            Ok(())
        }
        (None, None) => Err(Failure::usage(
            "Gradescope takes a file for each student, and there is more than one.",
        )
        .hint("Name a folder for them: --format gradescope --out results")),
    }
}

/// Writes a file: all of it or nothing.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file =
        tempfile::NamedTempFile::new_in(folder).map_err(|error| refused(path, &error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| refused(path, &error))?;
    file.persist(path)
        .map_err(|error| refused(path, &error.error))?;
    Ok(())
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    let failure = Failure::unreadable(format!("{} cannot be written: {error}.", path.display()));
    match error.kind() {
        std::io::ErrorKind::NotFound => failure.hint("Make the folder first, or name another."),
        std::io::ErrorKind::PermissionDenied => failure.hint("Name a file where you may write."),
        _ => failure,
    }
}

/// Where it is, and the one thing to know.
fn written(context: &Context, report: &ClassReport, place: &str) {
    context.ui.say_prose(format!(
        "The report is in {place}. {}",
        words::headline(report)
    ));
}

/// What an instructor has to know before importing.
fn canvas_remarks(context: &Context, report: &ClassReport) {
    let ui = &context.ui;
    let left_out = class::canvas_left_out(report);
    if left_out > 0 {
        ui.say_prose(format!(
            "{} left out, without a score: Canvas keeps what it has for them. Whether that is a zero is yours to say.",
            words::count(left_out, "student is", "students are")
        ));
    }
    let without_ids = class::canvas_without_ids(report);
    if without_ids > 0 {
        ui.say_prose(format!(
            "{} no ID, SIS User ID or SIS Login ID: Canvas looks for the name alone. A roster with these columns, as Canvas exports it, is safer.",
            words::count(without_ids, "student has", "students have")
        ));
    }
}
