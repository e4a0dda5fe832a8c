//! Folders as they are handed in, and as runs leave them.

use super::*;
use crate::account::{Region, Snapshot, Source, Why};
use crate::app::failure::Exit;
use crate::checks;
use crate::class::{Outcome, StudentKey};
use crate::course::{self, Course, CourseFiles};
use jiff::Timestamp;
use std::fs;
use std::sync::LazyLock;

pub(in crate::app::class) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn row(key: &str) -> RunRow {
    RunRow {
        key: StudentKey(key.to_owned()),
        student: key.to_uppercase(),
        id: None,
        sis_id: None,
        login: None,
        email: None,
        section: None,
        account: None,
    }
}

pub(in crate::app::class) fn a_run(started_at: &str, shard: Option<&str>, keys: &[&str]) -> Run {
    Run {
        schema: Run::SCHEMA,
        landfall: "0.1.0".to_owned(),
        started_at: at(started_at),
        shard: shard.map(str::to_owned),
        rows: keys.iter().map(|key| row(key)).collect(),
    }
}

fn result(key: &str, ended_at: &str, outcome: Outcome) -> RowResult {
    RowResult {
        schema: Run::SCHEMA,
        key: StudentKey(key.to_owned()),
        began_at: at(ended_at),
        ended_at: at(ended_at),
        outcome,
        calls: Vec::new(),
    }
}

pub(in crate::app::class) fn looked(key: &str, ended_at: &str) -> RowResult {
    static COURSE: LazyLock<Course> = LazyLock::new(|| {
        let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
        course::load(&CourseFiles::embedded(), &known).unwrap().0
    });
    let region = Region::from("us-east-1");
    let chapter = COURSE.chapter.clone();
    let snapshot = Snapshot::blank(Source::Aws, chapter, region, at(ended_at));
    result(key, ended_at, Outcome::Looked(Box::new(snapshot)))
}

pub(in crate::app::class) fn not_looked(key: &str, ended_at: &str, why: Why) -> RowResult {
    let say = "nothing was read".to_owned();
    result(key, ended_at, Outcome::NotLooked { why, say })
}

/// Begins a run and keeps these results.
pub(in crate::app::class) fn kept(folder: &Path, run: &Run, results: &[RowResult]) -> PathBuf {
    let path = begin(folder, run).unwrap();
    for result in results {
        keep(&path, result).unwrap();
    }
    path
}

/// `FILE what it is`.
fn listed(gathered: &Gathered) -> Vec<String> {
    gathered
        .evidence
        .iter()
        .map(|evidence| {
            let what = match &evidence.what {
                Ok(Found::Bundle(_)) => "a bundle".to_owned(),
                Ok(Found::Live { run, result }) => {
                    format!("{} of the run of {}", result.key.0, run.started_at)
                }
                Err(trouble) => trouble.to_string(),
            };
            format!("{}: {what}", evidence.file)
        })
        .collect()
}

fn files(gathered: &Gathered) -> Vec<&str> {
    let all = gathered.evidence.iter();
    all.map(|evidence| evidence.file.as_str()).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn what_may_be_evidence_is_found_and_the_rest_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "b.json",
        "Ann Lee_1_assignsubmission_file_/landfall-bundle.JSON",
        "a/b/c/deep.json",
        "all.zip",
        "photo.png",
        "grades.csv",
        "notes.md",
        "report.html",
        "readme",
        ".hidden.json",
        ".git/config.json",
        "__MACOSX/._b.json",
        "node_modules/x/package.json",
        ".DS_Store",
        "evil\u{1b}[31m\u{202e}.json",
    ] {
        write(folder.path(), name, "no bundle");
    }
    write(
        folder.path(),
        "renamed.json.txt",
        "{\"landfall_bundle\": 1}",
    );
    let gathered = gather(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(
        files(&gathered),
        [
            "Ann Lee_1_assignsubmission_file_/landfall-bundle.JSON",
            "a/b/c/deep.json",
            "all.zip",
            "b.json",
            "evil[31m.json",
            "renamed.json.txt",
        ]
    );
    assert!(
        gathered
            .evidence
            .iter()
            .all(|evidence| evidence.what.is_err())
    );
    assert_eq!(gathered.not_looked_at, 5);
    assert_eq!(gathered.remarks, Vec::<String>::new());
    let archive = gathered.evidence[2].what.as_ref().unwrap_err().to_string();
    assert!(archive.contains("unpacked"), "{archive}");
}

