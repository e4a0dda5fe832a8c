//! Files that are no bundle any more, or not the one that was made, and what the row of each says.

use super::class::Class;
use super::documents::{FORMATS, sound};
use super::good::{Good, good};
use serde_json::{Value, json};

/// What a student's row has to say.
#[derive(Debug, Clone, Copy)]
enum Says {
    /// The file cannot be used, with one of these words.
    CannotUse(&'static [&'static str]),
    /// It is judged, with a note that holds this word.
    Notes(&'static str),
    /// It is judged.
    Judged,
}
use Says::{CannotUse, Judged, Notes};

type Make = fn(&Good) -> Vec<u8>;

const TRUNCATED: Says = CannotUse(&["ends in the middle"]);
const NO_BUNDLE: Says = CannotUse(&["no bundle"]);
const NEWER: Says = CannotUse(&["newer"]);
const TOO_LARGE: Says = CannotUse(&["larger than any bundle", "no bundle"]);

const CASES: &[(&str, Make, Says)] = &[
    ("as it was made", |good| good.bundle.clone().into(), Judged),
    (
        "with a byte order mark",
        |good| format!("\u{feff}{}", good.bundle).into(),
        Judged,
    ),
    (
        "with Windows line ends",
        |good| good.bundle.replace('\n', "\r\n").into(),
        Judged,
    ),
    ("empty", |_| Vec::new(), CannotUse(&["empty"])),
    ("blank", |_| b" \n\n\t\n".to_vec(), CannotUse(&["empty"])),
    ("cut after the first byte", |good| cut(good, 0), TRUNCATED),
    ("cut after a hundredth", |good| cut(good, 10), TRUNCATED),
    ("cut after a tenth", |good| cut(good, 100), TRUNCATED),
    ("cut after a third", |good| cut(good, 333), TRUNCATED),
    ("cut in the middle", |good| cut(good, 500), TRUNCATED),
    ("cut after nine tenths", |good| cut(good, 900), TRUNCATED),
    (
        "cut before the last brace",
        |good| cut(good, 1000),
        TRUNCATED,
    ),
    (
        "cut in front",
        |good| good.bundle.as_bytes()[1..].to_vec(),
        NO_BUNDLE,
    ),
    (
        "twice in a row",
        |good| good.bundle.repeat(2).into(),
        NO_BUNDLE,
    ),
    (
        "with words after it",
        |good| format!("{} done.", good.bundle).into(),
        NO_BUNDLE,
    ),
    (
        "an edited time",
        |good| edit(good, "/evidence/made_at", json!("2026-01-02T03:04:05Z")),
        Notes("changed after it was made"),
    ),
    (
        "an edited region",
        |good| edit(good, "/evidence/snapshot/region", json!("eu-west-1")),
        Notes("changed after it was made"),
    ),
    (
        "an edited digest",
        |good| edit(good, "/digest", json!(format!("sha256:{}", "0".repeat(64)))),
        Notes("changed after it was made"),
    ),
    (
        "no digest",
        |good| edit(good, "/digest", Value::Null),
        Notes("changed after it was made"),
    ),
    (
        "a digest of another kind",
        |good| edit(good, "/digest", json!({"sha256": []})),
        Notes("changed after it was made"),
    ),
    (
        "verdicts made up",
        |good| edit(good, "/evidence/verdicts", json!([])),
        Notes("changed after it was made"),
    ),
    (
        "another layout of the file",
        |good| edit(good, "/landfall_bundle", json!(2)),
        NEWER,
    ),
    (
        "the layout of another century",
        |good| edit(good, "/landfall_bundle", json!(u64::MAX)),
        NEWER,
    ),
    (
        "the layout below zero",
        |good| edit(good, "/landfall_bundle", json!(-1)),
        NO_BUNDLE,
    ),
    (
        "another layout of the evidence",
        |good| edit(good, "/evidence/schema", json!(99)),
        NEWER,
    ),
    (
        "another layout of the look",
        |good| edit(good, "/evidence/snapshot/schema", json!(99_999)),
        NEWER,
    ),
    (
        "no evidence",
        |good| edit(good, "/evidence", Value::Null),
        NO_BUNDLE,
    ),
    (
        "evidence of another kind",
        |good| edit(good, "/evidence", json!([1, 2, 3])),
        NO_BUNDLE,
    ),
    (
        "a look of another kind",
        |good| edit(good, "/evidence/snapshot", json!(7)),
        NO_BUNDLE,
    ),
    (
        "a history of another kind",
        |good| edit(good, "/evidence/history", json!({"a": "b"})),
        NO_BUNDLE,
    ),
    (
        "calls of another kind",
        |good| edit(good, "/evidence/calls", json!("none")),
        NO_BUNDLE,
    ),
    (
        "a verdict that there is not",
        |good| edit(good, "/evidence/verdicts/0/verdict", json!("brilliant")),
        NO_BUNDLE,
    ),
    (
        "NaN, in so many letters",
        |good| edit(good, "/evidence/snapshot/schema", json!("NaN")),
        NO_BUNDLE,
    ),
    (
        "NaN",
        |good| raw(good, "/evidence/snapshot/schema", "NaN"),
        NO_BUNDLE,
    ),
    (
        "a number with too many digits",
        |good| raw(good, "/evidence/snapshot/schema", &"9".repeat(400)),
        NO_BUNDLE,
    ),
    (
        "a number without end",
        |good| raw(good, "/evidence/snapshot/schema", "1e999999999"),
        NO_BUNDLE,
    ),
    (
        "a time below zero",
        |good| edit(good, "/evidence/made_at", json!(-1)),
        NO_BUNDLE,
    ),
    (
        "a time of another kind",
        |good| edit(good, "/evidence/made_at", json!("yesterday")),
        NO_BUNDLE,
    ),
    (
        "made at the end of time",
        |good| times(good, "9999-12-30T00:00:00Z"),
        Notes("yet to come"),
    ),
    (
        "made before Christ",
        |good| times(good, "-000044-03-15T12:00:00Z"),
        Notes("changed after it was made"),
    ),
    (
        "made after the end of time",
        |good| times(good, "9999-12-31T23:59:60Z"),
        NO_BUNDLE,
    ),
    ("a list", |_| b"[]".to_vec(), NO_BUNDLE),
    ("a number", |_| b"7".to_vec(), NO_BUNDLE),
    ("a text", |_| b"\"landfall_bundle\"".to_vec(), NO_BUNDLE),
    ("null", |_| b"null".to_vec(), NO_BUNDLE),
    ("an object", |_| b"{}".to_vec(), NO_BUNDLE),
    (
        "nothing but a name",
        |_| br#"{"landfall_bundle": 1}"#.to_vec(),
        NO_BUNDLE,
    ),
    (
        "a saved look",
        |good| good.look.clone().into(),
        CannotUse(&["saved look", "no bundle"]),
    ),
    (
        "a sign-in page",
        |_| sign_in(),
        CannotUse(&["web page", "no bundle"]),
    ),
    (
        "an archive",
        |_| archive(),
        CannotUse(&["ZIP", "no bundle"]),
    ),
    (
        "as Windows PowerShell saves it",
        |good| utf16(&good.bundle),
        CannotUse(&["UTF-16", "no bundle"]),
    ),
    ("noise", |_| noise(300_000), NO_BUNDLE),
    ("zeros", |_| vec![0; 100_000], NO_BUNDLE),
    (
        "half a letter",
        |good| [good.bundle.as_bytes(), b"\xff"].concat(),
        NO_BUNDLE,
    ),
    (
        "half a pair of letters",
        |good| raw(good, "/evidence/snapshot/region", r#""\ud800""#),
        NO_BUNDLE,
    ),
    (
        "lists in lists",
        |_| [b"[".repeat(100_000), b"]".repeat(100_000)].concat(),
        NO_BUNDLE,
    ),
    (
        "lists in lists without end",
        |_| b"[".repeat(1_000_000),
        CannotUse(&["no bundle", "ends in the middle"]),
    ),
    (
        "objects in objects",
        |_| br#"{"a":"#.repeat(100_000),
        CannotUse(&["no bundle", "ends in the middle"]),
    ),
    (
        "a bundle with lists in lists",
        |good| {
            raw(
                good,
                "/evidence/history",
                &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
            )
        },
        NO_BUNDLE,
    ),
    (
        "a million numbers",
        |good| {
            raw(
                good,
                "/evidence/history",
                &format!("[{}0]", "0,".repeat(1_000_000)),
            )
        },
        TOO_LARGE,
    ),
    (
        "a million empty lists",
        |good| {
            raw(
                good,
                "/evidence/history",
                &format!("[{}[]]", "[],".repeat(1_000_000)),
            )
        },
        TOO_LARGE,
    ),
    (
        "a million names",
        |good| raw(good, "/evidence/left_out", &names(1_000_000)),
        TOO_LARGE,
    ),
    (
        "one text of ten million letters",
        |good| {
            edit(
                good,
                "/evidence/snapshot/region",
                json!("a".repeat(10_000_000)),
            )
        },
        Notes("changed after it was made"),
    ),
];

#[test]
fn the_row_says_what_is_wrong_with_the_file() {
    let good = good();
    let mut class = Class::new();
    let cases: Vec<(String, &str, Says)> = CASES
        .iter()
        .map(|(what, make, says)| (class.hand_in(&make(good)), *what, *says))
        .collect();
    class.enrol();
    let documents = FORMATS.map(|format| sound(class.path(), format, &["--roster", "roster.csv"]));
    for (format, run) in FORMATS.iter().zip(&documents) {
        for name in &class.students {
            // A gradebook has no row for whom there is no score: how many those are stands on stderr.
            let is_there = run.stdout.contains(name.as_str());
            assert!(is_there || *format == "canvas", "{format}: {name} is lost");
        }
    }
    let report: Value = serde_json::from_str(&documents[1].stdout).unwrap();
    let mut wrong = Vec::new();
    for (name, what, says) in &cases {
        if let Some(complaint) = differs(&report, name, *says) {
            wrong.push(format!("{what}: {complaint}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What a row says otherwise.
fn differs(report: &Value, name: &str, says: Says) -> Option<String> {
    let students = report["students"].as_array().unwrap();
    let Some(row) = students.iter().find(|one| one["name"] == name) else {
        return Some("the row is lost".to_owned());
    };
    let trouble = row["trouble"].as_str().unwrap_or_default();
    let notes = row["notes"].to_string();
    let told = format!("{}, {trouble:?}, {notes}", row["standing"]);
    let unreadable = row["standing"] == "unreadable";
    let is_so = match says {
        CannotUse(words) => {
            unreadable && words.iter().any(|word| trouble.contains(word)) && row["score"].is_null()
        }
        Notes(word) => !unreadable && notes.contains(word),
        Judged => {
            !unreadable
                && row["stuck"]["cause"] == "database-public"
                && !notes.contains("changed after")
        }
    };
    (!is_so).then_some(told)
}

fn cut(good: &Good, thousandths: usize) -> Vec<u8> {
    let bytes = good.bundle.trim_end().as_bytes();
    let kept = (bytes.len() * thousandths / 1000).clamp(1, bytes.len() - 1);
    bytes[..kept].to_vec()
}

/// Another value in one place, the digest left as it was.
fn edit(good: &Good, place: &str, with: Value) -> Vec<u8> {
    let mut whole = good.value();
    let old = whole.pointer_mut(place);
    *old.unwrap_or_else(|| panic!("there is no {place}")) = with;
    whole.to_string().into()
}

/// Another text in one place, which need not be JSON.
fn raw(good: &Good, place: &str, with: &str) -> Vec<u8> {
    let mark = "the place of what is tampered with";
    let marked = String::from_utf8(edit(good, place, json!(mark))).unwrap();
    marked.replacen(&format!("\"{mark}\""), with, 1).into()
}

/// Another time in every place that has one.
fn times(good: &Good, with: &str) -> Vec<u8> {
    fn walk(value: &mut Value, with: &str) {
        match value {
            Value::String(text) if is_time(text) => with.clone_into(text),
            Value::Array(all) => all.iter_mut().for_each(|one| walk(one, with)),
            Value::Object(all) => all.values_mut().for_each(|one| walk(one, with)),
            _ => {}
        }
    }
    let mut whole = good.value();
    walk(&mut whole, with);
    whole.to_string().into()
}

fn is_time(text: &str) -> bool {
    text.len() >= 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T'
}

fn names(number: usize) -> String {
    let all: Vec<String> = (0..number)
        .map(|at| format!("\"{at}\":\"2026-01-02T03:04:05Z\""))
        .collect();
    format!("{{{}}}", all.join(","))
}

fn sign_in() -> Vec<u8> {
    b"<!DOCTYPE html>\n<html><head><title>Sign in</title><script>alert(1)</script></head><body>...</body></html>".to_vec()
}

fn archive() -> Vec<u8> {
    [b"PK\x03\x04\x14\0\x08\0".to_vec(), noise(5_000)].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

/// The same noise every time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}
