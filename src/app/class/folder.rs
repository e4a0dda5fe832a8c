//! Folders of evidence: bundles as they were handed in, runs as `class verify` keeps them.

mod roster;
mod run;
#[cfg(test)]
pub(super) mod tests;
mod walk;

use crate::app::failure::Failure;
use crate::bundle::{self, Trouble};
use crate::class::{Evidence, Found, RowResult, Run, RunRow};
use crate::report::sanitize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use walk::{FoundFile, Kind};

pub use crate::class::rows_of;
pub use roster::read_roster;
use run::read_result;
pub(super) use run::{RUN_FILE, file_of, newer, read_run, refused, results, run_folders};
pub use run::{begin, keep, unfinished};

/// What lies under the paths that were named.
#[derive(Debug, Default)]
pub struct Gathered {
    /// By path.
    pub evidence: Vec<Evidence>,
    /// The runs' rows, each student once, the newest run's first.
    pub rows: Vec<RunRow>,
    /// Files that can be no evidence: pictures, texts, tables.
    pub not_looked_at: usize,
    /// What was passed over, one sentence each: links, folders that cannot be read, more than is ever handed in.
    pub remarks: Vec<String>,
}

/// Reads files and folders, with what lies in them. What cannot be read is in the answer; it does not end the reading.
/// Files are called by their place in the folder that was named; of several folders the folder's own name comes first.
///
/// # Errors
/// A path that is not there.
pub fn gather(paths: &[PathBuf]) -> Result<Gathered, Failure> {
    let mut files = walk::files(paths)?;
    let mut gathered = Gathered {
        not_looked_at: files.not_looked_at,
        remarks: std::mem::take(&mut files.remarks),
        ..Gathered::default()
    };
    let (runs, mut evidence) = runs(&files.found);
    evidence.extend(files.found.iter().filter_map(|file| one(file, &runs)));
    evidence.sort_by(|a, b| a.file.cmp(&b.file));
    gathered.evidence = evidence;
    let mut runs: Vec<&Run> = runs.values().filter_map(Option::as_ref).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.started_at));
    let mut seen = BTreeSet::new();
    for row in runs.into_iter().flat_map(|run| &run.rows) {
        if seen.insert(&row.key) {
            gathered.rows.push(row.clone());
        }
    }
    Ok(gathered)
}

/// Folders of runs with what they were to do; `None` where that cannot be read, which is evidence of its own.
type Runs = BTreeMap<PathBuf, Option<Run>>;

/// The runs that were found, or whose results were named.
fn runs(files: &[FoundFile]) -> (Runs, Vec<Evidence>) {
    let mut runs = Runs::new();
    let mut troubles = Vec::new();
    for file in files {
        let Some(folder) = file.path.parent() else {
            continue;
        };
        let run_file = folder.join(RUN_FILE);
        if file.kind != Kind::Json || runs.contains_key(folder) || !run_file.is_file() {
            continue;
        }
        let run = read_run(&run_file);
        let run = run.map_err(|trouble| {
            troubles.push(Evidence {
                file: beside(&file.name, RUN_FILE),
                what: Err(trouble),
            });
        });
        runs.insert(folder.to_path_buf(), run.ok());
    }
    (runs, troubles)
}

/// What a file holds; `None` for what only says what a run was to do.
fn one(file: &FoundFile, runs: &Runs) -> Option<Evidence> {
    let evidence = |what| {
        Some(Evidence {
            file: file.name.clone(),
            what,
        })
    };
    if file.kind == Kind::Archive {
        return evidence(Err(archive(&file.path)));
    }
    let run = file.path.parent().and_then(|folder| runs.get(folder));
    let Some(run) = run else {
        return evidence(bundle_of(&file.path).map(|whole| Found::Bundle(Box::new(whole))));
    };
    if file.path.file_name().is_some_and(|name| name == RUN_FILE) {
        return None;
    }
    evidence(match (read_result(&file.path), run) {
        (Ok(result), Some(run)) => Ok(Found::Live {
            run: narrowed(run, &result),
            result: Box::new(result),
        }),
        (Ok(result), None) => Ok(Found::Live {
            run: stand_in(&result),
            result: Box::new(result),
        }),
        // Somebody put a bundle beside the results, or `run.json` is another program's.
        (Err(trouble), _) => bundle_of(&file.path)
            .map(|whole| Found::Bundle(Box::new(whole)))
            .map_err(|_| trouble),
    })
}

fn bundle_of(path: &Path) -> Result<bundle::Whole, Trouble> {
    bundle::read(&walk::bytes_of(path, bundle::LARGEST_BYTES)?)
}

/// What a bundle's reader knows of this kind of archive; else that it has to be unpacked.
fn archive(path: &Path) -> Trouble {
    let known = walk::begin_of(path).and_then(|begin| bundle::read(&begin).err());
    let is_vague = |trouble: &Trouble| {
        matches!(
            trouble,
            Trouble::Empty | Trouble::Truncated | Trouble::TooLarge | Trouble::NotABundle { .. }
        )
    };
    known
        .filter(|trouble| !is_vague(trouble))
        .unwrap_or_else(|| {
            Trouble::Unreadable("it is an archive, which has to be unpacked first".to_owned())
        })
}

/// The run as one result needs it: a class's rows once for each student would be a lot of the same.
fn narrowed(run: &Run, result: &RowResult) -> Run {
    Run {
        rows: run
            .rows
            .iter()
            .filter(|row| row.key == result.key)
            .cloned()
            .collect(),
        landfall: run.landfall.clone(),
        shard: run.shard.clone(),
        ..*run
    }
}

/// For a result whose `run.json` is lost.
fn stand_in(result: &RowResult) -> Run {
    Run {
        schema: Run::SCHEMA,
        landfall: String::new(),
        started_at: result.began_at,
        shard: None,
        rows: Vec::new(),
    }
}

/// The name of a file in the same folder.
fn beside(name: &str, other: &str) -> String {
    name.rsplit_once('/').map_or_else(
        || other.to_owned(),
        |(folder, _)| format!("{folder}/{other}"),
    )
}

/// A path as people see it: cleaned, with `/` on every system.
fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| sanitize::one_line(&part.as_os_str().to_string_lossy()))
        .collect();
    parts.join("/")
}
