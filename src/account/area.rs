//! The parts an account is read in. A check says which it needs; only those are collected.

use serde::{Deserialize, Serialize};

/// One part of the snapshot. What a part is read from, and which parts it follows: `aws::collect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Caller,
    RootAccount,
    User,
    Budgets,
    Registry,
    /// What the images run on: manifests and config blobs.
    Platforms,
    Network,
    /// VPC endpoints and NAT gateways.
    Routes,
    Databases,
    Caches,
    Parameters,
    LogGroups,
    Balancers,
    Certificates,
    Cluster,
    Service,
    Definitions,
    Tasks,
    Roles,
    DefinitionFile,
    Git,
    Dns,
    Endpoint,
    Leftovers,
}

impl Area {
    /// All of them but the leftovers, which are asked for by name.
    pub const USUAL: [Area; 23] = [
        Area::Caller,
        Area::RootAccount,
        Area::User,
        Area::Budgets,
        Area::Registry,
        Area::Platforms,
        Area::Network,
        Area::Routes,
        Area::Databases,
        Area::Caches,
        Area::Parameters,
        Area::LogGroups,
        Area::Balancers,
        Area::Certificates,
        Area::Cluster,
        Area::Service,
        Area::Definitions,
        Area::Tasks,
        Area::Roles,
        Area::DefinitionFile,
        Area::Git,
        Area::Dns,
        Area::Endpoint,
    ];
}
