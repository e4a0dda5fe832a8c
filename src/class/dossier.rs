//! Whose evidence is whose: everything there is of one student, before it is looked into.

use super::draw_up::{Evidence, Found};
use super::result::{RowResult, RunRow};
use super::roster::StudentKey;
use crate::account::Source;
use crate::bundle::{Trouble, Whole};
use crate::report::sanitize::one_line;
use std::collections::BTreeSet;

/// One student's papers.
#[derive(Debug)]
pub(super) struct Dossier {
    pub key: String,
    /// `None` for a file that belongs to nobody.
    pub row: Option<RunRow>,
    /// From the roster, else from the file's path; nothing in a bundle supplies a name.
    pub name: String,
    pub bundles: Vec<HandedIn>,
    pub looks: Vec<Live>,
    pub unusable: Vec<(String, Trouble)>,
    pub notes: Vec<Remark>,
}

/// A bundle, and where it lay.
#[derive(Debug)]
pub(super) struct HandedIn {
    pub file: String,
    pub whole: Whole,
}

/// What a run found, and where it lay.
#[derive(Debug)]
pub(super) struct Live {
    pub file: String,
    pub result: RowResult,
}

/// A sentence, and the same without a name; `None` when nothing is left of it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    pub say: String,
    pub anonymous: Option<String>,
}

impl Remark {
    /// As much of it as may be told.
    pub fn told(self, anonymise: bool) -> Option<String> {
        if anonymise {
            self.anonymous
        } else {
            Some(self.say)
        }
    }
}

/// Whose a file is, as far as account and path tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// The place of the row.
    Row(usize),
    /// The row that the path names, though the account is another row's.
    RowButNotItsAccount { at: usize, account_of: String },
    /// And why.
    Nobody(String),
}

/// Finds a file's row by its path and its account's number.
pub(super) type Finder<'a> = &'a dyn Fn(&[RunRow], &str, Option<&str>) -> Whose;

impl Dossier {
    fn of_row(row: &RunRow, taken: &mut BTreeSet<String>) -> Self {
        Dossier {
            key: row_key(&row.key, taken),
            name: name_of(&row.student, &row.key),
            row: Some(row.clone()),
            ..Self::nameless(String::new())
        }
    }

