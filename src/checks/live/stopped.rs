//! The tasks that stopped in the last hour, and which of them tells the story.

use super::stop_reason::without_ids;
use crate::account::{RevisionArn, Task};

/// Tasks that stopped in the same way.
#[derive(Debug, Clone)]
pub(super) struct Group<'a> {
    pub revision: &'a RevisionArn,
    pub tasks: Vec<&'a Task>,
}

impl<'a> Group<'a> {
    /// One of them, to be looked at.
    pub fn first(&self) -> &'a Task {
        self.tasks[0]
    }
}

/// The oldest group of the newest revision: later failures often only follow from the first. Tasks that were stopped on
/// purpose (scaling, a deployment, a person, Spot) tell nothing.
pub(super) fn telling(stopped: &[Task]) -> Option<Group<'_>> {
    let failures: Vec<&Task> = stopped.iter().filter(|task| !on_purpose(task)).collect();
    let newest = failures
        .iter()
        .map(|task| &task.definition)
        .max_by_key(|revision| revision.number())?;
    let mut groups: Vec<Group<'_>> = Vec::new();
    for task in failures
        .into_iter()
        .filter(|task| task.definition == *newest)
    {
        let same = |group: &&mut Group<'_>| key(group.first()) == key(task);
        match groups.iter_mut().find(same) {
            Some(group) => group.tasks.push(task),
            None => groups.push(Group {
                revision: &task.definition,
                tasks: vec![task],
            }),
        }
    }
    groups
        .into_iter()
        .min_by_key(|group| group.tasks.iter().filter_map(|task| task.stopped_at).min())
}

fn key(task: &Task) -> (Option<&str>, String) {
    (
        task.stop_code.as_deref(),
        without_ids(task.stopped_reason.as_deref().unwrap_or_default()),
    )
}

/// Whether somebody or something wanted it to stop.
pub(super) fn on_purpose(task: &Task) -> bool {
    let reason = task.stopped_reason.as_deref().unwrap_or_default();
    match task.stop_code.as_deref() {
        Some("UserInitiated" | "SpotInterruption" | "TerminationNotice") => true,
        Some("ServiceSchedulerInitiated") => {
            reason.contains("Scaling activity initiated") || reason.is_empty()
        }
        _ => false,
    }
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
