//! Several machines share one roster.

use crate::stub::{Classroom, Sizes};
use std::time::Duration;

const SOME: Sizes = Sizes {
    students: 5,
    crashing: 0,
    denied: 0,
    throttled: 0,
    dead: 0,
};

#[test]
fn a_part_is_looked_at_and_no_more_and_all_parts_together_are_everybody_once() {
    let room = Classroom::start(SOME, Duration::ZERO);
    let mut before = 0;
    for (part, rows) in [("1/3", 2), ("2/3", 2), ("3/3", 1)] {
        let folder = format!("shard-{}", &part[..1]);
        room.command(&["--shard", part, "--out", &folder])
            .output()
            .unwrap();
        assert_eq!(room.kept(&folder).len(), rows, "{part}");
        let entered = room.entered();
        assert_eq!(entered.len() - before, rows, "{part}");
        before = entered.len();
    }
    let mut entered = room.entered();
    entered.sort();
    let everybody: Vec<String> = room
        .students
        .iter()
        .map(|(account, _)| account.clone())
        .collect();
    assert_eq!(entered, everybody);
}

#[test]
fn what_is_no_part_and_what_makes_no_sense_asks_nobody() {
    let room = Classroom::start(SOME, Duration::ZERO);
    for (arguments, says) in [
        (&["--shard", "4/3"][..], "is no part of a roster"),
        (&["--account", "practice"][..], "no practice account"),
        (&["--resume"][..], "no unfinished run"),
    ] {
        let output = room.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(says), "{said}");
    }
    assert!(room.stub.heard().is_empty());
}
