//! The order in which things can be deleted, as data.

use crate::account::LeftoverKind;
use serde::Serialize;

/// A kind of thing that is deleted. What comes later may still be used by what comes earlier: AWS then refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deleted {
    /// First what runs: tasks hold addresses, interfaces and their security group.
    Service,
    /// Its listeners go with it.
    Balancer,
    /// Free, but a listener uses it.
    TargetGroup,
    Database,
    /// After its instances.
    DatabaseCluster,
    Cache,
    ReplicationGroup,
    ServerlessCache,
    NatGateway,
    /// What a NAT gateway held becomes idle, and goes on costing money.
    Address,
    DatabaseSnapshot,
    CacheSnapshot,
    LogGroup,
    Repository,
    /// Free; the database stands in it.
    DatabaseSubnetGroup,
    CacheSubnetGroup,
    /// Free; worn by what runs.
    SecurityGroup,
}

impl Deleted {
    /// All of them, in order.
    pub const ORDER: [Deleted; 17] = [
        Deleted::Service,
        Deleted::Balancer,
        Deleted::TargetGroup,
        Deleted::Database,
        Deleted::DatabaseCluster,
        Deleted::Cache,
        Deleted::ReplicationGroup,
        Deleted::ServerlessCache,
        Deleted::NatGateway,
        Deleted::Address,
        Deleted::DatabaseSnapshot,
        Deleted::CacheSnapshot,
        Deleted::LogGroup,
        Deleted::Repository,
        Deleted::DatabaseSubnetGroup,
        Deleted::CacheSubnetGroup,
        Deleted::SecurityGroup,
    ];
}

impl From<LeftoverKind> for Deleted {
    fn from(kind: LeftoverKind) -> Self {
        match kind {
            LeftoverKind::Service => Deleted::Service,
            LeftoverKind::Balancer => Deleted::Balancer,
            LeftoverKind::Database => Deleted::Database,
            LeftoverKind::DatabaseCluster => Deleted::DatabaseCluster,
            LeftoverKind::DatabaseSnapshot => Deleted::DatabaseSnapshot,
            LeftoverKind::Cache => Deleted::Cache,
            LeftoverKind::ReplicationGroup => Deleted::ReplicationGroup,
            LeftoverKind::ServerlessCache => Deleted::ServerlessCache,
            LeftoverKind::CacheSnapshot => Deleted::CacheSnapshot,
            LeftoverKind::NatGateway => Deleted::NatGateway,
            LeftoverKind::Address => Deleted::Address,
            LeftoverKind::LogGroup => Deleted::LogGroup,
            LeftoverKind::Repository => Deleted::Repository,
        }
    }
}
