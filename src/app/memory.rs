//! The kept looks, read as far as they are needed to say what changed.

use super::context::Context;
use super::evidence::Judged;
use super::failure::Failure;
use super::local_time::LocalTime;
use crate::account::Snapshot;
use crate::checks::Verdict;
use crate::progress::{StackKey, VerdictRecord};
use crate::report::{
    Change, Drift, KeptLooks, Remembered, is_settled_by, looks_needed, steps_back,
};
use crate::term::overview::Remarks;
use jiff::Timestamp;

/// So many looks are read at most to find what was known before the last one.
const LOOK_BACK: usize = 12;

/// So many changes are named at a check; one or two explain it, or none does.
pub(super) const MOST_NAMED: usize = 3;

/// What is needed to tell what changed since the look before, and since checks passed last.
///
/// # Errors
/// Progress that cannot be read.
pub fn looks(
    context: &Context,
    key: &StackKey,
    history: &[VerdictRecord],
    teardown_begun: bool,
) -> Result<KeptLooks, Failure> {
    let mut looks = passed_and_failed(context, key, history, teardown_begun)?;
    let Some((at, text)) = context.store.last_look(key)? else {
        return Ok(looks);
    };
    looks.last = read(&mut looks.unreadable, at, &text);
    let Some(last) = looks.last.clone() else {
        return Ok(looks);
    };
    for back in 1..=LOOK_BACK {
        let Some((at, text)) = context.store.earlier_look(key, back)? else {
            break;
        };
        let Some(earlier) = read(&mut looks.unreadable, at, &text) else {
            continue;
        };
        let (since, known) = match looks.before.take() {
            None => (at, earlier),
            Some((since, later)) => (since, later.filled_from(&earlier)),
        };
        let settled = is_settled_by(&last, &known);
        looks.before = Some((since, known));
        if settled {
            break;
        }
    }
    looks.unreadable.sort();
    Ok(looks)
}

/// The looks at which checks passed last, and the newest ones at which they do not.
fn passed_and_failed(
    context: &Context,
    key: &StackKey,
    history: &[VerdictRecord],
    teardown_begun: bool,
) -> Result<KeptLooks, Failure> {
    let mut looks = KeptLooks::default();
    for at in looks_needed(&context.course, history, teardown_begun) {
        if let Some(text) = context.store.look_of(key, at)?
            && let Some(snapshot) = read(&mut looks.unreadable, at, &text)
        {
            looks.by_time.insert(at, snapshot);
        }
    }
    Ok(looks)
}

/// A kept look; one of another layout, or damaged, is passed over and named.
fn read(unreadable: &mut Vec<Timestamp>, at: Timestamp, text: &str) -> Option<Snapshot> {
    let snapshot = serde_json::from_str(text).ok();
    if snapshot.is_none() && !unreadable.contains(&at) {
        unreadable.push(at);
    }
    snapshot
}

/// For each check of a verification that passed at an earlier look and does not now: when, and what changed since.
///
/// # Errors
/// Progress that cannot be read.
pub fn remarks(context: &Context, judged: &Judged, local: &LocalTime) -> Result<Remarks, Failure> {
    let history = context.store.history(&judged.key)?;
    let looks = passed_and_failed(context, &judged.key, &history, judged.teardown_begun)?;
    let remembered = Remembered {
        history: &history,
        teardown_begun: judged.teardown_begun,
        looks: &looks,
    };
    Ok(steps_back(&context.course, &remembered)
        .into_iter()
        .map(|change| {
            let words = match what_changed(&change.because) {
                Some(words) => format!("{}: {words}", passed_then(&change, local)),
                None => passed_then(&change, local),
            };
            (change.check, words)
        })
        .collect())
}

/// `passed 12 Nov 14:03, fails since 13 Nov 09:10`.
pub(super) fn passed_then(change: &Change, local: &LocalTime) -> String {
    format!(
        "passed {}, {} since {}",
        local.minute(change.before_until),
        match change.now {
            Verdict::Missing => "gone",
            _ => "fails",
        },
        local.minute(change.since),
    )
}

/// The changes in one clause; none when there are none.
pub(super) fn what_changed(because: &[Drift]) -> Option<String> {
    let named: Vec<&str> = because
        .iter()
        .take(MOST_NAMED)
        .map(|one| one.say.as_str())
        .collect();
    let rest = because.len().saturating_sub(MOST_NAMED);
    let more = match rest {
        0 => String::new(),
        1 => "; and 1 more change".to_owned(),
        many => format!("; and {many} more changes"),
    };
    (!named.is_empty()).then(|| named.join("; ") + &more)
}
