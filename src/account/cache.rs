//! ElastiCache in its three shapes: node, replication group, serverless.

use super::database::{AttachedGroup, HostPort};
use super::ids::{GroupId, SubnetId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `DescribeCacheClusters`: a node by itself, or a member of a replication group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheNode {
    pub id: String,
    /// `redis`, `valkey`, `memcached`.
    pub engine: String,
    pub engine_version: String,
    pub class: String,
    pub status: String,
    pub replication_group: Option<String>,
    pub endpoint: Option<HostPort>,
    pub groups: Vec<AttachedGroup>,
    pub subnet_group: Option<String>,
    pub tls: bool,
    pub created_at: Option<Timestamp>,
    /// Memcached may have several under one name; not in old snapshots.
    #[serde(default = "one")]
    pub nodes: u32,
}

const fn one() -> u32 {
    1
}

/// `DescribeReplicationGroups`. It has no security groups of its own: its members carry them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplicationGroup {
    pub id: String,
    /// Not sent by older APIs; then the members tell.
    pub engine: Option<String>,
    pub status: String,
    pub members: Vec<String>,
    pub endpoint: Option<HostPort>,
    pub cluster_mode: bool,
    pub tls: TlsMode,
    pub created_at: Option<Timestamp>,
    /// The type of its nodes; not in old snapshots.
    #[serde(default)]
    pub class: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    Off,
    /// Both `redis://` and `rediss://` work.
    Preferred,
    Required,
}

/// `DescribeServerlessCaches`. TLS always.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerlessCache {
    pub name: String,
    pub engine: String,
    /// Compare without regard to case.
    pub status: String,
    pub endpoint: Option<HostPort>,
    pub groups: Vec<GroupId>,
    pub subnets: Vec<SubnetId>,
    pub created_at: Option<Timestamp>,
}
