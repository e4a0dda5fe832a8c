//! Whole accounts in one call: complete, fresh, and after given steps. Tests begin from these.

use super::look;
use super::steps::{STEPS, TEARDOWN};
use crate::account::{Chapter, Snapshot};
use jiff::{SignedDuration, Timestamp};

/// How long ago the steps of a finished account were applied.
pub(super) const LONG_AGO: SignedDuration = SignedDuration::from_hours(1);

/// The account after every step but the teardown, an hour later: right in every respect.
pub fn good_account(chapter: &Chapter, now: Timestamp) -> Snapshot {
    let steps: Vec<&str> = STEPS.iter().map(|step| step.id).collect();
    let steps: Vec<&str> = steps.into_iter().filter(|id| *id != TEARDOWN).collect();
    account_after(&steps, chapter, now)
}

/// A fresh account: a root user without MFA and without keys, the default VPC, nobody signed in. Everything else was
/// read and is not there.
pub fn empty_account(chapter: &Chapter, now: Timestamp) -> Snapshot {
    account_after(&[], chapter, now)
}

/// The account after exactly these steps (their needs are not added), an hour later. Unknown ids do nothing.
pub fn account_after(steps: &[&str], chapter: &Chapter, now: Timestamp) -> Snapshot {
    let since = super::scene::before(now, LONG_AGO);
    let applied = steps.iter().map(|id| ((*id).to_owned(), since)).collect();
    look::after(&applied, None, chapter, now)
}
