//! EC2: network ACLs, network interfaces, and whether names resolve in a VPC.

use super::ec2_group::protocol;
use super::{all, answer, filled, pages};
use crate::account::{AclAction, AclDirection, AclEntry, NetworkAcl, NetworkInterface};
use crate::aws::wire::List;
use ipnet::IpNet;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeNetworkAcls {
    #[serde(rename = "networkAclSet")]
    acls: List<AclItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeNetworkAcls: DESCRIBE_NETWORK_ACLS, acls of AclItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct AclItem {
    network_acl_id: String,
    vpc_id: String,
    #[serde(default)]
    default: bool,
    // Without its entries a list would deny everything: they have to be said.
    entry_set: List<EntryItem>,
    #[serde(default)]
    association_set: List<Association>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EntryItem {
    rule_number: u16,
    /// A number (`6` = TCP), or `-1`.
    protocol: String,
    rule_action: Action,
    egress: bool,
    cidr_block: Option<IpNet>,
    ipv6_cidr_block: Option<IpNet>,
    port_range: Option<PortRange>,
}

#[derive(Debug, Deserialize)]
enum Action {
    #[serde(rename = "allow")]
    Allow,
    #[serde(rename = "deny")]
    Deny,
}

#[derive(Debug, Deserialize)]
struct PortRange {
    from: Option<u16>,
    to: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Association {
    subnet_id: String,
}

impl From<AclItem> for NetworkAcl {
    fn from(item: AclItem) -> Self {
        let mut entries: Vec<AclEntry> = item.entry_set.into_iter().filter_map(entry).collect();
        entries.sort_by_key(|entry| entry.number);
        NetworkAcl {
            id: item.network_acl_id,
            vpc: item.vpc_id.into(),
            is_default: item.default,
            subnets: all(item.association_set.into_iter().map(|one| one.subnet_id)),
            entries,
        }
    }
}

/// AWS gives each entry one range, of either kind.
fn entry(item: EntryItem) -> Option<AclEntry> {
    let ports = item
        .port_range
        .and_then(|range| Some((range.from?, range.to?)));
    Some(AclEntry {
        number: item.rule_number,
        direction: if item.egress {
            AclDirection::Outbound
        } else {
            AclDirection::Inbound
        },
        action: match item.rule_action {
            Action::Allow => AclAction::Allow,
            Action::Deny => AclAction::Deny,
        },
        protocol: protocol(&item.protocol),
        ports,
        range: item.cidr_block.or(item.ipv6_cidr_block)?,
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct DescribeVpcAttribute {
    /// In every such answer, whichever setting was asked for.
    #[serde(rename = "vpcId")]
    _vpc: String,
    enable_dns_support: Option<Flag>,
    enable_dns_hostnames: Option<Flag>,
}

answer!(DescribeVpcAttribute: DESCRIBE_VPC_ATTRIBUTE);

#[derive(Debug, Deserialize)]
struct Flag {
    value: bool,
}

impl DescribeVpcAttribute {
    pub fn dns_support(&self) -> Option<bool> {
        self.enable_dns_support.as_ref().map(|flag| flag.value)
    }

    pub fn dns_hostnames(&self) -> Option<bool> {
        self.enable_dns_hostnames.as_ref().map(|flag| flag.value)
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeNetworkInterfaces {
    #[serde(rename = "networkInterfaceSet")]
    interfaces: List<InterfaceItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeNetworkInterfaces: DESCRIBE_NETWORK_INTERFACES, interfaces of InterfaceItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct InterfaceItem {
    network_interface_id: String,
    #[serde(default)]
    subnet_id: String,
    #[serde(default)]
    private_ip_addresses_set: List<Address>,
    association: Option<Public>,
    #[serde(default)]
    group_set: List<Group>,
    #[serde(default)]
    status: String,
    description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    private_ip_address: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Public {
    public_ip: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    group_id: String,
}

impl From<InterfaceItem> for NetworkInterface {
    fn from(item: InterfaceItem) -> Self {
        let addresses = item.private_ip_addresses_set.into_iter();
        NetworkInterface {
            id: item.network_interface_id,
            subnet: item.subnet_id.into(),
            addresses: addresses
                .filter_map(|address| filled(address.private_ip_address))
                .collect(),
            public_address: item
                .association
                .and_then(|public| filled(public.public_ip))
                .is_some(),
            groups: all(item.group_set.into_iter().map(|group| group.group_id)),
            status: item.status,
            description: item.description.unwrap_or_default(),
        }
    }
}
