//! `verify --format json`: the public form of a verification.

use super::sanitize;
use crate::account::{CallRecord, Snapshot, Source};
use crate::checks::{LessonOutcome, PatternOutcome, Preflight, RootCause, Totals, Verification};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: u32,
    account: Account<'a>,
    collected_at: String,
    lessons: &'a [LessonOutcome],
    patterns: &'a [PatternOutcome],
    root_cause: Option<&'a RootCause>,
    /// Whether a task would start; only with the steps that are about it, while none runs.
    preflight: Option<&'a Preflight>,
    totals: Totals,
    #[serde(skip_serializing_if = "Option::is_none")]
    calls: Option<&'a [CallRecord]>,
}

#[derive(Debug, Serialize)]
struct Account<'a> {
    id: Option<&'a str>,
    principal: Option<&'a str>,
    region: &'a str,
    source: Source,
}

/// The document, with `calls` only when they were asked for.
pub fn verify_json(
    snapshot: &Snapshot,
    verification: &Verification,
    preflight: Option<&Preflight>,
    calls: Option<&[CallRecord]>,
) -> String {
    let caller = snapshot.caller.present();
    let document = Document {
        schema: 1,
        account: Account {
            id: caller.map(|caller| caller.account.as_str()),
            principal: caller.map(|caller| caller.arn.as_str()),
            region: snapshot.region.as_str(),
            source: snapshot.source,
        },
        collected_at: snapshot.collected_at.to_string(),
        lessons: &verification.lessons,
        patterns: &verification.patterns,
        root_cause: verification.root_cause.as_ref(),
        preflight,
        totals: verification.totals,
        calls,
    };
    sanitize::json_document(&document)
}
