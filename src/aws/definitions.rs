//! Task definitions of the family. What their variables, commands and labels hold is classified here and not kept.

use super::calls;
use super::collect::Run;
use super::error::{FactFrom, ReadError};
use super::instant::{count, instant};
use super::raw_body::RawBody;
use super::read::Reader;
use crate::account::{
    Architecture, Arn, Chapter, CommandWords, Container, ContainerHealthCheck, Fact, Known,
    LogSettings, PortMapping, RevisionArn, SecretReference, TaskDefinition, Variable, Volume,
    VolumeKind, classify, command_words,
};
use aws_sdk_ecs::types as ecs;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Revisions of the family that are listed, newest first.
const MOST_REVISIONS: usize = 300;
const ABSENT: &[&str] = &[];

/// A list of names and values in a container definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    Environment,
    Labels,
}

/// Tells whether the learner's file gives the named entry of a container the same value:
/// `(container, list, name, value)`; `None` without such an entry.
pub type SameAsFile<'a> = dyn Fn(&str, Listed, &str, &str) -> Option<bool> + Sync + 'a;

/// What was read of the family.
#[derive(Debug)]
pub(super) struct Revisions {
    pub active: Fact<Vec<RevisionArn>>,
    pub definitions: BTreeMap<RevisionArn, Fact<TaskDefinition>>,
    /// As AWS sent them.
    pub registered: BTreeMap<RevisionArn, Value>,
}

impl Default for Revisions {
    fn default() -> Self {
        Revisions {
            active: Fact::not_asked(),
            definitions: BTreeMap::new(),
            registered: BTreeMap::new(),
        }
    }
}

/// The active revisions, and in full the newest and the one that the service runs.
pub(super) async fn revisions(run: &Run<'_>) -> Revisions {
    let reader = run.reader;
    let newest = async {
        let active = list(reader, run.chapter).await.fact(ABSENT);
        let first = active.present().and_then(|all| all.first().cloned());
        let read = match &first {
            Some(arn) => Some(describe(reader, arn).await),
            None => None,
        };
        (active, first.zip(read))
    };
    let services = async {
        let service = run.service().await.present()?;
        let arn = service.definition.clone();
        (!arn.0.is_empty()).then_some(())?;
        Some((arn.clone(), describe(reader, &arn).await))
    };
    let ((active, newest), services, known) = tokio::join!(newest, services, known(run));
    let mut revisions = Revisions {
        active,
        ..Revisions::default()
    };
    for (arn, read) in newest.into_iter().chain(services) {
        if let Ok((_, Some(raw))) = &read {
            revisions.registered.insert(arn.clone(), raw.clone());
        }
        let fact = read
            .map(|(found, _)| definition(&arn, &found, &known, run.same_as_file()))
            .fact(ABSENT);
        revisions.definitions.insert(arn, fact);
    }
    revisions
}

async fn list(reader: &Reader, chapter: &Chapter) -> Result<Vec<RevisionArn>, ReadError> {
    let client = reader.ecs();
    let mut arns: Vec<RevisionArn> = Vec::new();
    let mut next = None;
    loop {
        let asked = Box::pin(
            client
                .list_task_definitions()
                .family_prefix(&chapter.service.family)
                .status(ecs::TaskDefinitionStatus::Active)
                .sort(ecs::SortOrder::Desc)
                .max_results(100)
                .set_next_token(next.take())
                .send(),
        );
        let answer = reader.sdk(&calls::LIST_TASK_DEFINITIONS, asked).await?;
        let found = answer.task_definition_arns.unwrap_or_default();
        // The prefix is the whole name for AWS; emulators take it for the beginning.
        arns.extend(
            found
                .into_iter()
                .map(RevisionArn::from)
                .filter(|arn| arn.family() == chapter.service.family),
        );
        next = answer.next_token.filter(|token| !token.is_empty());
        if next.is_none() || arns.len() >= MOST_REVISIONS {
            arns.sort_by_key(|arn| std::cmp::Reverse(arn.number()));
            return Ok(arns);
        }
    }
}

type Described = (ecs::TaskDefinition, Option<Value>);

/// Both as the SDK reads it and as it was sent: the SDK drops what it does not know.
async fn describe(reader: &Reader, arn: &RevisionArn) -> Result<Described, ReadError> {
    let call = &calls::DESCRIBE_TASK_DEFINITION;
    let body = RawBody::default();
    let asked = Box::pin(
        reader
            .ecs()
            .describe_task_definition()
            .task_definition(arn.as_str())
            .customize()
            .interceptor(body.clone())
            .send(),
    );
    let answer = reader.sdk(call, asked).await?;
    let raw = body
        .take()
        .and_then(|body| serde_json::from_slice::<Value>(&body).ok())
        .and_then(|mut json| json.get_mut("taskDefinition").map(Value::take));
    answer
        .task_definition
        .map(|found| (found, raw))
        .ok_or_else(|| ReadError::other(call, "ECS answered without a task definition"))
}

/// What values are compared with. Unread data stores only make a host "another" one.
async fn known(run: &Run<'_>) -> Known {
    let (databases, clusters, nodes, groups, serverless) = tokio::join!(
        run.databases(),
        run.database_clusters(),
        run.cache_nodes(),
        run.replication_groups(),
        run.serverless_caches(),
    );
    let mut hosts = BTreeSet::new();
    for instance in databases.present().into_iter().flatten() {
        hosts.extend(
            instance
                .endpoint
                .as_ref()
                .map(|endpoint| endpoint.host.clone()),
        );
    }
    for cluster in clusters.present().into_iter().flatten() {
        hosts.extend(
            cluster
                .endpoint
                .as_ref()
                .map(|endpoint| endpoint.host.clone()),
        );
    }
    let mut caches = BTreeSet::new();
    for node in nodes.present().into_iter().flatten() {
        caches.extend(node.endpoint.as_ref().map(|endpoint| endpoint.host.clone()));
    }
    for group in groups.present().into_iter().flatten() {
        caches.extend(
            group
                .endpoint
                .as_ref()
                .map(|endpoint| endpoint.host.clone()),
        );
    }
    for cache in serverless.present().into_iter().flatten() {
        caches.extend(
            cache
                .endpoint
                .as_ref()
                .map(|endpoint| endpoint.host.clone()),
        );
    }
    Known {
        databases: hosts.into_iter().collect(),
        caches: caches.into_iter().collect(),
        database_name: run.chapter.database.name.clone(),
    }
}

fn definition(
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
        ports: found
            .port_mappings()
            .iter()
            .filter_map(|mapping| {
                Some(PortMapping {
                    container: u16::try_from(mapping.container_port()?).ok()?,
                    protocol: mapping
                        .protocol()
                        .map_or("tcp", |protocol| protocol.as_str())
                        .to_owned(),
                })
            })
            .collect(),
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
        secrets: found
            .secrets()
            .iter()
            .map(|secret| SecretReference {
                name: secret.name().to_owned(),
                value_from: secret.value_from().to_owned(),
            })
            .collect(),
        environment_files: u32::try_from(found.environment_files().len()).unwrap_or(u32::MAX),
        command: command_words(found.command(), known),
        entry_point: command_words(found.entry_point(), known),
        labels,
        health_check: found.health_check().map(|check| health_check(check, known)),
        logs: found.log_configuration().map(logs),
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

fn logs(found: &ecs::LogConfiguration) -> LogSettings {
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
