//! Runs of several machines as few runs: the parts of one roster become one, others lie side by side.

use crate::app::class::folder::{
    RUN_FILE, begin, file_of, keep, newer, read_run, refused, results, run_folders,
};
use crate::app::failure::Failure;
use crate::bundle::{LARGEST_BYTES, Trouble};
use crate::class::{Outcome, RowResult, Run, RunRow, StudentKey, shard_of};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What was made of the runs.
#[derive(Debug, PartialEq, Eq)]
pub struct Joined {
    /// In the order of their beginning.
    pub runs: Vec<JoinedRun>,
    /// Parts of as many parts were there that are of different rosters.
    pub of_different_rosters: bool,
}

/// One run that was written, or was there.
#[derive(Debug, PartialEq, Eq)]
pub struct JoinedRun {
    pub folder: PathBuf,
    pub how: How,
    /// Of how many runs.
    pub from: usize,
    /// Which parts of how many; `None` when one machine did all.
    pub parts: Option<(BTreeSet<usize>, usize)>,
    /// Students whose account was looked at.
    pub looked_at: usize,
    /// Students of the roster.
    pub students: usize,
    /// Results that cannot be read, and were copied as they are.
    pub unreadable: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Written,
    /// The very same run is in the folder already.
    WasThere,
}

impl JoinedRun {
    /// Parts that no run was of.
    pub fn missing_parts(&self) -> Vec<usize> {
        let Some((parts, of)) = &self.parts else {
            return Vec::new();
        };
        (1..=*of).filter(|part| !parts.contains(part)).collect()
    }
}

/// A run as it lies on the disk.
struct OnDisk {
    run: Run,
    /// `None` when one machine did all.
    part: Option<(usize, usize)>,
    results: BTreeMap<PathBuf, Result<RowResult, Trouble>>,
}

/// Joins the runs of these folders, and writes them into another.
///
/// # Errors
/// A folder without a run, folders in each other, what cannot be read or written.
pub fn join(folders: &[PathBuf], out: &Path) -> Result<Joined, Failure> {
    if out.join(RUN_FILE).exists() {
        return Err(
            Failure::usage(format!("{} is a run itself.", out.display()))
                .hint("Name a folder that holds runs, or a new one, with --out."),
        );
    }
    let mut seen = BTreeSet::new();
    let mut runs = Vec::new();
    for folder in folders {
        keep_apart(folder, out)?;
        let found = run_folders(folder)?;
        if found.is_empty() {
            return Err(
                Failure::unreadable(format!("There is no run in {}.", folder.display()))
                    .hint("`landfall class verify ROSTER --out DIR` makes one; name that DIR."),
            );
        }
        for path in found {
            if seen.insert(real(&path)) {
                runs.push(on_disk(&path)?);
            }
        }
    }
    let (sets, of_different_rosters) = sets(runs);
    let runs = sets
        .into_iter()
        .map(|set| written(set, out))
        .collect::<Result<_, _>>()?;
    Ok(Joined {
        runs,
        of_different_rosters,
    })
}

/// What is read and what is written are different folders, neither in the other: a report over both would count twice.
fn keep_apart(folder: &Path, out: &Path) -> Result<(), Failure> {
    let (from, to) = (real(folder), real(out));
    if from != to && !from.starts_with(&to) && !to.starts_with(&from) {
        return Ok(());
    }
    let relation = if from == to {
        "is the same folder as"
    } else if from.starts_with(&to) {
        "lies in"
    } else {
        "holds"
    };
    Err(Failure::usage(format!(
        "{} {relation} the folder of --out, {}.",
        folder.display(),
        out.display()
    ))
    .hint("Name a folder of its own with --out: what is read is left as it is."))
}

/// Where a path leads; of one that is not there yet, as far as it is.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for there in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(there), whole.strip_prefix(there)) {
            return if rest.as_os_str().is_empty() {
                real
            } else {
                real.join(rest)
            };
        }
    }
    whole
}

fn on_disk(path: &Path) -> Result<OnDisk, Failure> {
    let file = path.join(RUN_FILE);
    let run = read_run(&file).map_err(|trouble| match trouble {
        Trouble::Newer { version } => newer(path, &version),
        trouble => Failure::unreadable(format!("{} cannot be used: {trouble}.", file.display()))
            .hint("Copy the folder again from the machine that made it, or leave it out."),
    })?;
    Ok(OnDisk {
        part: run
            .shard
            .as_deref()
            .and_then(shard_of)
            .filter(|(_, of)| *of > 1),
        results: results(path),
        run,
    })
}

