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

/// A look at an account whose first rollout failed on a full disk, and one three hours later: AWS has forgotten the tasks.
fn then_and_now() -> (Snapshot, Snapshot) {
    let then: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, then);
    practice::break_cause(&mut state, "disk-full", &test_chapter(), then).unwrap();
    let then = practice::snapshot(&state, &test_chapter(), then);
    let mut now = then.clone();
    now.collected_at = "2026-11-22T13:00:00Z".parse().unwrap();
    now.stopped_tasks = Fact::Present(Vec::new());
    (then, now)
}

fn steady(verification: &Verification) -> &Finding {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .find(|finding| finding.check.as_str() == "ecs.steady")
        .unwrap()
}

#[test]
fn a_look_that_comes_too_late_is_judged_by_what_an_earlier_one_saw_and_so_is_its_file() {
    use clap::Parser;
    let folder = tempfile::tempdir().unwrap();
    let (ui, _) = crate::term::Ui::captured(80);
    let globals = crate::cli::Cli::parse_from(["landfall", "--account", "practice"]).globals;
    let mut context = Context::apart(globals, std::sync::Arc::new(ui), folder.path()).unwrap();
    let course = course();
    let attested = BTreeSet::new();
    let (then, mut now) = then_and_now();
    let key = Context::stack_key(&then);
    keep(
        &mut context,
        &key,
        &then,
        &verify_all(&then, &course, &attested),
    )
    .unwrap();

    let cause = |snapshot: &Snapshot| {
        let all = verify_all(snapshot, &course, &attested);
        steady(&all).cause.map(|cause| cause.id())
    };
    assert_eq!(cause(&now), Some("crash-loop"));
    recall(&context, &key, &mut now).unwrap();
    assert_eq!(cause(&now), Some("disk-full"));

    let saved = SavedLook {
        landfall: "0.1.0".to_owned(),
        attested: attested.clone(),
        teardown_begun: false,
        snapshot: now.clone(),
    };
    let file = folder.path().join("late.json");
    save(&file, &saved).unwrap();
    assert_eq!(
        cause(&read_saved(&file).unwrap().snapshot),
        Some("disk-full")
    );

    // A look that only remembers does not make the memory younger.
    let seen = context.store.stopped_tasks(&key).unwrap();
    keep(
        &mut context,
        &key,
        &now,
        &verify_all(&now, &course, &attested),
    )
    .unwrap();
    assert_eq!(context.store.stopped_tasks(&key).unwrap(), seen);

    // Once it was steady, what was before explains nothing.
    let good = good_account(&test_chapter(), now.collected_at);
    keep(
        &mut context,
        &key,
        &good,
        &verify_all(&good, &course, &attested),
    )
    .unwrap();
    let (_, mut later) = then_and_now();
    later.collected_at = "2026-11-22T15:00:00Z".parse().unwrap();
    recall(&context, &key, &mut later).unwrap();
    assert_eq!(cause(&later), Some("crash-loop"));
}
