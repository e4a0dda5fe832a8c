//! Runs of several machines, put together.

use super::join::{How, Joined, join};
use super::words::sentences;
use crate::account::Why;
use crate::app::class::folder::tests::{a_run, kept, looked, not_looked};
use crate::app::class::folder::{gather, unfinished};
use crate::app::failure::Exit;
use crate::class::{Found, Outcome, RowResult, StudentKey};
use std::fs;
use std::path::{Path, PathBuf};

const KEYS: [&str; 5] = ["ann-1", "bo-2", "cy-3", "di-4", "ed-5"];

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Desk {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A part's run in a folder of its name.
    fn part(
        &self,
        name: &str,
        started_at: &str,
        shard: Option<&str>,
        results: &[RowResult],
    ) -> PathBuf {
        let folder = self.path(name);
        kept(&folder, &a_run(started_at, shard, &KEYS), results);
        folder
    }

    fn join(&self, folders: &[PathBuf]) -> Joined {
        join(folders, &self.path("out")).unwrap()
    }
}

/// `FILE looked` or `FILE why not`.
fn found(out: &Path) -> Vec<String> {
    let gathered = gather(&[out.to_path_buf()]).unwrap();
    gathered
        .evidence
        .into_iter()
        .map(|evidence| {
            let what = match evidence.what {
                Ok(Found::Live { result, .. }) => match result.outcome {
                    Outcome::Looked(_) => format!("looked {}", result.ended_at.strftime("%H:%M")),
                    Outcome::NotLooked { .. } => "not looked".to_owned(),
                },
                Ok(Found::Bundle(_)) => "a bundle".to_owned(),
                Err(_) => "unreadable".to_owned(),
            };
            format!("{} {what}", evidence.file)
        })
        .collect()
}

#[test]
fn the_parts_of_a_roster_become_one_run() {
    let desk = Desk::new();
    let one = desk.part(
        "shard-1",
        "2026-11-20T10:00:00Z",
        Some("1/2"),
        &[
            looked("ann-1", "2026-11-20T10:01:00Z"),
            looked("cy-3", "2026-11-20T10:02:00Z"),
            not_looked("ed-5", "2026-11-20T10:03:00Z", Why::Offline),
        ],
    );
    let two = desk.part(
        "shard-2",
        "2026-11-20T10:00:30Z",
        Some("2/2"),
        &[
            looked("bo-2", "2026-11-20T10:01:00Z"),
            looked("di-4", "2026-11-20T10:02:00Z"),
        ],
    );
    let joined = desk.join(&[one.clone(), two, one]);
    assert_eq!(
        sentences(&joined),
        ["run-20261120T100030Z: 2 runs joined, parts 1 and 2 of 2. 4 of 5 students looked at."]
    );
    assert_eq!(
        found(&desk.path("out")),
        [
            "run-20261120T100030Z/ann-1.json looked 10:01",
            "run-20261120T100030Z/bo-2.json looked 10:01",
            "run-20261120T100030Z/cy-3.json looked 10:02",
            "run-20261120T100030Z/di-4.json looked 10:02",
            "run-20261120T100030Z/ed-5.json not looked",
        ]
    );
    // It can be gone on with as a run of one machine.
    let (_, run, stands) = unfinished(&desk.path("out")).unwrap().unwrap();
    assert_eq!((run.shard, stands.len()), (None, 4));
}

#[test]
fn a_part_that_is_missing_is_named() {
    let desk = Desk::new();
    let one = desk.part(
        "a",
        "2026-11-20T10:00:00Z",
        Some("1/4"),
        &[looked("ann-1", "2026-11-20T10:01:00Z")],
    );
    let two = desk.part("b", "2026-11-20T10:00:00Z", Some("2/4"), &[]);
    let joined = desk.join(&[one, two]);
    assert_eq!(
        sentences(&joined),
        [
            "run-20261120T100000Z: 2 runs joined, parts 1 and 2 of 4. 1 of 5 students looked at. Parts 3 and 4 are missing."
        ]
    );
    assert_eq!(joined.runs[0].missing_parts(), [3, 4]);
    let alone = Desk::new();
    let three = alone.part("c", "2026-11-20T10:00:00Z", Some("3/4"), &[]);
    let joined = alone.join(&[three]);
    assert_eq!(
        sentences(&joined),
        [
            "run-20261120T100000Z: part 3 of 4 alone, copied. 0 of 5 students looked at. Parts 1, 2 and 4 are missing."
        ]
    );
    let (_, run, _) = unfinished(&alone.path("out")).unwrap().unwrap();
    assert_eq!(
        run.shard.as_deref(),
        Some("3/4"),
        "a later merge can join it"
    );
}

