//! What a run through instructors' roles found, as it is kept: a folder with `run.json` and one file for each student.

use super::roster::{Access, RosterRow, StudentKey};
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

impl From<&RosterRow> for RunRow {
    fn from(row: &RosterRow) -> Self {
        RunRow {
            key: row.key.clone(),
            student: row.student.clone(),
            id: row.id.clone(),
            sis_id: row.sis_id.clone(),
            login: row.login.clone(),
            email: row.email.clone(),
            section: row.section.clone(),
            account: match &row.access {
                Access::None => None,
                Access::Role { account, .. } => Some(account.clone()),
            },
        }
    }
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

impl RowResult {
    /// Whether looking again may well find more: AWS was busy, the network was away, an answer broke off, the sign-in had
    /// run out. Who was refused has to do something first.
    pub const fn is_passing(&self) -> bool {
        match &self.outcome {
            Outcome::Looked(_) => false,
            Outcome::NotLooked { why, .. } => matches!(
                why,
                Why::Throttled
                    | Why::TimedOut
                    | Why::Offline
                    | Why::Credentials(_)
                    | Why::NotAsked
                    | Why::Other { .. }
            ),
        }
    }
}

impl Run {
    /// The rows that this run was to look at: those of its shard, or all.
    pub fn own_rows(&self) -> impl Iterator<Item = &RunRow> {
        let (number, of) = self.shard.as_deref().and_then(shard_of).unwrap_or((1, 1));
        self.rows
            .iter()
            .enumerate()
            .filter(move |(row, _)| shard(*row, number, of))
            .map(|(_, row)| row)
    }
}

/// Reads `2/4`: the second of four.
pub fn shard_of(text: &str) -> Option<(usize, usize)> {
    let (number, of) = text.split_once('/')?;
    let number: usize = number.trim().parse().ok()?;
    let of: usize = of.trim().parse().ok()?;
    (1..=of).contains(&number).then_some((number, of))
}

/// Whether a row belongs to shard `number` (from 1) of `of`. Rows are dealt like cards, so that shards are even.
pub const fn shard(row: usize, number: usize, of: usize) -> bool {
    of == 0 || row % of == (number + of - 1) % of
}
