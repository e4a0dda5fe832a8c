//! The default VPC that every account has, and the chapter's four security groups.

use super::ids::Ids;
use super::scene::Scene;
use crate::account::*;
use std::collections::BTreeMap;

const ANYWHERE: &str = "0.0.0.0/0";

/// A default VPC: three subnets in three zones, one route table with a way out, the default group.
pub(super) fn default_vpc(ids: Ids<'_>) -> Network {
    let vpc = ids.vpc();
    Network {
        vpcs: Fact::Present(vec![Vpc {
            id: vpc.clone(),
            ranges: ranges("172.31.0.0/16"),
            is_default: true,
        }]),
        subnets: Fact::Present(
            ids.subnets()
                .into_iter()
                .map(|(id, zone, range)| Subnet {
                    id,
                    vpc: vpc.clone(),
                    zone,
                    ranges: ranges(range),
                    default_for_zone: true,
                })
                .collect(),
        ),
        route_tables: Fact::Present(vec![RouteTable {
            id: "rtb-0f4c8a91be2d63750".to_owned(),
            vpc: vpc.clone(),
            main: true,
            subnets: Vec::new(),
            routes: vec![
                route("172.31.0.0/16", Through::Local),
                route(ANYWHERE, Through::InternetGateway(ids.internet_gateway())),
            ],
        }]),
        groups: Fact::Present(vec![group(
            ids,
            ids.default_group(),
            "default",
            vec![GroupRule {
                protocol: Protocol::All,
                ports: None,
                peer: from_group(ids, ids.default_group()),
            }],
        )]),
        endpoints: Fact::Present(Vec::new()),
        nat_gateways: Fact::Present(Vec::new()),
        prefix_lists: BTreeMap::new(),
        acls: Fact::not_asked(),
        dns: BTreeMap::new(),
        interfaces: Fact::not_asked(),
    }
}

fn route(destination: &str, through: Through) -> Route {
    Route {
        destination: destination.to_owned(),
        through,
        blackhole: false,
    }
}

/// One range as the list that the snapshot keeps; an unreadable one gives none.
pub(super) fn ranges(text: &str) -> Vec<ipnet::IpNet> {
    text.parse().into_iter().collect()
}

fn group(ids: Ids<'_>, id: GroupId, name: &str, inbound: Vec<GroupRule>) -> SecurityGroup {
    SecurityGroup {
        id,
        name: name.to_owned(),
        vpc: ids.vpc(),
        owner: ids.account(),
        inbound,
        outbound: ranges(ANYWHERE)
            .into_iter()
            .map(|range| GroupRule {
                protocol: Protocol::All,
                ports: None,
                peer: Peer::Range(range),
            })
            .collect(),
        nonce: None,
    }
}

/// A peer that is a group of this account.
pub(super) fn from_group(ids: Ids<'_>, id: GroupId) -> Peer {
    Peer::Group {
        id,
        account: Some(ids.account()),
        peered_vpc: None,
        peering: None,
    }
}

/// TCP on one port.
pub(super) fn on_port(port: u16, peer: Peer) -> GroupRule {
    GroupRule {
        protocol: Protocol::Tcp,
        ports: Some((port, port)),
        peer,
    }
}

/// TCP on one port from a range.
pub(super) fn from_range(port: u16, range: &str) -> Vec<GroupRule> {
    ranges(range)
        .into_iter()
        .map(|range| on_port(port, Peer::Range(range)))
        .collect()
}

/// The four groups, all shut at first, and the database's subnet group.
pub(super) fn tiers(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (ids, names) = (scene.ids, &scene.chapter.groups);
    if let Fact::Present(groups) = &mut snapshot.network.groups {
        for (id, name) in [
            (ids.balancer_group(), &names.alb),
            (ids.tasks_group(), &names.tasks),
            (ids.database_group(), &names.database),
            (ids.cache_group(), &names.cache),
        ] {
            groups.push(group(ids, id, name, Vec::new()));
        }
    }
    snapshot.database_subnet_groups = Fact::Present(vec![subnet_group(
        ids,
        &scene.chapter.database.subnet_group,
    )]);
}

/// A subnet group over all subnets of the VPC.
pub(super) fn subnet_group(ids: Ids<'_>, name: &str) -> SubnetGroup {
    SubnetGroup {
        name: name.to_owned(),
        vpc: ids.vpc(),
        subnets: ids
            .subnets()
            .into_iter()
            .map(|(id, zone, _)| SubnetInGroup { id, zone })
            .collect(),
    }
}

/// The group with this id, if it exists.
pub(super) fn group_of<'s>(
    snapshot: &'s mut Snapshot,
    id: &GroupId,
) -> Option<&'s mut SecurityGroup> {
    match &mut snapshot.network.groups {
        Fact::Present(groups) => groups.iter_mut().find(|group| group.id == *id),
        _ => None,
    }
}

/// Replaces what a group admits.
pub(super) fn admit(snapshot: &mut Snapshot, id: &GroupId, inbound: Vec<GroupRule>) {
    if let Some(group) = group_of(snapshot, id) {
        group.inbound = inbound;
    }
}

/// Opens one port of a tier to the group of another, and to nobody else.
pub(super) fn admit_group(
    snapshot: &mut Snapshot,
    ids: Ids<'_>,
    target: &GroupId,
    port: u16,
    source: GroupId,
) {
    admit(
        snapshot,
        target,
        vec![on_port(port, from_group(ids, source))],
    );
}
