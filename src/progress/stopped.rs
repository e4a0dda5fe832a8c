//! Tasks that were seen stopped, beyond the hour for which AWS keeps them.

use super::stack::StackKey;
use super::store::{Store, StoreError};
use crate::account::SeenStopped;
use rusqlite::{Connection, params};

/// How many stopped tasks are remembered for each stack.
pub const STOPPED_KEPT: usize = 200;

/// Part of a look's transaction. A task that is seen again keeps the log lines that only an earlier look had.
pub(super) fn remember(
    connection: &Connection,
    stack: i64,
    look: i64,
    stopped: &[SeenStopped],
) -> Result<(), StoreError> {
    // Newest first in the look, newest last in the table.
    for seen in stopped.iter().rev() {
        let tails = serde_json::to_string(&seen.log_tails).expect("plain text");
        let bare = SeenStopped {
            log_tails: Vec::new(),
            ..seen.clone()
        };
        let bare = serde_json::to_string(&bare).expect("plain text");
        connection.execute(
            "INSERT INTO stopped_tasks (stack, task, look, seen, tails) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (stack, task) DO UPDATE SET look = ?3, seen = ?4,
             tails = CASE WHEN ?5 = '[]' THEN tails ELSE ?5 END",
            params![stack, seen.task.id, look, bare, tails],
        )?;
    }
    connection.execute(
        "DELETE FROM stopped_tasks WHERE stack = ?1 AND id NOT IN
         (SELECT id FROM stopped_tasks WHERE stack = ?1 ORDER BY look DESC, id DESC LIMIT ?2)",
        params![stack, i64::try_from(STOPPED_KEPT).expect("a small number")],
    )?;
    Ok(())
}

impl Store {
    /// The remembered ones, those of the newest look first. One that this version cannot read is left out.
    pub fn stopped_tasks(&self, key: &StackKey) -> Result<Vec<SeenStopped>, StoreError> {
        let stack = self.stack(key)?;
        let mut statement = self.connection.prepare(
            "SELECT seen, tails FROM stopped_tasks WHERE stack = ?1 ORDER BY look DESC, id DESC",
        )?;
        let rows = statement.query_map([stack], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (seen, tails) = row?;
            if let Ok(mut seen) = serde_json::from_str::<SeenStopped>(&seen) {
                seen.log_tails = serde_json::from_str(&tails).unwrap_or_default();
                all.push(seen);
            }
        }
        Ok(all)
    }
}
