//! Runs of `class verify` on the disk: a folder with `run.json` and one file for each student.

use super::walk::bytes_of;
use crate::account::{Prose, redact};
use crate::app::failure::Failure;
use crate::bundle::{LARGEST_BYTES, Trouble};
use crate::class::{Outcome, RowResult, Run, StudentKey, shard_of};
use crate::report::sanitize;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What a run was to do.
pub(in crate::app::class) const RUN_FILE: &str = "run.json";

/// Begins a run: a new folder `run-20261126T205517Z` with its `run.json`. Where there is one of that second already, the
/// next is called `run-20261126T205517Z-2`.
///
/// # Errors
/// The folder cannot be written to.
pub fn begin(folder: &Path, run: &Run) -> Result<PathBuf, Failure> {
    fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    let name = run.started_at.strftime("run-%Y%m%dT%H%M%SZ").to_string();
    for number in 1..=MOST_OF_A_SECOND {
        let path = match number {
            1 => folder.join(&name),
            _ => folder.join(format!("{name}-{number}")),
        };
        match fs::create_dir(&path) {
            Ok(()) => {
                write(&path, RUN_FILE, run)?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(refused(&path, &error)),
        }
    }
    Err(Failure::unreadable(format!(
        "{} holds too many runs of one second.",
        folder.display()
    )))
}

const MOST_OF_A_SECOND: usize = 1_000;

/// Keeps what was found of one student: all of it or nothing.
///
/// # Errors
/// The folder cannot be written to; a key that can be no file's name.
pub fn keep(run_folder: &Path, result: &RowResult) -> Result<(), Failure> {
    let name = file_of(&result.key).ok_or_else(|| {
        Failure::unreadable("A student's key cannot be the name of a file: nothing was written.")
    })?;
    write(run_folder, &name, result)
}

/// The name of a student's file; `None` for a key that could lie elsewhere or be something else.
pub(in crate::app::class) fn file_of(key: &StudentKey) -> Option<String> {
    let StudentKey(key) = key;
    let fits = (1..=64).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !is_reserved(key);
    fits.then(|| format!("{key}.json"))
}

/// What a run or a system calls something else.
fn is_reserved(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let is_port = |name: &str| {
        key.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["run", "con", "prn", "aux", "nul"].contains(&key.as_str()) || is_port("com") || is_port("lpt")
}

/// Of the newest run of each shard under a folder: the newest that is not complete, with the results that stand. A row
/// without a result here is to be looked at: there is none, it cannot be read, or what was in the way may have passed.
///
/// # Errors
/// The folder cannot be read, or a newer Landfall wrote a run in it.
pub fn unfinished(folder: &Path) -> Result<Option<(PathBuf, Run, Vec<RowResult>)>, Failure> {
    let mut runs: Vec<(PathBuf, Run)> = Vec::new();
    for path in run_folders(folder)? {
        match read_run(&path.join(RUN_FILE)) {
            Ok(run) => runs.push((path, run)),
            Err(Trouble::Newer { version }) => {
                return Err(newer(&path, &version));
            }
            // It says nothing about what it was to do.
            Err(_) => {}
        }
    }
    // Of two of one second the later has the higher number.
    runs.sort_by(|(a, first), (b, second)| {
        let length = |path: &Path| path.as_os_str().len();
        (second.started_at, length(b), b).cmp(&(first.started_at, length(a), a))
    });
    let mut shards = BTreeSet::new();
    for (path, run) in runs {
        if !shards.insert(run.shard.as_deref().and_then(shard_of)) {
            continue;
        }
        let stands: Vec<RowResult> = results(&path)
            .into_values()
            .filter_map(Result::ok)
            .filter(|result| !result.is_passing())
            .collect();
        let has = |key: &StudentKey| stands.iter().any(|result| result.key == *key);
        if !run.own_rows().all(|row| has(&row.key)) {
            return Ok(Some((path, run, stands)));
        }
    }
    Ok(None)
}

/// A newer Landfall's run can neither be gone on with nor joined.
pub(in crate::app::class) fn newer(path: &Path, version: &str) -> Failure {
    Failure::unreadable(format!(
        "{} was written by a newer Landfall ({version}).",
        path.display()
    ))
    .hint("Install that version to go on with it.")
}

/// The folders of runs: this one, or those right in it, by name.
///
/// # Errors
/// The folder cannot be read; one that is not there holds none.
pub(in crate::app::class) fn run_folders(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if folder.join(RUN_FILE).is_file() {
        return Ok(vec![folder.to_path_buf()]);
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(Failure::unreadable(format!(
                "{} cannot be read: {error}",
                folder.display()
            )));
        }
    };
    let mut runs: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join(RUN_FILE).is_file())
        .collect();
    runs.sort();
    Ok(runs)
}

