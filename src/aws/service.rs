//! The ECS service with its deployments, events and history.

use super::calls;
use super::cluster::missing;
use super::error::{FactFrom, ReadError, listed};
use super::instant::{count, instant};
use super::read::Reader;
use crate::account::{
    Arn, Chapter, CircuitBreaker, DeployedImage, Deployment, Digest, Fact, GroupId, RevisionArn,
    Service, ServiceDeployment, ServiceEvent, ServiceTarget, SubnetId,
};
use aws_sdk_ecs::types as ecs;
use std::cmp::Reverse;
use std::collections::BTreeMap;

const ABSENT: &[&str] = &["ClusterNotFoundException", "ServiceNotFoundException"];
/// Deployments whose revision is read, newest first: enough to see the last release and the one before.
const MOST_REVISIONS: usize = 20;

/// The chapter's service by name, without its history. A deleted one (INACTIVE) is absent.
pub(super) async fn described(reader: &Reader, chapter: &Chapter) -> Fact<Service> {
    let asked = Box::pin(
        reader
            .ecs()
            .describe_services()
            .cluster(&chapter.service.cluster)
            .services(&chapter.service.service)
            .send(),
    );
    reader
        .sdk(&calls::DESCRIBE_SERVICES, asked)
        .await
        .fact(ABSENT)
        .and_then(|answer| match answer.services().first() {
            Some(found) if found.status() == Some("INACTIVE") => Fact::Absent,
            Some(found) => Fact::Present(read(found)),
            None => missing(answer.failures()),
        })
}

/// The deployments that the service has had.
pub(super) async fn past(reader: &Reader, chapter: &Chapter) -> Fact<Vec<ServiceDeployment>> {
    history(reader, chapter).await.fact(ABSENT)
}

