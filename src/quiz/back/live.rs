//! Where the key of an account question was read.

use crate::account::Source;
use crate::progress::{Posed, PosedWhat};
use jiff::Timestamp;
use serde::Serialize;

/// What the account said when the question was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    pub source: Source,
    pub looked_at: Timestamp,
    /// Why it was not the learner's own account; a sentence.
    pub instead: Option<String>,
    /// `rds:DescribeDBInstances, news-api-db, BackupRetentionPeriod = 1`; of a page, its title.
    pub read: String,
    /// Of a page with faults put in: each of those lines as it really is.
    pub lines: Vec<TrueLine>,
}

/// A line that was changed for the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrueLine {
    pub lines: Vec<usize>,
    pub was: String,
}

impl Evidence {
    /// Whose account it was.
    pub const fn whose(&self) -> &'static str {
        match self.source {
            Source::Aws => "your account",
            Source::Practice => "the practice account",
            Source::Snapshot => "a saved look",
        }
    }
}

pub(super) fn evidence(posed: &Posed) -> Evidence {
    let (read, lines) = match &posed.what {
        PosedWhat::Predict(foretold) => (foretold.evidence.clone(), Vec::new()),
        PosedWhat::Inspect(pages) => (
            pages.title.clone(),
            pages
                .faults
                .iter()
                .map(|fault| TrueLine {
                    lines: fault.lines.clone(),
                    was: fault.was.clone(),
                })
                .collect(),
        ),
    };
    Evidence {
        source: posed.source,
        looked_at: posed.looked_at,
        instead: posed.instead.clone(),
        read,
        lines,
    }
}
