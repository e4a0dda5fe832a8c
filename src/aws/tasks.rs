//! Tasks of the service: those that run or are about to, and those that stopped within the last hour.

use super::calls;
use super::error::{FactFrom, ReadError, listed};
use super::instant::instant;
use super::read::Reader;
use crate::account::{Chapter, Digest, Fact, RevisionArn, Service, Task, TaskContainer, Zone};
use aws_sdk_ecs::types as ecs;

const ABSENT: &[&str] = &["ClusterNotFoundException", "ServiceNotFoundException"];
/// Tasks looked at of either kind: `DescribeTasks` takes as many at once.
const MOST_TASKS: usize = 100;

pub(super) async fn running(
    reader: &Reader,
    chapter: &Chapter,
    service: &Fact<Service>,
) -> Fact<Vec<Task>> {
    tasks(reader, chapter, service, ecs::DesiredStatus::Running).await
}

pub(super) async fn stopped(
    reader: &Reader,
    chapter: &Chapter,
    service: &Fact<Service>,
) -> Fact<Vec<Task>> {
    tasks(reader, chapter, service, ecs::DesiredStatus::Stopped).await
}

/// Without a service there are no tasks of it; when the service could not be read they are asked for all the same.
async fn tasks(
    reader: &Reader,
    chapter: &Chapter,
    service: &Fact<Service>,
    desired: ecs::DesiredStatus,
) -> Fact<Vec<Task>> {
    if *service == Fact::Absent {
        return Fact::Absent;
    }
    described(reader, chapter, desired).await.fact(ABSENT)
}

async fn described(
    reader: &Reader,
    chapter: &Chapter,
    desired: ecs::DesiredStatus,
) -> Result<Vec<Task>, ReadError> {
    let client = reader.ecs();
    let asked = Box::pin(
        client
            .list_tasks()
            .cluster(&chapter.service.cluster)
            .service_name(&chapter.service.service)
            .desired_status(desired)
            .max_results(100)
            .send(),
    );
    let call = &calls::LIST_TASKS;
    let answer = reader.sdk(call, asked).await?;
    let mut arns = listed(call, answer.task_arns)?;
    arns.truncate(MOST_TASKS);
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    let asked = Box::pin(
        client
            .describe_tasks()
            .cluster(&chapter.service.cluster)
            .set_tasks(Some(arns))
            .send(),
    );
    let call = &calls::DESCRIBE_TASKS;
    let answer = reader.sdk(call, asked).await?;
    let found = listed(call, answer.tasks)?;
    let mut tasks: Vec<Task> = found.iter().map(task).collect();
    tasks.sort_by(|a, b| {
        let when = |task: &Task| task.stopped_at.or(task.created_at);
        when(b).cmp(&when(a)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(tasks)
}

fn task(found: &ecs::Task) -> Task {
    let text = |text: Option<&str>| text.map(str::to_owned);
    Task {
        id: found
            .task_arn()
            .and_then(|arn| arn.rsplit('/').next())
            .unwrap_or_default()
            .to_owned(),
        definition: RevisionArn::from(found.task_definition_arn().unwrap_or_default()),
        last_status: found.last_status().unwrap_or_default().to_owned(),
        health: found
            .health_status()
            .map(|health| health.as_str().to_owned()),
        zone: found.availability_zone().map(Zone::from),
        addresses: addresses(found),
        created_at: instant(found.created_at()),
        started_at: instant(found.started_at()),
        stopped_at: instant(found.stopped_at()),
        pull_started_at: instant(found.pull_started_at()),
        pull_stopped_at: instant(found.pull_stopped_at()),
        stop_code: found.stop_code().map(|code| code.as_str().to_owned()),
        stopped_reason: text(found.stopped_reason()),
        containers: found
            .containers()
            .iter()
            .map(|container| TaskContainer {
                name: container.name().unwrap_or_default().to_owned(),
                exit_code: container.exit_code(),
                reason: text(container.reason()),
                image_digest: container.image_digest().map(Digest::from),
                health: container
                    .health_status()
                    .map(|health| health.as_str().to_owned()),
            })
            .collect(),
        remembered_at: None,
    }
}

/// Private addresses, from the containers or from the attached network interface.
fn addresses(task: &ecs::Task) -> Vec<String> {
    let of_containers = task
        .containers()
        .iter()
        .flat_map(|container| container.network_interfaces())
        .filter_map(|interface| interface.private_ipv4_address());
    let of_attachments = task
        .attachments()
        .iter()
        .flat_map(|attachment| attachment.details())
        .filter(|detail| detail.name() == Some("privateIPv4Address"))
        .filter_map(|detail| detail.value());
    let mut addresses: Vec<String> = of_containers
        .chain(of_attachments)
        .map(str::to_owned)
        .collect();
    addresses.sort();
    addresses.dedup();
    addresses
}
