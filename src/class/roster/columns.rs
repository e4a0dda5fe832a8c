//! What a roster's columns may be called.

use super::RosterTrouble;
use super::table::Row;
use crate::report::sanitize;
use std::collections::BTreeMap;

/// A column that means something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Student,
    LastName,
    FirstName,
    Id,
    SisId,
    Login,
    Email,
    Section,
    Account,
    Role,
    ExternalId,
    Region,
    User,
    Host,
}

impl Column {
    /// In words, for people.
    pub const fn words(self) -> &'static str {
        match self {
            Column::Student => "student",
            Column::LastName => "last name",
            Column::FirstName => "first name",
            Column::Id => "id",
            Column::SisId => "sis user id",
            Column::Login => "login",
            Column::Email => "email",
            Column::Section => "section",
            Column::Account => "account",
            Column::Role => "role",
            Column::ExternalId => "external id",
            Column::Region => "region",
            Column::User => "user",
            Column::Host => "host",
        }
    }

    /// Whether it says who somebody is.
    const fn names(self) -> bool {
        matches!(
            self,
            Column::Student
                | Column::LastName
                | Column::FirstName
                | Column::Id
                | Column::SisId
                | Column::Login
                | Column::Email
        )
    }
}

/// Letters and digits of a header in lower case, and what it means. Canvas: `lib/gradebook_exporter.rb` of
/// instructure/canvas-lms; Moodle: "Grades > Export"; Gradescope: "Roster > Download" (all read 2026-11).
const NAMES: [(&str, Column); 58] = [
    ("student", Column::Student),
    ("name", Column::Student),
    ("learner", Column::Student),
    ("studentname", Column::Student),
    ("learnername", Column::Student),
    ("fullname", Column::Student),
    ("lastname", Column::LastName),
    ("surname", Column::LastName),
    ("familyname", Column::LastName),
    ("firstname", Column::FirstName),
    ("givenname", Column::FirstName),
    ("id", Column::Id),
    ("canvasid", Column::Id),
    ("canvasuserid", Column::Id),
    ("userid", Column::Id),
    ("studentid", Column::Id),
    ("sisuserid", Column::SisId),
    ("sisid", Column::SisId),
    ("sid", Column::SisId),
    ("idnumber", Column::SisId),
    ("sisloginid", Column::Login),
    ("sislogin", Column::Login),
    ("loginid", Column::Login),
    ("login", Column::Login),
    ("username", Column::Login),
    ("githubusername", Column::Login),
    ("github", Column::Login),
    ("email", Column::Email),
    ("mail", Column::Email),
    ("emailaddress", Column::Email),
    ("mailaddress", Column::Email),
    ("section", Column::Section),
    ("sections", Column::Section),
    ("group", Column::Section),
    ("groups", Column::Section),
    ("class", Column::Section),
    ("account", Column::Account),
    ("accountid", Column::Account),
    ("accountnumber", Column::Account),
    ("accountorrole", Column::Account),
    ("awsaccount", Column::Account),
    ("awsaccountid", Column::Account),
    ("awsaccountnumber", Column::Account),
    ("role", Column::Role),
    ("rolearn", Column::Role),
    ("arn", Column::Role),
    ("externalid", Column::ExternalId),
    ("externalword", Column::ExternalId),
    ("extid", Column::ExternalId),
    ("region", Column::Region),
    ("awsregion", Column::Region),
    ("user", Column::User),
    ("iamuser", Column::User),
    ("iamusername", Column::User),
    ("host", Column::Host),
    ("hostname", Column::Host),
    ("domain", Column::Host),
    ("domainname", Column::Host),
];

/// The header of a small roster, as an example.
pub(super) fn example() -> String {
    "A roster begins with a line of names, such as: student,account,external id,section".to_owned()
}

/// What a header means, whatever its case, spaces, hyphens and underscores.
pub(super) fn named(header: &str) -> Option<Column> {
    let bare = bare(header);
    NAMES
        .iter()
        .find(|(name, _)| *name == bare)
        .map(|(_, column)| *column)
}

/// No name of ours is as long as what is looked at: a header may be a whole file that is no table.
fn bare(header: &str) -> String {
    const MOST: usize = 64;
    header
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .take(MOST)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Which column stands where.
#[derive(Debug)]
pub(super) struct Columns {
    pub at: BTreeMap<Column, usize>,
    /// Headers that mean nothing here.
    pub ignored: Vec<String>,
    /// Columns with a header or without, empty ones at the end not counted.
    pub width: usize,
    /// Cells of the header, empty ones too.
    pub cells: usize,
}

/// Reads the header.
///
/// # Errors
/// No column that says who somebody is, or the same column twice.
pub(super) fn columns(header: &Row) -> Result<Columns, Vec<RosterTrouble>> {
    let mut columns = Columns {
        at: BTreeMap::new(),
        ignored: Vec::new(),
        width: 0,
        cells: header.cells.len(),
    };
    let mut troubles = Vec::new();
    for (at, cell) in header.cells.iter().enumerate() {
        let name = super::cells::text(&cell.text);
        if name.is_empty() {
            continue;
        }
        columns.width = at + 1;
        match named(&name) {
            None => columns.ignored.push(name),
            Some(column) => {
                if let Some(first) = columns.at.insert(column, at) {
                    columns.at.insert(column, first);
                    troubles.push(RosterTrouble {
                        line: cell.line,
                        column: Some(cell.column),
                        say: format!(
                            "`{}` and `{name}` both mean the column `{}`",
                            super::cells::text(&header.cells[first].text),
                            column.words()
                        ),
                        hint: Some("Rename or delete one of them.".to_owned()),
                    });
                }
            }
        }
    }
    if !columns.at.keys().any(|column| column.names()) {
        troubles.push(nobody(header));
    }
    if troubles.is_empty() {
        Ok(columns)
    } else {
        Err(troubles)
    }
}

/// No column says who somebody is.
fn nobody(header: &Row) -> RosterTrouble {
    let near = header.cells.iter().find_map(|cell| {
        let bare = bare(&cell.text);
        let (_, column) = NAMES
            .iter()
            .filter(|(name, column)| column.names() && name.len() > 3)
            .find(|(name, _)| strsim::damerau_levenshtein(&bare, name) <= 1 + name.len() / 7)?;
        Some((cell, column.words()))
    });
    match near {
        Some((cell, word)) => RosterTrouble {
            line: cell.line,
            column: Some(cell.column),
            say: format!(
                "no column says who the students are; did you mean `{word}` by `{}`?",
                sanitize::one_line(cell.text.trim())
            ),
            hint: Some(example()),
        },
        None => RosterTrouble {
            line: header.line,
            column: None,
            say: "no column says who the students are".to_owned(),
            hint: Some(format!(
                "{}. An id, a login or an email does in place of the name.",
                example()
            )),
        },
    }
}
