//! Which of several things the learner said is theirs, per stack.

use super::stack::StackKey;
use super::store::{Store, StoreError};
use crate::account::{Chosen, ChosenByKey};
use jiff::Timestamp;
use rusqlite::params;

impl Store {
    /// The answers for a stack. One that this version cannot read is left out, and asked again.
    pub fn chosen(&self, key: &StackKey) -> Result<ChosenByKey, StoreError> {
        let stack = self.stack(key)?;
        let mut statement = self
            .connection
            .prepare("SELECT kind, answer FROM chosen WHERE stack = ?1")?;
        let rows = statement.query_map([stack], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut chosen = ChosenByKey::new();
        for row in rows {
            let (kind, answer) = row?;
            if let Ok(answer) = serde_json::from_str(&answer) {
                chosen.insert(kind, answer);
            }
        }
        Ok(chosen)
    }

    /// Keeps an answer; an earlier one of that kind is replaced.
    pub fn choose_one(
        &self,
        key: &StackKey,
        kind: &str,
        answer: &Chosen,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        let answer = serde_json::to_string(answer).expect("plain text");
        self.connection.execute(
            "INSERT INTO chosen (stack, kind, answer, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (stack, kind) DO UPDATE SET answer = ?3, at = ?4",
            params![stack, kind, answer, now.to_string()],
        )?;
        Ok(())
    }

    /// Forgets an answer, so that it is asked again.
    pub fn unchoose(&self, key: &StackKey, kind: &str) -> Result<(), StoreError> {
        let stack = self.stack(key)?;
        self.connection.execute(
            "DELETE FROM chosen WHERE stack = ?1 AND kind = ?2",
            params![stack, kind],
        )?;
        Ok(())
    }
}
