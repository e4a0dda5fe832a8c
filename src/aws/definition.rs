//! One task definition, from the SDK's type to the snapshot's. Values become classes here.

use super::definitions::SameAsFile;
use super::instant::{count, instant};
use crate::account::{
    Architecture, Arn, CommandWords, Container, ContainerHealthCheck, Known, Listed, LogSettings,
    PortMapping, RevisionArn, SecretReference, TaskDefinition, Variable, Volume, VolumeKind,
    classify, command_words, own_host,
};
use aws_sdk_ecs::types as ecs;
use std::collections::BTreeSet;

/// `same` tells which values the learner's file repeats.
pub(super) fn definition(
    arn: &RevisionArn,
    found: &ecs::TaskDefinition,
    known: &Known,
    same: Option<&SameAsFile<'_>>,
) -> TaskDefinition {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let platform = found.runtime_platform();
    TaskDefinition {
        arn: found
            .task_definition_arn()
            .map_or_else(|| arn.clone(), RevisionArn::from),
        status: found
            .status()
            .map_or("", |status| status.as_str())
            .to_owned(),
        compatibilities: found
            .compatibilities()
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect(),
        requires: found
            .requires_compatibilities()
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect(),
        network_mode: found.network_mode().map(|mode| mode.as_str().to_owned()),
        cpu: text(found.cpu()),
        memory: text(found.memory()),
        architecture: platform
            .and_then(|platform| platform.cpu_architecture())
            .and_then(|architecture| match architecture {
                ecs::CpuArchitecture::X8664 => Some(Architecture::X86_64),
                ecs::CpuArchitecture::Arm64 => Some(Architecture::Arm64),
                _ => None,
            }),
        os_family: platform
            .and_then(|platform| platform.operating_system_family())
            .map(|family| family.as_str().to_owned()),
        execution_role: found.execution_role_arn().map(Arn::from),
        task_role: found.task_role_arn().map(Arn::from),
        containers: found
            .container_definitions()
            .iter()
            .map(|one| container(one, known, same))
            .collect(),
        volumes: found.volumes().iter().map(volume).collect(),
        ephemeral_gib: found
            .ephemeral_storage()
            .map(|storage| count(storage.size_in_gib())),
        registered_at: instant(found.registered_at()),
        connects_to: found
            .container_definitions()
            .iter()
            .flat_map(ecs::ContainerDefinition::environment)
            .filter_map(|pair| own_host(pair.value()?, known))
            .map(str::to_owned)
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect(),
    }
}

fn container(
    found: &ecs::ContainerDefinition,
    known: &Known,
    same: Option<&SameAsFile<'_>>,
) -> Container {
    let name = found.name().unwrap_or_default();
    let variable = |list: Listed, key: &str, value: &str| Variable {
        name: key.to_owned(),
        class: classify(value, known),
        same_as_file: same.and_then(|same| same(name, list, key, value)),
    };
    let mut labels: Vec<Variable> = found
        .docker_labels()
        .into_iter()
        .flatten()
        .map(|(key, value)| variable(Listed::Labels, key, value))
        .collect();
    labels.sort_by(|a, b| a.name.cmp(&b.name));
    Container {
        image: found.image().unwrap_or_default().to_owned(),
        essential: found.essential().unwrap_or(true),
        ports: found.port_mappings().iter().filter_map(port).collect(),
        environment: found
            .environment()
            .iter()
            .map(|pair| {
                variable(
                    Listed::Environment,
                    pair.name().unwrap_or_default(),
                    pair.value().unwrap_or_default(),
                )
            })
            .collect(),
        secrets: found.secrets().iter().map(reference).collect(),
        environment_files: u32::try_from(found.environment_files().len()).unwrap_or(u32::MAX),
        command: command_words(found.command(), known),
        entry_point: command_words(found.entry_point(), known),
        labels,
        health_check: found.health_check().map(|check| health_check(check, known)),
        logs: found
            .log_configuration()
            .map(|settings| logs(settings, &variable)),
        mounts: found
            .mount_points()
            .iter()
            .filter_map(|mount| mount.source_volume().map(str::to_owned))
            .collect(),
        name: name.to_owned(),
    }
}

/// Defaults of ECS where nothing is written: every 30 seconds, 5 seconds to answer, 3 tries.
fn health_check(check: &ecs::HealthCheck, known: &Known) -> ContainerHealthCheck {
    let or = |number: Option<i32>, default: u32| number.map_or(default, count);
    let mut words: CommandWords = command_words(check.command(), known);
    words.present = !check.command().is_empty();
    ContainerHealthCheck {
        words,
        interval_seconds: or(check.interval(), 30),
        timeout_seconds: or(check.timeout(), 5),
        retries: or(check.retries(), 3),
        start_period_seconds: check.start_period().map(count),
    }
}

/// One port, or a range of them (`8000-8010`).
fn port(found: &ecs::PortMapping) -> Option<PortMapping> {
    let (first, last) = match found.container_port_range() {
        Some(range) => {
            let (first, last) = range.split_once('-')?;
            (first.trim().parse().ok()?, last.trim().parse().ok())
        }
        None => (u16::try_from(found.container_port()?).ok()?, None),
    };
    Some(PortMapping {
        container: first,
        last,
        protocol: found
            .protocol()
            .map_or("tcp", |protocol| protocol.as_str())
            .to_owned(),
    })
}

fn reference(found: &ecs::Secret) -> SecretReference {
    SecretReference {
        name: found.name().to_owned(),
        value_from: found.value_from().to_owned(),
    }
}

/// Options that are read as they are: where the lines go.
const READ_OPTIONS: [&str; 4] = [
    "awslogs-group",
    "awslogs-region",
    "awslogs-stream-prefix",
    "awslogs-create-group",
];

fn logs(
    found: &ecs::LogConfiguration,
    variable: &dyn Fn(Listed, &str, &str) -> Variable,
) -> LogSettings {
    let mut options: Vec<Variable> = found
        .options()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !READ_OPTIONS.contains(&name.as_str()))
        .map(|(name, value)| variable(Listed::LogOptions, name, value))
        .collect();
    options.sort_by(|a, b| a.name.cmp(&b.name));
    let option = |name: &str| {
        found
            .options()
            .and_then(|options| options.get(name))
            .cloned()
    };
    LogSettings {
        driver: found.log_driver().as_str().to_owned(),
        group: option("awslogs-group"),
        region: option("awslogs-region"),
        stream_prefix: option("awslogs-stream-prefix"),
        creates_group: option("awslogs-create-group")
            .is_some_and(|text| text.eq_ignore_ascii_case("true")),
        options,
        secret_options: found.secret_options().iter().map(reference).collect(),
    }
}

fn volume(found: &ecs::Volume) -> Volume {
    let on_host = found
        .host()
        .and_then(|host| host.source_path())
        .is_some_and(|path| !path.is_empty());
    let lasting = on_host
        || found.efs_volume_configuration().is_some()
        || found
            .fsx_windows_file_server_volume_configuration()
            .is_some()
        || found.docker_volume_configuration().is_some()
        || found.configured_at_launch() == Some(true);
    Volume {
        name: found.name().unwrap_or_default().to_owned(),
        kind: if lasting {
            VolumeKind::Lasting
        } else {
            VolumeKind::Ephemeral
        },
    }
}
