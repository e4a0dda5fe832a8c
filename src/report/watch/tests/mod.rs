//! A watch with an account and a clock of its own.

mod course_of_it;
mod times;
mod troubles;

use super::{Belief, Ending, Extent, Saying, Seen, Turn, Watch};
use crate::account::{Area, CallOutcome, CallRecord, Fact, Snapshot, Source};
use crate::checks::{self, Asked, Stack, verify};
use crate::course::{self, Course, CourseFiles};
use crate::practice::{good_account, test_chapter};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| {
        let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
        course::load(&CourseFiles::embedded(), &known).unwrap().0
    })
}

fn start() -> Timestamp {
    "2026-11-22T23:00:00Z".parse().unwrap()
}

/// A finished account, as AWS's own.
fn good() -> Snapshot {
    Snapshot {
        source: Source::Aws,
        ..good_account(&test_chapter(), start())
    }
}

/// Its database in this state; AWS does not say when it began to create one.
fn database(status: &str) -> Snapshot {
    let mut snapshot = good();
    let Fact::Present(databases) = &mut snapshot.databases else {
        panic!("it was read");
    };
    databases[0].status = status.to_owned();
    if status == "creating" {
        databases[0].created_at = None;
        databases[0].endpoint = None;
    }
    snapshot
}

fn cache(snapshot: &mut Snapshot, status: &str) {
    let Fact::Present(nodes) = &mut snapshot.cache_nodes else {
        panic!("it was read");
    };
    nodes[0].status = status.to_owned();
}

/// One watch of some steps, the time, and everything that was said.
struct Desk {
    watch: Watch,
    asked: Asked,
    now: Timestamp,
    said: Vec<Saying>,
}

impl Desk {
    fn begin(steps: &[&str], first: &Snapshot) -> Self {
        Self::begin_with(steps, first, &BTreeMap::new())
    }

    fn begin_with(
        steps: &[&str],
        first: &Snapshot,
        kept: &BTreeMap<String, (String, Timestamp)>,
    ) -> Self {
        let asked = Asked::Steps(steps.iter().map(|step| (*step).into()).collect());
        let verification = judged(first, &asked);
        let seen = Seen {
            snapshot: first,
            verification: &verification,
            calls: &[],
        };
        let mut watch = Watch::begin(&seen, kept, start());
        let said = watch.opening(start());
        Desk {
            watch,
            asked,
            now: start(),
            said,
        }
    }

    /// Waits as long as the watch wants to.
    fn pause(&mut self) -> Duration {
        let Turn::Pause(pause) = self.watch.turn(self.now) else {
            panic!("it is over");
        };
        self.pass(pause);
        self.said.extend(self.watch.woke(self.now));
        pause
    }

    fn pass(&mut self, time: Duration) {
        self.now = self
            .now
            .checked_add(SignedDuration::try_from(time).unwrap())
            .unwrap();
    }

    /// What the watch makes of the account at its next look.
    fn look(&mut self, snapshot: &Snapshot) -> Belief {
        self.look_with(snapshot, &[])
    }

    fn look_with(&mut self, snapshot: &Snapshot, calls: &[CallRecord]) -> Belief {
        let verification = judged(snapshot, &self.asked);
        let seen = Seen {
            snapshot,
            verification: &verification,
            calls,
        };
        let (said, belief) = self.watch.saw(&seen, self.now);
        self.said.extend(said);
        belief
    }

    /// Pauses and looks.
    fn next(&mut self, snapshot: &Snapshot) -> Belief {
        self.pause();
        self.look(snapshot)
    }

    /// Pauses and looks for so long.
    fn go_on(&mut self, snapshot: &Snapshot, until: SignedDuration) {
        while self.now.duration_since(start()) < until {
            self.next(snapshot);
        }
    }

    fn ending(&mut self) -> Option<Ending> {
        match self.watch.turn(self.now) {
            Turn::Over(ending) => Some(ending),
            Turn::Pause(_) => None,
        }
    }

    /// What was said since the last time this was asked, in short.
    fn heard(&mut self) -> Vec<String> {
        self.said.drain(..).map(|one| short(&one)).collect()
    }
}

fn short(saying: &Saying) -> String {
    match saying {
        Saying::Verdict(finding) => format!("{} {}", finding.verdict.id(), finding.check),
        Saying::InFull(finding) => format!("in full: {} {}", finding.verdict.id(), finding.check),
        Saying::Progress { text, .. } => text.clone(),
        Saying::Late { text, command, .. } => {
            format!("{text} {}", command.clone().unwrap_or_default())
        }
        Saying::Trouble(trouble) => trouble.say(Some("class")),
        Saying::Note(text) => text.clone(),
    }
}

fn judged(snapshot: &Snapshot, asked: &Asked) -> crate::checks::Verification {
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    verify(&stack, course(), asked)
}

fn calls(number: usize, outcome: CallOutcome) -> Vec<CallRecord> {
    vec![
        CallRecord {
            service: "rds".into(),
            operation: "DescribeDBInstances".into(),
            outcome,
            ms: 10,
            request_id: None,
        };
        number
    ]
}

fn part(areas: &[Area]) -> Extent {
    Extent::Part(areas.iter().copied().collect())
}
