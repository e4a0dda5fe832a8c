//! The stacks that account questions are about: the learner's own as it was last seen, and the practice account.

use crate::account::Snapshot;
use crate::app::context::{Context, now};
use crate::app::failure::Failure;
use crate::app::{evidence, status};
use crate::checks::{Asked, Stack, verify};
use crate::course::StepId;
use crate::practice;
use crate::progress::StackKey;
use crate::quiz::stack::Ground;
use std::collections::BTreeSet;

/// Both stacks.
pub(super) struct Stacks {
    pub own: Option<Snapshot>,
    practice: Snapshot,
}

impl Stacks {
    /// As they are kept; nothing is looked at anew.
    ///
    /// # Errors
    /// Unreadable progress.
    pub(super) fn of(context: &Context) -> Result<Self, Failure> {
        let mut state = practice::State::default();
        practice::apply_all(&mut state, now());
        Ok(Stacks {
            own: last_look(context)?,
            practice: practice::snapshot(&state, &context.course.chapter, now()),
        })
    }

    /// As the pure core takes them.
    pub(super) const fn ground(&self) -> Ground<'_> {
        Ground {
            own: self.own.as_ref(),
            practice: &self.practice,
        }
    }

    /// The one that lessons take their values from.
    pub(super) const fn nearest(&self) -> &Snapshot {
        match &self.own {
            Some(own) => own,
            None => &self.practice,
        }
    }

    /// Steps that were as they should be at the last look.
    pub(super) fn verified(&self, context: &Context) -> Result<BTreeSet<StepId>, Failure> {
        let (Some(snapshot), Some(key)) = (&self.own, status::latest(context)?) else {
            return Ok(BTreeSet::new());
        };
        let attested = evidence::attested(context, &key)?;
        let stack = Stack {
            snapshot,
            attested: &attested,
            teardown_begun: evidence::teardown_begun(context, &key)?,
        };
        let verification = verify(&stack, &context.course, &Asked::All);
        Ok(verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .filter(|step| step.verdict.is_done())
            .map(|step| step.id.clone())
            .collect())
    }
}

/// The last look at the stack that is meant; one of another layout says nothing.
fn last_look(context: &Context) -> Result<Option<Snapshot>, Failure> {
    let Some(key) = status::latest(context)? else {
        return Ok(None);
    };
    if key.account == StackKey::UNKNOWN_ACCOUNT {
        return Ok(None);
    }
    let look = context.store.last_look(&key)?;
    Ok(look.and_then(|(_, text)| serde_json::from_str(&text).ok()))
}
