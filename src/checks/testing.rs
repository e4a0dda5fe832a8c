//! What the checks' own tests begin from: practice accounts, changed here and there, and judged as a whole (so that the
//! caller's nature and the folding of consequences count as well).

use super::finding::Finding;
use super::stack::Stack;
use super::verdict::Verdict;
use super::verification::findings;
use crate::account::{DeniedBy, Fact, Snapshot, Why};
use crate::practice::{account_after, empty_account, good_account, test_chapter};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The time of every look in these tests.
pub(super) fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// Everything done, nothing wrong.
pub(super) fn good() -> Snapshot {
    good_account(&test_chapter(), now())
}

/// Nothing done.
pub(super) fn empty() -> Snapshot {
    empty_account(&test_chapter(), now())
}

/// Exactly these steps done.
pub(super) fn after(steps: &[&str]) -> Snapshot {
    account_after(steps, &test_chapter(), now())
}

/// A change of a good account.
pub(super) fn good_but(change: impl FnOnce(&mut Snapshot)) -> Snapshot {
    let mut snapshot = good();
    change(&mut snapshot);
    snapshot
}

/// What a check says of an account, with nothing confirmed by hand.
pub(super) fn finding(snapshot: &Snapshot, check: &str) -> Finding {
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    findings(&stack).remove(check).unwrap()
}

/// The verdict alone.
pub(super) fn verdict(snapshot: &Snapshot, check: &str) -> Verdict {
    finding(snapshot, check).verdict
}

/// Holds a finding against a verdict and a cause (`""` for none); shows the finding when they differ.
#[track_caller]
pub(super) fn assert_is(
    snapshot: &Snapshot,
    check: &str,
    verdict: Verdict,
    cause: &str,
) -> Finding {
    let found = finding(snapshot, check);
    let named = found.cause.map_or("", super::Cause::id);
    assert_eq!((found.verdict, named), (verdict, cause), "{found:#?}");
    found
}

/// A read that AWS refused.
pub(super) fn denied<T>(action: &str) -> Fact<T> {
    Fact::Unknown(Why::Denied {
        action: action.to_owned(),
        by: DeniedBy::Identity,
    })
}

/// Holds that a denied read is unknown and names the action, and is not failed.
#[track_caller]
pub(super) fn assert_denied(snapshot: &Snapshot, check: &str, action: &str) {
    let found = assert_is(snapshot, check, Verdict::Unknown, "");
    assert_eq!(found.missing_permission.as_deref(), Some(action));
    assert!(found.summary.contains(action), "{}", found.summary);
}

/// What was read, to change it.
#[track_caller]
pub(super) fn read<T>(fact: &mut Fact<T>) -> &mut T {
    match fact {
        Fact::Present(value) => value,
        _ => panic!("this account has none"),
    }
}