#[test]
fn several_folders_keep_their_names_and_no_file_is_found_twice() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ann/bundle.json", "bo/bundle.json", "cy.json"] {
        write(folder.path(), name, "x");
    }
    let path = |name: &str| folder.path().join(name);
    let named = [
        path("bo"),
        path("ann"),
        path("ann/bundle.json"),
        path("cy.json"),
    ];
    assert_eq!(
        files(&gather(&named).unwrap()),
        ["ann/bundle.json", "bo/bundle.json", "cy.json"]
    );
    let missing = gather(&[path("di")]).unwrap_err();
    assert_eq!(missing.exit, Exit::Unreadable);
    assert!(missing.message.contains("di cannot be read"), "{missing}");
}

#[cfg(unix)]
#[test]
fn links_pipes_and_depth_end_nothing() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "ann/bundle.json", "x");
    symlink(folder.path(), folder.path().join("ann/again")).unwrap();
    symlink("/etc/hostname", folder.path().join("secret.json")).unwrap();
    let pipe = folder.path().join("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    let deep = vec!["d"; 20].join("/");
    write(folder.path(), &format!("{deep}/x.json"), "x");
    let gathered = gather(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(files(&gathered), ["ann/bundle.json"]);
    let pipes = usize::from(made.is_ok_and(|status| status.success()));
    assert_eq!(gathered.not_looked_at, pipes);
    assert_eq!(gathered.remarks.len(), 2, "{:?}", gathered.remarks);
    assert!(gathered.remarks[0].contains("16 folders deep"));
    assert_eq!(
        gathered.remarks[1],
        "2 links to other places were not followed."
    );
}

#[test]
fn runs_are_read_with_their_rows_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let old = a_run("2026-11-20T10:00:00Z", None, &["ann-1", "bo-2"]);
    let new = a_run("2026-11-26T20:55:17Z", None, &["cy-3", "ann-1"]);
    let old_path = kept(
        folder.path(),
        &old,
        &[
            looked("ann-1", "2026-11-20T10:01:00Z"),
            not_looked("bo-2", "2026-11-20T10:02:00Z", Why::Throttled),
        ],
    );
    let new_path = kept(
        folder.path(),
        &new,
        &[looked("ann-1", "2026-11-26T20:56:00Z")],
    );
    assert!(old_path.ends_with("run-20261120T100000Z"));
    assert!(new_path.ends_with("run-20261126T205517Z"));
    let gathered = gather(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(
        listed(&gathered),
        [
            "run-20261120T100000Z/ann-1.json: ann-1 of the run of 2026-11-20T10:00:00Z",
            "run-20261120T100000Z/bo-2.json: bo-2 of the run of 2026-11-20T10:00:00Z",
            "run-20261126T205517Z/ann-1.json: ann-1 of the run of 2026-11-26T20:55:17Z",
        ]
    );
    let keys: Vec<&str> = gathered.rows.iter().map(|row| row.key.0.as_str()).collect();
    assert_eq!(keys, ["cy-3", "ann-1", "bo-2"]);
    // One result by its own name.
    let one = gather(&[new_path.join("ann-1.json")]).unwrap();
    assert_eq!(
        listed(&one),
        ["ann-1.json: ann-1 of the run of 2026-11-26T20:55:17Z"]
    );
}

#[test]
fn what_is_broken_in_a_run_is_said_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let run = a_run(
        "2026-11-20T10:00:00Z",
        None,
        &["ann-1", "bo-2", "cy-3", "di-4"],
    );
    let ann = looked("ann-1", "2026-11-20T10:01:00Z");
    let path = kept(folder.path(), &run, &[ann]);
    write(&path, "bo-2.json", "{\"schema\": 1,");
    write(
        &path,
        "cy-3.json",
        "{\"schema\": 7, \"landfall\": \"9.0.0\"}",
    );
    let other = fs::read_to_string(path.join("ann-1.json")).unwrap();
    write(&path, "di-4.json", &other);
    write(&path, "ed-5.json", "");
    let said = listed(&gather(&[path.clone()]).unwrap());
    assert_eq!(
        said,
        [
            "ann-1.json: ann-1 of the run of 2026-11-20T10:00:00Z",
            "bo-2.json: the file ends in the middle",
            "cy-3.json: it was made by a newer Landfall (9.0.0)",
            "di-4.json: the file cannot be read: it says that it is another student's than its name does",
            "ed-5.json: the file is empty",
        ]
    );
    // The run's own file is lost: the results are not.
    write(&path, "run.json", "{\"schema\": 1}");
    let said = listed(&gather(&[path]).unwrap());
    assert_eq!(
        said[0],
        "ann-1.json: ann-1 of the run of 2026-11-20T10:01:00Z"
    );
    assert!(said[5].starts_with("run.json: it is no bundle"), "{said:?}");
}

