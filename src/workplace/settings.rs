//! The learner's `landfall.toml`: the nearest one upward from the current folder. It marks the app's root, and
//! every name in it is laid over the course's.

use super::settings_keys::{KEYS, Key};
use super::settings_problem::{Place, SettingsProblem};
use crate::account::Chapter;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

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

/// The course's names with the learner's laid over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub chapter: Chapter,
    /// The keys that the file states, in dotted form (`service.cluster`): where a setting came from is told when
    /// several sources disagree, and what is stated is not asked again.
    pub stated: BTreeSet<&'static str>,
}

impl Settings {
    /// Whether the file states this key (`region`, `service.cluster`).
    pub fn states(&self, key: &str) -> bool {
        self.stated.contains(key)
    }
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

/// Reads a file that was found and lays it over the course's chapter.
///
/// # Errors
/// Everything that is wrong with the file, all at once.
pub fn read(file: &SettingsFile, chapter: Chapter) -> Result<Settings, Vec<SettingsProblem>> {
    let whole = |message: String| vec![SettingsProblem::of_file(&file.path, message)];
    let opened = fs::File::open(&file.path)
        .map_err(|error| whole(format!("it cannot be opened: {error}")))?;
    let mut bytes = Vec::new();
    opened
        .take(LARGEST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| whole(format!("it cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(whole(format!(
            "it is larger than {} KiB",
            LARGEST_BYTES / 1024
        )));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| whole("it is not UTF-8 text: save it as UTF-8".to_owned()))?;
    overlay(chapter, &text, &file.path)
}

/// Lays the text of a `landfall.toml` over a chapter. Every key is optional; `path` is only named in problems.
///
/// # Errors
/// Every problem in the text at once, in the order they stand there.
pub fn overlay(
    chapter: Chapter,
    text: &str,
    path: &Path,
) -> Result<Settings, Vec<SettingsProblem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let place = Place::new(path, text);
    let mut walk = Walk {
        settings: Settings {
            chapter,
            stated: BTreeSet::new(),
        },
        problems: Vec::new(),
        place: &place,
    };
    for error in errors {
        walk.problems
            .push(place.problem(error.span().unwrap_or(0..0), error.message()));
    }
    walk.table("", table.get_ref());
    let Walk {
        settings,
        mut problems,
        ..
    } = walk;
    if problems.is_empty() {
        return Ok(settings);
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems.dedup();
    Err(problems)
}

struct Walk<'a> {
    settings: Settings,
    problems: Vec<SettingsProblem>,
    place: &'a Place<'a>,
}

impl Walk<'_> {
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let dotted = format!("{prefix}{}", key.get_ref());
            if let Some(known) = Key::named(&dotted) {
                self.value(known, value);
            } else if Key::is_table(&dotted) {
                match value.get_ref() {
                    DeValue::Table(inner) => self.table(&format!("{dotted}."), inner),
                    other => self.problems.push(self.place.problem(
                        value.span(),
                        &format!(
                            "`{dotted}` holds several names: write it as a table, `[{dotted}]`, not as a {}",
                            other.type_str()
                        ),
                    )),
                }
            } else {
                let mut problem = self
                    .place
                    .problem(key.span(), &format!("unknown key `{dotted}`"));
                problem.suggestion = nearest(prefix, key.get_ref());
                self.problems.push(problem);
            }
        }
    }

    fn value(&mut self, key: &'static Key, value: &toml::Spanned<DeValue<'_>>) {
        match (key.set)(&mut self.settings.chapter, value.get_ref()) {
            Ok(()) => {
                self.settings.stated.insert(key.stands_for);
                // The learner's own word goes before that of their task definition file.
                self.settings.chapter.architecture_stated |= key.stands_for == "architecture";
            }
            Err(expected) => self.problems.push(
                self.place
                    .problem(value.span(), &format!("`{}` must be {expected}", key.name)),
            ),
        }
    }
}

/// The known key that `typed` most likely means: one at the same place that looks alike, or the same word elsewhere.
fn nearest(prefix: &str, typed: &str) -> Option<String> {
    let same_word = KEYS
        .iter()
        .find(|key| key.name.rsplit('.').next() == Some(typed));
    if let Some(key) = same_word {
        return Some(key.name.to_owned());
    }
    let dotted = format!("{prefix}{typed}");
    KEYS.iter()
        .flat_map(|key| {
            let table = key.name.split('.').next().unwrap_or(key.name);
            [key.name, table]
        })
        .filter(|name| name.starts_with(prefix))
        .map(|name| (strsim::damerau_levenshtein(&dotted, name), name))
        .filter(|(distance, name)| {
            *distance <= 2.max((name.len() - prefix.len().min(name.len())) / 4)
        })
        .min()
        .map(|(_, name)| name.to_owned())
}
