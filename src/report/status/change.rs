//! What is not as it was: steps back as long as they last, other changes at the last look.

use super::Kept;
use crate::checks::{CheckKind, Verdict, check};
use crate::course::{Course, StepId};
use crate::progress::VerdictRecord;
use jiff::Timestamp;
use serde::Serialize;

/// One check whose verdict is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub kind: ChangeKind,
    pub check: String,
    pub title: String,
    pub step: StepId,
    pub before: Verdict,
    /// The look that first said so.
    pub before_at: Timestamp,
    pub now: Verdict,
    /// The look that first said so.
    pub since: Timestamp,
    pub summary: String,
}

/// Which way it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was all right once and is wrong or gone; said as long as that lasts.
    Regression,
    /// It changed at the last look.
    Change,
}

/// In the order of the course, steps back first. After the teardown has begun an absence is no step back.
pub(super) fn changes(course: &Course, kept: &Kept<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (_, step) in course.steps() {
        for id in &step.checks {
            let Some(check) = check(id).filter(|check| check.kind == CheckKind::Must) else {
                continue;
            };
            let records: Vec<&VerdictRecord> = kept
                .history
                .iter()
                .filter(|record| record.check == *id)
                .collect();
            let Some((kind, before, since, now)) = change(&records, kept) else {
                continue;
            };
            changes.push(Change {
                kind,
                check: id.clone(),
                title: check.title.to_owned(),
                step: step.id.clone(),
                before: before.verdict,
                before_at: before.at,
                now: now.verdict,
                since,
                summary: now.summary.clone(),
            });
        }
    }
    // Stable: within each kind the course's order stays.
    changes.sort_by_key(|change| change.kind != ChangeKind::Regression);
    changes
}

type Found<'a> = (ChangeKind, &'a VerdictRecord, Timestamp, &'a VerdictRecord);

fn change<'a>(records: &[&'a VerdictRecord], kept: &Kept<'_>) -> Option<Found<'a>> {
    let (now, earlier) = records.split_last()?;
    if is_bad(now.verdict) && !kept.teardown_begun {
        let good = earlier
            .iter()
            .rposition(|record| matches!(record.verdict, Verdict::Passed | Verdict::Attested));
        if let Some(good) = good {
            let since = records[good..]
                .iter()
                .find(|record| is_bad(record.verdict))
                .map_or(now.at, |record| record.at);
            return Some((ChangeKind::Regression, records[good], since, now));
        }
    }
    let before = earlier.last()?;
    (now.at == kept.looked).then_some((ChangeKind::Change, before, now.at, now))
}

const fn is_bad(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Failed | Verdict::Missing)
}
