//! Nothing that was found is lost, and nothing is looked at twice.

use crate::stub::{Classroom, Sizes, wrong_about};
use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

const SOME: Sizes = Sizes {
    students: 10,
    crashing: 1,
    denied: 0,
    throttled: 0,
    dead: 0,
};

#[test]
fn after_kill_nine_a_run_goes_on_and_looks_at_nobody_twice() {
    let room = Classroom::start(SOME, Duration::from_millis(20));
    let mut child = room
        .command(&["--out", "runs", "--at-once", "2"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while room.kept("runs").len() < 3 {
        assert!(began.elapsed() < Duration::from_secs(60), "too slow");
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::sleep(Duration::from_millis(2));
    }
    // On Unix that is SIGKILL: no handler runs.
    child.kill().unwrap();
    child.wait().unwrap();
    let kept: BTreeSet<String> = room.kept("runs").into_keys().collect();
    assert!(kept.len() < room.students.len(), "it was over already");
    let before = room.entered().len();

    let output = room
        .command(&["--out", "runs", "--resume"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let left = room.students.len() - kept.len();
    assert!(said.contains(&format!("{left} accounts left")), "{said}");
    let entered = &room.entered()[before..];
    assert_eq!(entered.len(), left);
    for account in entered {
        assert!(!kept.contains(account), "{account} was looked at twice");
    }
    let whole = room.kept("runs");
    for (account, case) in &room.students {
        assert_eq!(wrong_about(*case, account, &whole[account]), None);
    }
    // What was found before the kill counts as well.
    assert_eq!(output.status.code(), Some(1), "{said}");
}

#[test]
fn when_the_instructors_session_runs_out_it_is_said_once_and_the_rest_stays_open() {
    let room = Classroom::start_with(SOME, Duration::from_millis(2), Some(5));
    let output = room
        .command(&["--out", "runs", "--at-once", "2"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert_eq!(
        said.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .matches("have run out")
            .count(),
        1,
        "{said}"
    );
    assert!(!said.contains("Student Number"), "{said}");
    assert!(said.contains("--resume"), "{said}");
    let kept = room.kept("runs");
    assert_eq!(kept.len(), 5);
    // Nobody else was even tried, but those who stood at the door already.
    assert!(room.entered().len() <= 5 + 4, "{}", room.entered().len());
    for (account, case) in &room.students {
        if let Some(result) = kept.get(account) {
            assert_eq!(wrong_about(*case, account, result), None);
        }
    }
}

/// Who could not be reached is asked once more; who was refused is not: that does not pass by itself.
#[test]
fn what_was_only_in_passing_is_looked_at_again() {
    let sizes = Sizes {
        students: 6,
        crashing: 0,
        denied: 1,
        throttled: 0,
        dead: 1,
    };
    let room = Classroom::start(sizes, Duration::ZERO);
    room.command(&["--out", "runs"]).output().unwrap();
    let before = room.entered().len();
    let output = room
        .command(&["--out", "runs", "--resume"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let again: BTreeSet<String> = room.entered()[before..].iter().cloned().collect();
    let dead: BTreeSet<String> = room
        .students
        .iter()
        .filter(|(_, case)| *case == crate::stub::Case::Dead)
        .map(|(account, _)| account.clone())
        .collect();
    assert_eq!(again, dead, "{said}");
}
