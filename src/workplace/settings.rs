<<<<<<< HEAD
//! The learner's `landfall.toml`: the nearest one upward from the current folder. It marks the app's root; what it
//! says is read by `course::overlay`.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
=======
//! The learner's `landfall.toml`: the nearest one upward from the current folder. It marks the app's root. What it
//! may say: `course::overlay`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use thiserror::Error;
>>>>>>> main

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

<<<<<<< HEAD
=======
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

>>>>>>> main
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
<<<<<<< HEAD
    /// When it cannot be opened, is larger than 64 KiB, or is not UTF-8.
    pub fn text(&self) -> io::Result<String> {
        let mut bytes = Vec::new();
        fs::File::open(&self.path)?
            .take(LARGEST_BYTES + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_BYTES {
            let say = format!("it is larger than {} KiB", LARGEST_BYTES / 1024);
            return Err(io::Error::new(io::ErrorKind::InvalidData, say));
        }
        String::from_utf8(bytes).map_err(|_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "it is not UTF-8 text: save it as UTF-8",
            )
        })
=======
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
>>>>>>> main
    }
}

#[cfg(test)]
mod tests {
    use super::*;
<<<<<<< HEAD

    #[test]
    fn the_nearest_file_upward_marks_the_root() {
        let app = tempfile::tempdir().expect("a folder");
        let inner = app.path().join("src/deep");
        fs::create_dir_all(&inner).expect("made");
        assert_eq!(
            find(&inner).filter(|file| file.root.starts_with(app.path())),
            None
        );
        fs::write(app.path().join(SETTINGS_NAME), "region = \"eu-west-1\"\n").expect("written");
        let found = find(&inner).expect("found");
        assert_eq!(found.root, app.path());
        assert!(found.text().expect("read").contains("eu-west-1"));
    }

    #[test]
    fn a_file_that_is_no_text_or_far_too_large_is_refused_with_a_reason() {
        let app = tempfile::tempdir().expect("a folder");
        let file = SettingsFile {
            path: app.path().join(SETTINGS_NAME),
            root: app.path().to_owned(),
        };
        fs::write(&file.path, [0xff, 0xfe, 0x00]).expect("written");
        assert!(
            file.text()
                .expect_err("refused")
                .to_string()
                .contains("UTF-8")
        );
        fs::write(&file.path, "#".repeat(100_000)).expect("written");
        assert!(
            file.text()
                .expect_err("refused")
                .to_string()
                .contains("larger")
=======
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
>>>>>>> main
        );
    }
}
