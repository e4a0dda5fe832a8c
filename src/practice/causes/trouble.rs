//! What a fault does to the running service: tasks that never start, targets that fail, a service that never was.

use super::super::balancer::target_group_of;
use super::super::endpoint::answer;
use super::super::ids::CONTAINER;
use super::super::rollout::{Phase, task};
use super::super::scene::{Scene, before};
use super::super::service::{event, service_of};
use crate::account::*;
use jiff::{SignedDuration, Timestamp};

/// How long ago a failing rollout began.
const TRYING: SignedDuration = SignedDuration::from_mins(25);

/// How a task stopped.
#[derive(Debug, Clone, Default)]
pub(super) struct Stop {
    /// `TaskFailedToStart`...
    pub code: &'static str,
    pub reason: String,
    /// What the container itself says, if it has anything to say.
    pub container_reason: Option<String>,
    pub exit: Option<i32>,
    /// Whether the container ran at all.
    pub started: bool,
    /// The last lines of its log, oldest first.
    pub lines: Vec<String>,
}

impl Stop {
    /// A task that no container of ran.
    pub fn before_start(reason: String) -> Self {
        Stop {
            code: "TaskFailedToStart",
            container_reason: reason.starts_with("CannotPull").then(|| reason.clone()),
            reason,
            ..Stop::default()
        }
    }

    /// A container that ended by itself.
    pub fn exited(exit: i32, container_reason: Option<&str>) -> Self {
        Stop {
            code: "EssentialContainerExited",
            reason: "Essential container in task exited".to_owned(),
            container_reason: container_reason.map(str::to_owned),
            exit: Some(exit),
            started: true,
            lines: Vec::new(),
        }
    }

    /// The same, with what the app wrote before it ended.
    pub fn saying(self, lines: &[&str]) -> Self {
        Stop {
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            ..self
        }
    }

    /// One that the service replaced because of its health.
    pub fn replaced(reason: String) -> Self {
        Stop {
            code: "ServiceSchedulerInitiated",
            reason,
            exit: Some(0),
            started: true,
            ..Stop::default()
        }
    }
}

/// How far a task gets. What ends it earlier keeps anything later from showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// ECS does not even try.
    NotTried,
    /// No container runs.
    NotStarted,
    /// A container runs and ends.
    Ended,
}

/// Where the tasks end already, if a fault before this one ended them.
fn stage(snapshot: &Snapshot) -> Option<Stage> {
    let service = snapshot.service.present()?;
    if service.running > 0 || service.desired == 0 {
        return None;
    }
    let stopped = snapshot.stopped_tasks.present()?;
    Some(match stopped.first() {
        None => Stage::NotTried,
        Some(task) if task.started_at.is_none() => Stage::NotStarted,
        Some(_) => Stage::Ended,
    })
}

fn is_ended_before(snapshot: &Snapshot, stage_of_this: Stage) -> bool {
    stage(snapshot).is_some_and(|stage| stage < stage_of_this)
}

/// A service that was steady loses its tasks and cannot start new ones. Nobody answers behind the balancer.
pub(super) fn nothing_runs(snapshot: &mut Snapshot, scene: &Scene<'_>, stop: &Stop) {
    let stage = if stop.started {
        Stage::Ended
    } else {
        Stage::NotStarted
    };
    if !is_ended_before(snapshot, stage) {
        end_tasks(snapshot, scene, stop);
    }
}

fn end_tasks(snapshot: &mut Snapshot, scene: &Scene<'_>, stop: &Stop) {
    let Some(service) = service_of(snapshot) else {
        return;
    };
    let definition = service.definition.clone();
    service.running = 0;
    for deployment in &mut service.deployments {
        deployment.running = 0;
        deployment.pending = 0;
    }
    say(
        service,
        scene,
        "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.",
    );
    snapshot.tasks = Fact::Present(Vec::new());
    let stopped = stopped(scene, &definition, stop);
    snapshot.log_tails = Fact::Present(log_tails(snapshot, &stopped, &stop.lines));
    snapshot.stopped_tasks = Fact::Present(stopped);
    without_targets(snapshot);
}

/// No task of the first rollout comes up, until the circuit breaker gives up: there is nothing to go back to.
pub(super) fn first_rollout_fails(snapshot: &mut Snapshot, scene: &Scene<'_>, stop: &Stop) {
    nothing_runs(snapshot, scene, stop);
    give_up(snapshot, scene);
}

