//! BUNDLE: a learner's evidence as one file: what was read, what it was judged to mean, how it came about. Pure: it is put
//! together from plain values and read from bytes.
//!
//! A bundle shows what the learner's own machine wrote down. It can be made up; `README.md` says what it proves.

mod digest;
mod make;
mod nonce;
mod quiz;
mod read;
mod show;
#[cfg(test)]
mod tests;
mod value;

pub use digest::{content_of, digest_of, fingerprint};
pub use make::{Parts, bundle};
pub use nonce::{NONCE_TAG, Nonce, NonceSeen, is_nonce, nonce, tag_command};
pub use quiz::{BundledAttempt, BundledDeck, attempts_of};
pub use read::{LARGEST_BYTES, Trouble, Whole, is_ours, read, write};
pub use show::{Shared, shared};

use crate::account::{CallRecord, Snapshot};
use crate::checks::Verdict;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a bundle says. In the file it stands beside its digest; see [`write`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    /// See [`Bundle::SCHEMA`].
    pub schema: u32,
    pub made_at: Timestamp,
    pub made_with: Tool,
    pub course: CourseVersion,
    /// A short digest of the account's number, the region, and the ids that AWS itself gave to what stands there: two
    /// bundles of one stack have the same. Not a secret: an account's number can be found from it by trying.
    pub fingerprint: String,
    pub nonce: Option<Nonce>,
    /// What the learner confirmed by hand: ids of checks.
    pub attested: BTreeSet<String>,
    pub teardown_begun: bool,
    /// Redacted.
    pub snapshot: Snapshot,
    /// What the learner's own Landfall said. Whoever reads the bundle judges the snapshot anew.
    pub verdicts: Vec<BundledVerdict>,
    /// Every change of a verdict, oldest first.
    pub history: Vec<BundledChange>,
    /// Steps that were left out, and since when.
    pub left_out: BTreeMap<String, Timestamp>,
    /// Answers without the learner's words.
    pub quiz: Vec<BundledDeck>,
    /// The calls of the look, with AWS's request ids; none on the practice account.
    pub calls: Vec<CallRecord>,
}

impl Bundle {
    /// Raised when the layout changes in a way that older versions cannot read.
    pub const SCHEMA: u32 = 1;
}

/// What made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `0.1.0`.
    pub landfall: String,
    /// `linux`, `macos`, `windows`.
    pub system: String,
}

/// Which course it was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseVersion {
    pub id: String,
    /// A short digest of lessons and decks.
    pub content: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledVerdict {
    pub check: String,
    pub verdict: Verdict,
    pub cause: Option<String>,
}

/// A verdict, and as long as it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledChange {
    pub check: String,
    pub verdict: Verdict,
    pub at: Timestamp,
    pub until: Timestamp,
}
