//! Parameter Store and Secrets Manager: names and kinds, never values.

use super::ids::Arn;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    pub kind: ParameterKind,
    /// The KMS key of a SecureString: `alias/aws/ssm` unless the learner brought one.
    pub key: Option<String>,
    pub modified_at: Option<Timestamp>,
    pub version: Option<u64>,
    /// Not in old snapshots.
    #[serde(default)]
    pub tier: Option<ParameterTier>,
}

/// What a parameter costs by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParameterTier {
    /// Free.
    Standard,
    Advanced,
    /// Parameter Store chooses; what is listed under this name is charged like a standard one until it says `Advanced`.
    #[serde(rename = "Intelligent-Tiering")]
    IntelligentTiering,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParameterKind {
    SecureString,
    String,
    StringList,
}

/// `secretsmanager:DescribeSecret` for a secret that a task definition names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    pub arn: Arn,
    pub name: String,
    pub deleted: bool,
}

/// A CloudWatch log group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogGroup {
    pub name: String,
    /// `None` = kept for ever.
    pub retention_days: Option<u32>,
    pub created_at: Option<Timestamp>,
    /// Not in old snapshots.
    #[serde(default)]
    pub stored_bytes: Option<u64>,
}