/// Which runs become one: of the parts of one roster the newest of each, then the newest but one, and so on, so that what was
/// found earlier is kept. Also whether parts of as many parts are of different rosters.
fn sets(runs: Vec<OnDisk>) -> (Vec<Vec<OnDisk>>, bool) {
    let mut sets = Vec::new();
    let mut groups: Vec<(usize, Vec<RunRow>, Vec<OnDisk>)> = Vec::new();
    for run in runs {
        let Some((_, of)) = run.part else {
            sets.push(vec![run]);
            continue;
        };
        let same = |(other, rows, _): &&mut (usize, Vec<RunRow>, Vec<OnDisk>)| {
            *other == of && *rows == run.run.rows
        };
        match groups.iter_mut().find(same) {
            Some((_, _, parts)) => parts.push(run),
            None => groups.push((of, run.run.rows.clone(), vec![run])),
        }
    }
    let numbers: BTreeSet<usize> = groups.iter().map(|(of, ..)| *of).collect();
    let of_different_rosters = numbers.len() < groups.len();
    for (_, _, mut parts) in groups {
        parts.sort_by_key(|part| std::cmp::Reverse(part.run.started_at));
        let mut ranked: Vec<Vec<OnDisk>> = Vec::new();
        for part in parts {
            let has_it = |set: &&mut Vec<OnDisk>| set.iter().all(|other| other.part != part.part);
            match ranked.iter_mut().find(has_it) {
                Some(set) => set.push(part),
                None => ranked.push(vec![part]),
            }
        }
        sets.extend(ranked);
    }
    sets.sort_by_key(|set| set.iter().map(|part| part.run.started_at).max());
    (sets, of_different_rosters)
}

/// Writes a set as one run.
fn written(set: Vec<OnDisk>, out: &Path) -> Result<JoinedRun, Failure> {
    let from = set.len();
    let run = joined(&set);
    let parts = set.iter().find_map(|part| part.part).map(|(_, of)| {
        let numbers = set
            .iter()
            .filter_map(|part| part.part)
            .map(|(part, _)| part);
        (numbers.collect(), of)
    });
    let mut found: BTreeMap<StudentKey, RowResult> = BTreeMap::new();
    let mut broken = Vec::new();
    for (path, result) in set.into_iter().flat_map(|part| part.results) {
        match result {
            Ok(result) => {
                let better = found
                    .get(&result.key)
                    .is_none_or(|other| is_better(&result, other));
                if better {
                    found.insert(result.key.clone(), result);
                }
            }
            Err(_) => broken.push(path),
        }
    }
    // What cannot be read is handed on, so that the report says so; unless another part could be read.
    broken.retain(|path| {
        own_name(path).is_some_and(|name| {
            !found
                .keys()
                .any(|key| file_of(key).is_some_and(|other| other == name))
        })
    });
    let is_looked = |row: &&RunRow| {
        found
            .get(&row.key)
            .is_some_and(|result| matches!(result.outcome, Outcome::Looked(_)))
    };
    let looked_at = run.rows.iter().filter(is_looked).count();
    let before = same(&run, &found, out)?;
    let how = if before.is_some() {
        How::WasThere
    } else {
        How::Written
    };
    let folder = match before {
        Some(folder) => folder,
        None => {
            let folder = begin(out, &run)?;
            for result in found.values() {
                keep(&folder, result)?;
            }
            for path in &broken {
                copy(path, &folder)?;
            }
            folder
        }
    };
    Ok(JoinedRun {
        folder,
        how,
        from,
        parts,
        looked_at,
        students: run.rows.len(),
        unreadable: broken.len(),
    })
}

/// One run of several parts; a part alone stays what it is.
fn joined(set: &[OnDisk]) -> Run {
    let newest = set
        .iter()
        .max_by_key(|part| part.run.started_at)
        .expect("a set has a run");
    let shard = (set.len() == 1).then(|| newest.run.shard.clone()).flatten();
    Run {
        shard,
        ..newest.run.clone()
    }
}

/// An account that was looked at before one that was not; then the later.
fn is_better(one: &RowResult, other: &RowResult) -> bool {
    let rank = |result: &RowResult| {
        (
            matches!(result.outcome, Outcome::Looked(_)),
            result.ended_at,
        )
    };
    rank(one) > rank(other)
}

/// The same run with the same results in the folder, from an earlier time.
fn same(
    run: &Run,
    found: &BTreeMap<StudentKey, RowResult>,
    out: &Path,
) -> Result<Option<PathBuf>, Failure> {
    for path in run_folders(out)? {
        if read_run(&path.join(RUN_FILE)).is_ok_and(|other| other == *run) {
            let there: BTreeMap<StudentKey, RowResult> = results(&path)
                .into_values()
                .filter_map(Result::ok)
                .map(|result| (result.key.clone(), result))
                .collect();
            if there == *found {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}

/// The file's name, if it can be a student's.
fn own_name(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    file_of(&StudentKey(stem.to_owned()))
}

fn copy(path: &Path, folder: &Path) -> Result<(), Failure> {
    let small = fs::metadata(path).is_ok_and(|about| about.len() <= LARGEST_BYTES);
    let (Some(name), true) = (own_name(path), small) else {
        return Ok(());
    };
    let to = folder.join(name);
    fs::copy(path, &to).map_err(|error| refused(&to, &error))?;
    Ok(())
}
