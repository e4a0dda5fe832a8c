//! Faults of the task definition; the file in the repository has them too.

use super::super::cause::Cause;
use super::super::definition::{each_container, each_definition, plain};
use super::super::scene::Scene;
use super::trouble::{Stop, first_rollout_fails, no_service, nothing_runs};
use crate::account::*;

const DEFINITION: &[&str; 1] = &["ecs-service.task-definition"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "log-group-missing",
        &["ecs-service.cluster"],
        "Deletes the log group.",
        |snapshot, scene| {
            snapshot.log_groups = Fact::Present(Vec::new());
            let stop = Stop::before_start(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: \
                 failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not \
                 exist. : exit status 1"
                    .to_owned(),
            );
            nothing_runs(snapshot, scene, &stop);
        },
    )
    .restarting(),
    Cause::new(
        "image-pins-latest",
        DEFINITION,
        "Lets the task definition name the image as latest.",
        |snapshot, scene| {
            let image = format!("{}:latest", scene.ids.repository_uri());
            name_image(snapshot, &image);
        },
    ),
    Cause::new(
        "image-tag-missing",
        DEFINITION,
        "Lets the task definition name a tag that was never pushed.",
        image_tag_missing,
    )
    .restarting(),
    Cause::new(
        "fargate-size-invalid",
        DEFINITION,
        "Asks for a processor and memory that Fargate does not combine.",
        |snapshot, _| {
            each_definition(snapshot, |definition| {
                definition.cpu = Some("256".to_owned());
                definition.memory = Some("4096".to_owned());
                definition.compatibilities = vec!["EC2".to_owned()];
                definition.requires = Vec::new();
            });
            no_service(snapshot);
        },
    )
    .restarting(),
    Cause::new(
        "port-not-mapped",
        DEFINITION,
        "Leaves the port mapping out of the task definition.",
        |snapshot, _| {
            each_container(snapshot, |container| container.ports = Vec::new());
            no_service(snapshot);
        },
    )
    .restarting(),
    Cause::new(
        "logs-not-configured",
        DEFINITION,
        "Leaves the log settings out of the task definition.",
        |snapshot, _| each_container(snapshot, |container| container.logs = None),
    ),
    Cause::new(
        "secret-in-environment",
        DEFINITION,
        "Writes the database URL, password included, into the environment.",
        secret_in_environment,
    ),
    Cause::new(
        "compose-hostname-left",
        DEFINITION,
        "Leaves the cache's host name from Compose in the environment.",
        |snapshot, _| {
            each_container(snapshot, |container| {
                container.environment.push(Variable {
                    class: ValueClass::Plain {
                        host: HostClass::ComposeRedis,
                    },
                    ..plain("REDIS_HOST")
                });
            });
        },
    ),
    Cause::new(
        "stateful-container",
        DEFINITION,
        "Gives the task a volume that outlives it.",
        |snapshot, _| {
            each_definition(snapshot, |definition| {
                definition.volumes.push(Volume {
                    name: "pgdata".to_owned(),
                    kind: VolumeKind::Lasting,
                });
            });
            each_container(snapshot, |container| {
                container.mounts.push("pgdata".to_owned());
            });
        },
    ),
];

/// Writes another image into the definition, and into what the deployments say they brought out.
fn name_image(snapshot: &mut Snapshot, image: &str) {
    each_container(snapshot, |container| image.clone_into(&mut container.image));
    if let Fact::Present(service) = &mut snapshot.service
        && let Fact::Present(history) = &mut service.history
    {
        for deployed in history.iter_mut().flat_map(|each| &mut each.images) {
            image.clone_into(&mut deployed.image);
        }
    }
}

fn image_tag_missing(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let image = format!("{}-rc1", scene.ids.image());
    name_image(snapshot, &image);
    let stop = Stop::before_start(format!(
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref {image}: \
         {image}: not found"
    ));
    first_rollout_fails(snapshot, scene, &stop);
}

fn secret_in_environment(snapshot: &mut Snapshot, _: &Scene<'_>) {
    each_container(snapshot, |container| {
        container
            .secrets
            .retain(|secret| secret.name != "DATABASE_URL");
        container.environment.push(Variable {
            class: ValueClass::Url(UrlClass {
                scheme: Scheme::Postgres,
                port: Some(super::super::database::PORT),
                has_password: true,
                host: HostClass::Database,
                names_database: Some(true),
            }),
            ..plain("DATABASE_URL")
        });
    });
}
