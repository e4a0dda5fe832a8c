//! The file: nobody's other file is written over, and what cannot be read is said in one sentence.

use crate::app::failure::Failure;
use crate::bundle::{self, Bundle, LARGEST_BYTES, Trouble, Whole};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// What of a file tells whether it is a bundle.
const BEGINNING: u64 = 256;

/// Reads a bundle.
///
/// # Errors
/// As [`bundle::read`], with the file's name.
pub(super) fn read(path: &Path) -> Result<Whole, Failure> {
    let mut bytes = Vec::new();
    // No further than that: a pipe or a device has no size to ask for, and perhaps no end.
    let whole = File::open(path)
        .and_then(|file| file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| Trouble::Unreadable(error.to_string()))
        .and_then(|_| bundle::read(&bytes));
    whole.map_err(|trouble| {
        Failure::unreadable(format!("{}: {trouble}.", path.display())).hint(trouble.hint())
    })
}

/// Whether a bundle may be written there: nothing is there, or an earlier bundle.
///
/// # Errors
/// Something else is there.
pub(super) fn may_be_written(path: &Path) -> Result<(), Failure> {
    let name = path.display();
    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return folder_is_there(path),
        Err(error) => {
            return Err(
                Failure::unreadable(format!("{name} cannot be looked at: {error}."))
                    .hint("Name another file: `landfall bundle --out FILE`."),
            );
        }
        Ok(metadata) => metadata,
    };
    if metadata.is_dir() {
        return Err(Failure::usage(format!("{name} is a folder.")).hint(format!(
            "Name a file in it: `--out {}`.",
            path.join("landfall-bundle.json").display()
        )));
    }
    let mut begin = Vec::new();
    let is_bundle = metadata.is_file()
        && File::open(path)
            .and_then(|file| file.take(BEGINNING).read_to_end(&mut begin))
            .is_ok()
        && bundle::is_ours(&begin);
    if is_bundle {
        Ok(())
    } else {
        Err(Failure::usage(format!(
            "{name} is there and is no bundle; it was left alone."
        ))
        .hint("Name another file: `landfall bundle --out FILE`; or move that one away."))
    }
}

fn folder_is_there(path: &Path) -> Result<(), Failure> {
    let folder = folder(path);
    if folder.is_dir() {
        Ok(())
    } else {
        Err(
            Failure::usage(format!("There is no folder {}.", folder.display()))
                .hint("Make it first, or name another file: `landfall bundle --out FILE`."),
        )
    }
}

/// Writes it, all of it or nothing; gives the text.
///
/// # Errors
/// The folder cannot be written to; more evidence than a bundle may hold.
pub(super) fn write(path: &Path, made: &Bundle) -> Result<String, Failure> {
    let text = bundle::write(made);
    if let Err(trouble) = bundle::read(text.as_bytes()) {
        return Err(Failure::unreadable(format!(
            "What was read makes no bundle that could be read again: {trouble}."
        ))
        .hint("Has the region thousands of security groups that are not the chapter's? Use an account of its own."));
    }
    let refused = |error: &dyn std::fmt::Display| {
        Failure::unreadable(format!("{} cannot be written: {error}.", path.display()))
            .hint("Name another file: `landfall bundle --out FILE`.")
    };
    let mut file =
        tempfile::NamedTempFile::new_in(folder(path)).map_err(|error| refused(&error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| refused(&error))?;
    file.persist(path).map_err(|error| refused(&error.error))?;
    Ok(text)
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
