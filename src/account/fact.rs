//! A fact about the account is present, absent, or could not be read. The third never turns into one of the others.

use serde::{Deserialize, Serialize};

/// What reading one thing gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// It was read.
    Present(T),
    /// AWS said that it does not exist.
    Absent,
    /// It could not be read; nothing may be concluded from it.
    Unknown(Why),
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// AWS refused. `action` is the IAM action to allow (`rds:DescribeDBInstances`).
    Denied { action: String, by: DeniedBy },
    /// AWS asked to slow down until the retries were used up.
    Throttled,
    /// No answer within the time allowed.
    TimedOut,
    /// The network or the name could not be reached.
    Offline,
    /// There are no usable credentials.
    Credentials(CredentialTrouble),
    /// The region is not switched on for this account, or has no such service.
    RegionNotEnabled { region: String },
    /// Not collected in this run: no asked check needs it.
    NotAsked,
    /// The service does not offer this call (an emulator, a proxy, an older region).
    NotOffered { say: String },
    /// Anything else, in words that may be shown: an HTTP status, an unreadable body.
    Other { say: String },
}

/// Who refused a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeniedBy {
    /// No policy allows it (the usual case).
    Identity,
    /// A service control policy or a resource control policy of the organisation.
    Organisation,
    /// The user's or role's permissions boundary.
    Boundary,
    /// The policy the session was limited to.
    Session,
    /// The policy of the VPC endpoint that the call went through.
    Endpoint,
    /// The policy on the resource itself does not allow it.
    Resource,
    /// An explicit deny in a policy of the principal or the resource.
    ExplicitDeny,
}

/// What is wrong with the credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialTrouble {
    /// None were found anywhere.
    None,
    /// They ran out.
    Expired,
    /// AWS does not know them (a deleted key, a typo).
    Invalid,
    /// The profile asks for a one-time code, which the SDK cannot ask for.
    NeedsCode,
}

impl<T> Fact<T> {
    /// Not collected in this run.
    pub const fn not_asked() -> Self {
        Fact::Unknown(Why::NotAsked)
    }

    /// Whether it was asked for in this run.
    pub const fn is_asked(&self) -> bool {
        !matches!(self, Fact::Unknown(Why::NotAsked))
    }

    /// Borrows what was read; the reason for not knowing is cloned along.
    pub fn as_ref(&self) -> Fact<&T> {
        match self {
            Fact::Present(value) => Fact::Present(value),
            Fact::Absent => Fact::Absent,
            Fact::Unknown(why) => Fact::Unknown(why.clone()),
        }
    }

    /// What was read, or `None` both for absent and for unknown. Only for where the difference is judged elsewhere.
    pub const fn present(&self) -> Option<&T> {
        match self {
            Fact::Present(value) => Some(value),
            _ => None,
        }
    }

    /// Why it could not be read.
    pub const fn why(&self) -> Option<&Why> {
        match self {
            Fact::Unknown(why) => Some(why),
            _ => None,
        }
    }

    /// Applies `change` to what was read.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Fact::Present(value) => Fact::Present(change(value)),
            Fact::Absent => Fact::Absent,
            Fact::Unknown(why) => Fact::Unknown(why),
        }
    }

    /// Follows one fact with the next: absent and unknown stop the chain.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Fact<U>) -> Fact<U> {
        match self {
            Fact::Present(value) => next(value),
            Fact::Absent => Fact::Absent,
            Fact::Unknown(why) => Fact::Unknown(why),
        }
    }
}

impl<T> From<Option<T>> for Fact<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Fact::Absent, Fact::Present)
    }
}