    fn nameless(name: String) -> Self {
        Dossier {
            key: String::new(),
            row: None,
            name,
            bundles: Vec::new(),
            looks: Vec::new(),
            unusable: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Of a file alone.
    fn of_file(file: &str, taken: &mut BTreeSet<String>) -> Self {
        let name = name_of_file(file);
        Dossier {
            key: free_key(&name, taken),
            ..Self::nameless(name)
        }
    }

    fn take(&mut self, file: String, found: Result<Found, Trouble>) {
        match found {
            Ok(Found::Bundle(whole)) => self.bundles.push(HandedIn {
                file,
                whole: *whole,
            }),
            Ok(Found::Live { result, .. }) => self.looks.push(Live {
                file,
                result: *result,
            }),
            Err(trouble) => self.unusable.push((file, trouble)),
        }
    }
}

/// Puts every file where it belongs: rows in their order, then what belongs to nobody, by name. Without rows each file is a
/// student.
pub(super) fn sort_out(
    rows: &[RunRow],
    evidence: Vec<Evidence>,
    whose: Finder<'_>,
) -> (Vec<Dossier>, Vec<Remark>) {
    let mut taken = BTreeSet::new();
    let mut dossiers: Vec<Dossier> = rows
        .iter()
        .map(|row| Dossier::of_row(row, &mut taken))
        .collect();
    let mut remarks = Vec::new();
    let mut strays: Vec<(String, Whose, Result<Found, Trouble>)> = Vec::new();
    for Evidence { file, what } in evidence {
        let owner = if rows.is_empty() {
            Whose::Nobody(String::new())
        } else {
            owner_of(rows, &file, &what, whose)
        };
        match owner {
            Whose::Row(at) if at < dossiers.len() => dossiers[at].take(file, what),
            Whose::RowButNotItsAccount { at, account_of } if at < dossiers.len() => {
                let doubt = not_its_account(&file, &dossiers[at].name, &account_of);
                dossiers[at].notes.push(doubt.clone());
                remarks.push(doubt);
                dossiers[at].take(file, what);
            }
            other => strays.push((file, other, what)),
        }
    }
    strays.sort_by_cached_key(|(file, ..)| (as_counted(&name_of_file(file)), file.clone()));
    for (file, why, what) in strays {
        let mut dossier =
            of_run(&what, &mut taken).unwrap_or_else(|| Dossier::of_file(&file, &mut taken));
        if !rows.is_empty() {
            remarks.push(stray(&file, &why));
            dossier.notes.push(on_no_row(&why));
        }
        dossier.take(file, what);
        dossiers.push(dossier);
    }
    (dossiers, remarks)
}

/// For sorting: `student-2` comes before `student-10`.
fn as_counted(name: &str) -> Vec<(String, u64)> {
    let lower = name.to_lowercase();
    let mut parts = Vec::new();
    let mut rest = lower.as_str();
    while !rest.is_empty() {
        let digits = rest
            .find(|letter: char| letter.is_ascii_digit())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(digits);
        let end = after
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        parts.push((word.to_owned(), number.parse().unwrap_or(u64::MAX)));
        rest = after;
    }
    parts
}

fn owner_of(
    rows: &[RunRow],
    file: &str,
    what: &Result<Found, Trouble>,
    whose: Finder<'_>,
) -> Whose {
    let by_key = |key: &StudentKey| rows.iter().position(|row| row.key == *key);
    match what {
        Ok(Found::Live { result, .. }) => by_key(&result.key).map_or_else(
            || Whose::Nobody("its run was of another roster".to_owned()),
            Whose::Row,
        ),
        Ok(Found::Bundle(whole)) => {
            let snapshot = &whole.bundle.snapshot;
            // Everybody's practice account has the same number.
            let account = snapshot
                .account()
                .filter(|_| snapshot.source != Source::Practice);
            whose(rows, file, account.map(|account| account.as_str()))
        }
        Err(_) => whose(rows, file, None),
    }
}

/// A run knows its students itself.
fn of_run(what: &Result<Found, Trouble>, taken: &mut BTreeSet<String>) -> Option<Dossier> {
    let Ok(Found::Live { run, result }) = what else {
        return None;
    };
    run.rows
        .iter()
        .find(|row| row.key == result.key)
        .map(|row| Dossier::of_row(row, taken))
}

fn not_its_account(file: &str, name: &str, account_of: &str) -> Remark {
    Remark {
        say: format!(
            "{} is called after {name}, and its account is that of {} on the roster. It is judged as {name}'s: see whose it is.",
            one_line(file),
            one_line(account_of)
        ),
        anonymous: Some(
            "A file is called after one student, and its account is another's on the roster. See whose it is."
                .to_owned(),
        ),
    }
}

fn on_no_row(why: &Whose) -> Remark {
    let alone = "On no row of the roster.".to_owned();
    Remark {
        say: match why {
            Whose::Nobody(why) if !why.is_empty() => {
                format!("On no row of the roster: {}.", one_line(why))
            }
            _ => alone.clone(),
        },
        anonymous: Some(alone),
    }
}

fn stray(file: &str, why: &Whose) -> Remark {
    let why = match why {
        Whose::Nobody(why) if !why.is_empty() => format!(" ({})", one_line(why)),
        _ => String::new(),
    };
    Remark {
        say: format!(
            "{} belongs to nobody on the roster{why}: it is listed as a student of its own. See whose it is.",
            one_line(file)
        ),
        anonymous: Some(
            "A file belongs to nobody on the roster: it is listed as a student of its own."
                .to_owned(),
        ),
    }
}

fn name_of(student: &str, key: &StudentKey) -> String {
    let name = one_line(student);
    if name.trim().is_empty() {
        one_line(&key.0)
    } else {
        name
    }
}

/// Names that every bundle has, so that the folder has to tell whose it is.
const GENERAL: [&str; 5] = [
    "landfall-bundle",
    "bundle",
    "evidence",
    "landfall",
    "results",
];

/// `bundles/ann_lee.json` is `ann_lee`, `ann@example.com/landfall-bundle.json` is `ann@example.com`.
fn name_of_file(file: &str) -> String {
    let mut parts = file.rsplit(['/', '\\']).filter(|part| !part.is_empty());
    let last = parts.next().unwrap_or(file);
    let stem = match last.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => last,
    };
    let is_general = GENERAL.contains(&stem.to_lowercase().as_str());
    let name = if is_general {
        parts.next().unwrap_or(stem)
    } else {
        stem
    };
    let name = one_line(name);
    if name.trim().is_empty() {
        "a file without a name".to_owned()
    } else {
        name
    }
}

/// The roster's own key, which names the student in files of other runs too, unless it cannot be one.
fn row_key(key: &StudentKey, taken: &mut BTreeSet<String>) -> String {
    let is_key = (1..=LONGEST_KEY).contains(&key.0.len())
        && key
            .0
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_key && taken.insert(key.0.clone()) {
        key.0.clone()
    } else {
        free_key(&key.0, taken)
    }
}

/// Anchors and file names stay usable.
const LONGEST_KEY: usize = 60;

/// Letters, digits and hyphens; unlike every other one.
fn free_key(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut key = String::new();
    for letter in name.chars().take(LONGEST_KEY) {
        if letter.is_ascii_alphanumeric() {
            key.push(letter.to_ascii_lowercase());
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    let key = key.trim_end_matches('-');
    let key = if key.is_empty() { "student" } else { key };
    let free = std::iter::once(key.to_owned())
        .chain((2..).map(|number| format!("{key}-{number}")))
        .find(|key| !taken.contains(key))
        .expect("there are always more numbers");
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_name_and_by_its_folder_when_its_name_says_nothing() {
        assert_eq!(name_of_file("bundles/ann_lee.json"), "ann_lee");
        assert_eq!(
            name_of_file("ann@example.com/landfall-bundle.json"),
            "ann@example.com"
        );
        assert_eq!(name_of_file("landfall-bundle.json"), "landfall-bundle");
        assert_eq!(name_of_file("/"), "/");
        assert_eq!(name_of_file(".json"), ".json");
    }

    #[test]
    fn two_students_never_share_a_key_and_no_key_leaves_the_alphabet_of_file_names() {
        let mut taken = BTreeSet::new();
        assert_eq!(free_key("Ann Lee", &mut taken), "ann-lee");
        assert_eq!(free_key("ann_lee", &mut taken), "ann-lee-2");
        assert_eq!(free_key("../../日本", &mut taken), "student");
        assert_eq!(free_key(&"x".repeat(10_000), &mut taken).len(), 60);
    }
}
