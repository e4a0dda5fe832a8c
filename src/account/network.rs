//! The VPC and what decides who may talk to whom.

use super::fact::Fact;
use super::ids::{AccountId, GroupId, SubnetId, VpcId, Zone};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the region's network looks like; each list is the whole region's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    pub vpcs: Fact<Vec<Vpc>>,
    pub subnets: Fact<Vec<Subnet>>,
    pub route_tables: Fact<Vec<RouteTable>>,
    pub groups: Fact<Vec<SecurityGroup>>,
    pub endpoints: Fact<Vec<VpcEndpoint>>,
    pub nat_gateways: Fact<Vec<NatGateway>>,
    /// Prefix lists that a rule of a chapter group names.
    pub prefix_lists: BTreeMap<String, Fact<Vec<IpNet>>>,
    /// Asked for only when something cannot be reached, as are the next two.
    #[serde(default = "Fact::not_asked")]
    pub acls: Fact<Vec<NetworkAcl>>,
    /// By VPC, those that were asked about.
    #[serde(default)]
    pub dns: BTreeMap<VpcId, Fact<VpcDns>>,
    #[serde(default = "Fact::not_asked")]
    pub interfaces: Fact<Vec<NetworkInterface>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vpc {
    pub id: VpcId,
    pub ranges: Vec<IpNet>,
    pub is_default: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subnet {
    pub id: SubnetId,
    pub vpc: VpcId,
    pub zone: Zone,
    pub ranges: Vec<IpNet>,
    pub default_for_zone: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteTable {
    pub id: String,
    pub vpc: VpcId,
    /// The main table serves every subnet without an association of its own.
    pub main: bool,
    pub subnets: Vec<SubnetId>,
    pub routes: Vec<Route>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// A range, or a prefix list's id.
    pub destination: String,
    pub through: Through,
    /// Its gateway was deleted.
    pub blackhole: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    Local,
    InternetGateway(String),
    NatGateway(String),
    VpcEndpoint(String),
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityGroup {
    pub id: GroupId,
    pub name: String,
    pub vpc: VpcId,
    pub owner: AccountId,
    /// One entry per permission and source.
    pub inbound: Vec<GroupRule>,
    pub outbound: Vec<GroupRule>,
    /// The value of the tag [`super::NONCE_TAG`], when it is a nonce.
    #[serde(default)]
    pub nonce: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRule {
    pub protocol: Protocol,
    /// First and last port; `None` = all of them.
    pub ports: Option<(u16, u16)>,
    /// Where traffic comes from (inbound) or goes to (outbound).
    pub peer: Peer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// `-1`.
    All,
    Tcp,
    Udp,
    Icmp,
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    Range(IpNet),
    Group {
        id: GroupId,
        account: Option<AccountId>,
        /// Set when the group lives in another VPC, reached by peering.
        peered_vpc: Option<VpcId>,
        /// As AWS writes it: `active`, `deleted`... A rule outlives the peering that it was made for.
        #[serde(default)]
        peering: Option<String>,
    },
    PrefixList(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VpcEndpoint {
    pub id: String,
    pub vpc: VpcId,
    /// `com.amazonaws.us-east-1.ecr.dkr`.
    pub service: String,
    pub kind: EndpointKind,
    pub available: bool,
    /// As AWS writes it: `pending`, `available`, `deleting`...; not in old snapshots.
    #[serde(default)]
    pub state: Option<String>,
    pub private_dns: bool,
    pub subnets: Vec<SubnetId>,
    pub groups: Vec<GroupId>,
    /// Gateway endpoints: the tables that route to it.
    pub route_tables: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    Interface,
    Gateway,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NatGateway {
    pub id: String,
    pub vpc: VpcId,
    /// Empty for a regional one.
    pub subnet: SubnetId,
    /// As AWS writes it: `pending`, `available`, `deleting`, `deleted`, `failed`.
    pub state: String,
    #[serde(default)]
    pub kind: NatKind,
}

/// Where a NAT gateway leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NatKind {
    /// To the internet, from one subnet.
    #[default]
    Public,
    /// To other private networks only (`ConnectivityType` is `private`).
    Private,
    /// To the internet for a whole VPC: it stands in no subnet, and AWS keeps its routes (`AvailabilityMode` is `regional`).
    Regional,
}

/// The list of rules at the edge of a subnet. Unlike a security group it keeps no memory: answers need a rule of their own.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkAcl {
    pub id: String,
    pub vpc: VpcId,
    pub is_default: bool,
    pub subnets: Vec<SubnetId>,
    pub entries: Vec<AclEntry>,
}

/// The lowest number that fits decides; 32767 is the "deny the rest" that every list ends with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AclEntry {
    pub number: u16,
    pub direction: AclDirection,
    pub action: AclAction,
    pub protocol: Protocol,
    /// First and last port; `None` = all of them.
    pub ports: Option<(u16, u16)>,
    pub range: IpNet,
}

/// Seen from the subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AclDirection {
    Inbound,
    Outbound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AclAction {
    Allow,
    Deny,
}

/// `DescribeVpcAttribute`: whether names resolve inside the VPC, and whether its machines get names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VpcDns {
    /// `enableDnsSupport`.
    pub resolves: bool,
    /// `enableDnsHostnames`.
    pub gives_names: bool,
}

/// A network interface of the chapter's VPC: a task's, a balancer's, a database's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkInterface {
    pub id: String,
    pub subnet: SubnetId,
    /// Private addresses.
    pub addresses: Vec<String>,
    /// Whether a public address hangs on it (the address itself is of no use).
    pub public_address: bool,
    pub groups: Vec<GroupId>,
    /// As AWS writes it: `available`, `in-use`...
    pub status: String,
    /// AWS's own words for what it belongs to: `ELB app/news-api-alb/...`, `RDSNetworkInterface`.
    pub description: String,
}
