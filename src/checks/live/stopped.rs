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

/// The oldest group of the newest revision: later failures often only follow from the first. Of a deployment that was rolled
/// back, the rejected revision tells, whatever its number. Tasks that were stopped on purpose (scaling, a deployment, a
/// person, Spot) tell nothing.
pub(super) fn telling<'a>(
    stopped: &'a [Task],
    rejected: Option<&RevisionArn>,
) -> Option<Group<'a>> {
    let failures: Vec<&Task> = stopped.iter().filter(|task| !on_purpose(task)).collect();
    let revisions = || failures.iter().map(|task| &task.definition);
    let told = revisions()
        .find(|revision| Some(*revision) == rejected)
        .or_else(|| revisions().max_by_key(|revision| revision.number()))?;
    let mut groups: Vec<Group<'_>> = Vec::new();
    for task in failures
        .iter()
        .copied()
        .filter(|task| task.definition == *told)
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

impl Group<'_> {
    /// When it was first seen, and how often since: "first seen at 22:14 UTC, 6 times since". AWS remembers an hour, so this
    /// is never more than that. `None` for a single task.
    pub fn timeline(&self) -> Option<String> {
        let first = self.tasks.iter().filter_map(|task| task.stopped_at).min()?;
        let since = match self.tasks.len() {
            0 | 1 => return None,
            2 => "once".to_owned(),
            more => format!("{} times", more - 1),
        };
        Some(format!(
            "First seen at {} UTC, since then {since}.",
            first.strftime("%H:%M")
        ))
    }
}

/// Whether all that stopped was taken back by AWS: Spot ends tasks whenever it needs the machine, and ECS starts others.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html>
pub(super) fn only_spot(stopped: &[Task]) -> bool {
    !stopped.is_empty() && stopped.iter().all(taken_back)
}

/// AWS took its machine back.
pub(super) fn taken_back(task: &Task) -> bool {
    matches!(
        task.stop_code.as_deref(),
        Some("SpotInterruption" | "TerminationNotice")
    )
}

fn key(task: &Task) -> (Option<&str>, String) {
    (
        task.stop_code.as_deref(),
        without_ids(task.stopped_reason.as_deref().unwrap_or_default()),
    )
}

fn on_purpose(task: &Task) -> bool {
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
