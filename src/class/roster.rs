//! The roster: who is in the class, and how their accounts are reached.

mod cells;
mod columns;
mod key;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod text;

use super::result::RunRow;
use crate::account::Region;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// Names a student in files: letters, digits and hyphens, unique in a roster, the same in every run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StudentKey(pub String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// In the order of the file.
    pub rows: Vec<RosterRow>,
    /// Names of columns that mean nothing here, in the order of the file.
    pub ignored: Vec<String>,
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

/// How an account is reached. `Debug` keeps the external id to itself.
#[derive(Clone, PartialEq, Eq)]
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

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Access::None => f.write_str("None"),
            Access::Role {
                account,
                arn,
                external_id,
            } => f
                .debug_struct("Role")
                .field("account", account)
                .field("arn", arn)
                .field("external_id", &external_id.as_ref().map(|_| "(kept back)"))
                .finish(),
        }
    }
}

/// Reads a roster: all that is wrong at once, in the order of the file.
///
/// # Errors
/// No header that is known, rows that cannot be used, students that cannot be told apart.
pub fn roster(bytes: &[u8]) -> Result<Roster, Vec<RosterTrouble>> {
    let text = text::text_of(bytes)?;
    let rows = table::rows(&text).map_err(|trouble| vec![trouble])?;
    let whole = |line, say: &str, hint: String| {
        vec![RosterTrouble {
            line,
            column: None,
            say: say.to_owned(),
            hint: Some(hint),
        }]
    };
    let Some((header, rows)) = rows.split_first() else {
        return Err(whole(1, "the roster is empty", columns::example()));
    };
    let columns = columns::columns(header)?;
    let mut troubles = Vec::new();
    let mut students = Vec::new();
    for row in rows {
        let (student, wrong) = row::student(&columns, row);
        students.extend(student);
        troubles.extend(wrong);
    }
    troubles.extend(twice(&students));
    if troubles.is_empty() && students.is_empty() {
        return Err(whole(
            header.line,
            "the roster has a header, and no students below it",
            "Write one student on each line.".to_owned(),
        ));
    }
    if troubles.is_empty() {
        return Ok(Roster {
            rows: students,
            ignored: columns.ignored,
        });
    }
    troubles.sort_by(|a, b| (a.line, a.column, &a.say).cmp(&(b.line, b.column, &b.say)));
    Err(troubles)
}

/// Students that cannot be told apart. The same account twice is no such thing: it is shown in the report.
fn twice(students: &[RosterRow]) -> Vec<RosterTrouble> {
    let mut seen: HashMap<(&str, String), u64> = HashMap::new();
    let mut troubles = Vec::new();
    for student in students {
        let (kind, value) = key::identity(student);
        let only_a_name = (kind == "name").then_some(("name", value));
        let named = [
            ("id", student.id.as_deref()),
            ("sis user id", student.sis_id.as_deref()),
            ("login", student.login.as_deref()),
            ("email", student.email.as_deref()),
        ];
        let said = named
            .into_iter()
            .filter_map(|(kind, value)| value.map(|value| (kind, value)))
            .chain(only_a_name)
            .map(|(kind, value)| (kind, key::folded(value)));
        // Two identities whose digests agree: nobody has seen it, but one would write over the other.
        let all = said.chain([("key", student.key.0.clone())]);
        let first = all
            .filter_map(|mark| {
                let kind = mark.0;
                let earlier = *seen.entry(mark).or_insert(student.line);
                (earlier != student.line).then_some((kind, earlier))
            })
            .min_by_key(|(_, earlier)| *earlier);
        let Some((kind, earlier)) = first else {
            continue;
        };
        let hint = match kind {
            "name" => {
                "Delete one of the lines; if they are two students, add a column `id` or `email`."
            }
            _ => "Delete one of the lines, or correct it.",
        };
        troubles.push(RosterTrouble {
            line: student.line,
            column: None,
            say: format!("the same {kind} is on line {earlier}: a student may be here once"),
            hint: Some(hint.to_owned()),
        });
    }
    troubles
}

/// The rows as a run keeps them: without external ids.
pub fn rows_of(roster: &Roster) -> Vec<RunRow> {
    roster.rows.iter().map(RunRow::from).collect()
}
