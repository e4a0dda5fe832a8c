//! What a run through instructors' roles found, as it is kept: a folder with `run.json` and one file for each student.

use super::roster::StudentKey;
use crate::account::{CallRecord, Snapshot, Why};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `run.json`: what the run was to do. It holds what the report needs of the roster, and no external id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// See [`Run::SCHEMA`].
    pub schema: u32,
    pub landfall: String,
    pub started_at: Timestamp,
    /// `2/4`; `None` when one machine does all.
    pub shard: Option<String>,
    /// Every row of the roster in its order, also those of other shards.
    pub rows: Vec<RunRow>,
}

impl Run {
    /// Raised when the layout changes in a way that older versions cannot read.
    pub const SCHEMA: u32 = 1;
}

/// A student, as the roster has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    pub key: StudentKey,
    pub student: String,
    pub id: Option<String>,
    pub sis_id: Option<String>,
    pub login: Option<String>,
    pub email: Option<String>,
    pub section: Option<String>,
    pub account: Option<String>,
}

/// `<key>.json`: what was found of one student. Complete when it exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowResult {
    /// See [`Run::SCHEMA`].
    pub schema: u32,
    pub key: StudentKey,
    pub began_at: Timestamp,
    pub ended_at: Timestamp,
    pub outcome: Outcome,
    pub calls: Vec<CallRecord>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Single facts may still be unknown.
    Looked(Box<Snapshot>),
    /// The role could not be used, or nothing answered at all.
    NotLooked { why: Why, say: String },
}

/// Whether a row belongs to shard `number` (from 1) of `of`. Rows are dealt like cards, so that shards are even.
pub const fn shard(row: usize, number: usize, of: usize) -> bool {
    of == 0 || row % of == (number + of - 1) % of
}
