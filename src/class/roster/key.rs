//! Names for students that can be names of files.

use super::{RosterRow, StudentKey};
use crate::class::owner::fold;
use sha2::{Digest, Sha256};

/// Letters of the part that people read.
const LONGEST_SLUG: usize = 32;

/// The key of whoever this row is about: the same in every run, whatever stands around it.
pub(super) fn key(row: &RosterRow) -> StudentKey {
    let (kind, value) = identity(row);
    let shown = if kind == "email" {
        value.split('@').next().unwrap_or_default()
    } else {
        value
    };
    let digest = Sha256::digest(format!("{kind}:{}", folded(value)));
    let suffix: String = digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let slug = slug(shown);
    let slug = if slug.is_empty() { "student" } else { &slug };
    StudentKey(format!("{slug}-{suffix}"))
}

/// What tells a student from others, and what it is: the first that is there.
pub(super) fn identity(row: &RosterRow) -> (&'static str, &str) {
    [
        ("id", row.id.as_deref()),
        ("login", row.login.as_deref()),
        ("email", row.email.as_deref()),
        ("sis id", row.sis_id.as_deref()),
    ]
    .into_iter()
    .find_map(|(kind, value)| value.map(|value| (kind, value)))
    .unwrap_or(("name", &row.student))
}

/// Ids, logins and addresses are compared without case.
pub(super) fn folded(value: &str) -> String {
    value.to_lowercase()
}

fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST_SLUG);
    slug.trim_end_matches('-').to_owned()
}
