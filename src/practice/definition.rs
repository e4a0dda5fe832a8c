//! The task definition, and the file it was registered from.

use super::ids::{CONTAINER, Ids};
use super::scene::Scene;
use crate::account::*;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The first revision, registered from the file in the repository.
pub(super) fn register(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    newest(snapshot, scene, 1);
}

/// Makes `number` the newest revision and the one the file describes.
pub(super) fn newest(snapshot: &mut Snapshot, scene: &Scene<'_>, number: u32) {
    let ids = scene.ids;
    snapshot.revisions = Fact::Present((1..=number).rev().map(|each| ids.revision(each)).collect());
    let definition = definition(ids, number, scene.made());
    snapshot.definitions = BTreeMap::from([(definition.arn.clone(), Fact::Present(definition))]);
    snapshot.workplace.definition_file = Fact::Present(DefinitionFile {
        path: scene.chapter.definition_file.clone(),
        readable: FileState::Parsed,
        architecture: Some(scene.chapter.architecture),
        placeholders: Vec::new(),
        wrapped: false,
        compared: BTreeMap::from([(ids.revision(number), Comparison::Equal)]),
        tracked: Fact::Present(Tracked::Clean),
    });
}

/// Later revisions differ from the first in one variable: enough to be another revision.
fn definition(ids: Ids<'_>, number: u32, registered_at: Timestamp) -> TaskDefinition {
    let chapter = ids.0;
    let mut environment = vec![plain("ENVIRONMENT")];
    if number > 1 {
        environment.push(plain("LOG_LEVEL"));
    }
    TaskDefinition {
        arn: ids.revision(number),
        status: "ACTIVE".to_owned(),
        compatibilities: vec!["EC2".to_owned(), "FARGATE".to_owned()],
        requires: vec!["FARGATE".to_owned()],
        network_mode: Some("awsvpc".to_owned()),
        cpu: Some(chapter.service.cpu.to_string()),
        memory: Some(chapter.service.memory.to_string()),
        architecture: Some(chapter.architecture),
        os_family: Some("LINUX".to_owned()),
        execution_role: Some(ids.execution_role()),
        task_role: None,
        containers: vec![Container {
            name: CONTAINER.to_owned(),
            image: ids.image(),
            essential: true,
            ports: vec![PortMapping {
                container: chapter.port,
                protocol: "tcp".to_owned(),
            }],
            environment,
            secrets: vec![
                secret(ids, "DATABASE_URL", &chapter.parameters.database_url),
                secret(ids, "REDIS_URL", &chapter.parameters.redis_url),
            ],
            environment_files: 0,
            command: CommandWords::default(),
            entry_point: CommandWords::default(),
            labels: Vec::new(),
            health_check: None,
            logs: Some(LogSettings {
                driver: "awslogs".to_owned(),
                group: Some(chapter.log_group.clone()),
                region: Some(chapter.region.to_string()),
                stream_prefix: Some("ecs".to_owned()),
                creates_group: false,
            }),
            mounts: Vec::new(),
        }],
        volumes: Vec::new(),
        ephemeral_gib: None,
        registered_at: Some(registered_at),
    }
}

/// A variable with an ordinary value, the same in the file.
pub(super) fn plain(name: &str) -> Variable {
    Variable {
        name: name.to_owned(),
        class: ValueClass::Plain {
            host: HostClass::Other,
        },
        same_as_file: Some(true),
    }
}

fn secret(ids: Ids<'_>, name: &str, parameter: &str) -> SecretReference {
    SecretReference {
        name: name.to_owned(),
        value_from: ids.parameter(parameter).0,
    }
}

/// The newest revision that was read.
pub(super) fn definition_of(snapshot: &mut Snapshot) -> Option<&mut TaskDefinition> {
    let newest = snapshot.revisions.present()?.first()?.clone();
    match snapshot.definitions.get_mut(&newest)? {
        Fact::Present(definition) => Some(definition),
        _ => None,
    }
}

/// The app's container in that revision.
pub(super) fn container_of(snapshot: &mut Snapshot) -> Option<&mut Container> {
    definition_of(snapshot)?.containers.first_mut()
}
