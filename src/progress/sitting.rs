//! Quiz answers: one transaction each, so that a sitting goes on exactly where it stopped.

use super::store::{Store, StoreError};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// One pass through a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SittingId(i64);

impl SittingId {
    /// For values that do not come from the database (tests).
    pub const fn numbered(number: i64) -> Self {
        SittingId(number)
    }
}

/// What the learner said of a key point, seeing the model answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Said,
    Partly,
    NotSaid,
}

impl Said {
    /// As kept and as JSON spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Said::Said => "said",
            Said::Partly => "partly",
            Said::NotSaid => "not-said",
        }
    }

    fn from_word(word: &str) -> Option<Said> {
        [Said::Said, Said::Partly, Said::NotSaid]
            .into_iter()
            .find(|said| said.word() == word)
    }
}

/// One question's answer so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRecord {
    pub question: String,
    pub rev: u32,
    /// `None` = "I don't know": unattempted, not wrong.
    pub text: Option<String>,
    pub at: Timestamp,
    /// By the point's id; points that are not in it were not confirmed yet.
    pub points: BTreeMap<String, Said>,
}

impl Store {
    /// The unfinished sitting of a deck, if there is one.
    pub fn open_sitting(&self, deck: &str) -> Result<Option<SittingId>, StoreError> {
        let query = "SELECT id FROM sittings WHERE deck = ?1 AND finished_at IS NULL ORDER BY id DESC LIMIT 1";
        Ok(self
            .connection
            .query_row(query, [deck], |row| row.get(0).map(SittingId))
            .optional()?)
    }

    /// The newest finished sitting of a deck and when it ended.
    pub fn last_finished(&self, deck: &str) -> Result<Option<(SittingId, Timestamp)>, StoreError> {
        let query = "SELECT id, finished_at FROM sittings WHERE deck = ?1 AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1";
        let row: Option<(i64, String)> = self
            .connection
            .query_row(query, [deck], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(row.map(|(id, at)| (SittingId(id), at.parse().unwrap_or(Timestamp::UNIX_EPOCH))))
    }

    /// Begins a pass through a deck.
    pub fn begin_sitting(&self, deck: &str, now: Timestamp) -> Result<SittingId, StoreError> {
        self.connection.execute(
            "INSERT INTO sittings (deck, started_at) VALUES (?1, ?2)",
            params![deck, now.to_string()],
        )?;
        Ok(SittingId(self.connection.last_insert_rowid()))
    }

    /// Ends it.
    pub fn finish_sitting(&self, sitting: SittingId, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE sittings SET finished_at = ?2 WHERE id = ?1",
            params![sitting.0, now.to_string()],
        )?;
        Ok(())
    }

    /// Keeps an answer the moment it is given.
    pub fn answer(
        &self,
        sitting: SittingId,
        question: &str,
        rev: u32,
        text: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO answers (sitting, question, rev, text, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (sitting, question) DO UPDATE SET rev = ?3, text = ?4, at = ?5",
            params![sitting.0, question, rev, text, now.to_string()],
        )?;
        Ok(())
    }

    /// Keeps what the learner said of one point.
    pub fn confirm(
        &self,
        sitting: SittingId,
        question: &str,
        point: &str,
        said: Said,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO points (sitting, question, point, said, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (sitting, question, point) DO UPDATE SET said = ?4, at = ?5",
            params![sitting.0, question, point, said.word(), now.to_string()],
        )?;
        Ok(())
    }

    /// All answers of a sitting, by question.
    pub fn answers(
        &self,
        sitting: SittingId,
    ) -> Result<BTreeMap<String, AnswerRecord>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT question, rev, text, at FROM answers WHERE sitting = ?1")?;
        let rows = statement.query_map([sitting.0], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, u32>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut answers = BTreeMap::new();
        for row in rows {
            let (question, rev, text, at) = row?;
            let record = AnswerRecord {
                question: question.clone(),
                rev,
                text,
                at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
                points: BTreeMap::new(),
            };
            answers.insert(question, record);
        }
        let mut statement = self
            .connection
            .prepare("SELECT question, point, said FROM points WHERE sitting = ?1")?;
        let rows = statement.query_map([sitting.0], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        for row in rows {
            let (question, point, word) = row?;
            if let (Some(answer), Some(said)) = (answers.get_mut(&question), Said::from_word(&word))
            {
                answer.points.insert(point, said);
            }
        }
        Ok(answers)
    }
}
