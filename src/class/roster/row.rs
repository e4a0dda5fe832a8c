//! One line of a roster as a student.

use super::cells::{self, Wrong};
use super::columns::{Column, Columns};
use super::table::{Cell, Row};
use super::{Access, RosterRow, RosterTrouble, StudentKey, key};

/// Reads a row, with everything that is wrong with it; no student for one that is nobody: empty, or what Canvas puts between
/// students.
pub(super) fn student(columns: &Columns, row: &Row) -> (Option<RosterRow>, Vec<RosterTrouble>) {
    let mut reading = RowReading {
        columns,
        row,
        troubles: Vec::new(),
    };
    if reading.is_nobody() {
        return (None, Vec::new());
    }
    if reading.has_moved() {
        return (None, vec![reading.too_wide()]);
    }
    let student = reading.student();
    if !reading.troubles.is_empty() && row.cells.len() > columns.cells {
        return (None, vec![reading.too_wide()]);
    }
    // Without a name it is no student that could be here twice.
    let student = (!student.student.is_empty()).then_some(student);
    (student, reading.troubles)
}

struct RowReading<'a> {
    columns: &'a Columns,
    row: &'a Row,
    troubles: Vec<RosterTrouble>,
}

impl RowReading<'_> {
    /// The cell of a column, if anything is in it.
    fn cell(&self, column: Column) -> Option<&Cell> {
        let at = self.columns.at.get(&column)?;
        self.row
            .cells
            .get(*at)
            .filter(|cell| !cells::text(&cell.text).is_empty())
    }

    fn text(&self, column: Column) -> Option<String> {
        self.cell(column).map(|cell| cells::text(&cell.text))
    }

    /// Empty in every column that means something; or Canvas's "Points Possible", or its test student
    /// (`lib/gradebook_exporter.rb` of instructure/canvas-lms, 2026-11).
    fn is_nobody(&self) -> bool {
        let mut columns = self.columns.at.keys();
        if columns.all(|column| self.cell(*column).is_none()) {
            return true;
        }
        let last = self.text(Column::LastName);
        let name = self.text(Column::Student).or_else(|| last.clone());
        let is_points = name.as_deref() == Some("Points Possible");
        let is_test = name.as_deref() == Some("Student, Test")
            || last.as_deref() == Some("Student")
                && self.text(Column::FirstName).as_deref() == Some("Test");
        is_points && self.cell(Column::Id).is_none() || is_test
    }

    /// Whether cells stand under the wrong header: something is beyond the last one, or a comma with a space after it has
    /// made one cell more. Empty cells at the end alone are what spreadsheets write.
    fn has_moved(&self) -> bool {
        let surplus = self.row.cells.get(self.columns.width..).unwrap_or_default();
        let is_filled = |cell: &Cell| !cells::text(&cell.text).is_empty();
        surplus.iter().any(is_filled)
            || self.row.cells.len() > self.columns.cells
                && self
                    .row
                    .cells
                    .iter()
                    .any(|cell| cell.text.starts_with(' ') && is_filled(cell))
    }

    /// Cells have moved: what is in them says nothing.
    fn too_wide(&self) -> RosterTrouble {
        RosterTrouble {
            line: self.row.line,
            column: None,
            say: format!(
                "this line has {} cells, but the header has {}",
                self.row.cells.len(),
                self.columns.cells
            ),
            hint: Some(
                "A name with a comma in it stands in quotation marks: \"Lee, Ann\".".to_owned(),
            ),
        }
    }

    fn trouble(&mut self, column: Column, wrong: Wrong) {
        let at = self.cell(column).map(|cell| (cell.line, cell.column));
        self.troubles.push(RosterTrouble {
            line: at.map_or(self.row.line, |(line, _)| line),
            column: at.map(|(_, column)| column),
            say: wrong.say,
            hint: wrong.hint,
        });
    }

    /// What a cell holds, if it can be read.
    fn read<T>(&mut self, column: Column, read: fn(&str) -> Result<T, Wrong>) -> Option<T> {
        match read(&self.cell(column)?.text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.trouble(column, wrong);
                None
            }
        }
    }

    fn student(&mut self) -> RosterRow {
        let region = self.read(Column::Region, cells::region);
        let access = self.access(region.as_ref());
        let name = self.name();
        let mut row = RosterRow {
            line: self.row.line,
            key: StudentKey(String::new()),
            student: String::new(),
            id: self.text(Column::Id),
            sis_id: self.text(Column::SisId),
            login: self.text(Column::Login),
            email: self.text(Column::Email),
            section: self.text(Column::Section),
            access,
            region,
            user: self.read(Column::User, cells::user),
            host: self.read(Column::Host, cells::host),
        };
        let called = [&name, &row.id, &row.login, &row.email, &row.sis_id]
            .into_iter()
            .flatten()
            .next();
        match called {
            Some(called) => row.student.clone_from(called),
            None => self.troubles.push(RosterTrouble {
                line: self.row.line,
                column: None,
                say: "this line names no student".to_owned(),
                hint: Some("Write the name, or delete the line.".to_owned()),
            }),
        }
        row.key = key::key(&row);
        row
    }

    fn name(&self) -> Option<String> {
        let whole = self.text(Column::Student);
        whole.or_else(|| {
            let parts = [self.text(Column::FirstName), self.text(Column::LastName)];
            let name: Vec<String> = parts.into_iter().flatten().collect();
            (!name.is_empty()).then(|| name.join(" "))
        })
    }

    fn access(&mut self, region: Option<&crate::account::Region>) -> Access {
        // "account or role" is one column in some rosters.
        let is_arn = |cell: &Cell| cells::text(&cell.text).starts_with("arn:");
        let in_account = self.cell(Column::Account).is_some_and(is_arn);
        let of_class = |cell: &Cell| cells::is_class_role(&cell.text);
        let has_role =
            self.cell(Column::Role).is_some() && !self.cell(Column::Role).is_some_and(of_class);
        let account = (!in_account)
            .then(|| self.read(Column::Account, cells::account))
            .flatten();
        let said_here = in_account
            .then(|| self.read(Column::Account, cells::role))
            .flatten();
        let role = has_role
            .then(|| self.read(Column::Role, cells::role))
            .flatten();
        let external_id = self.read(Column::ExternalId, cells::external_id);
        if let (Some(here), Some(role)) = (&said_here, &role)
            && here != role
        {
            self.trouble(
                Column::Role,
                disagree("this role", "the one under `account`"),
            );
        }
        let role = role.or(said_here);
        if let (Some(account), Some(role)) = (&account, &role)
            && *account != role.account
        {
            self.trouble(
                Column::Role,
                disagree("the account number in this role", "the one under `account`"),
            );
        }
        if let (Some(region), Some(role)) = (region, &role)
            && cells::partition(region) != role.partition
        {
            self.trouble(
                Column::Region,
                Wrong {
                    say: format!(
                        "{region} is not in the partition `{}` of the role",
                        role.partition
                    ),
                    hint: Some(
                        "Regions of China and of GovCloud have accounts and roles of their own."
                            .to_owned(),
                    ),
                },
            );
        }
        match (role, account) {
            (Some(role), _) => Access::Role {
                account: role.account,
                arn: role.arn,
                external_id,
            },
            (None, Some(account)) => Access::Role {
                arn: cells::usual_role(&account, region),
                account,
                external_id,
            },
            (None, None) => Access::None,
        }
    }
}

fn disagree(this: &str, other: &str) -> Wrong {
    Wrong {
        say: format!("{this} is not {other}"),
        hint: Some("Correct one of them, or leave one cell empty.".to_owned()),
    }
}
