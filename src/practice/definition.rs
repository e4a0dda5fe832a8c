//! The task definition, and the file it was registered from.

use super::ids::{CONTAINER, Ids};
use super::scene::Scene;
use crate::account::*;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The first revision, registered from the file in the repository.
pub(super) fn register(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let definition = definition(ids, 1, scene.made());
    snapshot.revisions = Fact::Present(vec![ids.revision(1)]);
    snapshot.definitions = BTreeMap::from([(ids.revision(1), Fact::Present(definition))]);
    snapshot.workplace.definition_file = Fact::Present(DefinitionFile {
        path: scene.chapter.definition_file.clone(),
        readable: FileState::Parsed,
        architecture: Some(scene.chapter.architecture),
        placeholders: Vec::new(),
        wrapped: false,
        added_by_aws: Vec::new(),
        twice: Vec::new(),
        encoding: Encoding::Utf8,
        compared: BTreeMap::from([(ids.revision(1), Comparison::Equal)]),
        tracked: Fact::Present(Tracked::Clean),
    });
}

/// A second revision, which the file no longer describes: it was put back.
pub(super) fn register_second(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let second = scene.ids.revision(2);
    let definition = definition(scene.ids, 2, scene.made());
    if let Fact::Present(revisions) = &mut snapshot.revisions {
        revisions.insert(0, second.clone());
    }
    snapshot
        .definitions
        .insert(second.clone(), Fact::Present(definition));
    if let Fact::Present(file) = &mut snapshot.workplace.definition_file {
        let changed = format!("containerDefinitions.{CONTAINER}.environment.LOG_LEVEL");
        file.compared
            .insert(second, Comparison::Differs(vec![changed.into()]));
    }
}

/// The second revision differs from the first, and from the file, in the value of one variable.
fn definition(ids: Ids<'_>, number: u32, registered_at: Timestamp) -> TaskDefinition {
    let chapter = ids.0;
    let log_level = Variable {
        same_as_file: Some(number == 1),
        ..plain("LOG_LEVEL")
    };
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
                last: None,
                protocol: "tcp".to_owned(),
            }],
            environment: vec![log_level],
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
                stream_prefix: Some("api".to_owned()),
                creates_group: false,
                options: Vec::new(),
                secret_options: Vec::new(),
            }),
            mounts: Vec::new(),
        }],
        volumes: Vec::new(),
        ephemeral_gib: None,
        registered_at: Some(registered_at),
        connects_to: Vec::new(),
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

/// Changes every revision that was read, as a file does that they were all registered from.
pub(super) fn each_definition(snapshot: &mut Snapshot, change: impl Fn(&mut TaskDefinition)) {
    for definition in snapshot.definitions.values_mut() {
        if let Fact::Present(definition) = definition {
            change(definition);
        }
    }
}

/// Changes the app's container in every revision that was read.
pub(super) fn each_container(snapshot: &mut Snapshot, change: impl Fn(&mut Container)) {
    each_definition(snapshot, |definition| {
        definition.containers.iter_mut().for_each(&change);
    });
}
