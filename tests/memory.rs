//! What the binary remembers from one run to the next, on the practice account.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Output};

/// A run with an empty environment but for the home; words on one line, so that no margin matters.
fn landfall(home: &Path, line: &str) -> (Output, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    command
        .args(line.split(' '))
        .env_clear()
        .env("LANDFALL_HOME", home)
        .env("LANDFALL_ACCOUNT", "practice")
        .env("TZ", "UTC")
        .current_dir(home);
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (output, words)
}

fn is_time(text: &str) -> bool {
    // `26 Nov 14:03`
    let words: Vec<&str> = text.split(' ').collect();
    words.len() == 3 && words[0].parse::<u8>().is_ok() && words[2].len() == 5
}

#[test]
fn what_worked_and_was_broken_is_told_with_the_reason_until_it_is_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let run = |line: &str| landfall(home, line).1;

    run("practice apply --all");
    assert_eq!(landfall(home, "verify").0.status.code(), Some(0));
    let status = run("status");
    assert!(!status.contains("Was all right before"), "{status}");

    run("practice break database-closed-to-tasks");
    let (output, verify) = landfall(home, "verify rds");
    assert_eq!(output.status.code(), Some(1));
    let gone = "the inbound rule for port 5432 from news-api-ecs-sg is gone from news-api-rds-sg";
    let before = verify.split("before passed ").nth(1).expect(&verify);
    let (passed, rest) = before.split_once(", fails since ").unwrap();
    assert!(is_time(passed), "{passed}");
    assert!(rest.contains(gone), "{verify}");

    let status = run("status");
    assert!(status.contains("Was all right before"), "{status}");
    assert!(status.contains(gone), "{status}");
    assert!(
        status.contains(&format!("passed {passed}, fails since ")),
        "{status}"
    );

    run("practice apply rds.inbound");
    assert_eq!(landfall(home, "verify").0.status.code(), Some(0));
    let status = run("status");
    assert!(!status.contains("Was all right before"), "{status}");
    assert!(!run("verify").contains("before passed"));
}

#[test]
fn after_the_teardown_has_begun_nothing_is_a_step_back() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    landfall(home, "practice apply --all");
    landfall(home, "verify");
    landfall(home, "practice apply teardown.leftovers");
    let (_, verify) = landfall(home, "verify");
    assert!(!verify.contains("before passed"), "{verify}");
    let (_, status) = landfall(home, "status");
    assert!(!status.contains("Was all right before"), "{status}");
    assert!(status.contains("The teardown has begun"), "{status}");
}

#[test]
fn a_saved_look_has_no_past() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    landfall(home, "practice apply --all");
    landfall(home, "verify");
    landfall(home, "practice break database-public");
    let (_, verify) = landfall(home, "verify --save look.json");
    assert!(verify.contains("before passed"), "{verify}");
    let (_, verify) = landfall(home, "verify --from look.json");
    assert!(!verify.contains("before passed"), "{verify}");
}
