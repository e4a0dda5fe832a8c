//! The tasks that stopped in the last hour: which of them tells the story, when it began and how often it happened since.

use crate::account::{RevisionArn, StoppedGroup, Task, ways_of_stopping};

pub(super) type Group<'a> = StoppedGroup<'a>;

/// The oldest group of the newest revision; of a deployment that was rolled back, that of the rejected revision, whatever its
/// number.
pub(super) fn telling<'a>(
    stopped: &'a [Task],
    rejected: Option<&RevisionArn>,
) -> Option<Group<'a>> {
    let mut groups = ways_of_stopping(stopped);
    let told = groups
        .iter()
        .position(|group| Some(group.revision) == rejected)
        .unwrap_or_default();
    (!groups.is_empty()).then(|| groups.swap_remove(told))
}

/// When the group was first seen, and how often since; AWS remembers an hour, so this is never more than that. `None` for a
/// single task.
pub(super) fn timeline(group: &Group<'_>) -> Option<String> {
    let first = group
        .tasks
        .iter()
        .filter_map(|task| task.stopped_at)
        .min()?;
    let since = match group.tasks.len() {
        0 | 1 => return None,
        2 => "once".to_owned(),
        more => format!("{} times", more - 1),
    };
    Some(format!(
        "First seen at {} UTC, since then {since}.",
        first.strftime("%H:%M")
    ))
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
