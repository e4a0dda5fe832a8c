//! The record of the calls a run made, for `--show-calls`.

use serde::{Deserialize, Serialize};

/// One call as it went over the wire, retries included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    /// As IAM spells it: `ecs`, `elasticloadbalancing`...
    pub service: String,
    pub operation: String,
    pub outcome: CallOutcome,
    /// From the first attempt to the last answer.
    pub ms: u64,
    /// AWS's own id of the last answer (`x-amzn-requestid`), which CloudTrail keeps too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// AWS's id of an answer, as far as it can be one: letters, digits and hyphens, at most 64 of them.
pub fn request_id(text: &str) -> Option<String> {
    let id: String = text
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .take(64)
        .collect();
    (!id.is_empty()).then_some(id)
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    Ok,
    /// AWS answered that the thing asked about does not exist.
    Absent,
    Denied,
    Throttled,
    TimedOut,
    Offline,
    Credentials,
    RegionNotEnabled,
    NotOffered,
    Error,
}

impl CallOutcome {
    /// As JSON and `--show-calls` spell it.
    pub const fn word(self) -> &'static str {
        match self {
            CallOutcome::Ok => "ok",
            CallOutcome::Absent => "absent",
            CallOutcome::Denied => "denied",
            CallOutcome::Throttled => "throttled",
            CallOutcome::TimedOut => "timed_out",
            CallOutcome::Offline => "offline",
            CallOutcome::Credentials => "credentials",
            CallOutcome::RegionNotEnabled => "region_not_enabled",
            CallOutcome::NotOffered => "not_offered",
            CallOutcome::Error => "error",
        }
    }
}
