//! What earlier looks saw of tasks that stopped, for a look that comes when AWS has forgotten them (after an hour).
//!
//! Only the reasons of the present trouble are recalled: tasks of this very deployment, that stopped after the service was
//! steady last. What is old explains nothing, and a service that is up needs no explanation.

use super::steady::{is_rolling_out, is_steady, primary};
use crate::account::{Fact, LogTail, RevisionArn, SeenStopped, Service, Snapshot, Task};
use crate::checks::stack::Stack;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Nothing older explains why a service does not come up now.
const OLDEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// As many as a look reads at most.
const MOST: usize = 100;

/// The stopped tasks of a look that may explain something later: those that nobody stopped on purpose. What the look
/// itself only remembered is not seen anew.
pub fn worth_remembering(snapshot: &Snapshot) -> Vec<SeenStopped> {
    let (Some(service), Some(stopped)) =
        (snapshot.service.present(), snapshot.stopped_tasks.present())
    else {
        return Vec::new();
    };
    stopped
        .iter()
        .filter(|task| task.remembered_at.is_none() && !task.was_stopped_on_purpose())
        .map(|task| SeenStopped {
            service: service.arn.clone(),
            seen_at: snapshot.collected_at,
            task: task.clone(),
            log_tails: tails(snapshot)
                .iter()
                .filter(|tail| tail.task == task.id)
                .cloned()
                .collect(),
        })
        .collect()
}

/// Lays remembered tasks into a look that shows none that failed, each marked with when it was seen. `last_steady` is the
/// last look that found the service steady. What AWS says itself stays as it is; what it did not say stays unknown.
pub fn recall(snapshot: &mut Snapshot, seen: &[SeenStopped], last_steady: Option<Timestamp>) {
    let told: BTreeSet<&str> = match &snapshot.stopped_tasks {
        Fact::Present(tasks) if tasks.iter().all(Task::was_stopped_on_purpose) => {
            tasks.iter().map(|task| task.id.as_str()).collect()
        }
        _ => return,
    };
    let recalled: Vec<&SeenStopped> = candidates(snapshot, seen, last_steady)
        .into_iter()
        .filter(|seen| !told.contains(seen.task.id.as_str()))
        .take(MOST)
        .collect();
    if recalled.is_empty() {
        return;
    }
    let lines: Vec<LogTail> = recalled
        .iter()
        .flat_map(|seen| &seen.log_tails)
        .filter(|tail| !tails(snapshot).iter().any(|one| one.stream == tail.stream))
        .cloned()
        .collect();
    let marked = recalled.into_iter().map(|seen| Task {
        remembered_at: Some(seen.seen_at),
        ..seen.task.clone()
    });
    if let Fact::Present(tasks) = &mut snapshot.stopped_tasks {
        tasks.extend(marked);
    }
    match &mut snapshot.log_tails {
        _ if lines.is_empty() => {}
        Fact::Present(tails) => tails.extend(lines),
        tails @ Fact::Absent => *tails = Fact::Present(lines),
        // Not asked for, because AWS showed no stopped task; if it was refused, that is for the check to say.
        tails if *tails == Fact::not_asked() => *tails = Fact::Present(lines),
        Fact::Unknown(_) => {}
    }
}

/// Half a sentence on how old the news is: nothing for what was read just now.
pub(super) fn how_old(task: &Task, now: Timestamp) -> Option<String> {
    let minutes = now.duration_since(task.remembered_at?).as_mins().max(1);
    let (number, unit) = match minutes {
        ..120 => (minutes, "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / (24 * 60), "day"),
    };
    let plural = if number == 1 { "" } else { "s" };
    Some(format!(
        "seen at a look {number} {unit}{plural} earlier; AWS itself shows stopped tasks for an hour only"
    ))
}

fn tails(snapshot: &Snapshot) -> &[LogTail] {
    snapshot.log_tails.present().map_or(&[], Vec::as_slice)
}

fn candidates<'a>(
    snapshot: &Snapshot,
    seen: &'a [SeenStopped],
    last_steady: Option<Timestamp>,
) -> Vec<&'a SeenStopped> {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let service = match &snapshot.service {
        Fact::Present(service) if service.status == "ACTIVE" && service.desired > 0 => service,
        _ => return Vec::new(),
    };
    // While it rolls out AWS still shows all that stopped on the way.
    if is_steady(service) || is_rolling_out(&stack, service) {
        return Vec::new();
    }
    let attempts = attempts(service);
    let Some(steady_until) = steady_until(service) else {
        return Vec::new();
    };
    let now = snapshot.collected_at;
    seen.iter()
        .filter(|seen| seen.service == service.arn)
        .filter(|seen| {
            let Some(stopped) = seen.task.stopped_at else {
                return false;
            };
            let began = seen.task.created_at.unwrap_or(stopped);
            let of_this_attempt = attempts.iter().any(|attempt| {
                seen.task.definition == *attempt.definition
                    && attempt.began.is_some_and(|at| began >= at)
            });
            of_this_attempt
                && stopped > steady_until
                && last_steady.is_none_or(|steady| stopped > steady)
                && stopped <= now
                && now.duration_since(stopped) <= OLDEST
        })
        .collect()
}

/// A revision that ECS tried to bring up, and since when.
struct Attempt<'a> {
    definition: &'a RevisionArn,
    began: Option<Timestamp>,
}

/// The deployment that counts; and the newest one of the history, when that did not succeed: after a rollback it is
/// another one, and the one that tells the story.
fn attempts(service: &Service) -> Vec<Attempt<'_>> {
    let counts = primary(service).map(|primary| Attempt {
        definition: &primary.definition,
        began: primary.created_at,
    });
    let failed = service
        .history
        .present()
        .and_then(|history| history.first())
        .filter(|newest| newest.status != "SUCCESSFUL")
        .and_then(|newest| {
            Some(Attempt {
                definition: newest.definition.as_ref()?,
                began: newest.created_at,
            })
        });
    counts.into_iter().chain(failed).collect()
}

/// When the service was steady last, by ECS's own words, or long ago if it never was. `None` = it was, and nothing says
/// when: then nothing can be told to have happened since.
fn steady_until(service: &Service) -> Option<Timestamp> {
    let said = service
        .events
        .iter()
        .filter(|event| event.message.contains("has reached a steady state"))
        .filter_map(|event| event.at)
        .max();
    let completed = primary(service).filter(|one| one.rollout.as_deref() == Some("COMPLETED"));
    match completed {
        Some(primary) => said.or(primary.updated_at),
        None => Some(said.unwrap_or(Timestamp::UNIX_EPOCH)),
    }
}
