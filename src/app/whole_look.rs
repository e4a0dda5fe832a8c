//! Looks at the whole course: a new one, and the newest that was kept, for when a new one cannot be had.

use super::context::Context;
use super::evidence::{self, Judged};
use super::failure::Failure;
use super::local_time::LocalTime;
use super::{choose, status, trouble, verify};
use crate::account::{CallRecord, Fact, Snapshot, Why};
use crate::checks::{Asked, Stack, Verification};
use crate::progress::{LOOKS_KEPT, StackKey};
use std::collections::BTreeSet;

/// A look at the whole course, judged.
#[derive(Debug)]
pub struct Seen {
    pub key: StackKey,
    pub snapshot: Snapshot,
    pub attested: BTreeSet<String>,
    pub teardown_begun: bool,
    pub verification: Verification,
    /// Of a new look; those of a kept one are not kept.
    pub calls: Vec<CallRecord>,
}

/// A whole look out of the progress.
#[derive(Debug, Clone)]
pub struct Kept {
    key: StackKey,
    snapshot: Snapshot,
    /// How many looks, whole or not, were kept since.
    newer: usize,
}

/// Whether the learner may be asked which of several things is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choices {
    Ask,
    Leave,
}

/// A new look, kept like every other. `None` when the learner broke it off.
///
/// # Errors
/// No look can be taken at all, or none that tells whose account it is.
pub fn fresh(context: &mut Context, choices: Choices) -> Result<Option<Seen>, Failure> {
    let mut judged = verify::look(context, &Asked::All)?;
    if let Some(trouble) = judged.look.snapshot.caller.why().map(trouble::of) {
        return Err(trouble
            .hints
            .into_iter()
            .fold(Failure::unreadable(trouble.say), Failure::hint));
    }
    if choices == Choices::Ask {
        let mut prompter = context.prompter();
        let settled = choose::settle(context, prompter.as_mut(), &Asked::All, judged, |context| {
            verify::look(context, &Asked::All)
        })?;
        match settled {
            Some(settled) => judged = settled,
            None => return Ok(None),
        }
    }
    Ok(Some(Seen::from(judged)))
}

/// The newest kept look at everything, of the account that is meant.
///
/// # Errors
/// Unreadable progress.
pub fn kept(context: &Context) -> Result<Option<Kept>, Failure> {
    let key = status::latest(context)?
        // A look that could not tell its account read nothing.
        .filter(|key| key.account != StackKey::UNKNOWN_ACCOUNT);
    let Some(key) = key else {
        return Ok(None);
    };
    for newer in 0..LOOKS_KEPT {
        let Some((_, text)) = context.store.earlier_look(&key, newer)? else {
            break;
        };
        // One of an older layout is passed over; the learner can look again.
        if let Ok(snapshot) = serde_json::from_str::<Snapshot>(&text)
            && is_whole(&snapshot)
        {
            return Ok(Some(Kept {
                key,
                snapshot,
                newer,
            }));
        }
    }
    Ok(None)
}

impl Kept {
    /// Whether no look came after it.
    pub fn is_the_newest(&self) -> bool {
        self.newer == 0
    }

    /// Judged as things are confirmed now.
    ///
    /// # Errors
    /// Unreadable progress.
    pub fn judged(self, context: &Context) -> Result<Seen, Failure> {
        let Kept { key, snapshot, .. } = self;
        let attested = evidence::attested(context, &key)?;
        let teardown_begun = evidence::teardown_begun(context, &key)?;
        let stack = Stack {
            snapshot: &snapshot,
            attested: &attested,
            teardown_begun,
        };
        let verification = crate::checks::verify(&stack, &context.course, &Asked::All);
        Ok(Seen {
            key,
            snapshot,
            attested,
            teardown_begun,
            verification,
            calls: Vec::new(),
        })
    }
}

/// The kept look instead of a new one, which is said; without one, what stood in the way. `what` is made of it:
/// `the report`.
///
/// # Errors
/// The failure itself.
pub fn instead(
    context: &Context,
    failure: Failure,
    kept: Option<Kept>,
    what: &str,
    local: &LocalTime,
) -> Result<Seen, Failure> {
    let Some(kept) = kept else {
        return Err(failure);
    };
    context.ui.trouble(&failure.message);
    for hint in &failure.hints {
        context.ui.hint(hint);
    }
    context.ui.say_prose(format!(
        "This is {what} of your last whole look, {}.",
        local.minute(kept.snapshot.collected_at)
    ));
    kept.judged(context)
}

/// Whether every part of the course was looked at, with whatever result. A look of the guide reads what its step needs.
pub(super) fn is_whole(snapshot: &Snapshot) -> bool {
    fn asked<T>(fact: &Fact<T>) -> bool {
        !matches!(fact, Fact::Unknown(Why::NotAsked))
    }
    asked(&snapshot.caller)
        && asked(&snapshot.root_account)
        && asked(&snapshot.budgets)
        && asked(&snapshot.network.vpcs)
        && asked(&snapshot.databases)
        && asked(&snapshot.cache_nodes)
        && asked(&snapshot.parameters)
        && asked(&snapshot.log_groups)
        && asked(&snapshot.balancers)
        && asked(&snapshot.cluster)
        && asked(&snapshot.service)
        && asked(&snapshot.revisions)
}

impl From<Judged> for Seen {
    fn from(judged: Judged) -> Self {
        Seen {
            key: judged.key,
            snapshot: judged.look.snapshot,
            attested: judged.attested,
            teardown_begun: judged.teardown_begun,
            verification: judged.verification,
            calls: judged.look.calls,
        }
    }
}