#[test]
fn a_result_is_cleaned_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let run = a_run("2026-11-20T10:00:00Z", None, &["ann-1"]);
    let mut ann = not_looked("ann-1", "2026-11-20T10:01:00Z", Why::Offline);
    ann.outcome = Outcome::NotLooked {
        why: Why::Offline,
        say: "password=hunter2hunter2 \u{1b}[31mred".to_owned(),
    };
    let path = kept(folder.path(), &run, &[ann]);
    let gathered = gather(&[path]).unwrap();
    let Ok(Found::Live { result, .. }) = &gathered.evidence[0].what else {
        panic!("a result");
    };
    let say = format!("{:?}", result.outcome);
    assert!(!say.contains("hunter2") && !say.contains('\u{1b}'), "{say}");
    assert!(say.contains("red"), "{say}");
}

#[test]
fn a_run_of_the_same_second_gets_a_folder_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("not/yet/there");
    let run = a_run("2026-11-26T20:55:17Z", None, &["ann-1"]);
    let names: Vec<String> = (0..3)
        .map(|_| begin(&out, &run).unwrap())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names,
        [
            "run-20261126T205517Z",
            "run-20261126T205517Z-2",
            "run-20261126T205517Z-3"
        ]
    );
}

#[test]
fn a_key_that_is_no_files_name_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let run = begin(folder.path(), &a_run("2026-11-26T20:55:17Z", None, &[])).unwrap();
    let before = fs::read_to_string(run.join(RUN_FILE)).unwrap();
    for key in [
        "", "..", "../x", "a/b", "a\\b", "run", "RUN", "nul", "Com1", "a.b", "a b", "é",
    ] {
        let result = not_looked(key, "2026-11-26T20:56:00Z", Why::Offline);
        assert!(keep(&run, &result).is_err(), "{key:?}");
    }
    assert!(
        keep(
            &run,
            &not_looked(&"a".repeat(65), "2026-11-26T20:56:00Z", Why::Offline)
        )
        .is_err()
    );
    assert_eq!(fs::read_dir(&run).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(run.join(RUN_FILE)).unwrap(), before);
    let ann = not_looked("ann-1", "2026-11-26T20:56:00Z", Why::Offline);
    keep(&run, &ann).unwrap();
    keep(&run, &looked("ann-1", "2026-11-26T20:57:00Z")).unwrap();
    let names: Vec<_> = fs::read_dir(&run)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "nothing half-written is left: {names:?}");
    let kept = run::read_result(&run.join("ann-1.json")).unwrap();
    assert!(
        matches!(kept.outcome, Outcome::Looked(_)),
        "the later one counts"
    );
}

