//! What a watch says, before it is laid out.

use super::trouble::Trouble;
use crate::checks::{CheckId, Finding};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// A check has another verdict.
    Verdict(Finding),
    /// The same, with what was read and what to do.
    InFull(Finding),
    /// What is in progress has another state.
    Progress {
        check: CheckId,
        text: String,
    },
    /// It takes longer than usual; a command that shows why.
    Late {
        text: String,
        command: Option<String>,
    },
    Trouble(Trouble),
    Note(String),
}
