//! Watching what AWS is still working on: what to look at next and when, what to say of it, and when it is over. The time
//! is handed in, so that an hour of watching is tested in a moment.
//!
//! A watch polls only the parts in which the pending checks' progress shows. What has moved there is believed and said
//! once a whole look confirms it: what stands on it was read at the same time.

mod heard;
mod pace;
mod saying;
#[cfg(test)]
mod tests;
mod trouble;
mod waited;
mod words;

pub use saying::Saying;
pub use trouble::Trouble;

use crate::account::{Area, CallRecord, Snapshot};
use crate::checks::{CheckId, Finding, Verdict, Verification, check, counts};
use jiff::{SignedDuration, Timestamp};
use pace::Pace;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use waited::Waited;

/// A watch ends after so long, time asleep not counted, so that none is forgotten overnight.
pub const LONGEST: SignedDuration = SignedDuration::from_mins(60);

/// A pause that took so much longer than it should: the computer was asleep.
const ASLEEP: SignedDuration = SignedDuration::from_secs(60);

/// No look takes this long by itself (see `aws::Limits`).
const LONGEST_LOOK: SignedDuration = SignedDuration::from_mins(5);

/// Something that could not be read is asked for so often before that is taken for the answer.
const DOUBTS: u32 = 3;

/// In plain lines something is said at least this often, and a line that says nothing new no more often.
const HEARTBEAT: SignedDuration = SignedDuration::from_secs(60);

/// How much a look is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// All that was asked.
    Everything,
    /// These parts again.
    Part(BTreeSet<Area>),
}

/// One look, judged: for a part, with everything else as it was read before.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub snapshot: &'a Snapshot,
    pub verification: &'a Verification,
    pub calls: &'a [CallRecord],
}

/// What a watch makes of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belief {
    /// Not all could be read: what was known before still counts.
    Doubted,
    /// Read, and no verdict is another.
    Same,
    /// A whole look that found other verdicts.
    Changed,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// To wait, then to look.
    Pause(Duration),
    Over(Ending),
}

/// Why a watch is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing that was asked is in progress.
    Settled,
    /// It has gone on for [`LONGEST`], and something is still in progress.
    TooLong,
    /// It has gone on for [`LONGEST`], and nothing can be read.
    Lost,
}

/// A watch between two looks.
#[derive(Debug, Clone)]
pub struct Watch {
    begun: Timestamp,
    /// How long the computer was asleep so far.
    asleep: SignedDuration,
    /// When the pause should end, or the look began.
    due: Timestamp,
    /// When something was last said.
    spoke: Timestamp,
    next: Extent,
    pace: Pace,
    pause: Duration,
    trouble: Option<Trouble>,
    doubts: u32,
    /// What was last believed of every asked check, in the order of the course.
    known: Vec<Finding>,
    waited: Vec<Waited>,
}

impl Watch {
    /// Begins with a look that worked. `kept` says since when each pending check has been so, as far as the progress
    /// knows; it counts only for the same sentence.
    pub fn begin(
        seen: &Seen<'_>,
        kept: &BTreeMap<String, (String, Timestamp)>,
        now: Timestamp,
    ) -> Self {
        let known = of_each_check(seen.verification);
        let mut watch = Watch {
            begun: now,
            asleep: SignedDuration::ZERO,
            due: now,
            spoke: now,
            next: Extent::Everything,
            pace: Pace::of(seen.snapshot.source),
            pause: Duration::ZERO,
            trouble: None,
            doubts: 0,
            waited: Vec::new(),
            known,
        };
        watch.waited = watch
            .pending()
            .map(|finding| {
                let first = kept
                    .get(finding.check.as_str())
                    .filter(|(summary, _)| *summary == finding.summary)
                    .map(|(_, at)| *at);
                Waited::of(finding, seen.snapshot, first, now)
            })
            .collect();
        watch.pause = watch.pace.calm(0);
        watch.next = watch.part();
        watch
    }

    /// What is said at the beginning: everything that is waited for, in full where the learner can do something.
    pub fn opening(&mut self, now: Timestamp) -> Vec<Saying> {
        self.spoke = now;
        let mut said = Vec::new();
        for at in 0..self.waited.len() {
            said.extend(self.introduced(at, now));
        }
        said
    }

