use super::run;
use crate::account::{CredentialTrouble, Fact, Region, Snapshot, Source, Why};
use crate::app::context::Context;
use crate::app::evidence::{SavedLook, practice_store, save};
use crate::app::failure::{Exit, Failure};
use crate::cli::{Cli, Command};
use crate::practice;
use crate::term::{Captured, Ui};
use clap::Parser;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Runs a command line in that home.
fn landfall(home: &Path, line: &[&str]) -> (Result<Exit, Failure>, Captured) {
    let (ui, captured) = Ui::captured(80);
    let cli = Cli::parse_from([&["landfall", "--account", "practice"], line].concat());
    let mut context = Context::apart(cli.globals, Arc::new(ui), home).unwrap();
    let Some(Command::Map(args)) = cli.command else {
        panic!("a map is asked for")
    };
    (run(&mut context, &args), captured)
}

/// A practice account that is finished but for that fault.
fn home_with(cause: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let (ui, _) = Ui::captured(80);
    let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
    let context = Context::apart(globals, Arc::new(ui), home.path()).unwrap();
    let change = |state: &mut practice::State| {
        let an_hour_ago = Timestamp::now() - jiff::SignedDuration::from_hours(1);
        practice::apply_all(state, an_hour_ago);
        practice::break_cause(state, cause, &context.chapter(), an_hour_ago).unwrap();
    };
    practice_store(&context).unwrap().change(change).unwrap();
    home
}

fn saved(folder: &Path, snapshot: Snapshot) -> String {
    let path = folder.join("a look.json");
    let saved = SavedLook {
        landfall: "test".to_owned(),
        attested: BTreeSet::new(),
        teardown_begun: false,
        snapshot,
    };
    save(&path, &saved).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn drawing_is_not_judging_and_the_command_that_says_more_is_for_the_same_account() {
    let home = home_with("database-closed-to-tasks");
    let (exit, screen) = landfall(home.path(), &["map"]);
    assert_eq!(exit.unwrap(), Exit::Passed);
    let text = screen.out();
    assert!(text.contains("▲ begin here"), "{text}");
    assert!(
        text.contains("landfall --account practice verify rds.inbound"),
        "{text}"
    );
    // Of a screen of 24 lines only the head has scrolled out of sight when the prompt is back.
    let picture = text
        .lines()
        .skip_while(|line| !line.starts_with("Internet"));
    assert!(picture.count() < 24, "one screen: {text}");
}

#[test]
fn every_format_is_a_document_of_its_own() {
    let home = home_with("database-closed-to-tasks");
    for (format, begins) in [
        ("json", "{"),
        ("svg", "<?xml"),
        ("html", "<!doctype html>"),
        ("mermaid", "flowchart LR"),
    ] {
        let (exit, screen) = landfall(home.path(), &["map", "--format", format]);
        assert_eq!(exit.unwrap(), Exit::Passed);
        assert!(screen.out().starts_with(begins), "{format}");
    }
    let (exit, _) = landfall(home.path(), &["map", "--format", "junit"]);
    let failure = exit.unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.hints[0].contains("svg, html, mermaid"),
        "{failure:?}"
    );
}

#[test]
fn a_saved_look_is_drawn_as_it_is_judged() {
    let home = tempfile::tempdir().unwrap();
    let chapter = practice::test_chapter();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, Timestamp::UNIX_EPOCH);
    practice::break_cause(
        &mut state,
        "database-public",
        &chapter,
        Timestamp::UNIX_EPOCH,
    )
    .unwrap();
    let snapshot = practice::snapshot(&state, &chapter, Timestamp::UNIX_EPOCH);
    let file = saved(home.path(), snapshot);
    let (exit, screen) = landfall(home.path(), &["map", "--from", &file]);
    assert_eq!(exit.unwrap(), Exit::Passed);
    let text = screen.out();
    assert!(text.starts_with("saved look"), "{text}");
    assert!(text.contains(&format!("--from '{file}'")), "{text}");
}

#[test]
fn what_could_not_be_read_at_all_is_no_picture() {
    let home = tempfile::tempdir().unwrap();
    let mut snapshot = Snapshot::blank(
        Source::Aws,
        practice::test_chapter(),
        Region::from("us-east-1"),
        Timestamp::UNIX_EPOCH,
    );
    snapshot.caller = Fact::Unknown(Why::Credentials(CredentialTrouble::None));
    let file = saved(home.path(), snapshot);
    let (exit, screen) = landfall(home.path(), &["map", "--from", &file]);
    let failure = exit.unwrap_err();
    assert_eq!(failure.exit, Exit::Unreadable);
    assert!(
        failure.message.contains("No AWS credentials"),
        "{failure:?}"
    );
    assert_eq!(screen.out(), "");
    let (exit, _) = landfall(home.path(), &["map", "--from", "no-such-file"]);
    assert_eq!(exit.unwrap_err().exit, Exit::Unreadable);
}
