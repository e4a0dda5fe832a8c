//! The files under the paths that an instructor names. What students hand in may be anything: links, pipes, folders without
//! an end.

use super::shown;
use crate::app::failure::Failure;
use crate::bundle::Trouble;
use std::collections::BTreeSet;
use std::fs::{self, File, FileType};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Folders in folders; nothing that is handed in goes deeper.
const DEEPEST: usize = 16;

/// Files; a class has hundreds.
const MOST_FILES: usize = 20_000;

/// What of a file's begin tells whether it is a bundle of another name.
const BEGIN: u64 = 512;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub found: Vec<FoundFile>,
    pub not_looked_at: usize,
    pub remarks: Vec<String>,
}

/// A file that may be evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundFile {
    pub path: PathBuf,
    /// As people see it.
    pub name: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    /// What has to be unpacked before it can be read.
    Archive,
}

/// Finds them, each once.
///
/// # Errors
/// A path that is not there.
pub(super) fn files(paths: &[PathBuf]) -> Result<Files, Failure> {
    let mut walk = Walk::default();
    for path in paths {
        let missing = |error: std::io::Error| {
            Failure::unreadable(format!("{} cannot be read: {error}", path.display()))
                .hint("Name a folder of bundles, a bundle, or a folder of `landfall class verify`.")
        };
        let about = fs::metadata(path).map_err(missing)?;
        if about.is_dir() {
            let own = path.file_name().filter(|_| paths.len() > 1);
            let name = own.map(|own| shown(Path::new(own))).unwrap_or_default();
            walk.folder(path, &name, 0);
        } else {
            let name = path.file_name().map(|own| shown(Path::new(own)));
            // Named by hand: it is meant, whatever it is called.
            let kind = kind_by_ending(path).unwrap_or(Kind::Json);
            walk.keep(path, name.unwrap_or_default(), kind);
        }
    }
    Ok(walk.finish())
}

/// All bytes of a file, but no more than these.
///
/// # Errors
/// In the words of evidence.
pub(super) fn bytes_of(path: &Path, largest: u64) -> Result<Vec<u8>, Trouble> {
    let unreadable = |error: std::io::Error| Trouble::Unreadable(error.kind().to_string());
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > largest {
        return Err(Trouble::TooLarge);
    }
    Ok(bytes)
}

#[derive(Default)]
struct Walk {
    files: Files,
    /// Where files really lie, so that none is found twice.
    seen: BTreeSet<PathBuf>,
    links: usize,
    is_full: bool,
}

impl Walk {
    fn folder(&mut self, folder: &Path, name: &str, depth: usize) {
        let called = if name.is_empty() { "the folder" } else { name };
        if depth > DEEPEST {
            self.remark(format!(
                "{called} lies more than {DEEPEST} folders deep: what is in it was not looked at."
            ));
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.remark(format!("{called} cannot be read: {}.", error.kind()));
                return;
            }
        };
        let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let own = entry.file_name();
            let name = match name {
                "" => shown(Path::new(&own)),
                _ => format!("{name}/{}", shown(Path::new(&own))),
            };
            let Ok(about) = entry.file_type() else {
                continue;
            };
            if is_passed_over(&own.to_string_lossy()) {
                continue;
            }
            self.entry(&entry.path(), name, about, depth);
        }
    }

    fn entry(&mut self, path: &Path, name: String, about: FileType, depth: usize) {
        if about.is_symlink() {
            // It may lead anywhere on this machine, or in a circle.
            self.links += 1;
        } else if about.is_dir() {
            self.folder(path, &name, depth + 1);
        } else if !about.is_file() {
            self.files.not_looked_at += 1;
        } else {
            match kind_by_ending(path).or_else(|| kind_by_begin(path)) {
                Some(kind) => self.keep(path, name, kind),
                None => self.files.not_looked_at += 1,
            }
        }
    }

    fn keep(&mut self, path: &Path, name: String, kind: Kind) {
        if self.files.found.len() == MOST_FILES {
            if !self.is_full {
                self.is_full = true;
                self.remark(format!(
                    "There are more than {MOST_FILES} files: the rest was not looked at. Name the folders one by one."
                ));
            }
            return;
        }
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if self.seen.insert(place) {
            self.files.found.push(FoundFile {
                path: path.to_path_buf(),
                name,
                kind,
            });
        }
    }

    fn remark(&mut self, say: String) {
        self.files.remarks.push(say);
    }

    fn finish(mut self) -> Files {
        match self.links {
            0 => {}
            1 => self.remark("1 link to another place was not followed.".to_owned()),
            links => self.remark(format!("{links} links to other places were not followed.")),
        }
        self.files
    }
}

/// What systems and tools leave between files.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || ["__MACOSX", "node_modules", "Thumbs.db", "desktop.ini"].contains(&name)
}

fn kind_by_ending(path: &Path) -> Option<Kind> {
    const ARCHIVES: [&str; 8] = ["zip", "7z", "rar", "tar", "gz", "tgz", "xz", "bz2"];
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if ending == "json" {
        return Some(Kind::Json);
    }
    ARCHIVES.contains(&ending.as_str()).then_some(Kind::Archive)
}

/// Mail programs and platforms rename files (`landfall-bundle.json.txt`): what begins like a bundle is read as one.
fn kind_by_begin(path: &Path) -> Option<Kind> {
    let is_bundle = String::from_utf8_lossy(&begin_of(path)?).contains("\"landfall_bundle\"");
    is_bundle.then_some(Kind::Json)
}

/// A file's first bytes, if it can be read.
pub(super) fn begin_of(path: &Path) -> Option<Vec<u8>> {
    let mut begin = Vec::new();
    File::open(path)
        .and_then(|file| file.take(BEGIN).read_to_end(&mut begin))
        .ok()?;
    Some(begin)
}
