//! Whose name or number stands in a path.

use super::{RunRow, fold};
use std::ops::Range;

/// Words of file names that are nobody's. A name that is made of such words alone is not looked for.
const NOISE: [&str; 34] = [
    "landfall",
    "bundle",
    "bundles",
    "json",
    "txt",
    "late",
    "anon",
    "submission",
    "submissions",
    "assignsubmission",
    "onlinetext",
    "file",
    "files",
    "copy",
    "final",
    "evidence",
    "report",
    "homework",
    "hw",
    "assignment",
    "lab",
    "week",
    "project",
    "class",
    "section",
    "group",
    "aws",
    "news",
    "api",
    "of",
    "the",
    "my",
    "new",
    "v",
];

/// Shorter numbers are weeks, sections and attempts as often as ids.
const SHORTEST_NUMBER: usize = 5;

/// Rows that the path names: parts that a learning platform wrote decide alone, else all parts have a say.
pub(super) fn named<'a>(rows: &'a [RunRow], path: &str) -> Vec<&'a RunRow> {
    let parts: Vec<Part> = path
        .split(['/', '\\'])
        .filter(|part| !part.is_empty())
        .map(Part::of)
        .collect();
    let by_platform = parts.iter().any(|part| part.by_platform);
    let deciding = |part: &&Part| part.by_platform || !by_platform;
    let found: Vec<Vec<bool>> = parts
        .iter()
        .filter(deciding)
        .map(|part| part.fitting(rows))
        .collect();
    rows.iter()
        .enumerate()
        .filter(|(at, _)| found.iter().any(|fits| fits[*at]))
        .map(|(_, row)| row)
        .collect()
}

/// One folder's or file's name.
struct Part {
    /// Words, folded, in order.
    words: Vec<String>,
    /// Written by a learning platform: what follows the student's part is left out.
    by_platform: bool,
}

impl Part {
    fn of(name: &str) -> Self {
        let name = name.trim();
        let (head, by_platform) = head(name);
        Part {
            words: words(head),
            by_platform,
        }
    }

    /// Which rows fit: by what is unique, else by name. Where the two point to different students, both do.
    fn fitting(&self, rows: &[RunRow]) -> Vec<bool> {
        let by_mark: Vec<bool> = rows.iter().map(|row| self.has_mark(row)).collect();
        let by_name: Vec<bool> = rows.iter().map(|row| self.has_name(row)).collect();
        let both = by_mark
            .iter()
            .zip(&by_name)
            .map(|(mark, name)| *mark && *name);
        let both: Vec<bool> = both.collect();
        let any = |fits: &[bool]| fits.contains(&true);
        match (any(&both), any(&by_mark), any(&by_name)) {
            (true, ..) => both,
            (false, true, true) => by_mark
                .iter()
                .zip(&by_name)
                .map(|(mark, name)| *mark || *name)
                .collect(),
            (false, true, false) => by_mark,
            (false, false, _) => by_name,
        }
    }

    /// Whether something stands here that is this student's alone.
    fn has_mark(&self, row: &RunRow) -> bool {
        let own = self.explained(row);
        let marks = marks(row);
        marks.iter().any(|mark| {
            self.runs(mark).any(|run| {
                if is_short_number(mark) {
                    // `7.json`, `landfall-7.json`; not `week-7.json`.
                    let rest = self.words.iter().enumerate();
                    return rest
                        .filter(|(at, _)| !run.contains(at))
                        .all(|(_, word)| matches!(word.as_str(), "landfall" | "bundle"));
                }
                // A number is nobody else's; a login or an address may be a part of another, or of a name.
                let is_free = matches!(mark.as_slice(), [number] if is_number(number));
                is_free
                    || self.stands_apart(&run, &own) && (has_digit_or_at(mark) || self.alone(&own))
            })
        })
    }

    /// Whether the words beside these are no part of a longer name.
    fn stands_apart(&self, run: &Range<usize>, explained: &[bool]) -> bool {
        let before = run.start.checked_sub(1);
        [before, Some(run.end)].into_iter().flatten().all(|at| {
            self.words
                .get(at)
                .is_none_or(|word| explained[at] || is_noise(word))
        })
    }

    fn has_name(&self, row: &RunRow) -> bool {
        names(row)
            .iter()
            .any(|name| self.runs_joined(name).next().is_some())
            && self.alone(&self.explained(row))
    }

