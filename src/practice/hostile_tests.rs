//! The practice account's file as it comes back from a full disk, an editor or another version: nothing in it ends a run,
//! and nothing that was there is lost.

use super::*;
use crate::course::hostile::{after, mishaps};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;
use std::fs;

const FILE: &str = "practice.json";

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// Everything done, and some of it broken.
fn saved() -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = PracticeStore::open(folder.path()).unwrap();
    let mut state = State::default();
    apply_all(&mut state, noon());
    for cause in ["database-public", "desired-count-low"] {
        break_cause(&mut state, cause, &test_chapter(), noon()).unwrap();
    }
    store.save(&state).unwrap();
    fs::read_to_string(folder.path().join(FILE)).unwrap()
}

/// Loads a file with this text, looks at the account, does a step and looks again.
fn live_with(text: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    let store = PracticeStore::open(folder.path()).unwrap();
    match store.load() {
        Err(StoreError::Newer { .. }) => {
            assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
        }
        Err(error) => panic!("{error}"),
        Ok(loaded) => {
            if let Some(aside) = loaded.moved_aside {
                assert_eq!(fs::read_to_string(aside.to).unwrap(), text);
                assert!(aside.why.contains("line "), "{}", aside.why);
            }
            let _ = snapshot(&loaded.state, &test_chapter(), noon());
            let (applied, _) = store
                .change(|state| apply(state, "rds.instance", noon()))
                .unwrap();
            applied.unwrap();
            let state = store.load().unwrap().state;
            let _ = snapshot(&state, &test_chapter(), noon());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_file_is_moved_aside_or_lived_with(mishaps in mishaps()) {
        live_with(&after(&saved(), &mishaps));
    }

    #[test]
    fn times_from_the_ends_of_time_are_lived_with(
        which in any::<Index>(),
        time in prop::sample::select(&[
            "-009999-01-02T01:59:59Z",
            "1970-01-01T00:00:00Z",
            "9999-12-30T22:00:00.999999999Z",
        ][..]),
    ) {
        let text = saved();
        let noon = "2026-11-22T12:00:00Z";
        let all: Vec<usize> = text.match_indices(noon).map(|(at, _)| at).collect();
        let at = all[which.index(all.len())];
        live_with(&format!("{}{time}{}", &text[..at], &text[at + noon.len()..]));
        live_with(&text.replace(noon, time));
    }
}
