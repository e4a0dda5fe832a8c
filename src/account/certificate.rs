//! ACM certificates of the region.

use super::ids::Arn;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub arn: Arn,
    /// `AMAZON_ISSUED`, `IMPORTED` (not renewed by AWS), `PRIVATE` (of a private authority).
    #[serde(default)]
    pub kind: Option<String>,
    pub domain: String,
    /// Every name it covers, the domain included.
    pub names: Vec<String>,
    /// `PENDING_VALIDATION`, `ISSUED`, `EXPIRED`, `REVOKED`, `VALIDATION_TIMED_OUT`, `FAILED`, `INACTIVE`.
    pub status: String,
    pub failure_reason: Option<String>,
    pub key_algorithm: Option<String>,
    pub not_after: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub in_use_by: Vec<Arn>,
    pub validations: Vec<Validation>,
}

/// How one name of the certificate is proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    pub domain: String,
    /// `DNS`, `EMAIL`, `HTTP`.
    #[serde(default)]
    pub method: Option<String>,
    /// `PENDING_VALIDATION`, `SUCCESS`, `FAILED`.
    pub status: Option<String>,
    /// The CNAME record to create.
    pub record: Option<DnsRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsRecord {
    pub name: String,
    pub value: String,
}
