//! Newtypes for the ids AWS hands out, so that a subnet never stands where a group is meant.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as AWS writes it.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name { fn from(text: &str) -> Self { Self(text.to_owned()) } }
        impl From<String> for $name { fn from(text: String) -> Self { Self(text) } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}

id! {
    /// Twelve digits.
    AccountId,
    /// `us-east-1`.
    Region,
    /// `us-east-1a`.
    Zone,
    /// Any `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
    Arn,
    /// `vpc-...`.
    VpcId,
    /// `subnet-...`.
    SubnetId,
    /// A security group, `sg-...`.
    GroupId,
    /// `sha256:...`.
    Digest,
    /// `arn:...:task-definition/FAMILY:REVISION`.
    RevisionArn,
}

impl Arn {
    /// The part between the fourth and fifth colon, if there is one.
    pub fn account(&self) -> Option<AccountId> {
        self.field(4).map(AccountId::from)
    }

    /// The part between the third and fourth colon, if there is one.
    pub fn region(&self) -> Option<Region> {
        self.field(3).map(Region::from)
    }

    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub fn partition(&self) -> Option<&str> {
        self.field(1)
    }

    /// `iam`, `ssm`, `secretsmanager`...
    pub fn service(&self) -> Option<&str> {
        self.field(2)
    }

    /// Everything after the fifth colon.
    pub fn resource(&self) -> Option<&str> {
        let mut parts = self.0.splitn(6, ':');
        parts.next().filter(|first| *first == "arn")?;
        parts.nth(4)
    }

    fn field(&self, at: usize) -> Option<&str> {
        self.0.strip_prefix("arn:")?;
        self.0
            .splitn(6, ':')
            .nth(at)
            .filter(|text| !text.is_empty())
    }
}

impl Region {
    /// Whether it can be a region at all: letters, digits and hyphens, also of an emulator's own.
    pub fn is_well_formed(&self) -> bool {
        (1..=40).contains(&self.0.len())
            && self
                .0
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    }
}

impl RevisionArn {
    /// `FAMILY:REVISION`, the short form people type.
    pub fn short(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The task definition's family.
    pub fn family(&self) -> &str {
        self.short().split(':').next().unwrap_or_default()
    }

    /// The revision's number, if the text has one.
    pub fn number(&self) -> Option<u32> {
        self.short().split(':').nth(1)?.parse().ok()
    }
}
