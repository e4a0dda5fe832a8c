//! Answers to the quiz: each is kept the moment it is given, and so is everything that is said of it.

use super::attempt::{Attempt, AttemptId, Confidence, Confirmation, Given, Hearing, Mode, Posed};
use super::sitting::{Said, SittingId};
use super::store::{Store, StoreError};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};
use std::collections::BTreeMap;

/// An answer as it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAttempt {
    /// The question's id, or the retry item's.
    pub item: String,
    pub rev: u32,
    pub given: Given,
    pub confidence: Option<Confidence>,
    pub hinted: bool,
    pub hearing: Hearing,
    pub posed: Option<Posed>,
    pub share: Option<f64>,
    pub seconds: Option<u32>,
}

const QUERY: &str =
    "SELECT a.id, a.sitting, s.mode, a.item, a.rev, a.given, a.confidence, a.hinted,
        a.hearing, a.posed, a.share, a.seconds, a.at
    FROM attempts AS a JOIN sittings AS s ON s.id = a.sitting WHERE a.undone_at IS NULL";

impl Store {
    /// Keeps an answer. One that the same sitting has for the same question is taken back first, in the same
    /// transaction.
    pub fn answer(
        &mut self,
        sitting: SittingId,
        attempt: &NewAttempt,
        now: Timestamp,
    ) -> Result<AttemptId, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "UPDATE attempts SET undone_at = ?3 WHERE sitting = ?1 AND item = ?2 AND undone_at IS NULL",
            params![sitting.0, attempt.item, now.to_string()],
        )?;
        transaction.execute(
            "INSERT INTO attempts (sitting, item, rev, given, confidence, hinted, hearing, posed, share, seconds, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                sitting.0,
                attempt.item,
                attempt.rev,
                json(&attempt.given),
                attempt.confidence.map(Confidence::word),
                attempt.hinted,
                json(&attempt.hearing),
                attempt.posed.as_ref().map(json),
                attempt.share,
                attempt.seconds,
                now.to_string()
            ],
        )?;
        let id = AttemptId(transaction.last_insert_rowid());
        transaction.execute(
            "DELETE FROM drafts WHERE sitting = ?1 AND item = ?2",
            params![sitting.0, attempt.item],
        )?;
        transaction.commit()?;
        Ok(id)
    }

    /// Keeps how sure the learner was.
    pub fn be_sure(&self, attempt: AttemptId, confidence: Confidence) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE attempts SET confidence = ?2 WHERE id = ?1",
            params![attempt.0, confidence.word()],
        )?;
        Ok(())
    }

    /// Keeps what the learner said of one point, and the sentence that says it.
    pub fn confirm(
        &self,
        attempt: AttemptId,
        point: &str,
        said: Said,
        evidence: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO confirmations (attempt, point, said, evidence, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (attempt, point) DO UPDATE SET said = ?3, evidence = ?4, at = ?5",
            params![attempt.0, point, said.word(), evidence, now.to_string()],
        )?;
        Ok(())
    }

    /// Takes back what was said of one point.
    pub fn unconfirm(&self, attempt: AttemptId, point: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM confirmations WHERE attempt = ?1 AND point = ?2",
            params![attempt.0, point],
        )?;
        Ok(())
    }

    /// Keeps what was heard anew: after the learner said whether a wrong answer was meant.
    pub fn hear_again(&self, attempt: AttemptId, hearing: &Hearing) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE attempts SET hearing = ?2 WHERE id = ?1",
            params![attempt.0, json(hearing)],
        )?;
        Ok(())
    }

    /// Keeps what an answer came to, 0 to 1.
    pub fn settle(&self, attempt: AttemptId, share: f64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE attempts SET share = ?2 WHERE id = ?1",
            params![attempt.0, share],
        )?;
        Ok(())
    }

    /// Takes an answer back; it stays in the log, with the time.
    pub fn undo(&self, attempt: AttemptId, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE attempts SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL",
            params![attempt.0, now.to_string()],
        )?;
        Ok(())
    }

    /// Keeps what was typed of an answer so far, so that an interruption costs no line. The answer takes its place.
    pub fn keep_draft(&self, sitting: SittingId, item: &str, text: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO drafts (sitting, item, text) VALUES (?1, ?2, ?3)
             ON CONFLICT (sitting, item) DO UPDATE SET text = ?3",
            params![sitting.0, item, text],
        )?;
        Ok(())
    }

    /// What was typed of an answer before an interruption; empty when nothing was.
    pub fn draft(&self, sitting: SittingId, item: &str) -> Result<String, StoreError> {
        let query = "SELECT text FROM drafts WHERE sitting = ?1 AND item = ?2";
        let text: Option<String> = self
            .connection
            .query_row(query, params![sitting.0, item], |row| row.get(0))
            .optional()?;
        Ok(text.unwrap_or_default())
    }

    /// Keeps what an account question shows, so that it is the same after an interruption. What was kept first stays.
    pub fn show(
        &self,
        sitting: SittingId,
        item: &str,
        posed: &Posed,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR IGNORE INTO shown (sitting, item, posed, at) VALUES (?1, ?2, ?3, ?4)",
            params![sitting.0, item, json(posed), now.to_string()],
        )?;
        Ok(())
    }

    /// What an account question showed in this sitting.
    pub fn shown(&self, sitting: SittingId, item: &str) -> Result<Option<Posed>, StoreError> {
        let text: Option<String> = self
            .connection
            .query_row(
                "SELECT posed FROM shown WHERE sitting = ?1 AND item = ?2",
                params![sitting.0, item],
                |row| row.get(0),
            )
            .optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// All answers to a deck, over all sittings, oldest first. What was undone is not among them.
    pub fn attempts(&self, deck: &str) -> Result<Vec<Attempt>, StoreError> {
        self.read_attempts("s.deck = ?1", params![deck])
    }

    /// All answers of one sitting, in the order in which they were given.
    pub fn attempts_of(&self, sitting: SittingId) -> Result<Vec<Attempt>, StoreError> {
        self.read_attempts("a.sitting = ?1", params![sitting.0])
    }

    fn read_attempts(
        &self,
        which: &str,
        parameters: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Attempt>, StoreError> {
        let mut statement = self
            .connection
            .prepare(&format!("{QUERY} AND {which} ORDER BY a.id"))?;
        let mut attempts: Vec<Attempt> = Vec::new();
        for row in statement.query_map(parameters, attempt)? {
            // An answer of a kind that only a newer version knows says nothing to this one.
            attempts.extend(row?);
        }
        let places: BTreeMap<AttemptId, usize> = attempts
            .iter()
            .enumerate()
            .map(|(place, attempt)| (attempt.id, place))
            .collect();
        let mut statement = self.connection.prepare(&format!(
            "SELECT c.attempt, c.point, c.said, c.evidence, c.at
             FROM confirmations AS c JOIN attempts AS a ON a.id = c.attempt JOIN sittings AS s ON s.id = a.sitting
             WHERE a.undone_at IS NULL AND {which}"
        ))?;
        let rows = statement.query_map(parameters, |row| {
            Ok((
                AttemptId(row.get(0)?),
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, String>(4)?,
            ))
        })?;
        for row in rows {
            let (id, point, word, evidence, at) = row?;
            if let (Some(place), Some(said)) = (places.get(&id), Said::from_word(&word)) {
                let confirmation = Confirmation {
                    said,
                    evidence,
                    at: time(&at),
                };
                attempts[*place].confirmed.insert(point, confirmation);
            }
        }
        Ok(attempts)
    }
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<Option<Attempt>> {
    let Ok(given) = serde_json::from_str::<Given>(&row.get::<_, String>(5)?) else {
        return Ok(None);
    };
    Ok(Some(Attempt {
        id: AttemptId(row.get(0)?),
        sitting: SittingId(row.get(1)?),
        mode: Mode::from_word(&row.get::<_, String>(2)?),
        item: row.get(3)?,
        rev: row.get(4)?,
        given,
        confidence: row
            .get::<_, Option<String>>(6)?
            .and_then(|word| Confidence::from_word(&word)),
        hinted: row.get(7)?,
        hearing: serde_json::from_str(&row.get::<_, String>(8)?).unwrap_or_default(),
        confirmed: BTreeMap::new(),
        posed: row
            .get::<_, Option<String>>(9)?
            .and_then(|text| serde_json::from_str(&text).ok()),
        share: row.get(10)?,
        seconds: row.get(11)?,
        at: time(&row.get::<_, String>(12)?),
    }))
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("plain data with text keys")
}
