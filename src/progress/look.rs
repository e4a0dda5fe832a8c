//! Looks at the account: the last fifty snapshots, and every change of a verdict.

use super::stack::StackKey;
use super::stopped;
use super::store::{Store, StoreError};
use crate::account::SeenStopped;
use crate::checks::Verdict;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeMap;

/// How many snapshots are kept for each stack.
pub const LOOKS_KEPT: usize = 50;

/// Besides the newest ones, the look at which a check passed last stays as long as it does not pass: only it can say what
/// has changed since. A watch would otherwise push it out within the hour.
const FORGET_OLD_LOOKS: &str = "
    DELETE FROM looks WHERE stack = ?1
    AND id NOT IN (SELECT id FROM looks WHERE stack = ?1 ORDER BY id DESC LIMIT ?2)
    AND at NOT IN (
        SELECT coalesce(good.until, good.at) FROM verdicts AS good
        WHERE good.stack = ?1 AND good.verdict = ?3 AND good.id = (
            SELECT max(id) FROM verdicts
            WHERE stack = ?1 AND check_id = good.check_id AND verdict = ?3
        ) AND EXISTS (
            SELECT 1 FROM verdicts AS later
            WHERE later.stack = ?1 AND later.check_id = good.check_id AND later.id > good.id
        )
    )";

/// One check's verdict, and as long as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRecord {
    pub check: String,
    pub verdict: Verdict,
    /// As the last look that said so put it.
    pub summary: String,
    /// The first look that said so.
    pub at: Timestamp,
    /// The last look that said so.
    pub until: Timestamp,
}

impl Store {
    /// Keeps a look: the snapshot, those verdicts that are not what they were, and the tasks that were seen stopped. One
    /// transaction, which reads what was kept before, so that two processes keep no change twice.
    pub fn record_look(
        &mut self,
        key: &StackKey,
        snapshot: &str,
        verdicts: &[VerdictRecord],
        stopped: &[SeenStopped],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stack = Self::stack_in(&transaction, key)?;
        let before = last_rows(&transaction, stack)?;
        transaction.execute(
            "INSERT INTO looks (stack, at, snapshot) VALUES (?1, ?2, ?3)",
            params![stack, now.to_string(), snapshot],
        )?;
        let look = transaction.last_insert_rowid();
        for record in verdicts {
            let at = record.at.to_string();
            match before.get(&record.check) {
                Some((row, word)) if word == record.verdict.id() => transaction.execute(
                    "UPDATE verdicts SET until = ?2, summary = ?3 WHERE id = ?1",
                    params![row, at, record.summary],
                )?,
                _ => transaction.execute(
                    "INSERT INTO verdicts (stack, check_id, verdict, summary, at, until) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                    params![stack, record.check, record.verdict.id(), record.summary, at],
                )?,
            };
        }
        stopped::remember(&transaction, stack, look, stopped)?;
        transaction.execute(
            FORGET_OLD_LOOKS,
            params![
                stack,
                i64::try_from(LOOKS_KEPT).expect("a small number"),
                Verdict::Passed.id()
            ],
        )?;
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
            "SELECT check_id, verdict, summary, at, coalesce(until, at) FROM verdicts
             WHERE stack = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([stack], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, String>(4)?,
            ))
        })?;
        let mut history = Vec::new();
        for row in rows {
            let (check, word, summary, at, until) = row?;
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
                at: instant(&at),
                until: instant(&until),
            });
        }
        Ok(history)
    }

    /// The last look at which a check passed.
    pub fn last_passed(
        &self,
        key: &StackKey,
        check: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        let stack = self.stack(key)?;
        let query = "SELECT coalesce(until, at) FROM verdicts
             WHERE stack = ?1 AND check_id = ?2 AND verdict = ?3 ORDER BY id DESC LIMIT 1";
        let at: Option<String> = self
            .connection
            .query_row(query, params![stack, check, Verdict::Passed.id()], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(at.map(|at| instant(&at)))
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
        let stack = self.stack(key)?;
        let row: Option<(String, String)> = self
            .connection
            .query_row(
                "SELECT at, snapshot FROM looks WHERE stack = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2",
                params![stack, i64::try_from(back).unwrap_or(i64::MAX)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        Ok(row.map(|(at, snapshot)| (instant(&at), snapshot)))
    }

    /// The kept look of that moment.
    pub fn look_of(&self, key: &StackKey, at: Timestamp) -> Result<Option<String>, StoreError> {
        let stack = self.stack(key)?;
        let query =
            "SELECT snapshot FROM looks WHERE stack = ?1 AND at = ?2 ORDER BY id DESC LIMIT 1";
        Ok(self
            .connection
            .query_row(query, params![stack, at.to_string()], |row| row.get(0))
            .optional()?)
    }

    /// When the stack was last looked at.
    pub fn last_looked(&self, key: &StackKey) -> Result<Option<Timestamp>, StoreError> {
        let stack = self.stack(key)?;
        let at: Option<String> = self
            .connection
            .query_row(
                "SELECT at FROM looks WHERE stack = ?1 ORDER BY id DESC LIMIT 1",
                [stack],
                |row| row.get(0),
            )
            .optional()?;
        Ok(at.map(|at| instant(&at)))
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

/// Row and word of what each check said last.
fn last_rows(
    connection: &Connection,
    stack: i64,
) -> Result<BTreeMap<String, (i64, String)>, StoreError> {
    let mut statement = connection
        .prepare("SELECT check_id, id, verdict FROM verdicts WHERE stack = ?1 ORDER BY id")?;
    let rows = statement.query_map([stack], |row| {
        Ok((row.get::<_, String>(0)?, (row.get(1)?, row.get(2)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A time as it was kept. One that is none counts as long ago.
fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
