//! RDS: instances, clusters, subnet groups; snapshots for the leftovers.
//!
//! What a check judges (public, encrypted, backups) has no default: an answer without it is unreadable, not good.

use super::{filled, nonce, pages};
use crate::account::{
    AttachedGroup, DatabaseCluster, DatabaseInstance, Fact, HostPort, SubnetGroup, SubnetInGroup,
};
use crate::aws::wire::{At, List};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeDbInstances {
    #[serde(rename = "DBInstances")]
    instances: List<InstanceItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeDbInstances: DESCRIBE_DB_INSTANCES, instances of InstanceItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct InstanceItem {
    #[serde(rename = "DBInstanceIdentifier")]
    id: String,
    engine: String,
    #[serde(default)]
    engine_version: String,
    #[serde(rename = "DBInstanceClass", default)]
    class: String,
    #[serde(rename = "DBInstanceStatus")]
    status: String,
    publicly_accessible: bool,
    storage_encrypted: bool,
    backup_retention_period: u32,
    #[serde(rename = "MultiAZ", default)]
    multi_az: bool,
    endpoint: Option<Endpoint>,
    #[serde(rename = "DBName")]
    database: Option<String>,
    #[serde(rename = "DBSubnetGroup")]
    subnet_group: Option<SubnetGroupItem>,
    #[serde(default)]
    vpc_security_groups: List<Membership>,
    #[serde(rename = "DBClusterIdentifier")]
    cluster: Option<String>,
    instance_create_time: Option<At>,
    automatic_restart_time: Option<At>,
    #[serde(rename = "DBParameterGroups", default)]
    parameter_groups: List<ParameterGroup>,
    master_user_secret: Option<MasterUserSecret>,
    allocated_storage: Option<u32>,
    storage_type: Option<String>,
    #[serde(default)]
    tag_list: List<Tag>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: Option<String>,
    value: Option<String>,
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
    vpc_security_group_id: String,
    status: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ParameterGroup {
    #[serde(rename = "DBParameterGroupName")]
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MasterUserSecret {
    secret_arn: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct SubnetGroupItem {
    #[serde(rename = "DBSubnetGroupName")]
    name: String,
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
        SubnetGroup {
            name: item.name,
            vpc: item.vpc_id.into(),
            subnets: item
                .subnets
                .into_iter()
                .map(|subnet| SubnetInGroup {
                    id: subnet.subnet_identifier.into(),
                    zone: subnet
                        .subnet_availability_zone
                        .and_then(|zone| zone.name)
                        .unwrap_or_default()
                        .into(),
                })
                .collect(),
        }
    }
}

fn attached(groups: List<Membership>) -> Vec<AttachedGroup> {
    groups
        .into_iter()
        .map(|group| AttachedGroup {
            id: group.vpc_security_group_id.into(),
            active: group.status.as_deref() == Some("active"),
        })
        .collect()
}

impl From<InstanceItem> for DatabaseInstance {
    fn from(item: InstanceItem) -> Self {
        let endpoint = item.endpoint.and_then(|endpoint| {
            Some(HostPort {
                host: filled(endpoint.address)?,
                port: endpoint.port?,
            })
        });
        DatabaseInstance {
            id: item.id,
            engine: item.engine,
            engine_version: item.engine_version,
            class: item.class,
            status: item.status,
            publicly_accessible: item.publicly_accessible,
            encrypted: item.storage_encrypted,
            backup_days: item.backup_retention_period,
            multi_az: item.multi_az,
            endpoint,
            database: filled(item.database),
            subnet_group: item.subnet_group.map(Into::into),
            groups: attached(item.vpc_security_groups),
            cluster: filled(item.cluster),
            created_at: item.instance_create_time.map(Into::into),
            restarts_at: item.automatic_restart_time.map(Into::into),
            parameter_group: item
                .parameter_groups
                .into_iter()
                .find_map(|group| group.name),
            force_ssl: Fact::not_asked(),
            managed_password: item
                .master_user_secret
                .is_some_and(|secret| filled(secret.secret_arn).is_some()),
            storage_gb: item.allocated_storage,
            storage_type: filled(item.storage_type),
            nonce: nonce(item.tag_list.into_iter().map(|tag| (tag.key, tag.value))),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeDbClusters {
    #[serde(rename = "DBClusters")]
    clusters: List<ClusterItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeDbClusters: DESCRIBE_DB_CLUSTERS, clusters of ClusterItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct ClusterItem {
    #[serde(rename = "DBClusterIdentifier")]
    id: String,
    engine: String,
    #[serde(default)]
    engine_version: String,
    status: String,
    publicly_accessible: Option<bool>,
    storage_encrypted: bool,
    backup_retention_period: u32,
    #[serde(rename = "MultiAZ", default)]
    multi_az: bool,
    endpoint: Option<String>,
    port: Option<u16>,
    database_name: Option<String>,
    #[serde(rename = "DBSubnetGroup")]
    subnet_group: Option<String>,
    #[serde(default)]
    vpc_security_groups: List<Membership>,
    #[serde(rename = "DBClusterMembers", default)]
    members: List<Member>,
    cluster_create_time: Option<At>,
    automatic_restart_time: Option<At>,
}

#[derive(Debug, Deserialize)]
struct Member {
    #[serde(rename = "DBInstanceIdentifier")]
    instance: Option<String>,
    #[serde(rename = "IsClusterWriter", default)]
    writes: bool,
}

impl From<ClusterItem> for DatabaseCluster {
    fn from(item: ClusterItem) -> Self {
        let port = item.port;
        let writer = item.members.0.iter().find(|member| member.writes);
        let writer = writer.and_then(|member| member.instance.clone());
        DatabaseCluster {
            id: item.id,
            engine: item.engine,
            engine_version: item.engine_version,
            status: item.status,
            publicly_accessible: item.publicly_accessible,
            encrypted: item.storage_encrypted,
            backup_days: item.backup_retention_period,
            multi_az: item.multi_az,
            endpoint: filled(item.endpoint).and_then(|host| Some(HostPort { host, port: port? })),
            database: filled(item.database_name),
            subnet_group: filled(item.subnet_group),
            groups: attached(item.vpc_security_groups),
            members: item
                .members
                .into_iter()
                .filter_map(|member| member.instance)
                .collect(),
            writer,
            created_at: item.cluster_create_time.map(Into::into),
            restarts_at: item.automatic_restart_time.map(Into::into),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeDbSubnetGroups {
    #[serde(rename = "DBSubnetGroups")]
    groups: List<SubnetGroupItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeDbSubnetGroups: DESCRIBE_DB_SUBNET_GROUPS, groups of SubnetGroupItem);

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeDbSnapshots {
    #[serde(rename = "DBSnapshots")]
    snapshots: List<SnapshotItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeDbSnapshots: DESCRIBE_DB_SNAPSHOTS, snapshots of SnapshotItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct SnapshotItem {
    #[serde(rename = "DBSnapshotIdentifier")]
    pub id: String,
    #[serde(rename = "DBInstanceIdentifier")]
    pub instance: Option<String>,
    pub snapshot_create_time: Option<At>,
    pub allocated_storage: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct DescribeDbParameters {
    parameters: List<ParameterItem>,
    #[serde(rename = "Marker")]
    next: Option<String>,
}

pages!(DescribeDbParameters: DESCRIBE_DB_PARAMETERS, parameters of ParameterItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct ParameterItem {
    pub parameter_name: Option<String>,
    pub parameter_value: Option<String>,
}