#[test]
fn what_was_found_earlier_is_kept_beside() {
    let desk = Desk::new();
    let monday = desk.part(
        "mon",
        "2026-11-16T10:00:00Z",
        Some("1/2"),
        &[looked("ann-1", "2026-11-16T10:01:00Z")],
    );
    let rest = desk.part(
        "rest",
        "2026-11-16T10:00:05Z",
        Some("2/2"),
        &[looked("bo-2", "2026-11-16T10:02:00Z")],
    );
    let tuesday = desk.part(
        "tue",
        "2026-11-17T10:00:00Z",
        Some("1/2"),
        &[looked("ann-1", "2026-11-17T10:03:00Z")],
    );
    let whole = desk.part(
        "whole",
        "2026-11-15T10:00:00Z",
        None,
        &[looked("ed-5", "2026-11-15T10:04:00Z")],
    );
    let joined = desk.join(&[monday, tuesday, whole, rest]);
    assert_eq!(
        found(&desk.path("out")),
        [
            "run-20261115T100000Z/ed-5.json looked 10:04",
            "run-20261116T100000Z/ann-1.json looked 10:01",
            "run-20261117T100000Z/ann-1.json looked 10:03",
            "run-20261117T100000Z/bo-2.json looked 10:02",
        ]
    );
    let says = sentences(&joined);
    assert_eq!(says.len(), 3);
    assert!(
        says[0].starts_with("run-20261115T100000Z: copied. 1 of 5 students"),
        "{says:?}"
    );
    assert!(says[1].contains("part 1 of 2 alone"), "{says:?}");
    assert!(says[2].contains("2 runs joined"), "{says:?}");
}

#[test]
fn a_look_counts_more_than_none_and_a_later_one_more_than_an_earlier() {
    let desk = Desk::new();
    // Parts hold other parts' students only where somebody copied files about.
    let one = desk.part(
        "a",
        "2026-11-20T10:00:00Z",
        Some("1/2"),
        &[
            looked("ann-1", "2026-11-20T10:01:00Z"),
            looked("bo-2", "2026-11-20T10:01:00Z"),
        ],
    );
    let two = desk.part(
        "b",
        "2026-11-20T10:00:00Z",
        Some("2/2"),
        &[
            not_looked("ann-1", "2026-11-20T11:00:00Z", Why::Offline),
            looked("bo-2", "2026-11-20T11:00:00Z"),
        ],
    );
    desk.join(&[one, two]);
    assert_eq!(
        found(&desk.path("out")),
        [
            "run-20261120T100000Z/ann-1.json looked 10:01",
            "run-20261120T100000Z/bo-2.json looked 11:00",
        ]
    );
}

#[test]
fn parts_of_different_rosters_stay_apart() {
    let desk = Desk::new();
    let one = desk.part("a", "2026-11-20T10:00:00Z", Some("1/2"), &[]);
    let other = desk.path("b");
    kept(
        &other,
        &a_run("2026-11-20T10:00:00Z", Some("2/2"), &["zoe-9"]),
        &[],
    );
    let joined = desk.join(&[one, other]);
    assert_eq!(joined.runs.len(), 2);
    assert!(sentences(&joined)[2].contains("different rosters"));
    assert!(joined.runs[1].folder.ends_with("run-20261120T100000Z-2"));
}

#[test]
fn what_cannot_be_read_is_handed_on_and_said() {
    let desk = Desk::new();
    let one = desk.part(
        "a",
        "2026-11-20T10:00:00Z",
        None,
        &[looked("ann-1", "2026-11-20T10:01:00Z")],
    );
    let run = one.join("run-20261120T100000Z");
    fs::write(run.join("bo-2.json"), "{").unwrap();
    fs::write(run.join("not a key.json"), "{").unwrap();
    fs::write(run.join("notes.txt"), "mine").unwrap();
    let joined = desk.join(&[one]);
    assert_eq!(
        sentences(&joined),
        [
            "run-20261120T100000Z: copied. 1 of 5 students looked at. 1 result cannot be read and was copied as it is."
        ]
    );
    assert_eq!(
        found(&desk.path("out")),
        [
            "run-20261120T100000Z/ann-1.json looked 10:01",
            "run-20261120T100000Z/bo-2.json unreadable",
        ]
    );
}

