//! ElastiCache in its three shapes, subnet groups; snapshots for the leftovers. Statuses are kept as sent: serverless
//! ones are documented in capitals.

use super::{all, filled, pages};
use crate::account::{
    AttachedGroup, CacheNode, HostPort, ReplicationGroup, ServerlessCache, SubnetGroup,
    SubnetInGroup, TlsMode,
};
use crate::aws::wire::{At, List};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeCacheClusters {
    #[serde(rename = "CacheClusters")]
    clusters: List<NodeItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeCacheClusters: DESCRIBE_CACHE_CLUSTERS, clusters of NodeItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct NodeItem {
    cache_cluster_id: String,
    engine: String,
    #[serde(default)]
    engine_version: String,
    #[serde(default)]
    cache_node_type: String,
    cache_cluster_status: String,
    replication_group_id: Option<String>,
    #[serde(default)]
    cache_nodes: List<NodeInfo>,
    /// Memcached and clusters in cluster mode.
    configuration_endpoint: Option<Endpoint>,
    #[serde(default)]
    security_groups: List<Membership>,
    cache_subnet_group_name: Option<String>,
    transit_encryption_enabled: Option<bool>,
    transit_encryption_mode: Option<String>,
    cache_cluster_create_time: Option<At>,
    num_cache_nodes: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NodeInfo {
    endpoint: Option<Endpoint>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Endpoint {
    address: Option<String>,
    port: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Membership {
    security_group_id: String,
    status: Option<String>,
}

fn host_port(endpoint: Option<Endpoint>) -> Option<HostPort> {
    let endpoint = endpoint?;
    Some(HostPort {
        host: filled(endpoint.address)?,
        port: endpoint.port?,
    })
}

fn tls(enabled: Option<bool>, mode: Option<&str>) -> TlsMode {
    match (enabled.unwrap_or(false), mode) {
        (false, _) => TlsMode::Off,
        (true, Some("preferred")) => TlsMode::Preferred,
        // Before there were modes, encryption meant that everybody must use it.
        (true, _) => TlsMode::Required,
    }
}

impl From<NodeItem> for CacheNode {
    fn from(item: NodeItem) -> Self {
        let first = item.cache_nodes.into_iter().next();
        CacheNode {
            id: item.cache_cluster_id,
            engine: item.engine,
            engine_version: item.engine_version,
            class: item.cache_node_type,
            status: item.cache_cluster_status,
            replication_group: filled(item.replication_group_id),
            endpoint: host_port(first.and_then(|node| node.endpoint))
                .or_else(|| host_port(item.configuration_endpoint)),
            groups: item
                .security_groups
                .into_iter()
                .map(|group| AttachedGroup {
                    id: group.security_group_id.into(),
                    active: group.status.as_deref() == Some("active"),
                })
                .collect(),
            subnet_group: filled(item.cache_subnet_group_name),
            tls: tls(
                item.transit_encryption_enabled,
                item.transit_encryption_mode.as_deref(),
            ) == TlsMode::Required,
            created_at: item.cache_cluster_create_time.map(Into::into),
            nodes: item.num_cache_nodes.unwrap_or(1),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeReplicationGroups {
    #[serde(rename = "ReplicationGroups")]
    groups: List<GroupItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeReplicationGroups: DESCRIBE_REPLICATION_GROUPS, groups of GroupItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct GroupItem {
    replication_group_id: String,
    engine: Option<String>,
    status: String,
    #[serde(default)]
    member_clusters: List<String>,
    #[serde(default)]
    node_groups: List<NodeGroup>,
    configuration_endpoint: Option<Endpoint>,
    #[serde(default)]
    cluster_enabled: bool,
    transit_encryption_enabled: Option<bool>,
    transit_encryption_mode: Option<String>,
    replication_group_create_time: Option<At>,
    cache_node_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NodeGroup {
    primary_endpoint: Option<Endpoint>,
}

impl From<GroupItem> for ReplicationGroup {
    fn from(item: GroupItem) -> Self {
        // In cluster mode there is one address for all shards, otherwise the primary's.
        let primary = item.node_groups.into_iter().next();
        ReplicationGroup {
            id: item.replication_group_id,
            engine: filled(item.engine),
            status: item.status,
            members: item.member_clusters.0,
            endpoint: host_port(item.configuration_endpoint)
                .or_else(|| host_port(primary.and_then(|group| group.primary_endpoint))),
            cluster_mode: item.cluster_enabled,
            tls: tls(
                item.transit_encryption_enabled,
                item.transit_encryption_mode.as_deref(),
            ),
            created_at: item.replication_group_create_time.map(Into::into),
            class: filled(item.cache_node_type),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeServerlessCaches {
    #[serde(rename = "ServerlessCaches")]
    caches: List<ServerlessItem>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

pages!(DescribeServerlessCaches: DESCRIBE_SERVERLESS_CACHES, caches of ServerlessItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct ServerlessItem {
    serverless_cache_name: String,
    engine: String,
    status: String,
    endpoint: Option<Endpoint>,
    #[serde(default)]
    security_group_ids: List<String>,
    #[serde(default)]
    subnet_ids: List<String>,
    create_time: Option<At>,
}

impl From<ServerlessItem> for ServerlessCache {
    fn from(item: ServerlessItem) -> Self {
        ServerlessCache {
            name: item.serverless_cache_name,
            engine: item.engine,
            status: item.status,
            endpoint: host_port(item.endpoint),
            groups: all(item.security_group_ids),
            subnets: all(item.subnet_ids),
            created_at: item.create_time.map(Into::into),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeCacheSubnetGroups {
    #[serde(rename = "CacheSubnetGroups")]
    groups: List<SubnetGroupItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeCacheSubnetGroups: DESCRIBE_CACHE_SUBNET_GROUPS, groups of SubnetGroupItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct SubnetGroupItem {
    cache_subnet_group_name: String,
    #[serde(default)]
    vpc_id: String,
    #[serde(default)]
    subnets: List<SubnetItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SubnetItem {
    subnet_identifier: String,
    subnet_availability_zone: Option<ZoneItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ZoneItem {
    name: Option<String>,
}

impl From<SubnetGroupItem> for SubnetGroup {
    fn from(item: SubnetGroupItem) -> Self {
        let subnet = |subnet: SubnetItem| SubnetInGroup {
            id: subnet.subnet_identifier.into(),
            zone: subnet
                .subnet_availability_zone
                .and_then(|zone| zone.name)
                .unwrap_or_default()
                .into(),
        };
        SubnetGroup {
            name: item.cache_subnet_group_name,
            vpc: item.vpc_id.into(),
            subnets: item.subnets.into_iter().map(subnet).collect(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeCacheSnapshots {
    #[serde(rename = "Snapshots")]
    snapshots: List<SnapshotItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeCacheSnapshots: DESCRIBE_CACHE_SNAPSHOTS, snapshots of SnapshotItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct SnapshotItem {
    pub snapshot_name: String,
    pub cache_cluster_id: Option<String>,
    pub replication_group_id: Option<String>,
    #[serde(default)]
    node_snapshots: List<NodeSnapshot>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NodeSnapshot {
    snapshot_create_time: Option<At>,
}

impl SnapshotItem {
    /// When it was taken, by its first node.
    pub fn taken(&self) -> Option<jiff::Timestamp> {
        self.node_snapshots
            .0
            .iter()
            .find_map(|node| node.snapshot_create_time)
            .map(Into::into)
    }
}
