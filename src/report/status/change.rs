//! What is not as it was: steps back as long as they last, other changes at the last look.

use super::looks::KeptLooks;
use crate::checks::{CheckKind, Verdict, check};
use crate::course::{Course, StepId};
use crate::progress::VerdictRecord;
use crate::report::drift::{self, Drift};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The last look that said so.
    pub before_until: Timestamp,
    pub now: Verdict,
    /// The look that first said so.
    pub since: Timestamp,
    pub summary: String,
    /// Steps back only: what changed in the account between the look at which it passed last and the newest one, as far as
    /// it may have to do with this check. Empty when nothing was seen to change, or when that look is not kept any more.
    pub because: Vec<Drift>,
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

/// What is remembered of the verdicts.
#[derive(Debug, Clone, Copy)]
pub struct Remembered<'a> {
    /// Every change of a verdict, oldest first.
    pub history: &'a [VerdictRecord],
    /// Then what is gone is no step back.
    pub teardown_begun: bool,
    /// As many of them as [`looks_needed`] names.
    pub looks: &'a KeptLooks,
}

/// In the order of the course, steps back first. `looked` is the time of the last look.
pub(super) fn changes(
    course: &Course,
    remembered: &Remembered<'_>,
    looked: Timestamp,
) -> Vec<Change> {
    let mut drifts = Drifts::default();
    let (mut back, mut other) = (Vec::new(), Vec::new());
    for (step, id) in counted(course) {
        let records = of_check(remembered.history, id);
        if let Some(found) = step_back(&records, remembered.teardown_begun) {
            back.push(regression(step, id, &found, remembered, &mut drifts));
        } else if let [.., before, now] = records[..]
            && now.at == looked
        {
            other.push(told(step, id, ChangeKind::Change, before, now, now.at));
        }
    }
    back.extend(other);
    back
}

/// The steps back alone, in the order of the course.
pub fn steps_back(course: &Course, remembered: &Remembered<'_>) -> Vec<Change> {
    let mut drifts = Drifts::default();
    counted(course)
        .filter_map(|(step, id)| {
            let records = of_check(remembered.history, id);
            let found = step_back(&records, remembered.teardown_begun)?;
            Some(regression(step, id, &found, remembered, &mut drifts))
        })
        .collect()
}

/// The looks that have to be compared to say why checks that passed do not any more.
pub fn looks_needed(
    course: &Course,
    history: &[VerdictRecord],
    teardown_begun: bool,
) -> BTreeSet<Timestamp> {
    counted(course)
        .filter_map(|(_, id)| step_back(&of_check(history, id), teardown_begun))
        .flat_map(|found| [found.good.until, found.now.until])
        .collect()
}

/// Every check that counts, with its step. What is confirmed by hand is no account's doing, and advice never fails.
fn counted(course: &Course) -> impl Iterator<Item = (&StepId, &str)> {
    course
        .steps()
        .flat_map(|(_, step)| step.checks.iter().map(|id| (&step.id, id.as_str())))
        .filter(|(_, id)| check(id).is_some_and(|check| check.kind == CheckKind::Must))
}

fn of_check<'a>(history: &'a [VerdictRecord], id: &str) -> Vec<&'a VerdictRecord> {
    history.iter().filter(|record| record.check == id).collect()
}

/// A check that passed and is wrong or gone now. What waits or cannot be told is none.
struct StepBack<'a> {
    good: &'a VerdictRecord,
    since: Timestamp,
    now: &'a VerdictRecord,
}

fn step_back<'a>(records: &[&'a VerdictRecord], teardown_begun: bool) -> Option<StepBack<'a>> {
    let (now, earlier) = records.split_last()?;
    if !is_bad(now.verdict) || teardown_begun {
        return None;
    }
    let good = earlier
        .iter()
        .rposition(|record| record.verdict == Verdict::Passed)?;
    let since = records[good..]
        .iter()
        .find(|record| is_bad(record.verdict))
        .map_or(now.at, |record| record.at);
    Some(StepBack {
        good: records[good],
        since,
        now,
    })
}

const fn is_bad(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Failed | Verdict::Missing)
}

/// Comparisons that were made: one look usually explains several checks.
type Drifts = BTreeMap<(Timestamp, Timestamp), Vec<Drift>>;

fn regression(
    step: &StepId,
    id: &str,
    found: &StepBack<'_>,
    remembered: &Remembered<'_>,
    drifts: &mut Drifts,
) -> Change {
    let times = (found.good.until, found.now.until);
    let looks = (
        remembered.looks.by_time.get(&times.0),
        remembered.looks.by_time.get(&times.1),
    );
    let because = match looks {
        (Some(before), Some(now)) => {
            let all = drifts
                .entry(times)
                .or_insert_with(|| drift::drift(before, now));
            drift::related(id, all).into_iter().cloned().collect()
        }
        _ => Vec::new(),
    };
    Change {
        because,
        ..told(
            step,
            id,
            ChangeKind::Regression,
            found.good,
            found.now,
            found.since,
        )
    }
}

fn told(
    step: &StepId,
    id: &str,
    kind: ChangeKind,
    before: &VerdictRecord,
    now: &VerdictRecord,
    since: Timestamp,
) -> Change {
    Change {
        kind,
        check: id.to_owned(),
        title: check(id).map_or(id, |check| check.title).to_owned(),
        step: step.clone(),
        before: before.verdict,
        before_at: before.at,
        before_until: before.until,
        now: now.verdict,
        since,
        summary: now.summary.clone(),
        because: Vec::new(),
    }
}