#[test]
fn the_newest_run_that_is_not_complete_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let found = || {
        unfinished(out).unwrap().map(|(path, _, stands)| {
            let keys: Vec<String> = stands.into_iter().map(|result| result.key.0).collect();
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                keys,
            )
        })
    };
    assert_eq!(unfinished(&out.join("nowhere")).unwrap(), None);
    assert_eq!(found(), None);
    let keys = ["ann-1", "bo-2", "cy-3"];
    kept(out, &a_run("2026-11-19T10:00:00Z", None, &keys), &[]);
    let path = kept(
        out,
        &a_run("2026-11-20T10:00:00Z", None, &keys),
        &[
            looked("ann-1", "2026-11-20T10:01:00Z"),
            not_looked("bo-2", "2026-11-20T10:01:00Z", Why::Throttled),
            not_looked(
                "cy-3",
                "2026-11-20T10:01:00Z",
                Why::RegionNotEnabled { region: "x".into() },
            ),
        ],
    );
    let name = "run-20261120T100000Z".to_owned();
    assert_eq!(
        found(),
        Some((name.clone(), vec!["ann-1".into(), "cy-3".into()]))
    );
    // A result that cannot be read is looked for again.
    keep(&path, &looked("bo-2", "2026-11-20T11:00:00Z")).unwrap();
    write(&path, "ann-1.json", "{");
    assert_eq!(found(), Some((name, vec!["bo-2".into(), "cy-3".into()])));
    keep(&path, &looked("ann-1", "2026-11-20T11:00:00Z")).unwrap();
    assert_eq!(found(), None, "an older one is not gone back to");
    // Another part has its own newest run; of a part only its own rows count.
    kept(out, &a_run("2026-11-18T10:00:00Z", Some("2/2"), &keys), &[]);
    assert_eq!(found(), Some(("run-20261118T100000Z".to_owned(), vec![])));
    kept(
        out,
        &a_run("2026-11-18T11:00:00Z", Some("2/2"), &keys),
        &[looked("bo-2", "2026-11-20T11:00:00Z")],
    );
    assert_eq!(found(), None);
    write(
        out,
        "run-x/run.json",
        "{\"schema\": 2, \"landfall\": \"3.1.0\"}",
    );
    let newer = unfinished(out).unwrap_err();
    assert!(newer.message.contains("newer Landfall (3.1.0)"), "{newer}");
}

#[test]
fn a_roster_that_is_wrong_is_shown_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let name = "roster.csv";
    write(
        folder.path(),
        name,
        "student,account,role\nAnn,1.2E+11,\nBo,12345678901,\nCy,,arn:aws:sts::111122223333:assumed-role/course-verifier/some-session\nDi,12,\nAnn,,\n",
    );
    let failure = read_roster(&folder.path().join(name)).unwrap_err();
    assert_eq!(failure.exit, Exit::Content);
    insta::assert_snapshot!(failure.message);
    for line in failure.message.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn of_very_many_troubles_fifty_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..60).map(|row| format!("S{row},12\n")).collect();
    write(folder.path(), "r.csv", &format!("student,account\n{rows}"));
    let failure = read_roster(&folder.path().join("r.csv")).unwrap_err();
    assert!(
        failure
            .message
            .starts_with("The roster r.csv cannot be used: 60 places are wrong.")
    );
    assert!(failure.message.ends_with("... and 10 more."), "{failure}");
    assert_eq!(failure.message.matches("  do: ").count(), 1);
    assert!(failure.message.contains("r.csv:51:") && !failure.message.contains("r.csv:52:"));
    let gone = read_roster(&folder.path().join("gone.csv")).unwrap_err();
    assert_eq!(gone.exit, Exit::Content);
    assert!(gone.message.contains("gone.csv cannot be read"), "{gone}");
}

#[test]
fn rows_of_a_roster_are_what_a_run_keeps() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "r.csv",
        "student,account,external id\nAnn,111122223333,word-1\n",
    );
    let roster = read_roster(&folder.path().join("r.csv")).unwrap();
    let rows = rows_of(&roster);
    assert_eq!(rows[0].student, "Ann");
    assert_eq!(rows[0].account.as_deref(), Some("111122223333"));
    let run = Run {
        rows,
        ..a_run("2026-11-20T10:00:00Z", None, &[])
    };
    let path = begin(folder.path(), &run).unwrap();
    let text = fs::read_to_string(path.join(RUN_FILE)).unwrap();
    assert!(!text.contains("word-1"), "{text}");
    assert_eq!(read_run(&path.join(RUN_FILE)), Ok(run));
}
