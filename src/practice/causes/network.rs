//! Faults of the security groups that several tiers share.

use super::super::cache;
use super::super::cause::Cause;
use super::super::database;
use super::super::network::{admit, admit_group, from_group, from_range, on_port, ranges};
use super::super::scene::Scene;
use super::super::service::service_of;
use crate::account::*;

/// The laptop's address, from a range that belongs to documentation.
const LAPTOP: &str = "203.0.113.7/32";

const TO_DATABASE: &[&str; 1] = &["rds.inbound"];
const TO_CACHE: &[&str; 1] = &["elasticache.inbound"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "default-security-group-shared",
        &["rds.network"],
        "Puts every tier into the VPC's default security group.",
        shared,
    )
    .after(&["rds.instance", "elasticache.cache"]),
    Cause::new(
        "wrong-vpc",
        &["rds.instance"],
        "Creates the database in another VPC.",
        database_elsewhere,
    )
    .repaired_by(&["rds.network", "rds.instance"]),
    Cause::new(
        "database-closed-to-tasks",
        TO_DATABASE,
        "Opens the database to your own address instead of to the tasks.",
        |snapshot, scene| {
            let rules = from_range(database::PORT, LAPTOP);
            admit(snapshot, &scene.ids.database_group(), rules);
        },
    ),
    Cause::new(
        "source-is-cidr",
        TO_DATABASE,
        "Opens the database to the whole VPC by address range.",
        |snapshot, scene| {
            let rules = from_range(database::PORT, "172.31.0.0/16");
            admit(snapshot, &scene.ids.database_group(), rules);
        },
    ),
    Cause::new(
        "source-is-other-group",
        TO_CACHE,
        "Opens the cache to the default security group as well as to the tasks.",
        |snapshot, scene| {
            let ids = scene.ids;
            let rules = [ids.tasks_group(), ids.default_group()]
                .map(|group| on_port(cache::PORT, from_group(ids, group)));
            admit(snapshot, &ids.cache_group(), rules.to_vec());
        },
    ),
    Cause::new(
        "redis-closed-to-tasks",
        TO_CACHE,
        "Removes the cache's inbound rule.",
        |snapshot, scene| admit(snapshot, &scene.ids.cache_group(), Vec::new()),
    ),
];

/// Everything in the default group: the chain works by accident, because that group admits itself.
fn shared(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let shared = ids.default_group();
    let attached = vec![AttachedGroup {
        id: shared.clone(),
        active: true,
    }];
    if let Fact::Present(groups) = &mut snapshot.network.groups {
        groups.retain(|group| group.id == shared);
        for group in groups {
            group.inbound.extend(from_range(80, "0.0.0.0/0"));
            group.inbound.extend(from_range(443, "0.0.0.0/0"));
        }
    }
    if let Some(instance) = database::instance_of(snapshot) {
        instance.groups.clone_from(&attached);
    }
    if let Fact::Present(nodes) = &mut snapshot.cache_nodes {
        for node in nodes {
            node.groups.clone_from(&attached);
        }
    }
    if let Fact::Present(balancers) = &mut snapshot.balancers {
        for balancer in balancers {
            balancer.groups = vec![shared.clone()];
        }
    }
    if let Some(service) = service_of(snapshot) {
        service.groups = vec![shared];
    }
}

/// A second VPC, with the database, its subnets and its group in it.
fn database_elsewhere(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let vpc = VpcId::from("vpc-0b7e19d64fa2c8035");
    let group = GroupId::from("sg-0e5f60718293a4b5c");
    if let Fact::Present(vpcs) = &mut snapshot.network.vpcs {
        vpcs.push(Vpc {
            id: vpc.clone(),
            ranges: ranges("10.20.0.0/16"),
            is_default: false,
        });
    }
    let mut inside = Vec::new();
    for (turn, (_, zone, _)) in ids.subnets().into_iter().enumerate() {
        let id = SubnetId(format!("subnet-0d4{turn}e7a1c9b35f260"));
        if let Fact::Present(subnets) = &mut snapshot.network.subnets {
            subnets.push(Subnet {
                id: id.clone(),
                vpc: vpc.clone(),
                zone: zone.clone(),
                ranges: ranges(&format!("10.20.{turn}.0/24")),
                default_for_zone: false,
            });
        }
        inside.push(SubnetInGroup { id, zone });
    }
    if let Fact::Present(groups) = &mut snapshot.network.groups
        && let Some(template) = groups.first().cloned()
    {
        groups.push(SecurityGroup {
            id: group.clone(),
            name: scene.chapter.groups.database.clone(),
            vpc: vpc.clone(),
            inbound: Vec::new(),
            ..template
        });
    }
    // A rule can name a group of another VPC only across a peering; this one admits its own VPC.
    admit(snapshot, &group, from_range(database::PORT, "10.20.0.0/16"));
    admit_group(
        snapshot,
        ids,
        &ids.database_group(),
        database::PORT,
        ids.tasks_group(),
    );
    let moved = SubnetGroup {
        name: scene.chapter.database.subnet_group.clone(),
        vpc,
        subnets: inside,
    };
    snapshot.database_subnet_groups = Fact::Present(vec![moved.clone()]);
    if let Some(instance) = database::instance_of(snapshot) {
        instance.subnet_group = Some(moved);
        instance.groups = vec![AttachedGroup {
            id: group,
            active: true,
        }];
    }
}
