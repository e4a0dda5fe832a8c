//! CloudWatch Logs: log groups, and what a stream holds.

use super::{answer, pages};
use crate::account::LogGroup;
use crate::aws::wire::At;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct DescribeLogGroups {
    log_groups: Vec<GroupItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeLogGroups: DESCRIBE_LOG_GROUPS, log_groups of GroupItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct GroupItem {
    log_group_name: String,
    retention_in_days: Option<u32>,
    /// Milliseconds since 1970.
    creation_time: Option<i64>,
}

impl From<GroupItem> for LogGroup {
    fn from(item: GroupItem) -> Self {
        LogGroup {
            name: item.log_group_name,
            retention_days: item.retention_in_days,
            created_at: item.creation_time.and_then(At::from_milliseconds),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct GetLogEvents {
    /// In the order of their times.
    pub events: Vec<EventItem>,
    /// Asks for what is older; the one that was asked with, when there is nothing older.
    pub next_backward_token: Option<String>,
}

answer!(GetLogEvents: GET_LOG_EVENTS);

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct EventItem {
    /// Milliseconds since 1970.
    timestamp: Option<i64>,
    pub message: String,
}

impl EventItem {
    pub fn at(&self) -> Option<jiff::Timestamp> {
        self.timestamp.and_then(At::from_milliseconds)
    }
}