/// No task is even attempted; only the service's own events tell why.
pub(super) fn nothing_is_tried(snapshot: &mut Snapshot, scene: &Scene<'_>, why: &str) {
    if stage(snapshot) == Some(Stage::NotTried) {
        return;
    }
    end_tasks(snapshot, scene, &Stop::default());
    snapshot.stopped_tasks = Fact::Present(Vec::new());
    if let Some(service) = service_of(snapshot) {
        service.events.remove(0);
        say(service, scene, why);
    }
}

/// Tasks run, but the balancer finds them unhealthy, and the service keeps replacing them. The learner's own request gets
/// `outcome`, if it gets as far as a task.
pub(super) fn unhealthy(
    snapshot: &mut Snapshot,
    scene: &Scene<'_>,
    (reason, description): (&str, &str),
    outcome: Option<EndpointOutcome>,
) {
    // Where no task runs, none is found unhealthy.
    if stage(snapshot).is_some() {
        return;
    }
    let Some(service) = service_of(snapshot) else {
        return;
    };
    let group = scene.ids.target_group();
    say(
        service,
        scene,
        &format!(
            "(port {}) is unhealthy in (target-group {group}) due to (reason {description}).",
            scene.chapter.port
        ),
    );
    let definition = service.definition.clone();
    let stop = Stop::replaced(format!(
        "Task failed ELB health checks in (target-group {group})"
    ));
    snapshot.stopped_tasks = Fact::Present(stopped(scene, &definition, &stop));
    each_target(snapshot, |target| {
        target.state = "unhealthy".to_owned();
        target.reason = Some(reason.to_owned());
        target.description = Some(description.to_owned());
    });
    if let Some(outcome) = outcome {
        answer_of_app(snapshot, outcome);
    }
}

/// What the app answers, if the learner's own request gets that far.
pub(super) fn answer_of_app(snapshot: &mut Snapshot, outcome: EndpointOutcome) {
    let has_targets = target_group_of(snapshot)
        .is_some_and(|group| group.targets.present().is_some_and(|all| !all.is_empty()));
    let arrives = snapshot
        .workplace
        .endpoint
        .present()
        .is_some_and(|endpoint| matches!(endpoint.outcome, EndpointOutcome::Status(_)));
    if has_targets && arrives {
        answer(snapshot, outcome);
    }
}

/// Turns the newest deployment into a first one that failed.
pub(super) fn give_up(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let Some(service) = service_of(snapshot) else {
        return;
    };
    let began = before(scene.now, TRYING);
    service.deployments.truncate(1);
    if let Some(deployment) = service.deployments.first_mut() {
        deployment.status = "PRIMARY".to_owned();
        deployment.rollout = Some("FAILED".to_owned());
        deployment.rollout_reason =
            Some("ECS deployment circuit breaker: tasks failed to start.".to_owned());
        deployment.failed = 3;
        deployment.created_at = Some(began);
        deployment.updated_at = Some(before(scene.now, SignedDuration::from_mins(2)));
    }
    if let Fact::Present(history) = &mut service.history {
        history.truncate(1);
        for only in history {
            only.status = "STOPPED".to_owned();
            only.status_reason =
                Some("Service deployment failed: tasks failed to start.".to_owned());
            only.created_at = Some(began);
        }
    }
}

/// Adds a line to the service's events, and takes back that it is steady.
fn say(service: &mut Service, scene: &Scene<'_>, message: &str) {
    service
        .events
        .retain(|event| !event.message.contains("steady state"));
    let at = before(scene.now, SignedDuration::from_mins(1));
    let message = format!("(service {}) {message}", service.name);
    service.events.insert(0, event(9, Some(at), message));
}

/// AWS refused to create the service, so nothing after it is there either: no task, no second revision.
pub(super) fn no_service(snapshot: &mut Snapshot) {
    if snapshot.service.present().is_none() {
        return;
    }
    if let Fact::Present(revisions) = &mut snapshot.revisions {
        revisions.retain(|revision| revision.number() == Some(1));
    }
    snapshot
        .definitions
        .retain(|revision, _| revision.number() == Some(1));
    if let Fact::Present(file) = &mut snapshot.workplace.definition_file {
        file.compared
            .retain(|revision, _| revision.number() == Some(1));
    }
    snapshot.service = Fact::Absent;
    snapshot.tasks = Fact::Present(Vec::new());
    snapshot.stopped_tasks = Fact::Present(Vec::new());
    without_targets(snapshot);
}

