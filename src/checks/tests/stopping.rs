//! Services that are down, and targets in some state.

use super::shape::*;
use crate::account::*;
use crate::checks::testing::*;
use jiff::{Timestamp, ToSpan};

pub(super) fn ago(minutes: i64) -> Timestamp {
    now().checked_sub(minutes.minutes()).unwrap()
}

/// A task that stopped so, some minutes ago.
pub(super) fn stopped(code: &str, reason: &str, exit: Option<i32>, minutes: i64) -> Task {
    let task = read(&mut good().tasks)[0].clone();
    let container = TaskContainer {
        exit_code: exit,
        ..task.containers[0].clone()
    };
    Task {
        last_status: "STOPPED".into(),
        stop_code: Some(code.into()),
        stopped_reason: Some(reason.into()),
        stopped_at: Some(ago(minutes)),
        containers: vec![container],
        ..task
    }
}

/// Nothing runs, and these tasks stopped.
pub(super) fn down(stopped: Vec<Task>) -> Snapshot {
    good_but(|snapshot| {
        service(snapshot).running = 0;
        service(snapshot).events.clear();
        primary(snapshot).running = 0;
        snapshot.tasks = Fact::Present(Vec::new());
        snapshot.stopped_tasks = Fact::Present(stopped);
        targets(snapshot).clear();
    })
}

pub(super) fn target(state: &str, reason: Option<&str>, description: Option<&str>) -> Snapshot {
    good_but(|snapshot| {
        for target in targets(snapshot) {
            target.state = state.into();
            target.reason = reason.map(str::to_owned);
            target.description = description.map(str::to_owned);
        }
    })
}

/// One task whose container ended by itself.
pub(super) fn exited(code: i32) -> Vec<Task> {
    vec![stopped(
        "EssentialContainerExited",
        "Essential container in task exited",
        Some(code),
        3,
    )]
}
