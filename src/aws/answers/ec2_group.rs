//! EC2: security groups. A permission with several sources becomes one rule per source.

use super::{filled, nonce, pages};
use crate::account::{GroupRule, Peer, Protocol, SecurityGroup};
use crate::aws::wire::List;
use ipnet::IpNet;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeSecurityGroups {
    #[serde(rename = "securityGroupInfo")]
    groups: List<GroupItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeSecurityGroups: DESCRIBE_SECURITY_GROUPS, groups of GroupItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct GroupItem {
    owner_id: String,
    group_id: String,
    group_name: String,
    #[serde(default)]
    vpc_id: String,
    #[serde(default)]
    ip_permissions: List<Permission>,
    #[serde(default)]
    ip_permissions_egress: List<Permission>,
    #[serde(default)]
    tag_set: List<Tag>,
}

#[derive(Debug, Deserialize)]
struct Tag {
    key: Option<String>,
    value: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Permission {
    ip_protocol: String,
    from_port: Option<i32>,
    to_port: Option<i32>,
    #[serde(default)]
    groups: List<Pair>,
    #[serde(default)]
    ip_ranges: List<Range4>,
    #[serde(default)]
    ipv6_ranges: List<Range6>,
    #[serde(default)]
    prefix_list_ids: List<PrefixList>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pair {
    group_id: Option<String>,
    user_id: Option<String>,
    vpc_id: Option<String>,
    vpc_peering_connection_id: Option<String>,
    peering_status: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Range4 {
    cidr_ip: IpNet,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Range6 {
    cidr_ipv6: IpNet,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrefixList {
    prefix_list_id: String,
}

impl From<GroupItem> for SecurityGroup {
    fn from(item: GroupItem) -> Self {
        SecurityGroup {
            id: item.group_id.into(),
            name: item.group_name,
            vpc: item.vpc_id.into(),
            owner: item.owner_id.into(),
            inbound: rules(item.ip_permissions),
            outbound: rules(item.ip_permissions_egress),
            nonce: nonce(item.tag_set.into_iter().map(|tag| (tag.key, tag.value))),
        }
    }
}

fn rules(permissions: List<Permission>) -> Vec<GroupRule> {
    permissions.into_iter().flat_map(rules_of).collect()
}

fn rules_of(permission: Permission) -> Vec<GroupRule> {
    let protocol = protocol(&permission.ip_protocol);
    let ports = ports(&protocol, permission.from_port, permission.to_port);
    let four = permission
        .ip_ranges
        .into_iter()
        .map(|range| Peer::Range(range.cidr_ip));
    let six = permission
        .ipv6_ranges
        .into_iter()
        .map(|range| Peer::Range(range.cidr_ipv6));
    let groups = permission.groups.into_iter().filter_map(peer);
    let lists = permission
        .prefix_list_ids
        .into_iter()
        .map(|list| Peer::PrefixList(list.prefix_list_id));
    four.chain(six)
        .chain(groups)
        .chain(lists)
        .map(|peer| GroupRule {
            protocol: protocol.clone(),
            ports,
            peer,
        })
        .collect()
}

fn peer(pair: Pair) -> Option<Peer> {
    // EC2-Classic named groups without an id; nothing of that is left.
    let id = filled(pair.group_id)?;
    let peered = filled(pair.vpc_peering_connection_id).is_some();
    Some(Peer::Group {
        id: id.into(),
        account: filled(pair.user_id).map(Into::into),
        peered_vpc: filled(pair.vpc_id).filter(|_| peered).map(Into::into),
        peering: filled(pair.peering_status),
    })
}

pub(super) fn protocol(text: &str) -> Protocol {
    match text {
        "-1" => Protocol::All,
        "tcp" | "6" => Protocol::Tcp,
        "udp" | "17" => Protocol::Udp,
        "icmp" | "1" => Protocol::Icmp,
        other => Protocol::Other(other.to_owned()),
    }
}

/// Ports only exist for TCP and UDP: of ICMP the numbers are types and codes. `None` = all of them.
fn ports(protocol: &Protocol, from: Option<i32>, to: Option<i32>) -> Option<(u16, u16)> {
    if !matches!(protocol, Protocol::Tcp | Protocol::Udp) {
        return None;
    }
    let from = u16::try_from(from?).ok()?;
    let to = u16::try_from(to?).ok()?;
    Some((from, to))
}
