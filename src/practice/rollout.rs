//! Tasks coming up behind the balancer.

use super::balancer::target_group_of;
use super::ids::CONTAINER;
use super::scene::Scene;
use crate::account::*;

/// Seconds of practice time until tasks run (AWS: the pull and the start, about a minute).
pub(super) const STARTING: u32 = 2;

/// Seconds of practice time until the targets are healthy and the rollout is complete.
pub(super) const ROLLING_OUT: u32 = 5;

/// How far a rollout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Tasks are pending.
    Starting,
    /// Tasks run, the balancer has not yet made up its mind.
    Checking,
    Steady,
}

impl Phase {
    pub fn of(scene: &Scene<'_>) -> Self {
        let left = super::scene::left(scene.rolling_since(), scene.now, ROLLING_OUT);
        match left {
            0 => Phase::Steady,
            left if left > ROLLING_OUT - STARTING => Phase::Starting,
            _ => Phase::Checking,
        }
    }
}

/// As many tasks as the chapter asks for, and their targets.
pub(super) fn run_tasks(snapshot: &mut Snapshot, scene: &Scene<'_>, revision: u32, phase: Phase) {
    let tasks: Vec<Task> = (0..scene.chapter.desired_count)
        .map(|number| task(scene, number, revision, phase))
        .collect();
    let targets = tasks
        .iter()
        .filter(|task| task.last_status == "RUNNING")
        .map(|task| target(scene, task, phase))
        .collect();
    if let Some(group) = target_group_of(snapshot) {
        group.targets = Fact::Present(targets);
    }
    snapshot.tasks = Fact::Present(tasks);
}

/// One task of the service; the subnets take turns.
pub(super) fn task(scene: &Scene<'_>, number: u32, revision: u32, phase: Phase) -> Task {
    let ids = scene.ids;
    let subnets = ids.subnets();
    let turn = number as usize % subnets.len();
    let running = phase != Phase::Starting;
    let at = match phase {
        Phase::Steady => scene.made(),
        _ => scene.rolling_since(),
    };
    let host = 20 + (number as usize / subnets.len()) % 200;
    let health = running.then(|| "UNKNOWN".to_owned());
    Task {
        id: format!("3c1f9a0b7e5d4826b8a{revision:05}{number:08x}"),
        definition: ids.revision(revision),
        last_status: if running { "RUNNING" } else { "PENDING" }.to_owned(),
        health: health.clone(),
        zone: Some(subnets[turn].1.clone()),
        addresses: vec![format!("172.31.{}.{host}", 16 * turn + 4)],
        created_at: Some(at),
        started_at: running.then_some(at),
        stopped_at: None,
        pull_started_at: Some(at),
        pull_stopped_at: running.then_some(at),
        stop_code: None,
        stopped_reason: None,
        containers: vec![TaskContainer {
            name: CONTAINER.to_owned(),
            exit_code: None,
            reason: None,
            image_digest: running.then(|| ids.digest()),
            health,
        }],
        remembered_at: None,
    }
}

fn target(scene: &Scene<'_>, task: &Task, phase: Phase) -> Target {
    let (state, reason, description) = match phase {
        Phase::Steady => ("healthy", None, None),
        _ => (
            "initial",
            Some("Elb.InitialHealthChecking"),
            Some("Initial health checks in progress"),
        ),
    };
    Target {
        id: task.addresses.first().cloned().unwrap_or_default(),
        port: Some(scene.chapter.port),
        zone: task.zone.clone(),
        state: state.to_owned(),
        reason: reason.map(str::to_owned),
        description: description.map(str::to_owned),
    }
}
