//! ECR: repositories and the images in them.

use super::fact::Fact;
use super::ids::{Arn, Digest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One repository by name: the chapter's, and any other that a task definition names in this account and region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryFacts {
    pub repository: Fact<Repository>,
    /// Tagged images, and untagged ones that an index points to when their platform was read.
    pub images: Fact<Vec<Image>>,
    /// Digests that a task definition names and that ECR, asked for them, does not have. Others may exist untagged.
    #[serde(default)]
    pub absent: Vec<Digest>,
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
    /// Being brought back from the archive; it cannot be pulled yet.
    #[serde(alias = "other")]
    Restoring,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// `linux`.
    pub os: String,
    /// `amd64`, `arm64`. The variant is left out: Fargate's ARM64 runs every `arm64`.
    pub architecture: String,
}

impl Platform {
    /// Stands for an image of an index that does not say what it runs on.
    pub fn unsaid() -> Self {
        Platform {
            os: "unknown".to_owned(),
            architecture: "unknown".to_owned(),
        }
    }

    /// Whether it says nothing.
    pub fn is_unsaid(&self) -> bool {
        self.os == "unknown" || self.architecture == "unknown"
    }
}

impl fmt::Display for Platform {
    /// `linux/amd64`, as Docker writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unsaid() {
            return f.write_str("one that is not said");
        }
        write!(f, "{}/{}", self.os, self.architecture)
    }
}
