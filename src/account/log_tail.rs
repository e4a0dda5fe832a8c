//! What the app itself said before it stopped: the last lines of a container's log. Secrets are taken out at the door.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The end of one container's log stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogTail {
    pub group: String,
    /// `prefix/container/task`.
    pub stream: String,
    /// The task's id, as in [`crate::account::Task::id`].
    pub task: String,
    pub container: String,
    /// Oldest first; empty = the container wrote nothing.
    pub lines: Vec<LogLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    pub at: Option<Timestamp>,
    /// One line, without secrets and of bounded length.
    pub message: String,
}
