//! A bundle as a file: read with suspicion, written with its digest.

use super::make::cleaned;
use super::value::{Room, Unbuilt, value};
use super::{Bundle, digest_of};
use crate::account::Snapshot;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A larger file is not read. A course account's is a few hundred kilobytes.
pub const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// A bundle that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    pub bundle: Bundle,
    /// As the file says it; empty when that is none.
    pub digest: String,
    /// Whether the file is as it was made. An edited one is judged all the same, and said to be edited.
    pub intact: bool,
}

/// Why a file is no evidence. `Display` is one sentence without the file's text; `hint` says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than any bundle (16 MiB, or a million values)")]
    TooLarge,
    #[error("the file ends in the middle")]
    Truncated,
    #[error("it is no bundle: line {line}, column {column} is not what it should be")]
    NotABundle { line: usize, column: usize },
    /// What it is instead: `a web page`.
    #[error("it is no bundle but {0}")]
    AnotherKind(&'static str),
    #[error("it is no bundle but a saved look of `landfall verify --save`")]
    SavedLook,
    #[error("it was made by a newer Landfall ({version})")]
    Newer { version: String },
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

impl Trouble {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Trouble::Newer { .. } => "Install that version to read it.",
            Trouble::TooLarge | Trouble::NotABundle { .. } | Trouble::Empty => {
                "`landfall bundle` writes one; ask for the file it names."
            }
            Trouble::AnotherKind(kind) if *kind == ZIP => {
                "Unpack it: the bundle may be inside. `landfall bundle` writes one JSON file."
            }
            Trouble::AnotherKind(kind) if *kind == WEB_PAGE => {
                "A sign-in page may have been saved in its place: download the file itself."
            }
            Trouble::AnotherKind(_) => "Ask for the JSON file that `landfall bundle` wrote.",
            Trouble::SavedLook => "`landfall bundle` writes the file that is meant here.",
            Trouble::Truncated => "Ask for the file again: a part of it was lost on the way.",
            Trouble::Unreadable(_) => "See whether you may read it.",
        }
    }
}

const ZIP: &str = "a ZIP archive";
const WEB_PAGE: &str = "a web page";

/// How other kinds of files begin, as an LMS hands them out or a browser saves them.
const OTHER_KINDS: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", ZIP),
    (b"%PDF", "a PDF file"),
    (b"<", WEB_PAGE),
    (b"\x1f\x8b", "a compressed file"),
    (
        b"\xff\xfe",
        "text in UTF-16, as Windows PowerShell writes it",
    ),
    (b"\xfe\xff", "text in UTF-16"),
];

/// Newer files are told by the first number whatever else is in them.
const FORMAT: u64 = 1;

#[derive(Serialize)]
struct File<'a> {
    // First, so that the file can be told by how it begins.
    landfall_bundle: u64,
    digest: String,
    evidence: &'a Bundle,
}

/// For the place of an error: a value has none.
#[derive(Deserialize)]
struct Located {
    #[allow(dead_code, reason = "read for the error's place only")]
    evidence: Bundle,
}

