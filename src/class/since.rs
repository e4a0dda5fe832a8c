//! Since when something has been so, as far as evidence reaches back.

use super::look::{CLOCK, Look, same_eyes};
use crate::bundle::BundledChange;
use crate::checks::{Finding, StepOutcome, Verdict, Verification, counts};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// No course lasts so long: what is dated earlier is no time.
const LONGEST_AGO: SignedDuration = SignedDuration::from_hours(5 * 366 * 24);

/// A verdict, and how long looks said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spell {
    pub at: Timestamp,
    pub until: Timestamp,
    pub verdict: Verdict,
}

/// What looks said of each check before, by time: the history of the bundles, and older looks judged anew.
#[derive(Debug)]
pub(super) struct Timeline {
    /// By check.
    spells: BTreeMap<&'static str, Vec<Spell>>,
    looked: Timestamp,
}

impl Timeline {
    /// `earlier` are the judgements of `look.earlier`, in its order.
    pub fn of(look: &Look<'_>, earlier: &[Verification]) -> Self {
        let mut timeline = Timeline {
            spells: BTreeMap::new(),
            looked: look.looked_at(),
        };
        timeline.add_history(look.history);
        let known = look.history.len();
        for (one, verification) in look.earlier.iter().zip(earlier) {
            // A bundle beside a live look is both the history's and an earlier look's.
            if one.history.len() != known || one.history != look.history {
                timeline.add_history(one.history);
            }
            let at = one.snapshot.collected_at;
            for finding in findings(verification) {
                // What an instructor cannot see, and a student can, is no change.
                if finding.verdict == Verdict::Skipped && !same_eyes(one.snapshot, &look.snapshot) {
                    continue;
                }
                timeline.add(
                    finding.check.as_str(),
                    Spell {
                        at,
                        until: at,
                        verdict: finding.verdict,
                    },
                );
            }
        }
        for spells in timeline.spells.values_mut() {
            spells.sort_unstable();
        }
        timeline
    }

    fn add_history(&mut self, history: &[BundledChange]) {
        for change in history {
            if let Some(check) = crate::checks::check(&change.check) {
                self.add(
                    check.id.as_str(),
                    Spell {
                        at: change.at,
                        until: change.until,
                        verdict: change.verdict,
                    },
                );
            }
        }
    }

    /// Only what can be: begins before it ends, not after the look that counts, and not before there was a course.
    fn add(&mut self, check: &'static str, spell: Spell) {
        let latest = self.looked.saturating_add(CLOCK).unwrap_or(Timestamp::MAX);
        let age = self.looked.duration_since(spell.at);
        if spell.at <= spell.until && spell.at <= latest && age <= LONGEST_AGO {
            self.spells.entry(check).or_default().push(spell);
        }
    }

    /// The first look of the unbroken row that says what is said now. `None` when there is no other look, or one of just
    /// this time says otherwise.
    pub fn since(&self, check: &str, now: Verdict) -> Option<Timestamp> {
        // What does not apply has no beginning: it hangs on whose eyes looked.
        if now == Verdict::Skipped {
            return None;
        }
        let spells = self.spells.get(check)?;
        let contradicts = |spell: &Spell| {
            spell.verdict != now && spell.at <= self.looked && self.looked <= spell.until
        };
        if spells.iter().any(contradicts) {
            return None;
        }
        let row = spells
            .iter()
            .rev()
            .take_while(|spell| spell.verdict == now)
            .last();
        Some(row.map_or(self.looked, |spell| spell.at.min(self.looked)))
    }

    /// The last time that a look saw it pass, and since when looks have seen it wrong or gone.
    pub fn step_back(&self, check: &str) -> Option<(Timestamp, Timestamp)> {
        let spells = self.spells.get(check)?;
        let good = spells
            .iter()
            .rposition(|spell| spell.verdict == Verdict::Passed)?;
        // A file's own look may lie within a spell of the history.
        let until = spells[..=good]
            .iter()
            .filter(|spell| spell.verdict == Verdict::Passed)
            .map(|spell| spell.until)
            .max()?
            .min(self.looked);
        let since = spells[good..]
            .iter()
            .find(|spell| matches!(spell.verdict, Verdict::Failed | Verdict::Missing))
            .map_or(self.looked, |spell| spell.at.min(self.looked));
        Some((until, since))
    }

    /// A step is wrong since the first of its checks is; it is anything else since the last of those checks that make it so
    /// became so, and unknown when one of them is.
    pub fn of_step(&self, step: &StepOutcome) -> Option<Timestamp> {
        let only_advice = !step.checks.iter().any(counts);
        let mine = step
            .checks
            .iter()
            .filter(|finding| finding.verdict == step.verdict && (only_advice || counts(finding)));
        let mut times = mine.map(|finding| self.since(finding.check.as_str(), finding.verdict));
        if step.verdict == Verdict::Failed {
            times.flatten().min()
        } else {
            times.try_fold(None, |latest: Option<Timestamp>, time| {
                Some(latest.max(Some(time?)))
            })?
        }
    }
}

/// All findings, in the order of the course.
pub(super) fn findings(verification: &Verification) -> impl Iterator<Item = &Finding> {
    steps(verification).flat_map(|step| &step.checks)
}

/// All steps, in the order of the course.
pub(super) fn steps(verification: &Verification) -> impl Iterator<Item = &StepOutcome> {
    verification.lessons.iter().flat_map(|lesson| &lesson.steps)
}

/// The step that a check belongs to.
pub(super) fn step_of<'a>(verification: &'a Verification, check: &str) -> Option<&'a StepOutcome> {
    steps(verification).find(|step| step.checks.iter().any(|one| one.check.as_str() == check))
}
