//! Opening the database: WAL, several processes at once, an unreadable file moved aside and never overwritten.

use super::schema;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// The learner's progress. Every method that changes something is one transaction: when it returns, it is kept.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
}

/// A store, and where an unreadable earlier file was put.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    pub moved_aside: Option<PathBuf>,
}

/// Why progress could not be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file was made by a newer version.
    #[error(
        "the progress in {0} was written by a newer Landfall; install that version again, or set LANDFALL_HOME to another folder"
    )]
    Newer(PathBuf),
    /// Another process holds the database for longer than we wait.
    #[error("another Landfall is writing your progress; try again in a moment")]
    Busy,
    /// Disk full, no permission...
    #[error("your progress could not be read or written: {0}")]
    Database(#[source] rusqlite::Error),
    /// The unreadable file could not be moved.
    #[error("{path} is unreadable and could not be moved aside: {error}")]
    Stuck {
        path: PathBuf,
        error: std::io::Error,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            _ => StoreError::Database(error),
        }
    }
}

/// How long a process waits for another one's write.
const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// The file's name within Landfall's folder.
    pub const FILE: &str = "progress.db";

    /// Opens the progress in `folder`, creating it if need be. An unreadable file is moved aside, named after `now`.
    ///
    /// # Errors
    /// A newer version's file, a full or read-only disk.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Opened, StoreError> {
        let path = folder.join(Self::FILE);
        match Self::try_open(&path) {
            Ok(store) => Ok(Opened {
                store,
                moved_aside: None,
            }),
            Err(StoreError::Database(error)) if is_unreadable(&error) => {
                let aside = move_aside(&path, now).map_err(|error| StoreError::Stuck {
                    path: path.clone(),
                    error,
                })?;
                let store = Self::try_open(&path)?;
                Ok(Opened {
                    store,
                    moved_aside: Some(aside),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// A store that is gone with the process, for the tour and for tests.
    ///
    /// # Errors
    /// None in practice.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    fn try_open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepare(Connection::open_with_flags(path, flags)?, path)
    }

    fn prepare(mut connection: Connection, path: &Path) -> Result<Self, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        if schema::version(&connection)? > schema::NEWEST {
            return Err(StoreError::Newer(path.to_path_buf()));
        }
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        schema::migrate(&mut connection)?;
        // Reads the whole schema, so that a damaged one is found here and not halfway through a lesson.
        connection.query_row("SELECT count(*) FROM choices", [], |_| Ok(()))?;
        Ok(Store { connection })
    }
}

fn is_unreadable(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
    ) || error.to_string().contains("no such table")
}

/// The database with its write-ahead log: together they may still be rescued by hand.
fn move_aside(path: &Path, now: Timestamp) -> std::io::Result<PathBuf> {
    let stamp = now.as_second();
    let aside = path.with_file_name(format!("progress-unreadable-{stamp}.db"));
    std::fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm"] {
        let mut from = path.as_os_str().to_owned();
        from.push(suffix);
        let mut to = aside.as_os_str().to_owned();
        to.push(suffix);
        if Path::new(&from).exists() {
            std::fs::rename(from, to)?;
        }
    }
    Ok(aside)
}
