//! Task definitions of the family. What their variables, commands and labels hold is classified here and not kept.

use super::calls;
use super::collect::Run;
use super::definition::definition;
use super::error::{FactFrom, ReadError, listed};
use super::raw_body::RawBody;
use super::read::Reader;
use crate::account::{Chapter, Fact, Known, Listed, RevisionArn, TaskDefinition};
use aws_sdk_ecs::types as ecs;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Revisions of the family that are listed, newest first.
const MOST_REVISIONS: usize = 300;
const ABSENT: &[&str] = &[];

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
        let service = run.described_service().await.present()?;
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

/// One revision besides those: what tasks ran that stopped since, after a deployment was rolled back.
pub(super) async fn another(run: &Run<'_>, arn: &RevisionArn) -> Fact<TaskDefinition> {
    let (read, known) = tokio::join!(describe(run.reader, arn), known(run));
    read.map(|(found, _)| definition(arn, &found, &known, run.same_as_file()))
        .fact(ABSENT)
}

async fn list(reader: &Reader, chapter: &Chapter) -> Result<Vec<RevisionArn>, ReadError> {
    let client = reader.ecs();
    let call = &calls::LIST_TASK_DEFINITIONS;
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
        let answer = reader.sdk(call, asked).await?;
        let found = listed(call, answer.task_definition_arns)?;
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