/// No listener forwards to the target group any more.
pub(super) fn targets_unused(snapshot: &mut Snapshot) {
    if let Some(group) = target_group_of(snapshot) {
        group.balancers = Vec::new();
    }
    each_target(snapshot, |target| {
        target.state = "unused".to_owned();
        target.reason = Some("Target.NotInUse".to_owned());
        target.description = Some(
            "Target group is not configured to receive traffic from the load balancer".to_owned(),
        );
    });
}

/// The target group is empty: the balancer answers 503 by itself.
pub(super) fn without_targets(snapshot: &mut Snapshot) {
    if let Some(group) = target_group_of(snapshot) {
        group.targets = Fact::Present(Vec::new());
    }
    if let Fact::Present(endpoint) = &snapshot.workplace.endpoint
        && matches!(endpoint.outcome, EndpointOutcome::Status(_))
    {
        answer(snapshot, EndpointOutcome::Status(503));
    }
}

/// Changes every target of the chapter's group.
pub(super) fn each_target(snapshot: &mut Snapshot, change: impl Fn(&mut Target)) {
    if let Some(group) = target_group_of(snapshot)
        && let Fact::Present(targets) = &mut group.targets
    {
        targets.iter_mut().for_each(change);
    }
}

/// The last tasks that were tried, newest first.
fn stopped(scene: &Scene<'_>, definition: &RevisionArn, stop: &Stop) -> Vec<Task> {
    let revision = definition.number().unwrap_or(1);
    (0..4)
        .map(|number| {
            let ended = before(
                scene.now,
                SignedDuration::from_mins(2 + 6 * i64::from(number)),
            );
            stopped_task(scene, 0x100 + number, revision, stop, ended)
        })
        .collect()
}

/// What each of them wrote last, where its container ran and its log goes to a group that is there.
fn log_tails(snapshot: &Snapshot, stopped: &[Task], lines: &[String]) -> Vec<LogTail> {
    let mut tails = Vec::new();
    for task in stopped.iter().filter(|task| task.started_at.is_some()) {
        let definition = snapshot.definitions.get(&task.definition);
        let containers = definition.and_then(Fact::present);
        for container in containers.into_iter().flat_map(|all| &all.containers) {
            let logs = container.logs.as_ref();
            let Some((group, prefix)) =
                logs.and_then(|logs| Some((logs.group.as_ref()?, logs.stream_prefix.as_ref()?)))
            else {
                continue;
            };
            let is_there = snapshot
                .log_groups
                .present()
                .is_some_and(|groups| groups.iter().any(|one| one.name == *group));
            if is_there {
                tails.push(LogTail {
                    group: group.clone(),
                    stream: format!("{prefix}/{}/{}", container.name, task.id),
                    task: task.id.clone(),
                    container: container.name.clone(),
                    lines: spoken(lines, task.stopped_at),
                });
            }
        }
    }
    tails
}

fn spoken(lines: &[String], at: Option<Timestamp>) -> Vec<LogLine> {
    let line = |message: &String| LogLine {
        at,
        message: message.clone(),
    };
    lines.iter().map(line).collect()
}

fn stopped_task(
    scene: &Scene<'_>,
    number: u32,
    revision: u32,
    stop: &Stop,
    ended: Timestamp,
) -> Task {
    let began = before(ended, SignedDuration::from_mins(3));
    let pulled = before(ended, SignedDuration::from_mins(2));
    let was_pulled = stop.started;
    let pull_tried = was_pulled || stop.reason.starts_with("CannotPull");
    Task {
        last_status: "STOPPED".to_owned(),
        health: Some("UNKNOWN".to_owned()),
        created_at: Some(began),
        started_at: stop.started.then_some(pulled),
        stopped_at: Some(ended),
        pull_started_at: pull_tried.then_some(began),
        pull_stopped_at: was_pulled.then_some(pulled),
        stop_code: Some(stop.code.to_owned()),
        stopped_reason: Some(stop.reason.clone()),
        containers: vec![TaskContainer {
            name: CONTAINER.to_owned(),
            exit_code: stop.exit,
            reason: stop.container_reason.clone(),
            image_digest: was_pulled.then(|| scene.ids.digest()),
            health: Some("UNKNOWN".to_owned()),
        }],
        ..task(scene, number, revision, Phase::Steady)
    }
}
