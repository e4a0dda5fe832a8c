//! Puts a bundle together.

use super::{
    Bundle, BundledAttempt, BundledChange, BundledDeck, BundledVerdict, CourseVersion, Nonce, Tool,
};
use crate::account::{CallRecord, Prose, Snapshot, redact, request_id};
use crate::checks::Verification;
use crate::progress::VerdictRecord;
use jiff::Timestamp;
use serde_json::{Map, Value};
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
    let mut told = BTreeSet::new();
    let verdicts = parts
        .verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .filter(|finding| told.insert(finding.check))
        .map(|finding| BundledVerdict {
            check: finding.check.to_string(),
            verdict: finding.verdict,
            cause: finding.cause.map(|cause| cause.id().to_owned()),
        })
        .collect();
    // The sentences that said so are left out: they can be written again from the verdict.
    let history = parts
        .history
        .into_iter()
        .map(|record| BundledChange {
            check: record.check,
            verdict: record.verdict,
            at: record.at,
            until: record.until,
        })
        .collect();
    cleaned(Bundle {
        schema: Bundle::SCHEMA,
        made_at: parts.made_at,
        made_with: parts.made_with,
        course: parts.course,
        fingerprint: super::fingerprint(&parts.snapshot),
        nonce: parts.nonce,
        attested: parts.attested,
        teardown_begun: parts.teardown_begun,
        snapshot: parts.snapshot,
        verdicts,
        history,
        left_out: parts.left_out,
        quiz: parts.quiz,
        calls: parts.calls,
    })
}

/// The same without secrets in any text, and without the learner's words. What is clean stays as it is; a bundle is cleaned
/// when it is made, and again when it is read: somebody else may have written it.
pub(super) fn cleaned(mut bundle: Bundle) -> Bundle {
    for deck in &mut bundle.quiz {
        let attempts = std::mem::take(&mut deck.attempts);
        deck.attempts = attempts
            .into_iter()
            .map(BundledAttempt::without_words)
            .collect();
    }
    for call in &mut bundle.calls {
        call.request_id = call.request_id.as_deref().and_then(request_id);
    }
    // By its own rules, which know of sentences and log lines.
    bundle.snapshot = bundle.snapshot.redacted();
    let mut json = serde_json::to_value(&bundle).expect("plain data always becomes JSON");
    if let Value::Object(fields) = &mut json {
        for (_, inner) in fields.iter_mut().filter(|(name, _)| *name != "snapshot") {
            walk(inner);
        }
    }
    serde_json::from_value(json).expect("texts do not change a bundle's shape")
}

/// Everything beside the snapshot is a name, an id, or one of our own words.
fn walk(value: &mut Value) {
    match value {
        Value::String(text) => *text = redact(text, Prose::Name),
        Value::Array(items) => items.iter_mut().for_each(walk),
        Value::Object(fields) => {
            for (name, mut inner) in std::mem::replace(fields, Map::new()) {
                walk(&mut inner);
                fields.insert(redact(&name, Prose::Name), inner);
            }
        }
        _ => {}
    }
}
