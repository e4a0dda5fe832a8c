//! `landfall class report`: where the class stands, from what was handed in and what was read.

mod deadline;
mod output;
#[cfg(test)]
mod tests;

pub(super) use output::{format, is_possible, show};

use super::folder;
use crate::app::context::{Context, now};
use crate::app::failure::{Failure, Outcome};
use crate::class::{ClassInput, Detail, Moment, Overrides, Roster, RunRow, draw_up, overrides};
use crate::cli::{ClassReportArgs, ClassTelling, DetailLevel};
use jiff::tz::TimeZone;
use std::fs;
use std::path::Path;

/// A larger roster, or file of overrides, is not one.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// Prints the report, or writes it to a file.
///
/// # Errors
/// A command line that makes no sense, a path that is not there, a roster or overrides that cannot be used, nothing to
/// report on.
pub fn run(context: &Context, args: &ClassReportArgs) -> Outcome {
    let format = format(context, args.out.as_deref())?;
    is_possible(format, &args.telling)?;
    let telling = told(&args.telling)?;
    let from_roster = match &args.roster {
        Some(path) => Some(rows_of_roster(context, path)?),
        None => None,
    };
    let gathered = folder::gather(&args.paths)?;
    let passed_over = passed_over(&gathered, args.telling.anonymise);
    let rows = from_roster.unwrap_or(gathered.rows);
    if rows.is_empty() && gathered.evidence.is_empty() {
        let places: Vec<String> = args
            .paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        return Err(Failure::unreadable(format!(
            "There is nothing to report on in {}.",
            places.join(", ")
        ))
        .hint(
            "Students write a file with `landfall bundle`; put these into one folder and name it.",
        )
        .hint("`landfall class verify ROSTER` reads accounts through roles and keeps a folder."));
    }
    let mut report = draw_up(
        &context.course,
        ClassInput {
            rows: &rows,
            evidence: gathered.evidence,
            overrides: &telling.overrides,
            deadline: telling.deadline,
            detail: telling.detail,
            anonymise: args.telling.anonymise,
            full_accounts: args.telling.full_accounts,
            moment: telling.moment,
        },
    );
    report.remarks.extend(passed_over);
    show(context, format, &report, &args.telling, args.out.as_deref())
}

/// What was not read, so that nobody takes it for "not handed in". Names of files may be names of students.
fn passed_over(gathered: &folder::Gathered, anonymise: bool) -> Vec<String> {
    let mut remarks = match (anonymise, gathered.remarks.len()) {
        (false, _) => gathered.remarks.clone(),
        (true, 0) => Vec::new(),
        (true, 1) => vec!["One file or folder was passed over.".to_owned()],
        (true, many) => vec![format!("{many} files or folders were passed over.")],
    };
    match gathered.not_looked_at {
        0 => {}
        1 => remarks.push("1 file that can be no evidence was not looked at.".to_owned()),
        many => remarks.push(format!(
            "{many} files that can be no evidence were not looked at."
        )),
    }
    remarks
}

/// How much is told, read and understood.
#[derive(Debug)]
pub(super) struct Telling {
    pub overrides: Overrides,
    pub deadline: Option<jiff::Timestamp>,
    pub detail: Detail,
    pub moment: Moment,
}

/// Reads what the flags of telling name; also for `class verify`.
///
/// # Errors
/// No time, a file that cannot be read or used.
pub(super) fn told(telling: &ClassTelling) -> Result<Telling, Failure> {
    let zone = TimeZone::system();
    let deadline = match &telling.deadline {
        Some(text) => Some(deadline::read(text, &zone)?),
        None => None,
    };
    let overrides = match &telling.overrides {
        Some(path) => read_overrides(path, &zone)?,
        None => Overrides::default(),
    };
    Ok(Telling {
        overrides,
        deadline,
        detail: match telling.detail {
            DetailLevel::Full => Detail::Full,
            DetailLevel::NoExpectedValues => Detail::NoExpectedValues,
            DetailLevel::VerdictOnly => Detail::VerdictOnly,
        },
        moment: Moment { zone, now: now() },
    })
}

fn read_overrides(path: &Path, zone: &TimeZone) -> Result<Overrides, Failure> {
    let bytes = read(path)?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::content(format!("{name} is no text in UTF-8."))
            .hint("Save it as UTF-8; the README shows an example.")
    })?;
    overrides(&name, &text, zone).map_err(|troubles| {
        let says: Vec<String> = troubles.into_iter().map(|trouble| trouble.say).collect();
        Failure::content(says.join("\n\n")).hint("The README shows a file of overrides.")
    })
}

/// The roster's students, as a run would keep them; columns that say nothing to us are named on stderr.
fn rows_of_roster(context: &Context, path: &Path) -> Result<Vec<RunRow>, Failure> {
    let roster = folder::read_roster(path)?;
    say_ignored(context, &roster);
    Ok(folder::rows_of(&roster))
}

/// Names the columns that were not read: one of them may be misspelled.
pub(super) fn say_ignored(context: &Context, roster: &Roster) {
    if !roster.ignored.is_empty() {
        context.ui.say_prose(format!(
            "Columns of the roster that are not read: {}.",
            roster.ignored.join(", ")
        ));
    }
}

/// A file's bytes, if it is not too large.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display();
    let refused =
        |error: std::io::Error| Failure::unreadable(format!("{name} cannot be read: {error}."));
    let size = fs::metadata(path).map_err(refused)?.len();
    if size > LARGEST_BYTES {
        return Err(Failure::unreadable(format!(
            "{name} is too large (16 MiB are read at most)."
        )));
    }
    fs::read(path).map_err(refused)
}
