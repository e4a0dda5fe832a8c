//! Which rows a run is to look at, and what is settled already.

use super::part::Part;
use crate::class::{Access, Roster, RosterRow, RowResult, Run, StudentKey};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One run, begun or about to be.
#[derive(Debug)]
pub struct Plan {
    run: Run,
    part: Option<Part>,
    folder: PathBuf,
    begun: bool,
    /// What earlier sittings of this run found.
    kept: BTreeMap<StudentKey, RowResult>,
}

impl Plan {
    /// One that has nothing yet, not even a folder of its own.
    pub fn new(folder: PathBuf, run: Run, part: Option<Part>) -> Self {
        Plan {
            run,
            part,
            folder,
            begun: false,
            kept: BTreeMap::new(),
        }
    }

    /// One that was interrupted.
    pub fn begun(folder: PathBuf, run: Run, part: Option<Part>, kept: Vec<RowResult>) -> Self {
        Plan {
            run,
            part,
            folder,
            begun: true,
            kept: kept
                .into_iter()
                .map(|result| (result.key.clone(), result))
                .collect(),
        }
    }

    pub const fn run(&self) -> &Run {
        &self.run
    }

    pub const fn is_begun(&self) -> bool {
        self.begun
    }

    /// Where results go.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder has been made.
    pub fn is_kept_in(&mut self, folder: PathBuf) {
        self.folder = folder;
        self.begun = true;
    }

    /// What need not be looked at again.
    pub fn settled(&self) -> impl Iterator<Item = &RowResult> {
        self.kept.values().filter(|result| !result.is_passing())
    }

    /// The rows that are still to be looked at: of this part of the run, with a role, without a result that lasts.
    pub fn left<'a>(&self, roster: &'a Roster) -> Vec<&'a RosterRow> {
        let by_key: BTreeMap<&StudentKey, &RosterRow> =
            roster.rows.iter().map(|row| (&row.key, row)).collect();
        self.run
            .rows
            .iter()
            .enumerate()
            .filter(|(place, _)| self.part.is_none_or(|part| part.has(*place)))
            .filter(|(_, row)| self.kept.get(&row.key).is_none_or(RowResult::is_passing))
            .filter_map(|(_, row)| by_key.get(&row.key).copied())
            .filter(|row| matches!(row.access, Access::Role { .. }))
            .collect()
    }

    /// Students of the roster that this run knows nothing of: they came after it was begun.
    pub fn newcomers<'a>(&self, roster: &'a Roster) -> Vec<&'a RosterRow> {
        roster
            .rows
            .iter()
            .filter(|row| !self.run.rows.iter().any(|known| known.key == row.key))
            .collect()
    }
}

/// As a shell takes it.
pub fn quoted(path: &Path) -> String {
    quoted_text(&path.display().to_string())
}

/// As a shell takes it.
pub fn quoted_text(text: &str) -> String {
    shlex::try_quote(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
