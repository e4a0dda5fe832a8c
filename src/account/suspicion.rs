//! Which questions are only worth asking when something fails: from what was read already, without any judgement yet.
//! A good account gives no reason for any of them.

use super::{Fact, Service, StoppedGroup, Target, TargetGroup, Task, ways_of_stopping};
use jiff::Timestamp;

/// A rollout that takes longer is looked into, whether it has ended or not.
pub const USUAL_ROLLOUT_SECONDS: i64 = 600;

/// Logs that are read at most: one for each way of stopping.
const MOST_LOGS: usize = 3;

/// What was read, as far as it may show that something fails. What could not be read shows nothing.
#[derive(Debug, Clone, Copy)]
pub struct Symptoms<'a> {
    pub service: Option<&'a Service>,
    pub stopped: &'a [Task],
    pub target_groups: &'a [TargetGroup],
    pub now: Timestamp,
}

impl<'a> Symptoms<'a> {
    /// From facts; what is absent or could not be read shows nothing.
    pub fn of(
        service: &'a Fact<Service>,
        stopped: &'a Fact<Vec<Task>>,
        target_groups: Option<&'a Fact<Vec<TargetGroup>>>,
        now: Timestamp,
    ) -> Self {
        fn all<T>(fact: &Fact<Vec<T>>) -> &[T] {
            fact.present().map_or(&[], Vec::as_slice)
        }
        Symptoms {
            service: service.present(),
            stopped: all(stopped),
            target_groups: target_groups.map_or(&[], all),
            now,
        }
    }

    /// One task for each way in which the app ended, the most telling first: what it wrote last may say why.
    pub fn last_words_of(&self) -> Vec<&'a Task> {
        ways_of_stopping(self.stopped)
            .iter()
            .map(StoppedGroup::first)
            .filter(|task| task.ran_and_died())
            .take(MOST_LOGS)
            .collect()
    }

    /// Whether something may not be reached: asked are then the lists at the subnets' edges, the VPC's names and the
    /// network interfaces.
    pub fn network_is_doubtful(&self) -> bool {
        self.stopped.iter().any(may_be_cut_off)
            || self.targets().any(is_not_reached)
            || self.is_short_without_reason()
    }

    /// Whether an app may have died of its database: asked is then whether that insists on TLS.
    pub fn database_is_doubtful(&self) -> bool {
        self.stopped.iter().any(Task::ran_and_died)
    }

    fn targets(&self) -> impl Iterator<Item = &'a Target> {
        self.target_groups
            .iter()
            .filter_map(|group| group.targets.present())
            .flatten()
    }

    /// Fewer tasks than asked for, past the usual time or with some that failed, and none of them left to say why.
    fn is_short_without_reason(&self) -> bool {
        let Some(service) = self.service else {
            return false;
        };
        let says_why = |task: &Task| !task.was_stopped_on_purpose();
        service.running < service.desired
            && (takes_too_long(service, self.now) || has_failed(service))
            && !self.stopped.iter().any(says_why)
    }
}

fn takes_too_long(service: &Service, now: Timestamp) -> bool {
    let primary = service
        .deployments
        .iter()
        .find(|deployment| deployment.status == "PRIMARY");
    primary
        .and_then(|deployment| deployment.created_at)
        .is_none_or(|began| now.as_second() - began.as_second() > USUAL_ROLLOUT_SECONDS)
}

fn has_failed(service: &Service) -> bool {
    service
        .deployments
        .iter()
        .any(|deployment| deployment.failed > 0 || deployment.rollout.as_deref() == Some("FAILED"))
}

/// Its app ended by itself (of what it could not reach, perhaps), or it could not be started for lack of a way.
fn may_be_cut_off(task: &Task) -> bool {
    let says = |reason: &Option<String>| reason.as_deref().is_some_and(says_not_reached);
    !task.was_stopped_on_purpose()
        && (task.ran_and_died()
            || says(&task.stopped_reason)
            || task.containers.iter().any(|one| says(&one.reason)))
}

/// Whether AWS's words for why a task stopped are those of a peer that was not reached or not found. In lower case:
/// `StatusCode: 0` is a request that never got an answer.
fn says_not_reached(reason: &str) -> bool {
    const WORDS: &[&str] = &[
        "timeout",
        "timed out",
        "deadline exceeded",
        "request canceled while waiting",
        "connection issue",
        "connection refused",
        "connection reset",
        "no route to host",
        "unreachable",
        "no such host",
        "server misbehaving",
        "dial tcp",
        "statuscode: 0",
    ];
    let reason = reason.to_ascii_lowercase();
    WORDS.iter().any(|word| reason.contains(word))
}

/// A code that does not fit shows that the way is open; these two do not.
fn is_not_reached(target: &Target) -> bool {
    !target.is_leaving()
        && matches!(
            target.reason.as_deref(),
            Some("Target.Timeout" | "Target.FailedHealthChecks")
        )
}

#[cfg(test)]
mod tests;
