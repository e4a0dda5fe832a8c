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
    pub fn read<T>(&self, fact: &'a Fact<T>, what: &str) -> Result<Option<&'a T>, Judgement> {
        match fact {
            Fact::Present(value) => Ok(Some(value)),
            Fact::Absent => Ok(None),
            Fact::Unknown(why) => Err(self.cannot_tell(why, what)),
        }
    }

    /// A command of the `aws` command line in the region that was looked at: `aws ec2 ... --region us-east-1`.
    /// For global services write the command out.
    pub fn aws(&self, command: impl std::fmt::Display) -> String {
        format!("aws {command} --region {}", self.snapshot.region)
    }

    /// The `unknown` judgement for a reason. `what` completes the sentence "could not read ...".
    pub fn cannot_tell(&self, why: &Why, what: &str) -> Judgement {
        why::cannot_tell(why, what)
    }
}
