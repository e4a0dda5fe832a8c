//! The learner's `landfall.toml`: the nearest one upward from the current folder. It marks the app's root. What it
//! may say: `course::overlay`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What the file is called.
pub const SETTINGS_NAME: &str = "landfall.toml";

/// Larger files are refused: a hundred names fit in a few kilobytes.
const LARGEST_BYTES: u64 = 64 * 1024;

/// A `landfall.toml` that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    /// The file itself.
    pub path: PathBuf,
    /// The folder it lies in: the app's root.
    pub root: PathBuf,
}

/// Why a `landfall.toml` that is there cannot be used.
#[derive(Debug, Error)]
pub enum SettingsTrouble {
    /// The system refused.
    #[error("{path} cannot be read: {error}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It is no settings file then.
    #[error("{path} is larger than {kib} KiB, which no landfall.toml needs", path = path.display(), kib = LARGEST_BYTES / 1024)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// Often UTF-16, as older PowerShell writes it.
    #[error("{path} is not UTF-8 text: save it as UTF-8", path = path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },
}

/// The nearest `landfall.toml` in `start` or a folder above it.
pub fn find(start: &Path) -> Option<SettingsFile> {
    start.ancestors().find_map(|folder| {
        let path = folder.join(SETTINGS_NAME);
        path.is_file().then(|| SettingsFile {
            path,
            root: folder.to_owned(),
        })
    })
}

impl SettingsFile {
    /// The file's text.
    ///
    /// # Errors
    /// It cannot be read, is larger than 64 KiB, or is no UTF-8.
    pub fn text(&self) -> Result<String, SettingsTrouble> {
        let path = self.path.clone();
        match self.bytes() {
            Err(error) => Err(SettingsTrouble::Unreadable { path, error }),
            Ok(bytes) if bytes.len() as u64 > LARGEST_BYTES => {
                Err(SettingsTrouble::TooLarge { path })
            }
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| SettingsTrouble::NotUtf8 { path }),
        }
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(&self.path)?
            .take(LARGEST_BYTES + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_file_upward_marks_the_root() {
        let top = tempfile::tempdir().unwrap();
        let inner = top.path().join("app/src/deep");
        fs::create_dir_all(&inner).unwrap();
        fs::write(top.path().join(SETTINGS_NAME), "host = \"a.example.com\"").unwrap();
        assert_eq!(find(&inner).unwrap().root, top.path());
        fs::write(top.path().join("app").join(SETTINGS_NAME), "").unwrap();
        assert_eq!(find(&inner).unwrap().root, top.path().join("app"));
        fs::create_dir(inner.join(SETTINGS_NAME)).unwrap();
        assert_eq!(
            find(&inner).unwrap().root,
            top.path().join("app"),
            "a folder is no file"
        );
    }

    #[test]
    fn a_file_that_cannot_be_used_says_which_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(SETTINGS_NAME);
        let trouble = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            find(folder.path()).unwrap().text().unwrap_err().to_string()
        };
        assert!(trouble(&[0xff, 0xfe, b'a', 0]).ends_with("is not UTF-8 text: save it as UTF-8"));
        assert!(trouble(&[b'#'; 70_000]).contains("larger than 64 KiB"));
        assert!(trouble(b"\xc3\x28").contains(SETTINGS_NAME));
        let found = find(folder.path()).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(
            found
                .text()
                .unwrap_err()
                .to_string()
                .contains("cannot be read")
        );
    }
}