/// What is kept of each student in a run's folder, by the file's name.
pub(in crate::app::class) fn results(
    run_folder: &Path,
) -> BTreeMap<PathBuf, Result<RowResult, Trouble>> {
    let entries = fs::read_dir(run_folder).into_iter().flatten();
    entries
        .filter_map(|entry| entry.ok())
        .filter(|entry| entry.file_type().is_ok_and(|about| about.is_file()))
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension().is_some_and(|ending| ending == "json")
                && path.file_name().is_some_and(|name| name != RUN_FILE)
        })
        .map(|path| {
            let result = read_result(&path);
            (path, result)
        })
        .collect()
}

/// Reads `run.json`.
///
/// # Errors
/// In the words of evidence.
pub(in crate::app::class) fn read_run(path: &Path) -> Result<Run, Trouble> {
    read(path)
}

/// Reads one student's result; secrets are taken out, as somebody else may have written it.
///
/// # Errors
/// In the words of evidence; also a result that lies under another student's name.
pub(in crate::app::class) fn read_result(path: &Path) -> Result<RowResult, Trouble> {
    let mut result: RowResult = read(path)?;
    let is_own = file_of(&result.key)
        .is_some_and(|name| path.file_name().is_some_and(|own| own == name.as_str()));
    if !is_own {
        let say = "it says that it is another student's than its name does";
        return Err(Trouble::Unreadable(say.to_owned()));
    }
    result.outcome = match result.outcome {
        Outcome::Looked(snapshot) => Outcome::Looked(Box::new(snapshot.redacted())),
        Outcome::NotLooked { why, say } => Outcome::NotLooked {
            why,
            say: sanitize::one_line(&redact(&say, Prose::Message)),
        },
    };
    Ok(result)
}

/// Only what tells the layout.
#[derive(Deserialize)]
struct OnlySchema {
    schema: u64,
    landfall: Option<String>,
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Trouble> {
    let bytes = bytes_of(path, LARGEST_BYTES)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Trouble::Empty);
    }
    if let Ok(only) = serde_json::from_slice::<OnlySchema>(&bytes)
        && only.schema > u64::from(Run::SCHEMA)
    {
        let version = only.landfall.map(|version| {
            let version = sanitize::one_line(&version);
            version.chars().take(20).collect()
        });
        return Err(Trouble::Newer {
            version: version.unwrap_or_else(|| format!("layout {}", only.schema)),
        });
    }
    serde_json::from_slice(&bytes).map_err(|error| {
        if error.is_eof() {
            Trouble::Truncated
        } else {
            Trouble::NotABundle {
                line: error.line(),
                column: error.column(),
            }
        }
    })
}

/// Writes a file beside and puts it in place.
fn write(folder: &Path, name: &str, value: &impl serde::Serialize) -> Result<(), Failure> {
    let path = folder.join(name);
    let mut file = tempfile::Builder::new()
        .prefix(".landfall-")
        .tempfile_in(folder)
        .map_err(|error| refused(&path, &error))?;
    file.write_all(sanitize::json_document(value).as_bytes())
        .map_err(|error| refused(&path, &error))?;
    file.persist(&path)
        .map_err(|error| refused(&path, &error.error))?;
    Ok(())
}

pub(in crate::app::class) fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("{} cannot be written: {error}", path.display()))
        .hint("Name a folder that you may write to with --out.")
}