fn read(found: &ecs::Service) -> Service {
    let network = found
        .network_configuration()
        .and_then(|network| network.awsvpc_configuration());
    let settings = found.deployment_configuration();
    let percent = |number: Option<i32>| number.map(count);
    let mut events: Vec<ServiceEvent> = found
        .events()
        .iter()
        .map(|event| ServiceEvent {
            id: event.id().unwrap_or_default().to_owned(),
            at: instant(event.created_at()),
            message: event.message().unwrap_or_default().to_owned(),
        })
        .collect();
    events.sort_by_key(|event| Reverse(event.at));
    Service {
        arn: Arn::from(found.service_arn().unwrap_or_default()),
        name: found.service_name().unwrap_or_default().to_owned(),
        status: found.status().unwrap_or_default().to_owned(),
        launch_type: found.launch_type().map(|kind| kind.as_str().to_owned()),
        capacity_providers: found
            .capacity_provider_strategy()
            .iter()
            .map(|item| item.capacity_provider().to_owned())
            .collect(),
        definition: RevisionArn::from(found.task_definition().unwrap_or_default()),
        desired: count(found.desired_count()),
        running: count(found.running_count()),
        pending: count(found.pending_count()),
        grace_seconds: found.health_check_grace_period_seconds().map_or(0, count),
        target_groups: found.load_balancers().iter().filter_map(target).collect(),
        subnets: network.map_or_else(Vec::new, |network| {
            network
                .subnets()
                .iter()
                .map(|id| SubnetId::from(id.as_str()))
                .collect()
        }),
        groups: network.map_or_else(Vec::new, |network| {
            network
                .security_groups()
                .iter()
                .map(|id| GroupId::from(id.as_str()))
                .collect()
        }),
        public_address: network
            .and_then(|network| network.assign_public_ip())
            .is_some_and(|assign| *assign == ecs::AssignPublicIp::Enabled),
        minimum_healthy_percent: percent(
            settings.and_then(|settings| settings.minimum_healthy_percent()),
        ),
        maximum_percent: percent(settings.and_then(|settings| settings.maximum_percent())),
        circuit_breaker: settings
            .and_then(|settings| settings.deployment_circuit_breaker())
            .map(|breaker| CircuitBreaker {
                enabled: breaker.enable(),
                rolls_back: breaker.rollback(),
            }),
        controller: found
            .deployment_controller()
            .map_or("ECS", |controller| controller.r#type().as_str())
            .to_owned(),
        created_at: instant(found.created_at()),
        deployments: found.deployments().iter().map(deployment).collect(),
        events,
        history: Fact::not_asked(),
    }
}

/// `None` for a classic load balancer, which has no target group.
fn target(balancer: &ecs::LoadBalancer) -> Option<ServiceTarget> {
    Some(ServiceTarget {
        target_group: Arn::from(balancer.target_group_arn()?),
        alternate: balancer
            .advanced_configuration()
            .and_then(|more| more.alternate_target_group_arn())
            .map(Arn::from),
        container: balancer.container_name().unwrap_or_default().to_owned(),
        port: balancer
            .container_port()
            .and_then(|port| u16::try_from(port).ok())
            .unwrap_or(0),
    })
}

fn deployment(found: &ecs::Deployment) -> Deployment {
    Deployment {
        id: found.id().unwrap_or_default().to_owned(),
        status: found.status().unwrap_or_default().to_owned(),
        definition: RevisionArn::from(found.task_definition().unwrap_or_default()),
        rollout: found.rollout_state().map(|state| state.as_str().to_owned()),
        rollout_reason: found.rollout_state_reason().map(str::to_owned),
        desired: count(found.desired_count()),
        running: count(found.running_count()),
        pending: count(found.pending_count()),
        failed: count(found.failed_tasks()),
        created_at: instant(found.created_at()),
        updated_at: instant(found.updated_at()),
    }
}

/// The service's deployments, newest first, each with the revision it brought out. Services under another deployment
/// controller, and older emulators, do not offer it.
async fn history(reader: &Reader, chapter: &Chapter) -> Result<Vec<ServiceDeployment>, ReadError> {
    let asked = Box::pin(
        reader
            .ecs()
            .list_service_deployments()
            .cluster(&chapter.service.cluster)
            .service(&chapter.service.service)
            .max_results(100)
            .send(),
    );
    let call = &calls::LIST_SERVICE_DEPLOYMENTS;
    let answer = reader.sdk(call, asked).await?;
    let mut found = listed(call, answer.service_deployments)?;
    found.sort_by_key(|one| Reverse(instant(one.created_at())));
    let revisions = revisions(reader, &found).await;
    Ok(found
        .iter()
        .map(|one| {
            let revision = one
                .target_service_revision_arn()
                .and_then(|arn| revisions.get(arn));
            ServiceDeployment {
                arn: Arn::from(one.service_deployment_arn().unwrap_or_default()),
                status: one.status().map_or("", |status| status.as_str()).to_owned(),
                status_reason: one.status_reason().map(str::to_owned),
                definition: revision
                    .and_then(|revision| revision.task_definition())
                    .map(RevisionArn::from),
                images: revision.map_or_else(Vec::new, images),
                created_at: instant(one.created_at()),
                finished_at: instant(one.finished_at()),
            }
        })
        .collect())
}

/// By ARN. One that cannot be read leaves the deployment without its revision: the list is still true.
async fn revisions(
    reader: &Reader,
    deployments: &[ecs::ServiceDeploymentBrief],
) -> BTreeMap<String, ecs::ServiceRevision> {
    let mut arns: Vec<String> = Vec::new();
    for arn in deployments
        .iter()
        .filter_map(ecs::ServiceDeploymentBrief::target_service_revision_arn)
    {
        if !arns.iter().any(|known| known == arn) && arns.len() < MOST_REVISIONS {
            arns.push(arn.to_owned());
        }
    }
    if arns.is_empty() {
        return BTreeMap::new();
    }
    let asked = Box::pin(
        reader
            .ecs()
            .describe_service_revisions()
            .set_service_revision_arns(Some(arns))
            .send(),
    );
    reader
        .sdk(&calls::DESCRIBE_SERVICE_REVISIONS, asked)
        .await
        .map(|answer| {
            answer
                .service_revisions
                .unwrap_or_default()
                .into_iter()
                .filter_map(|revision| Some((revision.service_revision_arn.clone()?, revision)))
                .collect()
        })
        .unwrap_or_default()
}

fn images(revision: &ecs::ServiceRevision) -> Vec<DeployedImage> {
    revision
        .container_images()
        .iter()
        .map(|image| DeployedImage {
            container: image.container_name().unwrap_or_default().to_owned(),
            image: image.image().unwrap_or_default().to_owned(),
            digest: image.image_digest().map(Digest::from),
        })
        .collect()
}
