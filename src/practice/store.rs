//! The practice account's state on disk: one JSON file in the folder that the caller gives. Written beside and renamed,
//! under a lock that every process takes, so that neither a crash nor a second terminal loses anything.

use super::state::State;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Raised when the file changes in a way that older versions cannot read.
const SCHEMA: u32 = 1;
const FILE: &str = "practice.json";
const LOCK: &str = "practice.lock";

/// Where the state is kept.
#[derive(Debug, Clone)]
pub struct PracticeStore {
    folder: PathBuf,
}

/// A state as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// A fresh account when there was no file, or none that could be read.
    pub state: State,
    /// Where an unreadable file was moved, and what is wrong with it. To be told to the learner.
    pub moved_aside: Option<MovedAside>,
}

/// A file that could not be read. It was kept under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedAside {
    /// Its new name.
    pub to: PathBuf,
    /// What is wrong with it, with line and column.
    pub why: String,
}

/// Why the state could not be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file system said no.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// A newer Landfall wrote it; it is left alone.
    #[error("{}: written by a newer version of Landfall (layout {found}, this version knows {SCHEMA})", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its layout.
        found: u32,
    },
}

#[derive(Serialize, Deserialize)]
struct OnDisk {
    schema: u32,
    #[serde(flatten)]
    state: State,
}

/// Read first, so that a newer file is recognised even when its state is not.
#[derive(Deserialize)]
struct SchemaOnly {
    schema: u32,
}

impl PracticeStore {
    /// The store in this folder, which is created if need be.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(PracticeStore { folder })
    }

    /// The state now; a fresh account when nothing was saved yet.
    ///
    /// # Errors
    /// The file cannot be opened, or a newer version wrote it.
    pub fn load(&self) -> Result<Loaded, StoreError> {
        let _lock = self.lock()?;
        self.read()
    }

    /// Writes the state over whatever was there. Prefer [`PracticeStore::change`], which loses nothing that another
    /// process wrote meanwhile.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, state: &State) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        self.write(state)
    }

    /// Reads, changes and writes the state while every other process waits. Also returns a file that had to be moved
    /// aside.
    ///
    /// # Errors
    /// The file cannot be read or written; then nothing was changed.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut State) -> T,
    ) -> Result<(T, Option<MovedAside>), StoreError> {
        let _lock = self.lock()?;
        let Loaded {
            mut state,
            moved_aside,
        } = self.read()?;
        let before = state.clone();
        let result = change(&mut state);
        if state != before {
            self.write(&state)?;
        }
        Ok((result, moved_aside))
    }

    /// Held until it is dropped; the file itself stays.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.folder.join(LOCK);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(file)
    }

    fn read(&self) -> Result<Loaded, StoreError> {
        let path = self.folder.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::default()),
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        if let Ok(SchemaOnly { schema: found }) = serde_json::from_slice(&bytes)
            && found > SCHEMA
        {
            return Err(StoreError::Newer { path, found });
        }
        match serde_json::from_slice::<OnDisk>(&bytes) {
            Ok(on_disk) => Ok(Loaded {
                state: on_disk.state,
                moved_aside: None,
            }),
            Err(error) => Ok(Loaded {
                state: State::default(),
                moved_aside: Some(self.move_aside(&path, &error)?),
            }),
        }
    }

    fn move_aside(&self, path: &Path, error: &serde_json::Error) -> Result<MovedAside, StoreError> {
        let to = (1..)
            .map(|number| {
                self.folder
                    .join(format!("practice.unreadable-{number}.json"))
            })
            .find(|candidate| !candidate.exists())
            .unwrap_or_else(|| self.folder.join("practice.unreadable.json"));
        fs::rename(path, &to).map_err(at(path))?;
        Ok(MovedAside {
            to,
            why: error.to_string(),
        })
    }

    fn write(&self, state: &State) -> Result<(), StoreError> {
        let path = self.folder.join(FILE);
        let on_disk = OnDisk {
            schema: SCHEMA,
            state: state.clone(),
        };
        let mut text = serde_json::to_vec_pretty(&on_disk)
            .map_err(io::Error::from)
            .map_err(at(&path))?;
        text.push(b'\n');
        let mut beside = tempfile::NamedTempFile::new_in(&self.folder).map_err(at(&self.folder))?;
        beside.write_all(&text).map_err(at(&path))?;
        beside.as_file().sync_all().map_err(at(&path))?;
        beside
            .persist(&path)
            .map_err(|error| error.error)
            .map_err(at(&path))?;
        Ok(())
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn store() -> (tempfile::TempDir, PracticeStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = PracticeStore::open(folder.path()).unwrap();
        (folder, store)
    }

    fn now() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_fresh_folder_holds_a_fresh_account() {
        let (_folder, store) = store();
        assert_eq!(store.load().unwrap(), Loaded::default());
    }

    #[test]
    fn what_was_saved_is_found_again() {
        let (_folder, store) = store();
        let mut state = State::default();
        super::super::apply_all(&mut state, now());
        store.save(&state).unwrap();
        let loaded = store.load().unwrap();
        assert_eq!(loaded.state, state);
        assert_eq!(loaded.moved_aside, None);
    }

    #[test]
    fn a_torn_file_is_moved_aside_and_nothing_of_it_is_lost() {
        let (folder, store) = store();
        let torn = b"{\"schema\":1,\"steps\":{\"rds.netw";
        fs::write(folder.path().join(FILE), torn).unwrap();
        let loaded = store.load().unwrap();
        assert_eq!(loaded.state, State::default());
        let aside = loaded.moved_aside.unwrap();
        assert_eq!(fs::read(&aside.to).unwrap(), torn);
        assert!(aside.why.contains("line 1"), "{}", aside.why);
        // Told once: the next look finds a fresh account and nothing to report.
        assert_eq!(store.load().unwrap(), Loaded::default());
    }

    #[test]
    fn a_second_unreadable_file_does_not_overwrite_the_first() {
        let (folder, store) = store();
        for text in ["first", "second"] {
            fs::write(folder.path().join(FILE), text).unwrap();
            store.load().unwrap();
        }
        let kept = |number| {
            let name = format!("practice.unreadable-{number}.json");
            fs::read_to_string(folder.path().join(name)).unwrap()
        };
        assert_eq!((kept(1).as_str(), kept(2).as_str()), ("first", "second"));
    }

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let (folder, store) = store();
        let text = r#"{"schema": 99, "steps": ["of another kind"]}"#;
        fs::write(folder.path().join(FILE), text).unwrap();
        let error = store.change(State::reset).unwrap_err();
        assert!(error.to_string().contains("newer version"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
    }

    #[test]
    fn what_a_newer_version_knows_is_kept() {
        let (folder, store) = store();
        let text =
            r#"{"schema":1,"steps":{"rds.backup-drill":"2026-11-22T10:00:00Z"},"broken":{}}"#;
        fs::write(folder.path().join(FILE), text).unwrap();
        store
            .change(|state| super::super::apply(state, "rds.network", now()).unwrap())
            .unwrap();
        let state = store.load().unwrap().state;
        assert!(state.has("rds.backup-drill"));
        assert!(state.has("rds.network"));
    }

    #[test]
    fn changes_of_several_terminals_at_once_are_all_kept() {
        let (_folder, store) = store();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let store = store.clone();
                scope.spawn(move || {
                    for turn in 0..10 {
                        let key = format!("step-{number}-{turn}");
                        store
                            .change(|state| state.steps.insert(key, now()))
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(store.load().unwrap().state.steps.len(), 80);
    }
}
