//! Whose file it is.

mod fold;
mod place;
#[cfg(test)]
mod tests;

use super::result::RunRow;
use super::roster::StudentKey;
pub(in crate::class) use fold::fold;

/// Whose a file is, as far as it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner<'a> {
    One(&'a StudentKey),
    NoOne,
    /// It could be any of these, in the order of the roster.
    Several(Vec<&'a StudentKey>),
    /// The account that was looked at is one student's, the file's name another's.
    Disagree {
        by_account: &'a StudentKey,
        by_name: &'a StudentKey,
    },
}

impl<'a> Owner<'a> {
    /// The student, where it is clear who that is.
    pub const fn one(&self) -> Option<&'a StudentKey> {
        match self {
            Owner::One(key) => Some(key),
            _ => None,
        }
    }
}

/// The row that a bundle belongs to: the one with its account, and the one whose id, login, e-mail address, key, account or
/// name stands by itself in the file's path (`ann_lee_12345_bundle.json`, `ann@example.com/bundle.json`). Of two with one
/// account the path decides; of two with one name the account does. `path` is seen from the folder that was named: what lies
/// above says nothing about students.
pub fn owner<'a>(rows: &'a [RunRow], path: &str, account: Option<&str>) -> Owner<'a> {
    let has_account = |row: &&RunRow| account.is_some() && row.account.as_deref() == account;
    let by_account: Vec<&RunRow> = rows.iter().filter(has_account).collect();
    let by_name = place::named(rows, path);
    let is_in = |rows: &[&RunRow], row: &RunRow| rows.iter().any(|other| other.key == row.key);
    let both: Vec<&RunRow> = by_account
        .iter()
        .copied()
        .filter(|row| is_in(&by_name, row))
        .collect();
    match (both.as_slice(), by_account.as_slice(), by_name.as_slice()) {
        ([one], _, _) | ([], [one], []) | ([], [], [one]) => Owner::One(&one.key),
        (_, [], []) => Owner::NoOne,
        ([], [account], [name]) => Owner::Disagree {
            by_account: &account.key,
            by_name: &name.key,
        },
        ([], ..) => {
            let any = |row: &&RunRow| is_in(&by_account, row) || is_in(&by_name, row);
            Owner::Several(rows.iter().filter(any).map(|row| &row.key).collect())
        }
        (several, ..) => Owner::Several(several.iter().map(|row| &row.key).collect()),
    }
}
