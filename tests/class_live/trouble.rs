//! The instructor's own credentials.

use crate::stub::{Classroom, Sizes};
use std::time::Duration;

#[test]
fn without_credentials_nobody_is_asked_and_no_run_is_begun() {
    let sizes = Sizes {
        students: 5,
        crashing: 0,
        denied: 0,
        throttled: 0,
        dead: 0,
    };
    let room = Classroom::start(sizes, Duration::ZERO);
    let output = room
        .command(&["--out", "runs"])
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("your own credentials"), "{said}");
    assert!(!said.contains("Student"), "{said}");
    assert!(room.stub.heard().is_empty());
    assert!(room.kept("runs").is_empty());
}
