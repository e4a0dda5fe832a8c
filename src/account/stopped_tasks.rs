//! The tasks that stopped in the last hour: which of them tell something, and in how many ways they stopped.

use super::{RevisionArn, Task};
use std::cmp::Reverse;

/// Tasks of one revision that stopped in the same way; never empty.
#[derive(Debug, Clone)]
pub struct StoppedGroup<'a> {
    pub revision: &'a RevisionArn,
    pub tasks: Vec<&'a Task>,
}

impl<'a> StoppedGroup<'a> {
    /// One of them, to be looked at.
    pub fn first(&self) -> &'a Task {
        self.tasks[0]
    }
}

/// One group for each way of stopping, those of the newest revision first, and of a revision the oldest: later failures
/// often only follow from the first. Tasks that were stopped on purpose (scaling, a deployment, a person, Spot) tell
/// nothing.
pub fn ways_of_stopping(stopped: &[Task]) -> Vec<StoppedGroup<'_>> {
    let mut groups: Vec<StoppedGroup<'_>> = Vec::new();
    for task in stopped.iter().filter(|task| !task.was_stopped_on_purpose()) {
        let same = |group: &&mut StoppedGroup<'_>| {
            *group.revision == task.definition && way(group.first()) == way(task)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.tasks.push(task),
            None => groups.push(StoppedGroup {
                revision: &task.definition,
                tasks: vec![task],
            }),
        }
    }
    groups.sort_by_key(|group| {
        let oldest = group.tasks.iter().filter_map(|task| task.stopped_at).min();
        (Reverse(group.revision.number()), oldest)
    });
    groups
}

fn way(task: &Task) -> (Option<&str>, String) {
    (
        task.stop_code.as_deref(),
        without_ids(task.stopped_reason.as_deref().unwrap_or_default()),
    )
}

/// The beginning of a text without what differs from task to task: ids, digests, addresses, counts.
pub fn without_ids(text: &str) -> String {
    text.split_whitespace()
        .map(|word| {
            let digits = word.chars().filter(char::is_ascii_digit).count();
            if digits > 2 { "#" } else { word }
        })
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(80)
        .collect()
}

impl Task {
    /// Scaling, a deployment, a person, Spot.
    pub fn was_stopped_on_purpose(&self) -> bool {
        let reason = self.stopped_reason.as_deref().unwrap_or_default();
        match self.stop_code.as_deref() {
            Some("UserInitiated" | "SpotInterruption" | "TerminationNotice") => true,
            Some("ServiceSchedulerInitiated") => {
                reason.contains("Scaling activity initiated") || reason.is_empty()
            }
            _ => false,
        }
    }

    /// Whether its app ran and then ended by itself, or was ended because it failed health checks: what it wrote last may
    /// say why. A task that never started ran no app, and its log is empty by rights.
    pub fn ran_and_died(&self) -> bool {
        let reason = self.stopped_reason.as_deref().unwrap_or_default();
        let died = match self.stop_code.as_deref() {
            Some("EssentialContainerExited") => true,
            Some("ServiceSchedulerInitiated" | "TaskFailedToStart") | None => {
                reason.contains("health check")
            }
            Some(_) => false,
        };
        self.started_at.is_some() && died && !self.was_stopped_on_purpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn task(id: &str, revision: u32, code: &str, reason: &str, minute: i64) -> Task {
        let at = Timestamp::from_second(1_795_392_000 + minute * 60).unwrap();
        Task {
            id: id.into(),
            definition: format!("arn:aws:ecs:us-east-1:1:task-definition/news:{revision}").into(),
            last_status: "STOPPED".into(),
            health: None,
            zone: None,
            addresses: Vec::new(),
            created_at: None,
            started_at: Some(at),
            stopped_at: Some(at),
            pull_started_at: None,
            pull_stopped_at: None,
            stop_code: Some(code.into()),
            stopped_reason: Some(reason.into()),
            containers: Vec::new(),
        }
    }

    #[test]
    fn the_newest_revision_comes_first_and_of_it_the_oldest_way() {
        let exited = "Essential container in task exited";
        let stopped = [
            task("a", 3, "EssentialContainerExited", exited, 9),
            task("b", 2, "EssentialContainerExited", exited, 1),
            task("c", 3, "TaskFailedToStart", "no such host 10.0.1.7", 4),
            task("d", 3, "TaskFailedToStart", "no such host 10.0.1.8", 5),
            task("e", 10, "UserInitiated", "Task stopped by user", 6),
        ];
        let ways: Vec<(u32, Vec<&str>)> = ways_of_stopping(&stopped)
            .iter()
            .map(|group| {
                let tasks = group.tasks.iter().map(|task| task.id.as_str()).collect();
                (group.revision.number().unwrap(), tasks)
            })
            .collect();
        assert_eq!(ways, [(3, vec!["c", "d"]), (3, vec!["a"]), (2, vec!["b"])],);
    }

    #[test]
    fn what_differs_from_task_to_task_is_left_out() {
        assert_eq!(
            without_ids("pull of 123456789012.dkr.ecr/api:v1 failed: 10.0.1.7 timeout"),
            "pull of # failed: # timeout"
        );
    }

    #[test]
    fn only_what_ran_and_was_not_stopped_on_purpose_has_last_words() {
        let killed = "Task failed ELB health checks in (target-group arn:aws:x)";
        let scaled = "Scaling activity initiated by (deployment ecs-svc/1)";
        for (code, reason, died) in [
            (
                "EssentialContainerExited",
                "Essential container in task exited",
                true,
            ),
            ("ServiceSchedulerInitiated", killed, true),
            (
                "ServiceSchedulerInitiated",
                "Task failed container health checks",
                true,
            ),
            ("ServiceSchedulerInitiated", scaled, false),
            ("UserInitiated", "Task stopped by user", false),
            (
                "TaskFailedToStart",
                "CannotPullContainerError: not found",
                false,
            ),
            ("SpotInterruption", "Your Spot Task was interrupted.", false),
        ] {
            let mut one = task("a", 1, code, reason, 0);
            assert_eq!(one.ran_and_died(), died, "{code}: {reason}");
            one.started_at = None;
            assert!(!one.ran_and_died(), "{code}: {reason}, never started");
        }
    }
}
