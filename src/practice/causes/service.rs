//! Faults of the service's own settings.

use super::super::balancer::target_group_of;
use super::super::cause::Cause;
use super::super::network::admit;
use super::super::scene::Scene;
use super::super::service::service_of;
use super::trouble::{Stop, nothing_runs, unhealthy, without_targets};
use crate::account::*;

const SERVICE: &[&str; 1] = &["ecs-service.service"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "not-on-fargate",
        SERVICE,
        "Creates the service for EC2 instances instead of Fargate.",
        |snapshot, _| {
            if let Some(service) = service_of(snapshot) {
                service.launch_type = Some("EC2".to_owned());
            }
        },
    ),
    Cause::new(
        "desired-count-low",
        SERVICE,
        "Asks for a single task.",
        one_task,
    )
    .restarting(),
    Cause::new(
        "grace-period-too-short",
        SERVICE,
        "Sets the health check's grace period to zero.",
        |snapshot, _| {
            if let Some(service) = service_of(snapshot) {
                service.grace_seconds = 0;
            }
        },
    ),
    Cause::new(
        "service-not-load-balanced",
        SERVICE,
        "Creates the service without a target group.",
        |snapshot, _| {
            if let Some(service) = service_of(snapshot) {
                service.target_groups = Vec::new();
                service.grace_seconds = service.grace_seconds.max(1);
            }
            without_targets(snapshot);
        },
    )
    .restarting(),
    Cause::new(
        "no-route-to-registry",
        SERVICE,
        "Takes the tasks' public addresses away, so that they cannot reach the registry.",
        no_way_out,
    )
    .restarting(),
    Cause::new(
        "vpc-dns-off",
        SERVICE,
        "Switches off name resolution in the VPC, so that new tasks find nobody.",
        without_names,
    )
    .repaired_by(&["rds.network", "ecs-service.service"])
    .restarting(),
    Cause::new(
        "task-port-closed-to-alb",
        SERVICE,
        "Removes the rule that lets the load balancer reach the tasks.",
        |snapshot, scene| {
            admit(snapshot, &scene.ids.tasks_group(), Vec::new());
            let seen = ("Target.Timeout", "Request timed out");
            unhealthy(snapshot, scene, seen, None);
        },
    )
    .restarting(),
];

fn one_task(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Some(service) = service_of(snapshot) {
        service.desired = 1;
        service.running = service.running.min(1);
        for deployment in &mut service.deployments {
            deployment.desired = 1;
            deployment.running = deployment.running.min(1);
        }
    }
    if let Fact::Present(tasks) = &mut snapshot.tasks {
        tasks.truncate(1);
    }
    if let Some(group) = target_group_of(snapshot)
        && let Fact::Present(targets) = &mut group.targets
    {
        targets.truncate(1);
    }
}

fn no_way_out(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Some(service) = service_of(snapshot) {
        service.public_address = false;
    }
    let region = &scene.chapter.region;
    let stop = Stop::before_start(format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: \
         unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request \
         failed caused by: Post \"https://api.ecr.{region}.amazonaws.com/\": dial tcp 198.51.100.161:443: i/o timeout"
    ));
    nothing_runs(snapshot, scene, &stop);
}

/// Names answer from the second address of the VPC's range, or from nowhere.
fn without_names(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (vpc, region) = (scene.ids.vpc(), &scene.chapter.region);
    let off = VpcDns {
        resolves: false,
        gives_names: false,
    };
    snapshot.network.dns.insert(vpc, Fact::Present(off));
    let stop = Stop::before_start(format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from \
         Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. \
         operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error \
         StatusCode: 0, RequestID: , request send failed, Post \"https://api.ecr.{region}.amazonaws.com/\": dial tcp: \
         lookup api.ecr.{region}.amazonaws.com on 172.31.0.2:53: read udp 172.31.4.20:41532->172.31.0.2:53: i/o timeout"
    ));
    nothing_runs(snapshot, scene, &stop);
}
