//! How much there is of a thing that costs money: what a price is multiplied with.

use super::balancer::Balancer;
use super::cache::{CacheNode, ReplicationGroup};
use super::chapter::Architecture;
use super::database::{DatabaseCluster, DatabaseInstance};
use super::parameter::LogGroup;
use super::registry::Image;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The size of a thing, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// No size was read: an old snapshot, or AWS gives none.
    #[default]
    NotRead,
    Tasks(Tasks),
    Balancer {
        /// `application`, `network`, `gateway`.
        kind: String,
        /// One in each zone of an internet-facing one.
        public_addresses: u32,
    },
    Database(DatabaseSize),
    /// Aurora or Multi-AZ: its instances are counted by themselves.
    DatabaseCluster {
        engine: String,
        status: String,
        restarts_at: Option<Timestamp>,
    },
    DatabaseSnapshot {
        /// The size of the database that it was taken of, in GiB; AWS charges what is really stored, which may be less.
        allocated_gb: Option<u32>,
    },
    CacheNodes {
        engine: String,
        class: String,
        count: u32,
    },
    ServerlessCache {
        engine: String,
    },
    NatGateway {
        /// Of the addresses that stay behind when it is deleted.
        allocations: Vec<String>,
    },
    Logs {
        stored_bytes: Option<u64>,
        /// `None` = kept for ever.
        retention_days: Option<u32>,
    },
    Images(ImagesSize),
}

impl Extent {
    /// An internet-facing one has a public address in each of its zones.
    pub fn of_balancer(one: &Balancer) -> Self {
        let zones = u32::try_from(one.zones.len()).unwrap_or(u32::MAX);
        Extent::Balancer {
            kind: one.kind.clone(),
            public_addresses: if one.internet_facing { zones } else { 0 },
        }
    }

    /// One instance.
    pub fn of_database(one: &DatabaseInstance) -> Self {
        Extent::Database(DatabaseSize {
            engine: one.engine.clone(),
            class: one.class.clone(),
            multi_az: one.multi_az,
            status: one.status.clone(),
            storage_gb: one.storage_gb,
            storage_type: one.storage_type.clone(),
            restarts_at: one.restarts_at,
            public_address: one.publicly_accessible,
            cluster: one.cluster.clone(),
        })
    }

    /// A cluster without its instances.
    pub fn of_database_cluster(one: &DatabaseCluster) -> Self {
        Extent::DatabaseCluster {
            engine: one.engine.clone(),
            status: one.status.clone(),
            restarts_at: one.restarts_at,
        }
    }

    /// A node, or the nodes under one name.
    pub fn of_cache_node(one: &CacheNode) -> Self {
        Extent::CacheNodes {
            engine: one.engine.clone(),
            class: one.class.clone(),
            count: one.nodes,
        }
    }

    /// All nodes of a group. Without a class its price is not known.
    pub fn of_replication_group(one: &ReplicationGroup) -> Self {
        match (&one.engine, &one.class) {
            (Some(engine), Some(class)) => Extent::CacheNodes {
                engine: engine.clone(),
                class: class.clone(),
                count: u32::try_from(one.members.len()).unwrap_or(u32::MAX),
            },
            _ => Extent::NotRead,
        }
    }

    /// What a log group holds.
    pub const fn of_log_group(one: &LogGroup) -> Self {
        Extent::Logs {
            stored_bytes: one.stored_bytes,
            retention_days: one.retention_days,
        }
    }
}

/// Running tasks of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tasks {
    pub running: u32,
    pub launch: Launch,
    /// CPU units (256 = a quarter of a vCPU); `None` = the definition was not read.
    pub cpu: Option<u32>,
    /// MiB.
    pub memory: Option<u32>,
    pub architecture: Option<Architecture>,
    pub public_addresses: u32,
}

/// What runs them, as far as it decides who is paid for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Launch {
    Fargate,
    /// Cheaper, at a price that moves.
    FargateSpot,
    /// Instances of the learner's own.
    Other,
}

impl Launch {
    /// From what a service says of itself; capacity providers stand in place of a launch type.
    pub fn of<'a>(launch_type: Option<&str>, providers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut launch = match launch_type {
            None | Some("FARGATE") => Launch::Fargate,
            Some(_) => Launch::Other,
        };
        for provider in providers {
            launch = match provider {
                "FARGATE" => launch,
                "FARGATE_SPOT" => Launch::FargateSpot,
                _ => return Launch::Other,
            };
        }
        launch
    }
}

/// One instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseSize {
    pub engine: String,
    pub class: String,
    pub multi_az: bool,
    /// As AWS writes it: `available`, `stopped`...
    pub status: String,
    /// GiB.
    pub storage_gb: Option<u32>,
    /// `gp2`, `gp3`, `io1`...
    pub storage_type: Option<String>,
    /// A stopped instance starts by itself at this time, seven days after the stop.
    pub restarts_at: Option<Timestamp>,
    pub public_address: bool,
    /// A member's storage is its cluster's.
    pub cluster: Option<String>,
}

/// What a repository holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImagesSize {
    pub count: u32,
    pub bytes: u64,
    /// Of these, without a tag: nobody can ask for them by name.
    pub untagged: u32,
    pub untagged_bytes: u64,
}

impl<'a> FromIterator<&'a Image> for ImagesSize {
    fn from_iter<I: IntoIterator<Item = &'a Image>>(images: I) -> Self {
        let mut size = ImagesSize::default();
        for image in images {
            let bytes = image.size_bytes.unwrap_or(0);
            size.count += 1;
            size.bytes = size.bytes.saturating_add(bytes);
            if image.tags.is_empty() {
                size.untagged += 1;
                size.untagged_bytes = size.untagged_bytes.saturating_add(bytes);
            }
        }
        size
    }
}
