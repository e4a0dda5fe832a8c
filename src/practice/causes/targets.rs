//! Faults that show in the health of the targets, and in what the learner's own request is answered.

use super::super::cause::Cause;
use super::super::definition::each_container;
use super::super::endpoint::answer;
use super::trouble::{nothing_is_tried, unhealthy};
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
            let description = "Health checks failed with these codes: [404]";
            unhealthy(snapshot, scene, "Target.ResponseCodeMismatch", description);
            answer(snapshot, EndpointOutcome::Status(404));
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
            let description = "Health checks failed";
            unhealthy(snapshot, scene, "Target.FailedHealthChecks", description);
            answer(snapshot, EndpointOutcome::Status(502));
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
            let description = "Health checks failed with these codes: [307]";
            unhealthy(snapshot, scene, "Target.ResponseCodeMismatch", description);
            answer(snapshot, EndpointOutcome::Status(307));
        },
    )
    .repaired_by(LIVE)
    .restarting(),
    Cause::new(
        "app-closes-connection",
        &["ecs-service.live"],
        "Lets the app close connections before it has answered.",
        |snapshot, _| answer(snapshot, EndpointOutcome::Status(502)),
    )
    .repaired_by(LIVE),
];
