//! Progress per stack: one account and region, seen from one source.

use super::store::{Store, StoreError};
use crate::account::Source;
use crate::course::StepId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Which stack progress belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StackKey {
    pub source: Source,
    /// The account's number, or `unknown` before credentials exist.
    pub account: String,
    pub region: String,
}

impl StackKey {
    /// The account's name while nobody could say which it was.
    pub const UNKNOWN_ACCOUNT: &'static str = "unknown";

    fn source_word(&self) -> &'static str {
        match self.source {
            Source::Aws => "aws",
            Source::Practice => "practice",
            Source::Snapshot => "snapshot",
        }
    }
}

impl Store {
    /// The row of a stack, made if need be.
    pub(super) fn stack(&self, key: &StackKey) -> Result<i64, StoreError> {
        Self::stack_in(&self.connection, key)
    }

    /// The same within a transaction.
    pub(super) fn stack_in(connection: &Connection, key: &StackKey) -> Result<i64, StoreError> {
        let names = params![key.source_word(), key.account, key.region];
        connection.execute(
            "INSERT OR IGNORE INTO stacks (source, account, region) VALUES (?1, ?2, ?3)",
            names,
        )?;
        let id = connection.query_row(
            "SELECT id FROM stacks WHERE source = ?1 AND account = ?2 AND region = ?3",
            names,
            |row| row.get(0),
        )?;
        Ok(id)
    }

    /// The stack of this source that was looked at last, in this region if one is named. One whose account could not be
    /// read counts only when there is no other.
    pub fn latest_stack(
        &self,
        source: Source,
        region: Option<&str>,
    ) -> Result<Option<StackKey>, StoreError> {
        let any = StackKey {
            source,
            account: String::new(),
            region: String::new(),
        };
        let query =
            "SELECT stacks.account, stacks.region FROM stacks JOIN looks ON looks.stack = stacks.id
             WHERE stacks.source = ?1 AND (?2 IS NULL OR stacks.region = ?2)
             ORDER BY stacks.account = ?3, looks.id DESC LIMIT 1";
        let names = params![any.source_word(), region, StackKey::UNKNOWN_ACCOUNT];
        Ok(self
            .connection
            .query_row(query, names, |row| {
                Ok(StackKey {
                    source,
                    account: row.get(0)?,
                    region: row.get(1)?,
                })
            })
            .optional()?)
    }

    /// The regions in which this source was looked at, the latest first.
    pub fn regions(&self, source: Source) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT stacks.region FROM stacks JOIN looks ON looks.stack = stacks.id
             WHERE stacks.source = ?1 GROUP BY stacks.region ORDER BY max(looks.id) DESC",
        )?;
        let any = StackKey {
            source,
            account: String::new(),
            region: String::new(),
        };
        let rows = statement.query_map([any.source_word()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The step the learner stopped at.
    pub fn position(&self, key: &StackKey) -> Result<Option<StepId>, StoreError> {
        let stack = self.stack(key)?;
        let step: Option<String> = self
            .connection
            .query_row(
                "SELECT step FROM positions WHERE stack = ?1",
                [stack],
                |row| row.get(0),
            )
            .optional()?;
        Ok(step.map(StepId))
    }

    /// Remembers where the learner is.
    pub fn set_position(
        &self,
        key: &StackKey,
        step: &StepId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        self.connection.execute(
            "INSERT INTO positions (stack, step, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (stack) DO UPDATE SET step = ?2, at = ?3",
            params![stack, step.as_str(), now.to_string()],
        )?;
        Ok(())
    }

    /// Steps that the learner chose to leave out, and when.
    pub fn left_out(&self, key: &StackKey) -> Result<BTreeMap<StepId, Timestamp>, StoreError> {
        let stack = self.stack(key)?;
        self.dated("SELECT step, at FROM left_out WHERE stack = ?1", stack)
            .map(|rows| {
                rows.into_iter()
                    .map(|(step, at)| (StepId(step), at))
                    .collect()
            })
    }

    /// Leaves a step out: progress, never a verdict.
    pub fn leave_out(
        &self,
        key: &StackKey,
        step: &StepId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        self.connection.execute(
            "INSERT OR IGNORE INTO left_out (stack, step, at) VALUES (?1, ?2, ?3)",
            params![stack, step.as_str(), now.to_string()],
        )?;
        Ok(())
    }

    /// Takes a step up again.
    pub fn take_up(&self, key: &StackKey, step: &StepId) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        self.connection.execute(
            "DELETE FROM left_out WHERE stack = ?1 AND step = ?2",
            params![stack, step.as_str()],
        )?;
        Ok(())
    }

    /// Checks that the learner confirmed by hand, and when.
    pub fn attestations(&self, key: &StackKey) -> Result<BTreeMap<String, Timestamp>, StoreError> {
        let stack = self.stack(key)?;
        self.dated(
            "SELECT check_id, at FROM attestations WHERE stack = ?1",
            stack,
        )
        .map(|rows| rows.into_iter().collect())
    }

    /// Keeps a confirmation.
    pub fn attest(&self, key: &StackKey, check: &str, now: Timestamp) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        self.connection.execute(
            "INSERT INTO attestations (stack, check_id, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (stack, check_id) DO UPDATE SET at = ?3",
            params![stack, check, now.to_string()],
        )?;
        Ok(())
    }

    /// Takes a confirmation back; says whether there was one.
    pub fn retract(&self, key: &StackKey, check: &str) -> Result<bool, StoreError> {
        let stack = self.stack(key)?;
        let gone = self.connection.execute(
            "DELETE FROM attestations WHERE stack = ?1 AND check_id = ?2",
            params![stack, check],
        )?;
        Ok(gone > 0)
    }

    /// Forgets what was confirmed, left out and looked at for a stack: its account was begun anew.
    pub fn forget(&mut self, key: &StackKey) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        let transaction = self.connection.transaction()?;
        for table in [
            "positions",
            "left_out",
            "attestations",
            "chosen",
            "looks",
            "verdicts",
            "stopped_tasks",
        ] {
            transaction.execute(&format!("DELETE FROM {table} WHERE stack = ?1"), [stack])?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn dated(&self, query: &str, stack: i64) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let mut statement = self.connection.prepare(query)?;
        let rows = statement.query_map([stack], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut dated = Vec::new();
        for row in rows {
            let (what, at) = row?;
            dated.push((what, at.parse().unwrap_or(Timestamp::UNIX_EPOCH)));
        }
        Ok(dated)
    }

    /// An answer that the guide asked for once (which account, which region, whether there is a domain).
    pub fn choice(&self, name: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT value FROM choices WHERE name = ?1";
        Ok(self
            .connection
            .query_row(query, [name], |row| row.get(0))
            .optional()?)
    }

    /// Keeps such an answer.
    pub fn choose(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO choices (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            [name, value],
        )?;
        Ok(())
    }
}
