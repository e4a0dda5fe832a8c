//! Puts a bundle together.

use super::{Bundle, BundledDeck, CourseVersion, Nonce, Tool};
use crate::account::{CallRecord, Snapshot};
use crate::checks::Verification;
use crate::progress::VerdictRecord;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What a bundle is made of.
#[derive(Debug)]
pub struct Parts {
    pub made_at: Timestamp,
    pub made_with: Tool,
    pub course: CourseVersion,
    pub nonce: Option<Nonce>,
    pub attested: BTreeSet<String>,
    pub teardown_begun: bool,
    pub snapshot: Snapshot,
    pub verification: Verification,
    pub history: Vec<VerdictRecord>,
    pub left_out: BTreeMap<String, Timestamp>,
    pub quiz: Vec<BundledDeck>,
    pub calls: Vec<CallRecord>,
}

/// Puts it together; nothing that is secret may be in the parts, and what looks like it is taken out once more.
pub fn bundle(parts: Parts) -> Bundle {
    Bundle {
        schema: Bundle::SCHEMA,
        made_at: parts.made_at,
        made_with: parts.made_with,
        course: parts.course,
        fingerprint: super::fingerprint(&parts.snapshot),
        nonce: parts.nonce,
        attested: parts.attested,
        teardown_begun: parts.teardown_begun,
        snapshot: parts.snapshot.redacted(),
        verdicts: Vec::new(),
        history: Vec::new(),
        left_out: parts.left_out,
        quiz: parts.quiz,
        calls: parts.calls,
    }
}