    /// Whether all words that could be somebody's name are this student's: `mary-ann-lee.json` is not Ann Lee's.
    fn alone(&self, explained: &[bool]) -> bool {
        self.words
            .iter()
            .zip(explained)
            .all(|(word, explained)| *explained || is_noise(word))
    }

    /// Which words are this student's.
    fn explained(&self, row: &RunRow) -> Vec<bool> {
        let mut explained = vec![false; self.words.len()];
        let marks = marks(row);
        let names = names(row);
        let runs = marks
            .iter()
            .flat_map(|mark| self.runs(mark))
            .chain(names.iter().flat_map(|name| self.runs_joined(name)));
        for run in runs {
            explained[run].fill(true);
        }
        explained
    }

    /// Where these words stand in a row.
    fn runs(&self, wanted: &[String]) -> impl Iterator<Item = Range<usize>> {
        let length = wanted.len();
        self.words
            .windows(length.max(1))
            .enumerate()
            .filter(move |(_, window)| *window == wanted)
            .map(move |(at, _)| at..at + length)
    }

    /// Where words stand in a row that are this text when they are written as one: `ann-lee`, `annlee`, `an nlee`.
    fn runs_joined(&self, wanted: &str) -> impl Iterator<Item = Range<usize>> {
        (0..self.words.len()).filter_map(move |from| {
            let mut rest = wanted;
            for (at, word) in self.words.iter().enumerate().skip(from) {
                rest = rest.strip_prefix(word.as_str())?;
                if rest.is_empty() {
                    return Some(from..at + 1);
                }
            }
            None
        })
    }
}

/// The student's part of a name that a learning platform gave.
///
/// Canvas: `leeann_LATE_12345_678901_their-own-name.json`: the sortable name without what is no letter, the user's id, the
/// attachment's (`lib/content_zipper.rb` of instructure/canvas-lms). Moodle: `Ann Lee_12345_assignsubmission_file_`, whose number
/// is the participant's in this assignment (`mod/assign/locallib.php`). Gradescope: `submission_123456`. All 2026-11.
fn head(name: &str) -> (&str, bool) {
    if let Some((before, _)) = name.split_once("_assignsubmission_") {
        let person = before
            .rsplit_once('_')
            .filter(|(_, number)| is_number(number))
            .map_or(before, |(person, _)| person);
        return (person, true);
    }
    if let Some(number) = name.strip_prefix("submission_")
        && is_number(number)
    {
        return ("", false);
    }
    let mut at = 0;
    let mut before: Option<&str> = None;
    for (index, field) in name.split('_').enumerate() {
        let more = at + field.len() < name.len();
        if index > 1 && more && is_number(field) && before.is_some_and(is_number) {
            return (&name[..at - 1], true);
        }
        before = Some(field);
        at += field.len() + 1;
    }
    let bare = name.strip_suffix(".json").unwrap_or(name);
    (bare, false)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words of letters and digits; `@` is one of its own, so that half an address is not a login.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in fold(text).chars() {
        if letter.is_alphanumeric() {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter == '@' {
            words.push("@".to_owned());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// What is unique to a student, in words.
fn marks(row: &RunRow) -> Vec<Vec<String>> {
    let all = [&row.id, &row.sis_id, &row.login, &row.email, &row.account];
    all.into_iter()
        .flatten()
        .chain([&row.key.0])
        .map(|mark| words(mark))
        .filter(|mark| mark.iter().any(|word| !NOISE.contains(&word.as_str())))
        .collect()
}

/// The name as it may be written without spaces: `annlee`, `leeann`; of more words each may come first.
fn names(row: &RunRow) -> Vec<String> {
    let words = words(&row.student);
    if words.iter().all(|word| is_noise(word)) || words.contains(&"@".to_owned()) {
        return Vec::new();
    }
    (0..words.len())
        .map(|first| {
            let (last, rest) = words.split_at(first);
            rest.concat() + &last.concat()
        })
        .collect()
}

/// Nobody's: a word of file names, a number, a number with a word (`v2`, `cs101`, `week3`).
fn is_noise(word: &str) -> bool {
    let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    NOISE.contains(&letters)
        || letters.is_empty()
        || (letters.len() <= 2 && letters != word && letters.is_ascii())
}

fn has_digit_or_at(mark: &[String]) -> bool {
    mark.iter()
        .any(|word| word == "@" || word.contains(|letter: char| letter.is_ascii_digit()))
}

fn is_short_number(mark: &[String]) -> bool {
    matches!(mark, [number] if is_number(number) && number.len() < SHORTEST_NUMBER)
}
