//! What of the chapter is still there after the teardown, in all enabled regions.

use super::extent::Extent;
use super::fact::Why;
use super::ids::{Arn, Region};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftovers {
    pub looked_in: Vec<Region>,
    pub found: Vec<Leftover>,
    /// What could not be read: region, call, reason.
    pub unreadable: Vec<Unread>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    pub region: Region,
    pub kind: LeftoverKind,
    /// Name or id.
    pub name: String,
    pub since: Option<Timestamp>,
    /// Whether it bears a name of the chapter (others are only mentioned).
    pub of_chapter: bool,
    /// Where it is not deleted by its name: load balancers.
    #[serde(default)]
    pub arn: Option<Arn>,
    #[serde(default)]
    pub extent: Extent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftoverKind {
    Service,
    Balancer,
    Database,
    /// Aurora or Multi-AZ; its instances are counted as databases of their own.
    DatabaseCluster,
    DatabaseSnapshot,
    /// A node by itself.
    Cache,
    ReplicationGroup,
    ServerlessCache,
    CacheSnapshot,
    NatGateway,
    Address,
    LogGroup,
    Repository,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub region: Region,
    pub call: String,
    pub why: Why,
}

/// Something of the chapter's name seen in another region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    pub region: Region,
    /// `ECS cluster`, `ECR repository`, `RDS instance`, `certificate`.
    pub what: String,
    pub name: String,
}