    /// Pauses, or ends.
    pub fn turn(&mut self, now: Timestamp) -> Turn {
        if self.waited.is_empty() && self.trouble.is_none() {
            return Turn::Over(Ending::Settled);
        }
        if self.awake(now) >= LONGEST {
            return Turn::Over(match self.trouble {
                Some(_) => Ending::Lost,
                None => Ending::TooLong,
            });
        }
        self.due = now
            .checked_add(SignedDuration::try_from(self.pause).unwrap_or(SignedDuration::ZERO))
            .unwrap_or(now);
        Turn::Pause(self.pause)
    }

    /// The pause has ended. After a long absence nothing that was read counts any more.
    pub fn woke(&mut self, now: Timestamp) -> Vec<Saying> {
        let late = now.duration_since(self.due);
        self.due = now;
        if late < ASLEEP {
            return Vec::new();
        }
        self.slept(late);
        self.spoke = now;
        vec![Saying::Note(words::back_after(late))]
    }

    /// What to read now.
    pub const fn next_look(&self) -> &Extent {
        &self.next
    }

    /// A line that says nothing new, for those who cannot see a mark move; at most one a minute.
    pub fn heartbeat(&mut self, now: Timestamp) -> Option<Saying> {
        if now.duration_since(self.spoke) < HEARTBEAT {
            return None;
        }
        self.spoke = now;
        Some(Saying::Note(format!("Still: {}", self.waiting_line(now))))
    }

    /// What is waited for, on one line.
    pub fn waiting_line(&self, now: Timestamp) -> String {
        let mut parts: Vec<String> = self
            .trouble
            .iter()
            .map(|trouble| trouble.short().to_owned())
            .collect();
        parts.extend(
            self.waited
                .iter()
                .map(|one| words::progress(one, one.elapsed(now))),
        );
        parts.join(" · ")
    }

    /// The same as sentences to leave with.
    pub fn still(&self, now: Timestamp) -> String {
        if self.waited.is_empty() {
            return "Nothing was in progress any more.".to_owned();
        }
        format!("Still in progress: {}.", self.waiting_line(now))
    }

    /// Whether anything is waited for.
    pub fn is_waiting(&self) -> bool {
        !self.waited.is_empty()
    }

    /// The counted checks that AWS is still working on.
    fn pending(&self) -> impl Iterator<Item = &Finding> {
        self.known
            .iter()
            .filter(|finding| finding.verdict == Verdict::Pending && counts(finding))
    }

    /// The parts in which the progress of the pending checks shows, and whose account it is.
    fn part(&self) -> Extent {
        let mut areas = BTreeSet::from([Area::Caller]);
        let polled = self.pending().filter_map(|one| check(one.check.as_str()));
        areas.extend(polled.flat_map(|check| check.polled()));
        Extent::Part(areas)
    }

    /// How long the watch has gone on, time asleep not counted.
    fn awake(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.begun) - self.asleep
    }

    fn slept(&mut self, how_long: SignedDuration) {
        self.asleep += how_long;
        for one in &mut self.waited {
            one.asleep += how_long;
        }
        self.next = Extent::Everything;
        self.pace.anew();
    }

    /// A line, and the whole finding where there is something to do meanwhile.
    fn introduced(&mut self, at: usize, now: Timestamp) -> Vec<Saying> {
        let late = self.late(at, now);
        let one = &self.waited[at];
        let line = late.unwrap_or_else(|| Saying::Progress {
            check: one.check,
            text: words::progress(one, one.elapsed(now)),
        });
        let in_full = of(&self.known, one.check)
            .filter(|finding| !finding.fix.is_empty())
            .map(|finding| Saying::InFull(finding.clone()));
        std::iter::once(line).chain(in_full).collect()
    }

    /// Said once, when something takes longer than it usually does.
    fn late(&mut self, at: usize, now: Timestamp) -> Option<Saying> {
        let elapsed = self.waited[at].elapsed(now);
        let one = &mut self.waited[at];
        let usual = one.usual?;
        if one.told_late || elapsed.as_secs() <= i64::from(usual.to_seconds) {
            return None;
        }
        one.told_late = true;
        Some(Saying::Late {
            text: words::late(one, usual, elapsed),
            command: one.look_at.clone(),
        })
    }
}

/// Every finding of a verification, in the order of the course; of a check in several steps, one.
fn of_each_check(verification: &Verification) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .filter(|finding| seen.insert(finding.check))
        .cloned()
        .collect()
}

/// What was found for a check.
fn of(findings: &[Finding], check: CheckId) -> Option<&Finding> {
    findings.iter().find(|finding| finding.check == check)
}
