//! Faults of the app itself, seen in how its tasks end.

use super::super::cache;
use super::super::cause::Cause;
use super::super::definition::{each_container, plain};
use super::super::scene::Scene;
use super::trouble::{Stop, first_rollout_fails, nothing_runs};
use crate::account::*;

const SERVICE: &[&str; 1] = &["ecs-service.service"];
const DEFINITION_AND_AFTER: &[&str] = &[
    "ecs-service.task-definition",
    "ecs-service.service",
    "ecs-service.live",
];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "app-crash",
        SERVICE,
        "Lets the app end with an error right after its start.",
        |snapshot, scene| nothing_runs(snapshot, scene, &Stop::exited(1, None)),
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "out-of-memory",
        SERVICE,
        "Lets the app need more memory than its task has.",
        |snapshot, scene| {
            let reason = "OutOfMemoryError: Container killed due to memory usage";
            nothing_runs(snapshot, scene, &Stop::exited(137, Some(reason)));
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "disk-full",
        SERVICE,
        "Makes the image larger than the task's disk.",
        |snapshot, scene| {
            let stop = Stop::before_start(
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer: write \
                 /usr/lib/libtorch_cuda.so: no space left on device"
                    .to_owned(),
            );
            first_rollout_fails(snapshot, scene, &stop);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "redis-requires-tls",
        SERVICE,
        "Lets the cache speak TLS only, while the app still asks for it without.",
        without_tls,
    )
    .repaired_by(&[
        "elasticache.cache",
        "ecs-service.task-definition",
        "ecs-service.service",
        "ecs-service.live",
    ])
    .restarting(),
    Cause::new(
        "crash-loop",
        SERVICE,
        "Lets tasks stop again and again without a word why.",
        |snapshot, scene| {
            let stop = Stop::before_start("Task failed to start".to_owned());
            nothing_runs(snapshot, scene, &stop);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "container-health-command-missing",
        SERVICE,
        "Gives the container a health check with curl, which its image does not have.",
        without_curl,
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
];

fn without_tls(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Fact::Present(nodes) = &mut snapshot.cache_nodes {
        for node in nodes {
            node.tls = true;
        }
    }
    each_container(snapshot, |container| {
        container.environment.push(Variable {
            class: ValueClass::Url(UrlClass {
                scheme: Scheme::Redis,
                port: Some(cache::PORT),
                has_password: false,
                host: HostClass::Cache,
                names_database: None,
            }),
            ..plain("QUEUE_URL")
        });
    });
    nothing_runs(snapshot, scene, &Stop::exited(1, None));
}

fn without_curl(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    each_container(snapshot, |container| {
        container.health_check = Some(ContainerHealthCheck {
            words: CommandWords {
                present: true,
                curl: true,
                ports: vec![scene.chapter.port],
                ..CommandWords::default()
            },
            interval_seconds: 30,
            timeout_seconds: 5,
            retries: 3,
            start_period_seconds: None,
        });
    });
    let stop = Stop::replaced("Task failed container health checks".to_owned());
    first_rollout_fails(snapshot, scene, &stop);
    if let Fact::Present(tasks) = &mut snapshot.stopped_tasks {
        for task in tasks {
            task.health = Some("UNHEALTHY".to_owned());
            for container in &mut task.containers {
                container.health = Some("UNHEALTHY".to_owned());
                container.exit_code = Some(137);
            }
        }
    }
}
