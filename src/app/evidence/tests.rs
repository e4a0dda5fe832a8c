//! Saved looks as they come back: cut, spoilt, of another version, or made to do harm.

use super::*;
use crate::checks::{Finding, verify_all};
use crate::course::hostile::{after, mishaps, nasty};
use crate::course::{Course, CourseFiles, load};
use crate::practice::{good_account, test_chapter};
use crate::term::overview::{Detail, overview};
use crate::term::sanitize;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

fn course() -> Course {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&CourseFiles::embedded(), &known).unwrap().0
}

fn good() -> Value {
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    serde_json::to_value(SavedLook {
        landfall: "0.1.0".to_owned(),
        attested: BTreeSet::from(["budget.email-read".to_owned()]),
        teardown_begun: false,
        snapshot: good_account(&test_chapter(), now),
    })
    .unwrap()
}

/// Reads a file with these bytes.
fn read(bytes: &[u8]) -> Result<SavedLook, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("look.json");
    fs::write(&path, bytes).unwrap();
    read_saved(&path)
}

/// Reads it; if that goes well, judges it and sets it on the screen.
fn read_and_judge(bytes: &[u8], course: &Course) {
    let began = Instant::now();
    match read(bytes) {
        Err(failure) => {
            assert!(failure.message.contains("look.json"), "{}", failure.message);
        }
        Ok(saved) => {
            let all = verify_all(&saved.snapshot, course, &saved.attested);
            for width in [20, 80] {
                for line in overview(&all, Detail::Everything, width) {
                    let shown = line.to_text();
                    assert_eq!(sanitize::one_line(&shown), shown);
                }
            }
            crate::report::verify_json(&saved.snapshot, &all, None, None);
        }
    }
    assert!(began.elapsed() < Duration::from_secs(20));
}

/// Every place of a document, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| {
            let name = name.replace('~', "~0").replace('/', "~1");
            places(inner, &format!("{at}/{name}"), into);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(number, inner)| {
            places(inner, &format!("{at}/{number}"), into);
        }),
        _ => {}
    }
}

/// What stands in the place of something else: a number out of range, a list of nothing, a text that is no name.
fn stranger() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!("absent")),
        Just(json!({"unknown": "throttled"})),
        Just(json!({"present": []})),
        Just(json!([])),
        Just(json!({})),
        Just(json!("")),
        Just(json!(0)),
        Just(json!(1)),
        Just(json!(u64::MAX)),
        Just(json!(u32::MAX)),
        Just(json!(65_535)),
        Just(json!(-1)),
        Just(json!(true)),
        Just(json!("0001-01-01T00:00:00Z")),
        Just(json!("9999-12-30T00:00:00Z")),
        Just(json!("::/0")),
        nasty().prop_map(Value::String),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_look_with_strangers_in_it_is_refused_or_judged(
        changes in prop::collection::vec((any::<Index>(), stranger()), 1..12),
    ) {
        let course = course();
        let mut look = good();
        let mut all = Vec::new();
        places(&look, "", &mut all);
        for (at, stranger) in changes {
            if let Some(place) = look.pointer_mut(&all[at.index(all.len())]) {
                *place = stranger;
            }
        }
        read_and_judge(look.to_string().as_bytes(), &course);
    }

    #[test]
    fn a_spoilt_look_is_refused_or_judged(mishaps in mishaps()) {
        let text = serde_json::to_string_pretty(&good()).unwrap();
        read_and_judge(after(&text, &mishaps).as_bytes(), &course());
    }

    #[test]
    fn any_bytes_are_refused_with_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let failure = read(&bytes).unwrap_err();
        prop_assert!(failure.message.contains("is no saved look"), "{}", failure.message);
        prop_assert!(failure.message.contains("line "), "{}", failure.message);
    }
}

#[test]
fn a_cut_look_says_where_it_ends() {
    let text = serde_json::to_string_pretty(&good()).unwrap();
    let message = read(&text.as_bytes()[..text.len() / 2])
        .unwrap_err()
        .message;
    assert!(
        message.contains("is no saved look: line ") && message.contains("column "),
        "{message}"
    );
}

#[test]
fn a_newer_look_is_refused_by_name_even_when_the_rest_of_it_is_strange() {
    let newer = json!({"landfall": "9.0.0", "snapshot": {"schema": 2, "new": true}});
    let message = read(newer.to_string().as_bytes()).unwrap_err().message;
    assert!(
        message.contains("was written by a newer Landfall"),
        "{message}"
    );
    for schema in [json!(-1), json!("x"), json!(null), json!(1.5)] {
        let mut look = good();
        look["snapshot"]["schema"] = schema;
        let message = read(look.to_string().as_bytes()).unwrap_err().message;
        assert!(message.contains("is no saved look"), "{message}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for deep in [
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
        format!("{{\"snapshot\":{}", "[".repeat(200_000)),
    ] {
        let message = read(deep.as_bytes()).unwrap_err().message;
        assert!(message.contains("is no saved look"), "{message}");
    }
}

#[test]
fn what_is_too_large_or_no_file_is_refused_without_reading_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("look.json");
    let file = fs::File::create(&path).unwrap();
    file.set_len(LARGEST_BYTES + 1).unwrap();
    let message = read_saved(&path).unwrap_err().message;
    assert!(message.contains("larger than any saved look"), "{message}");
    assert!(
        read_saved(folder.path())
            .unwrap_err()
            .message
            .contains("cannot be read")
    );
    let endless = Path::new("/dev/zero");
    if endless.exists() {
        let message = read_saved(endless).unwrap_err().message;
        assert!(message.contains("larger than any saved look"), "{message}");
    }
}

#[test]
fn the_good_look_reads_back_as_it_was() {
    let saved = read(good().to_string().as_bytes()).unwrap();
    assert_eq!(saved.snapshot.source, Source::Snapshot);
    let all = verify_all(&saved.snapshot, &course(), &saved.attested);
    let failed: Vec<&Finding> = all
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .filter(|finding| finding.verdict == crate::checks::Verdict::Failed)
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