#[test]
fn nothing_is_written_over_and_nothing_is_there_twice() {
    let desk = Desk::new();
    let out = desk.path("out");
    fs::create_dir_all(out.join("run-20261120T100000Z")).unwrap();
    fs::write(out.join("run-20261120T100000Z/mine.txt"), "mine").unwrap();
    fs::write(out.join("notes.txt"), "mine too").unwrap();
    let one = desk.part(
        "a",
        "2026-11-20T10:00:00Z",
        None,
        &[looked("ann-1", "2026-11-20T10:01:00Z")],
    );
    let first = desk.join(std::slice::from_ref(&one));
    assert!(first.runs[0].folder.ends_with("run-20261120T100000Z-2"));
    let again = desk.join(std::slice::from_ref(&one));
    assert_eq!(again.runs[0].how, How::WasThere);
    assert_eq!(again.runs[0].folder, first.runs[0].folder);
    assert_eq!(
        sentences(&again),
        ["run-20261120T100000Z-2: was there already. 1 of 5 students looked at."]
    );
    assert_eq!(fs::read_dir(&out).unwrap().count(), 3);
    assert_eq!(
        fs::read_to_string(out.join("notes.txt")).unwrap(),
        "mine too"
    );
    assert_eq!(
        fs::read_to_string(out.join("run-20261120T100000Z/mine.txt")).unwrap(),
        "mine"
    );
    // With one result more it is another run.
    let run = one.join("run-20261120T100000Z");
    crate::app::class::folder::keep(&run, &looked("bo-2", "2026-11-20T10:05:00Z")).unwrap();
    assert_eq!(desk.join(&[one]).runs[0].how, How::Written);
}

#[test]
fn folders_that_make_no_sense_are_refused() {
    let desk = Desk::new();
    let one = desk.part("class/a", "2026-11-20T10:00:00Z", None, &[]);
    fs::create_dir_all(desk.path("empty")).unwrap();
    let refused = |folder: PathBuf, out: PathBuf| {
        let failure = join(&[folder], &out).unwrap_err();
        (failure.exit, failure.message)
    };
    for name in ["empty", "nowhere"] {
        let (exit, say) = refused(desk.path(name), desk.path("out"));
        assert_eq!(exit, Exit::Unreadable);
        assert!(say.starts_with("There is no run in "), "{say}");
    }
    for (folder, out, relation) in [
        (
            one.clone(),
            desk.path("class/../class/a"),
            "is the same folder as",
        ),
        (one.clone(), desk.path("class"), "lies in"),
        (one.clone(), desk.path("class/a/new/out"), "holds"),
        (
            desk.path("class/a/run-20261120T100000Z"),
            one.clone(),
            "lies in",
        ),
    ] {
        let (exit, say) = refused(folder, out);
        assert_eq!(exit, Exit::Usage, "{say}");
        assert!(say.contains(relation), "{say}");
    }
    let (exit, say) = refused(desk.path("other"), one.join("run-20261120T100000Z"));
    assert_eq!(exit, Exit::Usage);
    assert!(say.ends_with("is a run itself."), "{say}");
    let run = one.join("run-20261120T100000Z/run.json");
    fs::write(&run, "{").unwrap();
    assert!(
        refused(one.clone(), desk.path("out"))
            .1
            .contains("cannot be used: the file ends in the middle")
    );
    fs::write(&run, "{\"schema\": 2, \"landfall\": \"3.1.0\"}").unwrap();
    assert!(
        refused(one, desk.path("out"))
            .1
            .contains("newer Landfall (3.1.0)")
    );
    assert!(!desk.path("out").exists(), "nothing was begun");
}

#[test]
fn a_student_of_the_roster_is_looked_at_once() {
    let desk = Desk::new();
    // A result of somebody who is not on the roster does not count as one of it.
    let one = desk.part(
        "a",
        "2026-11-20T10:00:00Z",
        None,
        &[
            looked("ann-1", "2026-11-20T10:01:00Z"),
            looked("zoe-9", "2026-11-20T10:01:00Z"),
        ],
    );
    let joined = desk.join(&[one]);
    assert_eq!((joined.runs[0].looked_at, joined.runs[0].students), (1, 5));
    let key = StudentKey("zoe-9".to_owned());
    let gathered = gather(&[desk.path("out")]).unwrap();
    assert!(gathered.evidence.iter().any(
        |evidence| matches!(&evidence.what, Ok(Found::Live { result, .. }) if result.key == key)
    ));
}
