//! The learner's `landfall.toml`: the nearest one upward from the current folder. It marks the app's root; what it
//! says is read by `course::overlay`.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What the file is called.
pub const SETTINGS_NAME: &str = "landfall.toml";

/// Larger files are refused: a hundred names fit in a few kilobytes.
const LARGEST_BYTES: u64 = 64 * 1024;

/// A `landfall.toml` that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    pub path: PathBuf,
    /// The folder it lies in: the app's root.
    pub root: PathBuf,
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        );
    }
}
