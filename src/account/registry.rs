//! ECR: repositories and the images in them.

use super::fact::Fact;
use super::ids::{Arn, Digest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One repository by name: the chapter's, and any other that a task definition names in this account and region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryFacts {
    pub repository: Fact<Repository>,
    /// Tagged images, and untagged ones that an index points to when their platform was read.
    pub images: Fact<Vec<Image>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    pub name: String,
    pub arn: Arn,
    /// `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`.
    pub uri: String,
    pub mutability: Mutability,
    pub scan_on_push: bool,
    pub created_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mutability {
    Mutable,
    Immutable,
    /// Tags that match a filter may move.
    ImmutableExcept(Vec<String>),
    /// Tags that match a filter may not move.
    MutableExcept(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    pub digest: Digest,
    pub tags: Vec<String>,
    pub pushed_at: Option<Timestamp>,
    pub size_bytes: Option<u64>,
    pub status: ImageStatus,
    /// What it runs on: from the index, the manifest or the config blob. Attestations are left out.
    pub platforms: Fact<Vec<Platform>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageStatus {
    Active,
    Archived,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// `linux`.
    pub os: String,
    /// `amd64`, `arm64`.
    pub architecture: String,
}
