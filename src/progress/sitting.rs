//! Sittings of the quiz: one pass through some questions of a deck, which goes on exactly where it stopped.

use super::attempt::Mode;
use super::store::{Store, StoreError};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// The row of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SittingId(pub(super) i64);

impl SittingId {
    /// For values that do not come from the database (tests).
    pub const fn numbered(number: i64) -> Self {
        SittingId(number)
    }
}

/// What the learner said of a key point, seeing the model answer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
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

    pub(super) fn from_word(word: &str) -> Option<Said> {
        [Said::Said, Said::Partly, Said::NotSaid]
            .into_iter()
            .find(|said| said.word() == word)
    }
}

/// How a sitting is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSitting {
    pub mode: Mode,
    /// What was asked for, in a word or two: `mixed`, `due`, `exam`, `lesson rds`.
    pub scope: String,
    /// Ids of the questions, in order.
    pub planned: Vec<String>,
    /// The same number shows options in the same order.
    pub seed: u64,
    /// The soft limit of an exam.
    pub minutes: Option<u16>,
}

/// One sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    pub id: SittingId,
    pub deck: String,
    pub mode: Mode,
    pub scope: String,
    /// `None` in sittings of an earlier version, which asked the open questions in the deck's order.
    pub planned: Option<Vec<String>>,
    pub seed: u64,
    pub minutes: Option<u16>,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// What a learner noted at a question without answering it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Put off to the end of the sitting.
    Skipped,
    /// Skipped again: not asked any more in this sitting.
    LeftOut,
    /// To be looked at again before handing in.
    Flagged,
    /// The hint was looked at.
    Hinted,
}

impl Mark {
    const ALL: [Mark; 4] = [Mark::Skipped, Mark::LeftOut, Mark::Flagged, Mark::Hinted];

    const fn word(self) -> &'static str {
        match self {
            Mark::Skipped => "skipped",
            Mark::LeftOut => "left-out",
            Mark::Flagged => "flagged",
            Mark::Hinted => "hinted",
        }
    }
}

/// The marks of a sitting, by the item's id.
pub type Marks = BTreeMap<String, BTreeSet<Mark>>;

const COLUMNS: &str =
    "id, deck, mode, scope, planned, seed, minutes, started_at, finished_at FROM sittings";

impl Store {
    /// The unfinished sitting of a deck, if there is one.
    pub fn open_sitting(&self, deck: &str) -> Result<Option<Sitting>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} WHERE deck = ?1 AND finished_at IS NULL AND laid_aside_at IS NULL ORDER BY id DESC LIMIT 1"
        );
        Ok(self
            .connection
            .query_row(&query, [deck], sitting)
            .optional()?)
    }

    /// The newest finished sitting of a deck.
    pub fn last_finished(&self, deck: &str) -> Result<Option<Sitting>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} WHERE deck = ?1 AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1"
        );
        Ok(self
            .connection
            .query_row(&query, [deck], sitting)
            .optional()?)
    }

    /// A sitting by its row; `None` when there is no such row.
    pub fn sitting(&self, id: SittingId) -> Result<Option<Sitting>, StoreError> {
        let query = format!("SELECT {COLUMNS} WHERE id = ?1");
        Ok(self
            .connection
            .query_row(&query, [id.0], sitting)
            .optional()?)
    }

    /// Begins a pass through some questions.
    pub fn begin_sitting(
        &self,
        deck: &str,
        wanted: &NewSitting,
        now: Timestamp,
    ) -> Result<Sitting, StoreError> {
        let planned = serde_json::to_string(&wanted.planned).expect("a list of texts");
        self.connection.execute(
            "INSERT INTO sittings (deck, started_at, mode, scope, planned, seed, minutes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                deck,
                now.to_string(),
                wanted.mode.word(),
                wanted.scope,
                planned,
                wanted.seed.cast_signed(),
                wanted.minutes
            ],
        )?;
        Ok(Sitting {
            id: SittingId(self.connection.last_insert_rowid()),
            deck: deck.to_owned(),
            mode: wanted.mode,
            scope: wanted.scope.clone(),
            planned: Some(wanted.planned.clone()),
            seed: wanted.seed,
            minutes: wanted.minutes,
            started_at: now,
            finished_at: None,
        })
    }

    /// Ends it.
    pub fn finish_sitting(&self, sitting: SittingId, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE sittings SET finished_at = ?2 WHERE id = ?1",
            params![sitting.0, now.to_string()],
        )?;
        Ok(())
    }

    /// Lays it aside unfinished: what was answered stays in the log, and nothing goes on with it.
    pub fn lay_aside_sitting(&self, sitting: SittingId, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE sittings SET laid_aside_at = ?2 WHERE id = ?1",
            params![sitting.0, now.to_string()],
        )?;
        Ok(())
    }

    /// Notes something at a question.
    pub fn mark(
        &self,
        sitting: SittingId,
        item: &str,
        mark: Mark,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR IGNORE INTO marks (sitting, item, mark, at) VALUES (?1, ?2, ?3, ?4)",
            params![sitting.0, item, mark.word(), now.to_string()],
        )?;
        Ok(())
    }

    /// Takes a note back.
    pub fn unmark(&self, sitting: SittingId, item: &str, mark: Mark) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM marks WHERE sitting = ?1 AND item = ?2 AND mark = ?3",
            params![sitting.0, item, mark.word()],
        )?;
        Ok(())
    }

    /// All notes of a sitting.
    pub fn marks(&self, sitting: SittingId) -> Result<Marks, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT item, mark FROM marks WHERE sitting = ?1")?;
        let rows = statement.query_map([sitting.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut marks = Marks::new();
        for row in rows {
            let (item, word) = row?;
            // One of a newer version says nothing to this one.
            if let Some(mark) = Mark::ALL.into_iter().find(|mark| mark.word() == word) {
                marks.entry(item).or_default().insert(mark);
            }
        }
        Ok(marks)
    }
}

fn sitting(row: &Row<'_>) -> rusqlite::Result<Sitting> {
    let time = |text: String| text.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(Sitting {
        id: SittingId(row.get(0)?),
        deck: row.get(1)?,
        mode: Mode::from_word(&row.get::<_, String>(2)?),
        scope: row.get(3)?,
        planned: row
            .get::<_, Option<String>>(4)?
            .and_then(|text| serde_json::from_str(&text).ok()),
        seed: row.get::<_, i64>(5)?.cast_unsigned(),
        minutes: row.get(6)?,
        started_at: time(row.get(7)?),
        finished_at: row.get::<_, Option<String>>(8)?.map(time),
    })
}
