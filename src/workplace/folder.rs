//! Where the learner works: the current folder and the app's root.

use super::settings::{self, SettingsFile};
use std::path::{Path, PathBuf};

/// The current folder, and the `landfall.toml` that marks the app's root, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    current: PathBuf,
    settings: Option<SettingsFile>,
}

impl Folder {
    /// Looks for the root from this folder upward.
    pub fn at(current: &Path) -> Self {
        Folder {
            current: current.to_owned(),
            settings: settings::find(current),
        }
    }

    /// Where the command was started.
    pub fn current(&self) -> &Path {
        &self.current
    }

    /// The app's root: where `landfall.toml` lies, else the current folder.
    pub fn root(&self) -> &Path {
        self.settings
            .as_ref()
            .map_or(&self.current, |file| &file.root)
    }

    /// The `landfall.toml`, if there is one.
    pub fn settings(&self) -> Option<&SettingsFile> {
        self.settings.as_ref()
    }
}
