//! `author lint` and `author schema` over whole courses.

use super::run;
use crate::app::failure::{Exit, Outcome};
use crate::cli::{Cli, Command};
use crate::course::{CourseFiles, DECK_SCHEMA};
use crate::term::Ui;
use clap::Parser;
use std::path::Path;
use std::sync::Arc;

/// Runs `landfall author` with these words.
fn author(words: &[&str]) -> (Outcome, String) {
    let cli = Cli::parse_from(["landfall", "author"].iter().chain(words));
    let Some(Command::Author { action }) = cli.command else {
        panic!("not for authors: {words:?}")
    };
    let (ui, captured) = Ui::captured(80);
    let outcome = run(cli.globals, &Arc::new(ui), &action);
    (outcome, captured.out())
}

/// The built-in course in a folder, each file after a change.
fn written(folder: &Path, change: impl Fn(&str, String) -> String) {
    for file in CourseFiles::embedded().files {
        let path = folder.join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, change(&file.name, file.text)).unwrap();
    }
}

#[test]
fn the_built_in_course_has_no_error_an_author_would_have_to_mend() {
    let (outcome, shown) = author(&["lint"]);
    assert_eq!(outcome, Ok(Exit::Passed), "{shown}");
    assert!(!shown.contains("error["), "{shown}");
}

#[test]
fn a_key_that_changed_without_its_revision_is_an_error_that_names_the_line_to_write() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), |name, text| match name {
        "quizzes/revisions.lock" => text.replace("grace-period 1 ", "grace-period 1 0"),
        _ => text,
    });
    let course = folder.path().to_str().unwrap();
    let (outcome, shown) = author(&["lint", "--course", course]);
    assert_eq!(outcome, Ok(Exit::Content), "{shown}");
    assert!(shown.contains("error[revision-unchanged]: what `grace-period` asks for has changed"));
    assert!(
        shown.contains("set `rev = 2`")
            && shown.contains("quizzes/revisions.lock: grace-period 1 ")
    );
}

#[test]
fn without_a_lock_nothing_was_published_yet() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), |_, text| text);
    std::fs::remove_file(folder.path().join("quizzes/revisions.lock")).unwrap();
    let (outcome, shown) = author(&["lint", "--course", folder.path().to_str().unwrap()]);
    assert_eq!(outcome, Ok(Exit::Passed), "{shown}");
    assert!(!shown.contains("[revision"), "{shown}");
}

#[test]
fn the_schema_is_printed_as_it_is_and_in_no_other_format() {
    for words in [&["schema"][..], &["schema", "--format", "json"]] {
        let (outcome, shown) = author(words);
        assert_eq!(outcome, Ok(Exit::Passed));
        assert_eq!(shown, DECK_SCHEMA);
    }
    let (outcome, shown) = author(&["schema", "--format", "text"]);
    let failure = outcome.expect_err("there is no text of it");
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("A JSON Schema is JSON"),
        "{failure:?}"
    );
    assert_eq!(shown, "");
}
