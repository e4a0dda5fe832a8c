//! What a judge function sees: the snapshot, what the learner confirmed, and the verdicts of other checks.

use super::finding::Judgement;
use super::registry::check;
use super::why;
use crate::account::{Chapter, Fact, Snapshot, Why};
use std::collections::BTreeSet;

/// The learner's stack as the checks see it. How each resource is found is in `discovery`.
#[derive(Debug, Clone, Copy)]
pub struct Stack<'a> {
    pub snapshot: &'a Snapshot,
    /// Ids of checks that the learner confirmed by hand.
    pub attested: &'a BTreeSet<String>,
    /// Whether the teardown has begun: an absence is then no regression, and leftovers are looked for.
    pub teardown_begun: bool,
}

impl<'a> Stack<'a> {
    /// The names and numbers that the snapshot was taken with.
    pub fn chapter(&self) -> &'a Chapter {
        &self.snapshot.chapter
    }

    /// What another check says of this stack. The chain of such questions must not run in a circle.
    pub fn judgement_of(&self, id: &str) -> Judgement {
        check(id).map_or_else(
            || Judgement::unknown(format!("there is no check {id}")),
            |check| (check.judge)(self),
        )
    }

    /// Turns a fact that could not be read into the `unknown` judgement that says why and what to do;
    /// `Ok(None)` = absent. `what` completes the sentence: "the database".
    #[expect(
        clippy::result_large_err,
        reason = "a judgement is the answer, not an error on a hot path"
    )]
    pub fn read<T>(&self, fact: &'a Fact<T>, what: &str) -> Result<Option<&'a T>, Judgement> {
        match fact {
            Fact::Present(value) => Ok(Some(value)),
            Fact::Absent => Ok(None),
            Fact::Unknown(why) => Err(self.cannot_tell(why, what)),
        }
    }

    /// The `unknown` judgement for a reason. `what` completes the sentence "could not read ...".
    pub fn cannot_tell(&self, why: &Why, what: &str) -> Judgement {
        why::cannot_tell(why, what)
    }
}
