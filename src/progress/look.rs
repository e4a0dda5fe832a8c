//! Looks at the account: the last fifty snapshots, and every change of a verdict.

use super::stack::StackKey;
use super::store::{Store, StoreError};
use crate::checks::Verdict;
use jiff::Timestamp;
use rusqlite::params;
use std::collections::BTreeMap;

/// How many snapshots are kept for each stack.
pub const LOOKS_KEPT: usize = 50;

/// One check's verdict at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRecord {
    pub check: String,
    pub verdict: Verdict,
    pub summary: String,
    pub at: Timestamp,
}

impl Store {
    /// Keeps a look: the snapshot, and those verdicts that are not what they were. One transaction.
    pub fn record_look(
        &mut self,
        key: &StackKey,
        snapshot: &str,
        verdicts: &[VerdictRecord],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        let before = self.last_verdicts(key)?;
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "INSERT INTO looks (stack, at, snapshot) VALUES (?1, ?2, ?3)",
            params![stack, now.to_string(), snapshot],
        )?;
        transaction.execute(
            "DELETE FROM looks WHERE stack = ?1 AND id NOT IN
             (SELECT id FROM looks WHERE stack = ?1 ORDER BY id DESC LIMIT ?2)",
            params![stack, i64::try_from(LOOKS_KEPT).expect("a small number")],
        )?;
        for record in verdicts {
            if before
                .get(&record.check)
                .is_some_and(|last| last.verdict == record.verdict)
            {
                continue;
            }
            transaction.execute(
                "INSERT INTO verdicts (stack, check_id, verdict, summary, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![stack, record.check, record.verdict.id(), record.summary, record.at.to_string()],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What each check said when it was last looked at.
    pub fn last_verdicts(
        &self,
        key: &StackKey,
    ) -> Result<BTreeMap<String, VerdictRecord>, StoreError> {
        Ok(self
            .history(key)?
            .into_iter()
            .map(|record| (record.check.clone(), record))
            .collect())
    }

    /// Every change of a verdict, oldest first.
    pub fn history(&self, key: &StackKey) -> Result<Vec<VerdictRecord>, StoreError> {
        let stack = self.stack(key)?;
        let mut statement = self.connection.prepare(
            "SELECT check_id, verdict, summary, at FROM verdicts WHERE stack = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([stack], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut history = Vec::new();
        for row in rows {
            let (check, word, summary, at) = row?;
            // A verdict of a newer version is left out rather than guessed.
            let Some(verdict) = Verdict::ALL
                .into_iter()
                .find(|verdict| verdict.id() == word)
            else {
                continue;
            };
            history.push(VerdictRecord {
                check,
                verdict,
                summary,
                at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            });
        }
        Ok(history)
    }

    /// When the stack was last looked at, and the snapshot of that look.
    pub fn last_look(&self, key: &StackKey) -> Result<Option<(Timestamp, String)>, StoreError> {
        self.earlier_look(key, 0)
    }

    /// A kept look and its time: 0 = the last one, 1 = the one before, ...
    pub fn earlier_look(
        &self,
        key: &StackKey,
        back: usize,
    ) -> Result<Option<(Timestamp, String)>, StoreError> {
        use rusqlite::OptionalExtension;
        let stack = self.stack(key)?;
        let row: Option<(String, String)> = self
            .connection
            .query_row(
                "SELECT at, snapshot FROM looks WHERE stack = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2",
                params![stack, i64::try_from(back).unwrap_or(i64::MAX)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        Ok(row.map(|(at, snapshot)| (at.parse().unwrap_or(Timestamp::UNIX_EPOCH), snapshot)))
    }

    /// When the stack was last looked at.
    pub fn last_looked(&self, key: &StackKey) -> Result<Option<Timestamp>, StoreError> {
        use rusqlite::OptionalExtension;
        let stack = self.stack(key)?;
        let at: Option<String> = self
            .connection
            .query_row(
                "SELECT at FROM looks WHERE stack = ?1 ORDER BY id DESC LIMIT 1",
                [stack],
                |row| row.get(0),
            )
            .optional()?;
        Ok(at.map(|at| at.parse().unwrap_or(Timestamp::UNIX_EPOCH)))
    }

    /// How many snapshots are kept.
    pub fn looks(&self, key: &StackKey) -> Result<usize, StoreError> {
        let stack = self.stack(key)?;
        let count: i64 = self.connection.query_row(
            "SELECT count(*) FROM looks WHERE stack = ?1",
            [stack],
            |row| row.get(0),
        )?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}