/// Reads a file's bytes.
///
/// # Errors
/// Everything that makes it no evidence.
pub fn read(bytes: &[u8]) -> Result<Whole, Trouble> {
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Trouble::TooLarge);
    }
    let bytes = without_mark(bytes);
    let begin = bytes.trim_ascii_start();
    if begin.is_empty() {
        return Err(Trouble::Empty);
    }
    if let Some((_, kind)) = OTHER_KINDS
        .iter()
        .find(|(letters, _)| begin.starts_with(letters))
    {
        return Err(Trouble::AnotherKind(kind));
    }
    let mut file = value(bytes, &Room::of_a_bundle()).map_err(|error| match error {
        Unbuilt::NoRoom => Trouble::TooLarge,
        Unbuilt::NotJson(error) => no_bundle(&error),
    })?;
    if let Some(version) = newer(&file) {
        return Err(Trouble::Newer { version });
    }
    if file.get("landfall_bundle").and_then(Value::as_u64) != Some(FORMAT) {
        let is_look = file.get("snapshot").is_some() && file.get("landfall").is_some();
        return Err(if is_look {
            Trouble::SavedLook
        } else {
            Trouble::NotABundle { line: 1, column: 1 }
        });
    }
    let digest = file
        .get("digest")
        .and_then(Value::as_str)
        .filter(|digest| is_digest(digest))
        .unwrap_or_default()
        .to_owned();
    let mut evidence = file
        .get_mut("evidence")
        .map(Value::take)
        .unwrap_or_default();
    let intact = digest_of(&evidence) == digest;
    shorten(&mut evidence);
    let bundle: Bundle = serde_json::from_value(evidence).map_err(|_| place(bytes))?;
    Ok(Whole {
        bundle: cleaned(bundle),
        digest,
        intact,
    })
}

/// Longer than any text that Landfall writes into a bundle, in bytes. A stranger's may be millions, and each is searched for
/// secrets.
const LONGEST_TEXT: usize = 4_096;

/// Cuts texts that no account has; names of fields stay, for what they name would be lost.
fn shorten(value: &mut Value) {
    match value {
        Value::String(text) if text.len() > LONGEST_TEXT => {
            let mut end = LONGEST_TEXT;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}

/// Whether bytes begin as [`write`] begins them: also of a newer file, and of one that was cut short.
pub fn is_ours(begin: &[u8]) -> bool {
    without_mark(begin)
        .trim_ascii_start()
        .strip_prefix(b"{")
        .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"landfall_bundle\""))
}

/// The file's text: `{"landfall_bundle": 1, "digest": "sha256:...", "evidence": {...}}`. Plain ASCII: what is not becomes its
/// escape, so that no program on the way and no terminal makes something else of it.
pub fn write(bundle: &Bundle) -> String {
    let evidence = serde_json::to_value(bundle).expect("plain data always becomes JSON");
    let file = File {
        landfall_bundle: FORMAT,
        digest: digest_of(&evidence),
        evidence: bundle,
    };
    let text = serde_json::to_string_pretty(&file).expect("plain data always becomes JSON");
    let mut plain = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        if letter == '\n' || (' '..='~').contains(&letter) {
            plain.push(letter);
        } else {
            // Outside of strings JSON has no such letters.
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                plain.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    plain.push('\n');
    plain
}

/// Without the byte order mark that some editors put before UTF-8.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|digits| {
        digits.len() == 64
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// What made a file that this version cannot read, when it is one.
fn newer(file: &Value) -> Option<String> {
    let number = |path: &str| file.pointer(path).and_then(Value::as_u64);
    let format = number("/landfall_bundle")?;
    let is_newer = format > FORMAT
        || number("/evidence/schema").is_some_and(|schema| schema > Bundle::SCHEMA.into())
        || number("/evidence/snapshot/schema")
            .is_some_and(|schema| schema > Snapshot::SCHEMA.into());
    let version = file
        .pointer("/evidence/made_with/landfall")
        .and_then(Value::as_str)
        .filter(|version| is_version(version));
    is_newer.then(|| version.map_or_else(|| format!("format {format}"), str::to_owned))
}

fn is_version(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte))
}

/// Where it stops being a bundle.
fn place(bytes: &[u8]) -> Trouble {
    match serde_json::from_slice::<Located>(bytes) {
        Err(error) => no_bundle(&error),
        Ok(_) => Trouble::NotABundle { line: 1, column: 1 },
    }
}

/// Without the error's own words: they quote the file.
fn no_bundle(error: &serde_json::Error) -> Trouble {
    if error.is_eof() {
        return Trouble::Truncated;
    }
    Trouble::NotABundle {
        line: error.line(),
        column: error.column(),
    }
}
