//! A stopped task as a look saw it, kept for later: AWS forgets it after an hour.

use super::ids::Arn;
use super::log_tail::LogTail;
use super::service::Task;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is remembered of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenStopped {
    /// Whose task it was.
    pub service: Arn,
    /// The last look at which AWS still showed it.
    pub seen_at: Timestamp,
    pub task: Task,
    /// Of this task, as far as they were read.
    #[serde(default)]
    pub log_tails: Vec<LogTail>,
}
