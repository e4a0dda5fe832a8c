//! The service on Fargate, and how it rolls out.

use super::definition::register_second;
use super::ids::{CONTAINER, Ids};
use super::network::admit_group;
use super::rollout::{Phase, run_tasks};
use super::scene::Scene;
use crate::account::*;
use jiff::{SignedDuration, Timestamp};

/// The service with its first revision, and the tasks' group opened to the balancer.
pub(super) fn service(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let port = scene.chapter.port;
    admit_group(
        snapshot,
        ids,
        &ids.tasks_group(),
        port,
        ids.balancer_group(),
    );
    let phase = Phase::of(scene);
    let mut service = bare_service(scene);
    service.deployments = vec![deployment(scene, 1, phase)];
    service.history = Fact::Present(vec![outcome(ids, 1, 1, phase, scene.made())]);
    settle(&mut service, scene, phase);
    snapshot.service = Fact::Present(service);
    run_tasks(snapshot, scene, 1, phase);
}

/// A second revision is rolled out, and then the service goes back to the first: the rollback was practised once.
pub(super) fn release(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    register_second(snapshot, scene);
    let phase = Phase::of(scene);
    let Fact::Present(service) = &mut snapshot.service else {
        return;
    };
    service.deployments = vec![deployment(scene, 1, phase)];
    if phase != Phase::Steady {
        let mut second = deployment(scene, 2, Phase::Steady);
        second.status = "ACTIVE".to_owned();
        service.deployments.push(second);
    }
    if let Fact::Present(history) = &mut service.history {
        let later = |minutes| {
            let moment = scene.made().checked_add(SignedDuration::from_mins(minutes));
            moment.unwrap_or(scene.made())
        };
        history.insert(0, outcome(ids, 2, 2, Phase::Steady, later(2)));
        history.insert(0, outcome(ids, 3, 1, phase, later(5)));
    }
    settle(service, scene, phase);
    // The second revision's tasks serve until the first's are back.
    let serving = if phase == Phase::Steady { 1 } else { 2 };
    run_tasks(snapshot, scene, serving, Phase::Steady);
}

fn bare_service(scene: &Scene<'_>) -> Service {
    let (ids, chapter) = (scene.ids, scene.chapter);
    Service {
        arn: ids.service(),
        name: chapter.service.service.clone(),
        status: "ACTIVE".to_owned(),
        launch_type: Some("FARGATE".to_owned()),
        capacity_providers: Vec::new(),
        definition: ids.revision(1),
        desired: chapter.desired_count,
        running: 0,
        pending: 0,
        grace_seconds: chapter.service.grace_seconds,
        target_groups: vec![ServiceTarget {
            target_group: ids.target_group(),
            alternate: None,
            container: CONTAINER.to_owned(),
            port: chapter.port,
        }],
        subnets: ids.subnet_ids(),
        groups: vec![ids.tasks_group()],
        public_address: true,
        minimum_healthy_percent: Some(100),
        maximum_percent: Some(200),
        circuit_breaker: Some(CircuitBreaker {
            enabled: true,
            rolls_back: true,
        }),
        controller: "ECS".to_owned(),
        created_at: Some(scene.made()),
        deployments: Vec::new(),
        events: Vec::new(),
        history: Fact::Present(Vec::new()),
    }
}

/// Sets the service's counts from its deployments, and adds what AWS says once it is steady.
fn settle(service: &mut Service, scene: &Scene<'_>, phase: Phase) {
    service.running = service.deployments.iter().map(|each| each.running).sum();
    service.pending = service.deployments.iter().map(|each| each.pending).sum();
    let name = &service.name;
    let message = if phase == Phase::Steady {
        format!("(service {name}) has reached a steady state.")
    } else {
        format!("(service {name}) has started {} tasks.", service.desired)
    };
    service.events = vec![event(1, Some(scene.since), message)];
}

/// One line of the service's event list.
pub(super) fn event(number: u8, at: Option<Timestamp>, message: String) -> ServiceEvent {
    ServiceEvent {
        id: format!("5b0d7c3e-2f41-4a86-9c17-0000000000{number:02}"),
        at,
        message,
    }
}

fn deployment(scene: &Scene<'_>, revision: u32, phase: Phase) -> Deployment {
    let desired = scene.chapter.desired_count;
    let (running, pending) = match phase {
        Phase::Starting => (0, desired),
        Phase::Checking | Phase::Steady => (desired, 0),
    };
    let (rollout, created_at) = match phase {
        Phase::Steady => ("COMPLETED", scene.made()),
        _ => ("IN_PROGRESS", scene.rolling_since()),
    };
    let id = format!("ecs-svc/84619203571846{revision:05}");
    Deployment {
        rollout_reason: Some(match phase {
            Phase::Steady => format!("ECS deployment {id} completed."),
            _ => format!("ECS deployment {id} in progress."),
        }),
        id,
        status: "PRIMARY".to_owned(),
        definition: scene.ids.revision(revision),
        rollout: Some(rollout.to_owned()),
        desired,
        running,
        pending,
        failed: 0,
        created_at: Some(created_at),
        updated_at: Some(scene.rolling_since()),
    }
}

fn outcome(
    ids: Ids<'_>,
    number: u8,
    revision: u32,
    phase: Phase,
    at: Timestamp,
) -> ServiceDeployment {
    let names = &ids.0.service;
    let finished = phase == Phase::Steady;
    let resource = format!(
        "service-deployment/{}/{}/Zq3vX81mKc5TbnWd4Hs{number:02}",
        names.cluster, names.service
    );
    ServiceDeployment {
        arn: ids.arn("ecs", &resource),
        status: if finished {
            "SUCCESSFUL"
        } else {
            "IN_PROGRESS"
        }
        .to_owned(),
        status_reason: None,
        definition: Some(ids.revision(revision)),
        images: vec![DeployedImage {
            container: CONTAINER.to_owned(),
            image: ids.image(),
            digest: Some(ids.digest()),
        }],
        created_at: Some(at),
        finished_at: finished.then_some(at),
    }
}

/// The chapter's service, once it exists.
pub(super) fn service_of(snapshot: &mut Snapshot) -> Option<&mut Service> {
    match &mut snapshot.service {
        Fact::Present(service) => Some(service),
        _ => None,
    }
}
