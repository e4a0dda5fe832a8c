//! Where Landfall keeps its own things: `$LANDFALL_HOME`, else the platform's data folder.

use super::failure::Failure;
use std::path::PathBuf;

/// The folder, created if need be.
///
/// # Errors
/// When there is no home folder, or it cannot be made.
pub fn folder() -> Result<PathBuf, Failure> {
    let folder = match std::env::var_os("LANDFALL_HOME") {
        Some(path) if !path.is_empty() => PathBuf::from(path),
        _ => directories::ProjectDirs::from("", "", "landfall")
            .map(|dirs| dirs.data_dir().to_path_buf())
            .ok_or_else(|| {
                Failure::unreadable("There is no home folder to keep your progress in.")
                    .hint("Set LANDFALL_HOME to a folder of yours.")
            })?,
    };
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failure::unreadable(format!(
            "The folder for your progress cannot be made: {}: {error}",
            folder.display()
        ))
        .hint("Set LANDFALL_HOME to a folder that you may write to.")
    })?;
    Ok(folder)
}
