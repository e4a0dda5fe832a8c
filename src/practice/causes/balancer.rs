//! Faults of the load balancer, its target group and its listeners.

use super::super::balancer::{balancer_of, listener_on, target_group_of};
use super::super::cause::Cause;
use super::super::endpoint::answer;
use super::super::network::admit;
use super::super::scene::Scene;
use super::super::service::service_of;
use super::trouble::{no_service, targets_unused, unhealthy};
use crate::account::*;
use std::net::{IpAddr, Ipv4Addr};

const BALANCER: &[&str; 1] = &["alb.balancer"];
const TARGET_GROUP: &[&str; 1] = &["alb.target-group"];
const LISTENERS: &[&str; 1] = &["alb.listeners"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "alb-not-public",
        BALANCER,
        "Makes the load balancer internal.",
        internal,
    ),
    Cause::new(
        "single-zone-alb",
        BALANCER,
        "Leaves the load balancer a single zone.",
        single_zone,
    ),
    Cause::new(
        "alb-unreachable",
        BALANCER,
        "Shuts the load balancer's security group.",
        |snapshot, scene| {
            admit(snapshot, &scene.ids.balancer_group(), Vec::new());
            answer_if_asked(snapshot, EndpointOutcome::NoConnection);
        },
    ),
    Cause::new(
        "target-group-instance-type",
        TARGET_GROUP,
        "Creates the target group for instances, which Fargate tasks are not.",
        |snapshot, _| {
            if let Some(group) = target_group_of(snapshot) {
                group.target_type = "instance".to_owned();
            }
            no_service(snapshot);
        },
    )
    .restarting(),
    Cause::new(
        "health-path-wrong",
        TARGET_GROUP,
        "Points the health check at a path that the app does not serve.",
        |snapshot, scene| {
            if let Some(group) = target_group_of(snapshot) {
                group.health.path = Some("/".to_owned());
            }
            let seen = (
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [404]",
            );
            unhealthy(snapshot, scene, seen, None);
        },
    )
    .restarting(),
    Cause::new(
        "https-listener-missing",
        LISTENERS,
        "Deletes the HTTPS listener.",
        |snapshot, _| without_https(snapshot),
    )
    .with_domain(),
    Cause::new(
        "http-not-redirected",
        LISTENERS,
        "Lets port 80 forward instead of redirecting to HTTPS.",
        |snapshot, scene| {
            let group = scene.ids.target_group();
            if let Some(listener) = listener_on(snapshot, 80) {
                listener.default_actions = vec![forward(group)];
            }
        },
    )
    .with_domain(),
    Cause::new(
        "target-not-in-use",
        LISTENERS,
        "Lets the listener forward to another target group.",
        forwards_elsewhere,
    )
    .restarting(),
    Cause::new(
        "dns-not-pointing",
        &["alb.name"],
        "Points the host's record at another address.",
        |snapshot, _| {
            if let Fact::Present(dns) = &mut snapshot.workplace.dns {
                dns.aliases = Vec::new();
                dns.addresses = vec![IpAddr::V4(Ipv4Addr::new(203, 0, 113, 80))];
            }
            answer_if_asked(snapshot, EndpointOutcome::NoConnection);
        },
    )
    .with_domain(),
];

fn forward(group: Arn) -> Action {
    Action::Forward(vec![Weighted {
        target_group: group,
        weight: 1,
    }])
}

/// Only where the name resolves at all.
fn answer_if_asked(snapshot: &mut Snapshot, outcome: EndpointOutcome) {
    let resolves = snapshot
        .workplace
        .endpoint
        .present()
        .is_some_and(|endpoint| endpoint.outcome != EndpointOutcome::NoName);
    if resolves {
        answer(snapshot, outcome);
    }
}

/// An internal balancer's name resolves to private addresses.
fn internal(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Some(balancer) = balancer_of(snapshot) {
        balancer.internet_facing = false;
        balancer.dns_name = format!("internal-{}", balancer.dns_name);
    }
    let name = balancer_of(snapshot).map(|balancer| balancer.dns_name.clone());
    if let (Fact::Present(dns), Some(name)) = (&mut snapshot.workplace.dns, name) {
        let private = [[172, 31, 2, 11], [172, 31, 18, 40]]
            .map(IpAddr::from)
            .to_vec();
        dns.aliases = vec![name];
        dns.addresses.clone_from(&private);
        dns.balancer_addresses = private;
    }
    answer_if_asked(snapshot, EndpointOutcome::NoConnection);
}

/// The service lives in that zone too, as it otherwise could not be reached.
fn single_zone(snapshot: &mut Snapshot, _: &Scene<'_>) {
    let Some(balancer) = balancer_of(snapshot) else {
        return;
    };
    balancer.zones.truncate(1);
    let Some(kept) = balancer.zones.first().cloned() else {
        return;
    };
    if let Some(service) = service_of(snapshot) {
        service.subnets = vec![kept.subnet];
    }
    let mut moved = Vec::new();
    if let Fact::Present(tasks) = &mut snapshot.tasks {
        for (number, task) in tasks.iter_mut().enumerate() {
            task.zone = Some(kept.zone.clone());
            task.addresses = vec![format!("172.31.4.{}", 20 + number % 200)];
            moved.push(task.addresses[0].clone());
        }
    }
    if let Some(group) = target_group_of(snapshot)
        && let Fact::Present(targets) = &mut group.targets
    {
        for (target, address) in targets.iter_mut().zip(moved) {
            target.zone = Some(kept.zone.clone());
            target.id = address;
        }
    }
}

/// Takes away 443, and with it the target group's only way in.
pub(super) fn without_https(snapshot: &mut Snapshot) {
    if let Some(balancer) = balancer_of(snapshot)
        && let Fact::Present(listeners) = &mut balancer.listeners
    {
        listeners.retain(|listener| listener.port != 443);
    }
    targets_unused(snapshot);
    answer_if_asked(snapshot, EndpointOutcome::NoConnection);
}

fn forwards_elsewhere(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let port = if scene.chapter.has_domain { 443 } else { 80 };
    let name = format!("{}-old", scene.chapter.balancer.target_group);
    let other = scene.ids.arn(
        "elasticloadbalancing",
        &format!("targetgroup/{name}/0c9d8e7f6a5b4321"),
    );
    if let Some(listener) = listener_on(snapshot, port) {
        listener.default_actions = vec![forward(other.clone())];
    }
    targets_unused(snapshot);
    if let Fact::Present(groups) = &mut snapshot.target_groups
        && let Some(template) = groups.first().cloned()
    {
        groups.push(TargetGroup {
            arn: other,
            name,
            balancers: vec![scene.ids.balancer()],
            targets: Fact::Present(Vec::new()),
            ..template
        });
    }
    answer_if_asked(snapshot, EndpointOutcome::Status(503));
}
