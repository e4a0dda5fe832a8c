//! Watching: looks at what is pending until nothing of it is. What to look at, when, and what to say is decided in
//! `report::watch`; here it is waited, looked and said.

#[cfg(test)]
mod tests;
mod voice;

use super::choose;
use super::context::{Context, now};
use super::evidence::{self, Judged};
use super::failure::{Exit, Failure};
use super::verify;
use crate::account::{Area, Fact};
use crate::aws::Purpose;
use crate::checks::{Asked, Stack, Verdict, verify as judge};
use crate::report::watch::{Belief, Ending, Extent, Seen, Turn, Watch};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use voice::Voice;

/// How a watch ended.
#[derive(Debug)]
pub(super) struct Watched {
    /// The last look that could be believed.
    pub judged: Judged,
    pub ending: Ending,
}

impl Watched {
    /// As `verify`; a watch that could not read anything at its end says so.
    pub fn exit(&self) -> Exit {
        match (self.ending, verify::exit(&self.judged.verification.totals)) {
            (_, Exit::Failed) => Exit::Failed,
            (Ending::Lost, _) => Exit::Unreadable,
            (_, exit) => exit,
        }
    }
}

/// Watches until nothing that was asked is in progress; `again` is the command that begins such a watch.
///
/// # Errors
/// Progress or the practice account cannot be read or written; the credentials have become another account's.
pub(super) fn watch(
    context: &mut Context,
    asked: &Asked,
    first: Judged,
    again: &str,
) -> Result<Watched, Failure> {
    let mut judged = first;
    let mut watch = Watch::begin(&seen(&judged), &kept(context, &judged)?, now());
    let mut voice = Voice::new(context, again);
    voice.begin(&judged, &mut watch, now());
    let ending = loop {
        match watch.turn(now()) {
            Turn::Over(ending) => break ending,
            Turn::Pause(pause) => wait(&mut voice, &mut watch, pause),
        }
        voice.say_all(&watch.woke(now()));
        voice.tick(&mut watch, now());
        let whole = *watch.next_look() == Extent::Everything;
        let look = match watch.next_look() {
            Extent::Everything => evidence::look_unkept(context, asked)?,
            Extent::Part(areas) => poll(context, asked, &judged, areas)?,
        };
        same_account(&judged, &look)?;
        let (said, belief) = watch.saw(&seen(&look), now());
        voice.say_all(&said);
        voice.tick(&mut watch, now());
        match belief {
            Belief::Changed => {
                evidence::keep(context, &look.key, &look.look.snapshot, &look.verification)?;
                judged = look;
            }
            Belief::Same if whole => judged = look,
            // A part that was read again shows that nothing has moved; it is no look at everything.
            Belief::Same | Belief::Doubted => {}
        }
    };
    if ending == Ending::TooLong {
        let last = evidence::look_unkept(context, asked)?;
        if !matches!(last.look.snapshot.caller, Fact::Unknown(_)) {
            judged = last;
        }
    }
    voice.end(ending, &watch, now());
    Ok(Watched { judged, ending })
}

fn seen(judged: &Judged) -> Seen<'_> {
    Seen {
        snapshot: &judged.look.snapshot,
        verification: &judged.verification,
        calls: &judged.look.calls,
    }
}

/// Since when each check has been pending, as far as earlier looks tell.
fn kept(
    context: &Context,
    judged: &Judged,
) -> Result<BTreeMap<String, (String, Timestamp)>, Failure> {
    let last = context.store.last_verdicts(&judged.key)?;
    Ok(last
        .into_iter()
        .filter(|(_, record)| record.verdict == Verdict::Pending)
        .map(|(check, record)| (check, (record.summary, record.at)))
        .collect())
}

/// Reads these parts again, and judges them with everything else as it was. Credentials are read anew.
fn poll(
    context: &mut Context,
    asked: &Asked,
    before: &Judged,
    areas: &BTreeSet<Area>,
) -> Result<Judged, Failure> {
    let mut look = evidence::look_for(Purpose::Poll, context, areas)?;
    look.snapshot = before.look.snapshot.renewed(look.snapshot, areas);
    let key = super::guide::place::of(context, Context::stack_key(&look.snapshot))?;
    choose::lay_in(context, &key, &mut look.snapshot)?;
    let stack = Stack {
        snapshot: &look.snapshot,
        attested: &before.attested,
        teardown_begun: before.teardown_begun,
    };
    let verification = judge(&stack, &context.course, asked);
    Ok(Judged {
        verification,
        key,
        attested: before.attested.clone(),
        teardown_begun: before.teardown_begun,
        look,
    })
}

/// Credentials that were renewed meanwhile may be somebody else's.
fn same_account(before: &Judged, now: &Judged) -> Result<(), Failure> {
    let (was, is) = (before.look.snapshot.account(), now.look.snapshot.account());
    match (was, is) {
        (Some(was), Some(is)) if was != is => Err(Failure::unreadable(format!(
            "The credentials are now of account {is}; I was watching account {was}."
        ))
        .hint("Begin the watch anew to watch this account; or choose the other one with --profile NAME.")),
        _ => Ok(()),
    }
}

/// Waits; a computer that was asleep does not wait for the rest.
fn wait(voice: &mut Voice, watch: &mut Watch, pause: Duration) {
    const STEP: Duration = Duration::from_secs(1);
    let (begun, until) = (Instant::now(), now() + pause);
    while begun.elapsed() < pause && now() < until {
        std::thread::sleep(STEP.min(pause.saturating_sub(begun.elapsed())));
        voice.tick(watch, now());
    }
}
