//! The kept looks that a status is made of.

use crate::account::Snapshot;
use crate::report::drift::{self, Drift};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// As many of the kept looks as are needed, read.
#[derive(Debug, Clone, Default)]
pub struct KeptLooks {
    pub by_time: BTreeMap<Timestamp, Snapshot>,
    /// The newest look.
    pub last: Option<Snapshot>,
    /// The time of the one before it, and what was known then.
    pub before: Option<(Timestamp, Snapshot)>,
    /// Looks that this version cannot read; they are passed over.
    pub unreadable: Vec<Timestamp>,
}

/// What changed in the account itself, whatever the checks say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountChanges {
    /// The look that the newest one is compared with.
    pub since: Timestamp,
    pub changes: Vec<Drift>,
}

/// Compares the newest look with what was known before. `None` after a single look.
pub(super) fn account_changes(looks: &KeptLooks) -> Option<AccountChanges> {
    let (since, before) = looks.before.as_ref()?;
    let last = looks.last.as_ref()?;
    Some(AccountChanges {
        since: *since,
        changes: drift::drift(before, last),
    })
}
