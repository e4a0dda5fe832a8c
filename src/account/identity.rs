//! Who is asking, the root account's locks, and the user of daily work.

use super::fact::Fact;
use super::ids::{AccountId, Arn};
use super::policy::AttachedPolicy;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `sts:GetCallerIdentity`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    pub account: AccountId,
    pub arn: Arn,
    pub principal: Principal,
}

/// What kind of principal an ARN names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Principal {
    Root,
    User {
        name: String,
    },
    /// `assumed-role/AWSReservedSSO_SET_HASH/SESSION`.
    IdentityCenter {
        permission_set: String,
        session: String,
    },
    /// AWS Academy: `assumed-role/voclabs/...`.
    LearnerLab {
        session: String,
    },
    AssumedRole {
        role: String,
        session: String,
    },
    /// Federated users and whatever AWS adds.
    Other {
        resource: String,
    },
}

impl Principal {
    /// Reads the resource part of a caller's ARN; paths before a user's name are dropped.
    pub fn from_arn(arn: &Arn) -> Self {
        let resource = arn.resource().unwrap_or_default();
        let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
        if resource == "root" {
            return Principal::Root;
        }
        if let Some(rest) = resource.strip_prefix("user/") {
            return Principal::User { name: last(rest) };
        }
        if let Some(rest) = resource.strip_prefix("assumed-role/") {
            let (role, session) = rest.split_once('/').unwrap_or((rest, ""));
            let session = session.to_owned();
            if let Some(set) = role.strip_prefix("AWSReservedSSO_") {
                let permission_set = set
                    .rsplit_once('_')
                    .map_or(set, |(name, _)| name)
                    .to_owned();
                return Principal::IdentityCenter {
                    permission_set,
                    session,
                };
            }
            if role == "voclabs" {
                return Principal::LearnerLab { session };
            }
            return Principal::AssumedRole {
                role: role.to_owned(),
                session,
            };
        }
        Principal::Other {
            resource: resource.to_owned(),
        }
    }
}

/// `iam:GetAccountSummary`. `None` = AWS did not send that key, which says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSummary {
    pub root_mfa_enabled: Option<bool>,
    pub root_password_present: Option<bool>,
    pub root_access_keys_present: Option<bool>,
    pub root_signing_certificates_present: Option<bool>,
}

/// The IAM user of daily work: the caller's own, else the configured one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub name: String,
    pub created_at: Option<Timestamp>,
    /// `iam:GetUser` (the List calls do not echo it).
    pub boundary: Option<Arn>,
    pub mfa_devices: Fact<u32>,
    pub access_keys: Fact<Vec<AccessKey>>,
    /// The user's own policies and those of its groups.
    pub policies: Fact<Vec<AttachedPolicy>>,
}

/// An access key's age; its id is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    pub created_at: Timestamp,
    pub active: bool,
}
