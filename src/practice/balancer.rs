//! The load balancer, its target group, its listeners, the certificate and the name.

use super::network::{admit, from_range};
use super::scene::Scene;
use crate::account::*;
use jiff::SignedDuration;
use std::net::IpAddr;

/// Seconds of practice time until the balancer is active (AWS: two to four minutes).
pub(super) const PROVISIONING: u32 = 4;

/// Seconds of practice time until the certificate is issued (AWS: minutes, once DNS shows the record).
pub(super) const VALIDATING: u32 = 4;

/// Where the balancer answers: addresses from a range that belongs to documentation.
const ADDRESSES: [IpAddr; 2] = [
    IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 24)),
    IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 79)),
];

/// The balancer, and its group opened to the world.
pub(super) fn balancer(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (ids, names) = (scene.ids, &scene.chapter.balancer);
    let state = if scene.is_done(PROVISIONING) {
        "active"
    } else {
        "provisioning"
    };
    snapshot.balancers = Fact::Present(vec![Balancer {
        arn: ids.balancer(),
        name: names.name.clone(),
        dns_name: ids.balancer_host(),
        internet_facing: true,
        kind: "application".to_owned(),
        state: state.to_owned(),
        state_reason: None,
        vpc: ids.vpc(),
        zones: ids
            .subnets()
            .into_iter()
            .map(|(subnet, zone, _)| BalancerZone { zone, subnet })
            .collect(),
        groups: vec![ids.balancer_group()],
        hosted_zone: Some("Z35SXDOTRQ7X7K".to_owned()),
        address_type: "ipv4".to_owned(),
        created_at: Some(scene.made()),
        listeners: Fact::Present(Vec::new()),
    }]);
    let mut rules = from_range(80, "0.0.0.0/0");
    if scene.chapter.has_domain {
        rules.extend(from_range(443, "0.0.0.0/0"));
    }
    admit(snapshot, &ids.balancer_group(), rules);
}

pub(super) fn target_group(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    snapshot.target_groups = Fact::Present(vec![TargetGroup {
        arn: ids.target_group(),
        name: scene.chapter.balancer.target_group.clone(),
        target_type: "ip".to_owned(),
        protocol: Some("HTTP".to_owned()),
        protocol_version: Some("HTTP1".to_owned()),
        port: Some(scene.chapter.port),
        vpc: Some(ids.vpc()),
        health: HealthSettings {
            path: Some(scene.chapter.health_path.clone()),
            port: "traffic-port".to_owned(),
            protocol: "HTTP".to_owned(),
            matcher: Some("200".to_owned()),
            interval_seconds: 15,
            timeout_seconds: 5,
            healthy_threshold: 2,
            unhealthy_threshold: 3,
        },
        balancers: Vec::new(),
        targets: Fact::Present(Vec::new()),
    }]);
}

/// Requested and, a few seconds later, issued: the learner's DNS shows the record from the start.
pub(super) fn certificate(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if !scene.chapter.has_domain {
        return;
    }
    let host = &scene.chapter.host;
    let issued = scene.is_done(VALIDATING);
    let record = DnsRecord {
        name: format!("_3639ac514e785e898d2646601fa951d5.{host}"),
        value: "_98d2646601fa951d53639ac514e785e8.acm-validations.aws".to_owned(),
    };
    snapshot.workplace.validation_records.insert(
        record.name.clone(),
        Fact::Present(vec![record.value.clone()]),
    );
    let year = SignedDuration::from_hours(24 * 395);
    let (status, validation) = if issued {
        ("ISSUED", "SUCCESS")
    } else {
        ("PENDING_VALIDATION", "PENDING_VALIDATION")
    };
    snapshot.certificates = Fact::Present(vec![Certificate {
        arn: scene.ids.certificate(),
        kind: Some("AMAZON_ISSUED".to_owned()),
        domain: host.clone(),
        names: vec![host.clone()],
        status: status.to_owned(),
        failure_reason: None,
        key_algorithm: Some("RSA-2048".to_owned()),
        // Renewed by ACM as long as it is in use, so that a practice account does not age.
        not_after: issued.then(|| scene.now.checked_add(year).unwrap_or(scene.now)),
        created_at: Some(scene.made()),
        in_use_by: Vec::new(),
        validations: vec![Validation {
            domain: host.clone(),
            method: Some("DNS".to_owned()),
            status: Some(validation.to_owned()),
            record: Some(record),
        }],
    }]);
}

/// With a domain: 443 forwards, 80 redirects. Without one: 80 forwards.
pub(super) fn listeners(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let forward = Action::Forward(vec![Weighted {
        target_group: ids.target_group(),
        weight: 1,
    }]);
    let listeners = if scene.chapter.has_domain {
        let redirect = Action::Redirect {
            protocol: "HTTPS".to_owned(),
            port: "443".to_owned(),
            status: "HTTP_301".to_owned(),
            host: "#{host}".to_owned(),
        };
        vec![
            listener(scene, 80, "HTTP", redirect),
            listener(scene, 443, "HTTPS", forward),
        ]
    } else {
        vec![listener(scene, 80, "HTTP", forward)]
    };
    if let Some(balancer) = balancer_of(snapshot) {
        balancer.listeners = Fact::Present(listeners);
    }
    if let Some(group) = target_group_of(snapshot) {
        group.balancers = vec![ids.balancer()];
    }
    if let Fact::Present(certificates) = &mut snapshot.certificates {
        for certificate in certificates {
            certificate.in_use_by = vec![ids.balancer()];
        }
    }
}

fn listener(scene: &Scene<'_>, port: u16, protocol: &str, action: Action) -> Listener {
    let certificates = if protocol == "HTTPS" {
        vec![scene.ids.certificate()]
    } else {
        Vec::new()
    };
    Listener {
        arn: scene.ids.listener(port),
        port,
        protocol: protocol.to_owned(),
        default_actions: vec![action],
        rules: Fact::Present(Vec::new()),
        certificates: Fact::Present(certificates),
    }
}

/// The host leads to the balancer.
pub(super) fn name(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if !scene.chapter.has_domain {
        return;
    }
    snapshot.workplace.dns = Fact::Present(DnsAnswer {
        host: scene.chapter.host.clone(),
        aliases: vec![scene.ids.balancer_host()],
        addresses: ADDRESSES.to_vec(),
        balancer_addresses: ADDRESSES.to_vec(),
    });
}

/// The chapter's balancer, once it exists.
pub(super) fn balancer_of(snapshot: &mut Snapshot) -> Option<&mut Balancer> {
    match &mut snapshot.balancers {
        Fact::Present(balancers) => balancers.first_mut(),
        _ => None,
    }
}

/// The chapter's target group, once it exists.
pub(super) fn target_group_of(snapshot: &mut Snapshot) -> Option<&mut TargetGroup> {
    match &mut snapshot.target_groups {
        Fact::Present(groups) => groups.first_mut(),
        _ => None,
    }
}

/// One of the balancer's listeners.
pub(super) fn listener_on(snapshot: &mut Snapshot, port: u16) -> Option<&mut Listener> {
    match &mut balancer_of(snapshot)?.listeners {
        Fact::Present(listeners) => listeners.iter_mut().find(|each| each.port == port),
        _ => None,
    }
}
