//! Taking in a look: whether it can be believed, what has changed, when to look again.

use super::trouble::Trouble;
use super::waited::Waited;
use super::{Belief, DOUBTS, Extent, LONGEST_LOOK, Saying, Seen, Watch, of, of_each_check, words};
use crate::account::{CallOutcome, Fact};
use crate::checks::{Finding, Verdict};
use jiff::Timestamp;
use std::time::Duration;

impl Watch {
    /// Takes in the look that was asked for last.
    pub fn saw(&mut self, seen: &Seen<'_>, now: Timestamp) -> (Vec<Saying>, Belief) {
        let took = now.duration_since(self.due);
        self.due = now;
        let (said, belief) = if took >= LONGEST_LOOK {
            // The computer slept while it looked: half of that is old.
            self.slept(took);
            self.pause = Duration::ZERO;
            (vec![Saying::Note(words::back_after(took))], Belief::Doubted)
        } else {
            self.weigh(seen, now)
        };
        if !said.is_empty() {
            self.spoke = now;
        }
        (said, belief)
    }

    fn weigh(&mut self, seen: &Seen<'_>, now: Timestamp) -> (Vec<Saying>, Belief) {
        let found = of_each_check(seen.verification);
        if let Some(trouble) = self.trouble_of(seen, &found) {
            return (self.troubled(trouble), Belief::Doubted);
        }
        let mut said = Vec::new();
        if let Some(past) = self.trouble.take() {
            said.push(Saying::Note(past.over().to_owned()));
            self.pace.anew();
        }
        self.doubts = 0;
        let belief = match self.next {
            Extent::Part(_) => {
                if self.has_moved(&found) {
                    // Said when a whole look has confirmed it.
                    self.next = Extent::Everything;
                    self.pause = Duration::ZERO;
                    return (said, Belief::Same);
                }
                Belief::Same
            }
            Extent::Everything => {
                let changes = self.changes(&found);
                let belief = if changes.is_empty() {
                    Belief::Same
                } else {
                    Belief::Changed
                };
                said.extend(changes);
                self.known.clone_from(&found);
                belief
            }
        };
        if belief == Belief::Changed {
            self.pace.anew();
        }
        said.extend(self.follow(seen, &found, now));
        self.next = self.part();
        self.pause = self.pace.calm(seen.calls.len());
        (said, belief)
    }

    /// Why a look cannot be believed, if it cannot.
    fn trouble_of(&mut self, seen: &Seen<'_>, found: &[Finding]) -> Option<Trouble> {
        if let Fact::Unknown(why) = &seen.snapshot.caller {
            return Some(Trouble::of(why));
        }
        let unread = |finding: &&Finding| {
            finding.verdict == Verdict::Unknown && finding.missing_permission.is_none()
        };
        let known = |finding: &&Finding| {
            of(&self.known, finding.check).is_some_and(|before| before.verdict == Verdict::Unknown)
        };
        let of_interest = |finding: &&Finding| match self.next {
            Extent::Everything => true,
            Extent::Part(_) => self.waited.iter().any(|one| one.check == finding.check),
        };
        let news = found
            .iter()
            .filter(of_interest)
            .any(|finding| unread(&finding) && !known(&finding));
        if !news {
            return None;
        }
        self.doubts += 1;
        if self.doubts >= DOUBTS {
            return None;
        }
        let came = |outcome| seen.calls.iter().any(|call| call.outcome == outcome);
        Some(if came(CallOutcome::Throttled) {
            Trouble::Throttled
        } else if came(CallOutcome::Offline) || came(CallOutcome::TimedOut) {
            Trouble::NoConnection
        } else {
            Trouble::Unclear
        })
    }

    /// Said once, however long it lasts.
    fn troubled(&mut self, trouble: Trouble) -> Vec<Saying> {
        let is_new = self.trouble != Some(trouble);
        if is_new {
            self.pace.begin_trouble();
        }
        self.pause = self.pace.troubled(trouble);
        self.trouble = Some(trouble);
        if is_new {
            vec![Saying::Trouble(trouble)]
        } else {
            Vec::new()
        }
    }

    /// Whether something that was pending is not any more.
    fn has_moved(&self, found: &[Finding]) -> bool {
        self.waited.iter().any(|one| {
            of(found, one.check).is_some_and(|finding| finding.verdict != Verdict::Pending)
        })
    }

    /// A line for each new verdict; what has turned out wrong in full.
    fn changes(&self, found: &[Finding]) -> Vec<Saying> {
        found
            .iter()
            .filter(|finding| {
                of(&self.known, finding.check)
                    .is_none_or(|before| before.verdict != finding.verdict)
            })
            // What is waited for from now on introduces itself.
            .filter(|finding| finding.verdict != Verdict::Pending)
            .map(|finding| match finding.verdict {
                Verdict::Failed => Saying::InFull(finding.clone()),
                _ => Saying::Verdict(finding.clone()),
            })
            .collect()
    }

    /// What is waited for now: those that go on, each with its new state, and new ones.
    fn follow(&mut self, seen: &Seen<'_>, found: &[Finding], now: Timestamp) -> Vec<Saying> {
        let mut said = Vec::new();
        let pending: Vec<Finding> = match self.next {
            // Of a part only what is waited for was read anew.
            Extent::Part(_) => self
                .waited
                .iter()
                .filter_map(|one| of(found, one.check).cloned())
                .collect(),
            Extent::Everything => self.pending().cloned().collect(),
        };
        for finding in &pending {
            if let Some(known) = self.known.iter_mut().find(|one| one.check == finding.check) {
                *known = finding.clone();
            }
        }
        let before = std::mem::take(&mut self.waited);
        let mut news = Vec::new();
        for finding in &pending {
            let old = before.iter().find(|one| one.check == finding.check);
            let now_waited = match old {
                Some(old) => old.goes_on(finding, seen.snapshot, now),
                None => Waited::of(finding, seen.snapshot, None, now),
            };
            news.push(match old {
                None => News::Begun,
                Some(old) if old.state != now_waited.state => News::Moved,
                Some(_) => News::None,
            });
            self.waited.push(now_waited);
        }
        for (at, news) in news.into_iter().enumerate() {
            match news {
                News::Begun | News::Moved => {
                    self.pace.anew();
                    said.extend(self.introduced(at, now));
                }
                News::None => said.extend(self.late(at, now)),
            }
        }
        said
    }
}

enum News {
    None,
    Begun,
    Moved,
}
