//! What the tasks that stopped in the last hour say; which of them tells the story: `account::ways_of_stopping`.

use crate::account::{StoppedGroup, Task, ways_of_stopping};

pub(super) type Group<'a> = StoppedGroup<'a>;

/// The oldest group of the newest revision.
pub(super) fn telling(stopped: &[Task]) -> Option<Group<'_>> {
    ways_of_stopping(stopped).into_iter().next()
}

/// Everything the task and its containers say, AWS's words first.
pub(super) fn words(task: &Task) -> String {
    let mut words: Vec<&str> = task.stopped_reason.as_deref().into_iter().collect();
    for reason in task
        .containers
        .iter()
        .filter_map(|container| container.reason.as_deref())
    {
        if !words.contains(&reason) {
            words.push(reason);
        }
    }
    words.join("; ")
}

/// The exit code of the container that ended in error; of several the highest.
pub(super) fn exit_code(task: &Task) -> Option<i32> {
    task.containers
        .iter()
        .filter_map(|container| container.exit_code)
        .max()
}
