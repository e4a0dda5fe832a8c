//! Faults that show in the health of the targets, and in what the learner's own request is answered.

use super::super::cause::Cause;
use super::super::definition::each_container;
use super::super::scene::Scene;
use super::super::service::service_of;
use super::trouble::{answer_of_app, nothing_is_tried, unhealthy, without_targets};
use crate::account::*;

const SERVICE: &[&str; 1] = &["ecs-service.service"];
const LIVE: &[&str] = &["ecs-service.service", "ecs-service.live"];
const DEFINITION_AND_AFTER: &[&str] = &[
    "ecs-service.task-definition",
    "ecs-service.service",
    "ecs-service.live",
];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "health-path-not-served",
        SERVICE,
        "Takes the page out of the app that the health check asks for.",
        |snapshot, scene| {
            let seen = (
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [404]",
            );
            let answered = Some(EndpointOutcome::Status(404));
            unhealthy(snapshot, scene, seen, answered);
        },
    )
    .repaired_by(LIVE)
    .restarting(),
    Cause::new(
        "app-not-listening",
        SERVICE,
        "Lets the app listen on 127.0.0.1, where only it can reach itself.",
        |snapshot, scene| {
            let port = scene.chapter.port;
            each_container(snapshot, |container| {
                container.command = CommandWords {
                    present: true,
                    host_flag: true,
                    binds_loopback: true,
                    ports: vec![port],
                    ..CommandWords::default()
                };
            });
            let seen = (
                "Target.FailedHealthChecks",
                "Health checks failed",
            );
            let answered = Some(EndpointOutcome::Status(502));
            unhealthy(snapshot, scene, seen, answered);
        },
    )
    .repaired_by(DEFINITION_AND_AFTER)
    .restarting(),
    Cause::new(
        "fargate-quota",
        SERVICE,
        "Uses up the account's quota of Fargate processors.",
        |snapshot, scene| {
            nothing_is_tried(
                snapshot,
                scene,
                "was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run \
                 concurrently.",
            );
        },
    )
    .repaired_by(LIVE)
    .restarting(),
    Cause::new(
        "health-path-redirects-or-errors",
        SERVICE,
        "Lets the app answer the health check with a redirect.",
        |snapshot, scene| {
            let seen = (
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [307]",
            );
            let answered = Some(EndpointOutcome::Status(307));
            unhealthy(snapshot, scene, seen, answered);
        },
    )
    .repaired_by(LIVE)
    .restarting(),
    Cause::new(
        "no-healthy-targets",
        SERVICE,
        "Takes every task out of the target group.",
        |snapshot, _| without_targets(snapshot),
    )
    .repaired_by(LIVE)
    .restarting(),
    Cause::new(
        "rollback-cannot-fix-target-group",
        &["ecs-service.release"],
        "Lets a release roll back without helping: the health check fails on both revisions.",
        rolled_back_in_vain,
    )
    .repaired_by(&["ecs-service.service", "ecs-service.live", "ecs-service.release"])
    .restarting(),
    Cause::new(
        "app-closes-connection",
        &["ecs-service.live"],
        "Lets the app close connections before it has answered.",
        |snapshot, _| answer_of_app(snapshot, EndpointOutcome::Status(502)),
    )
    .repaired_by(LIVE),
];

fn rolled_back_in_vain(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let second = scene.ids.revision(2);
    if let Some(service) = service_of(snapshot)
        && let Fact::Present(history) = &mut service.history
    {
        // The release and the way back were one deployment, which ECS ended by itself.
        history.retain(|deployment| deployment.definition.as_ref() == Some(&second));
        for deployment in history {
            deployment.status = "ROLLBACK_SUCCESSFUL".to_owned();
            deployment.status_reason =
                Some("Service deployment rolled back: tasks failed to start.".to_owned());
        }
    }
    let seen = ("Target.Timeout", "Request timed out");
    unhealthy(snapshot, scene, seen, Some(EndpointOutcome::NoAnswer));
    if let Fact::Present(tasks) = &mut snapshot.stopped_tasks {
        // The newest are of the revision it went back to, the oldest of the one that was rejected.
        let half = tasks.len() / 2;
        for task in tasks.iter_mut().skip(half) {
            task.definition = second.clone();
        }
    }
}
