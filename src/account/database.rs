//! RDS: instances, clusters and subnet groups.

use super::fact::Fact;
use super::ids::{GroupId, SubnetId, VpcId, Zone};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Host and port, as the service gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostPort {
    pub host: String,
    pub port: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseInstance {
    pub id: String,
    /// As AWS writes it: `postgres`, `aurora-postgresql`, `docdb`...
    pub engine: String,
    pub engine_version: String,
    pub class: String,
    /// As AWS writes it: `creating`, `available`, `stopped`, `storage-full`...
    pub status: String,
    pub publicly_accessible: bool,
    pub encrypted: bool,
    pub backup_days: u32,
    pub multi_az: bool,
    /// Missing while it is being created.
    pub endpoint: Option<HostPort>,
    /// The initial database.
    pub database: Option<String>,
    pub subnet_group: Option<SubnetGroup>,
    pub groups: Vec<AttachedGroup>,
    /// Set for members of an Aurora or Multi-AZ cluster.
    pub cluster: Option<String>,
    pub created_at: Option<Timestamp>,
    /// A stopped instance starts by itself at this time (seven days after the stop).
    pub restarts_at: Option<Timestamp>,
    pub parameter_group: Option<String>,
    /// `rds.force_ssl` where the parameter group sets it, absent where it leaves AWS's own value, which is on from
    /// PostgreSQL 15. Asked only of a group that is no default one, and only when an app died.
    /// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html>
    #[serde(default = "Fact::not_asked")]
    pub force_ssl: Fact<bool>,
    /// The master password is kept in Secrets Manager.
    pub managed_password: bool,
    /// GiB; not in old snapshots, as the next one.
    #[serde(default)]
    pub storage_gb: Option<u32>,
    /// `gp2`, `gp3`, `io1`...
    #[serde(default)]
    pub storage_type: Option<String>,
    /// The value of the tag [`super::NONCE_TAG`], when it is a nonce.
    #[serde(default)]
    pub nonce: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseCluster {
    pub id: String,
    pub engine: String,
    pub engine_version: String,
    pub status: String,
    /// Multi-AZ clusters only.
    pub publicly_accessible: Option<bool>,
    pub encrypted: bool,
    pub backup_days: u32,
    pub multi_az: bool,
    pub endpoint: Option<HostPort>,
    pub database: Option<String>,
    /// By name; the list of subnet groups has its VPC.
    pub subnet_group: Option<String>,
    pub groups: Vec<AttachedGroup>,
    pub members: Vec<String>,
    /// The member that takes writes; not known in old snapshots.
    #[serde(default)]
    pub writer: Option<String>,
    pub created_at: Option<Timestamp>,
    /// A stopped cluster starts by itself at this time.
    #[serde(default)]
    pub restarts_at: Option<Timestamp>,
}

impl DatabaseInstance {
    /// Whether it answers without any reserve.
    pub fn is_usable(&self) -> bool {
        answers(&self.status)
    }
}

/// Whether a database in that state answers: what goes on in its storage meanwhile does not stop it.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html>
pub fn answers(status: &str) -> bool {
    matches!(
        status,
        "available" | "storage-optimization" | "storage-initialization"
    )
}

/// A security group on a database or cache node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedGroup {
    pub id: GroupId,
    /// Not while it is being added or removed.
    pub active: bool,
}

/// A DB or cache subnet group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubnetGroup {
    pub name: String,
    pub vpc: VpcId,
    pub subnets: Vec<SubnetInGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubnetInGroup {
    pub id: SubnetId,
    pub zone: Zone,
}
