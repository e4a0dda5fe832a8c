//! CloudWatch Logs: log groups.

use super::pages;
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
    stored_bytes: Option<u64>,
}

impl From<GroupItem> for LogGroup {
    fn from(item: GroupItem) -> Self {
        LogGroup {
            name: item.log_group_name,
            retention_days: item.retention_in_days,
            created_at: item.creation_time.and_then(At::from_milliseconds),
            stored_bytes: item.stored_bytes,
        }
    }
}
