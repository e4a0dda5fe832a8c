//! How a student stands, and where, from the judged look and the instructor's decisions on single steps.

use super::look::Look;
use super::report::{AtStep, Standing, StepCell, Stuck};
use super::since::{Timeline, findings, step_of, steps};
use crate::account::Fact;
use crate::checks::{Cause, Finding, StepOutcome, Verdict, Verification, check, counts};
use crate::course::{Course, Step};
use std::collections::BTreeMap;

/// The cells of a row, by step.
pub(super) type Cells = BTreeMap<String, StepCell>;

/// Steps that are passed or attested, and steps that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub done: usize,
    pub of: usize,
    /// Of those that count and are not done.
    pub unread: usize,
}

impl Tally {
    /// Skipped and optional steps do not count, as in a student's own status.
    pub fn of(course: &Course, cells: &Cells) -> Self {
        let mut tally = Tally::default();
        for (_, step) in course.steps() {
            let Some(cell) = cells.get(step.id.as_str()) else {
                continue;
            };
            let is_done = is_achieved(cell.verdict);
            if cell.verdict == Verdict::Skipped || step.optional {
                continue;
            }
            tally.of += 1;
            tally.done += usize::from(is_done);
            tally.unread += usize::from(cell.verdict == Verdict::Unknown);
        }
        tally
    }

    /// 0 to 100; `None` when nothing counts.
    pub fn score(self) -> Option<f64> {
        let number = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
        (self.of > 0).then(|| 100.0 * number(self.done) / number(self.of))
    }
}

const fn is_achieved(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Passed | Verdict::Attested)
}

/// Exactly one standing.
///
/// - Cannot tell: the caller is unknown, or nothing at all was read.
/// - Done: every step that counts is done.
/// - Nothing yet: beyond the lessons about the account itself (root user, budget, daily user), which can be right in an
///   empty account, every step is missing or waits for one that is, and nothing stands in another region. Not once the
///   teardown has begun: then things are missing because they were taken down.
/// - Stuck: something is wrong that no decision of the instructor settles.
/// - Under way: all else.
pub(super) fn standing(
    course: &Course,
    look: &Look<'_>,
    verification: &Verification,
    cells: &Cells,
    is_stuck: bool,
) -> Standing {
    let tally = Tally::of(course, cells);
    if nothing_was_read(look, verification) {
        Standing::CannotTell
    } else if tally.of > 0 && tally.done == tally.of {
        Standing::Done
    } else if nothing_is_there(course, look, verification, cells) {
        Standing::NothingYet
    } else if is_stuck {
        Standing::Stuck
    } else {
        Standing::UnderWay
    }
}

fn nothing_was_read(look: &Look<'_>, verification: &Verification) -> bool {
    let says_something = |finding: &Finding| {
        matches!(
            finding.verdict,
            Verdict::Passed | Verdict::Failed | Verdict::Missing | Verdict::Pending
        )
    };
    matches!(look.snapshot.caller, Fact::Unknown(_)) || !findings(verification).any(says_something)
}

fn nothing_is_there(
    course: &Course,
    look: &Look<'_>,
    verification: &Verification,
    cells: &Cells,
) -> bool {
    let elsewhere = verification
        .root_cause
        .as_ref()
        .is_some_and(|root| root.cause == Cause::WrongRegion);
    let mut beyond = course
        .steps()
        .filter(|(_, step)| !is_about_the_account(step))
        .filter_map(|(_, step)| cells.get(step.id.as_str()))
        .map(|cell| cell.verdict)
        .filter(|verdict| !matches!(verdict, Verdict::Skipped | Verdict::Blocked))
        .peekable();
    !look.teardown_begun
        && !elsewhere
        && beyond.peek().is_some()
        && beyond.all(|verdict| verdict == Verdict::Missing)
}

/// Needs nothing built: the root user, the budget, the user of daily work.
fn is_about_the_account(step: &Step) -> bool {
    step.checks.iter().all(|check| {
        ["root.", "budget.", "caller.", "user."]
            .iter()
            .any(|room| check.starts_with(room))
    })
}

/// The one place to begin: the root cause. Where the instructor decided that its step is done, the next failure in the
/// order of the course whose step is not.
pub(super) fn stuck(
    verification: &Verification,
    cells: &Cells,
    timeline: &Timeline,
) -> Option<Stuck> {
    let is_settled = |step: &StepOutcome| {
        cells
            .get(step.id.as_str())
            .is_some_and(|cell| cell.overridden && cell.verdict.is_done())
    };
    let root = verification.root_cause.as_ref().and_then(|root| {
        let step = step_of(verification, root.check.as_str())?;
        (!is_settled(step)).then_some((step, root.check))
    });
    let (step, id) = root.or_else(|| {
        steps(verification)
            .filter(|step| !is_settled(step))
            .find_map(|step| {
                let failed = step
                    .checks
                    .iter()
                    .find(|one| one.verdict == Verdict::Failed && counts(one))?;
                Some((step, failed.check))
            })
    })?;
    let finding = step.checks.iter().find(|one| one.check == id)?;
    Some(Stuck {
        step: step.id.to_string(),
        check: id.to_string(),
        title: check(id.as_str())
            .map_or(id.as_str(), |check| check.title)
            .to_owned(),
        cause: finding.cause.map(|cause| cause.id().to_owned()),
        summary: Some(finding.summary.clone()),
        since: timeline.since(id.as_str(), finding.verdict),
    })
}

/// The first step in the order of the course that is neither done nor optional.
pub(super) fn at_step(course: &Course, cells: &Cells) -> Option<AtStep> {
    course.steps().find_map(|(_, step)| {
        let cell = cells.get(step.id.as_str())?;
        (!cell.verdict.is_done() && !step.optional).then(|| AtStep {
            step: step.id.to_string(),
            title: step.title.clone(),
            verdict: cell.verdict,
        })
    })
}
