//! What looking for something gives, and what that means for a check.

use crate::account::{Fact, Why};
use crate::checks::finding::{Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::why;

/// The thing and how it was found, or why there is none to speak of.
pub(in crate::checks) type Found<T> = Result<(T, FoundBy), Gap>;

/// Why there is nothing to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) enum Gap {
    /// Everything was read; it does not exist.
    NotThere,
    /// None has the configured name, and these could all be meant.
    Several(Vec<String>),
    /// Something on the way to it could not be read. `what` completes "could not read ...".
    CannotTell { why: Why, what: &'static str },
}

/// Words for one kind of resource.
#[derive(Debug, Clone, Copy)]
pub(in crate::checks) struct Kind {
    /// "load balancer".
    pub one: &'static str,
    /// "load balancers".
    pub many: &'static str,
    /// Where `landfall.toml` names it: a table and a key.
    pub key: &'static str,
    /// The check that wants it to exist.
    pub wanted_by: CheckId,
}

impl Gap {
    /// What a check on a property of it says: blocked by the check that wants it to exist, or unknown.
    pub fn judgement(&self, kind: &Kind) -> Judgement {
        match self {
            Gap::NotThere => {
                Judgement::blocked(kind.wanted_by, format!("There is no {} yet.", kind.one))
            }
            other => other.unreadable(kind).unwrap_or_else(|| {
                Judgement::blocked(kind.wanted_by, format!("There is no {} yet.", kind.one))
            }),
        }
    }

    /// The `unknown` judgement, unless it is known not to be there: for the check that wants it to exist.
    pub fn unreadable(&self, kind: &Kind) -> Option<Judgement> {
        match self {
            Gap::NotThere => None,
            Gap::CannotTell { why, what } => Some(why::cannot_tell(why, what)),
            Gap::Several(names) => Some(
                Judgement::unknown(format!(
                    "There are several {} that could be meant: {}.",
                    kind.many,
                    names.join(", ")
                ))
                .fix(Fix::say(format!(
                    "Say in landfall.toml which one is yours: {} = \"...\".",
                    kind.key
                ))),
            ),
        }
    }
}

/// A list that was read; nothing at all counts as an empty one. `what` completes "could not read ...".
pub(in crate::checks) fn list<'a, T>(
    fact: &'a Fact<Vec<T>>,
    what: &'static str,
) -> Result<&'a [T], Gap> {
    match fact {
        Fact::Present(items) => Ok(items),
        Fact::Absent => Ok(&[]),
        Fact::Unknown(why) => Err(Gap::CannotTell {
            why: why.clone(),
            what,
        }),
    }
}

/// The only one of them, if there is just one.
pub(super) fn only_one<T>(mut candidates: Vec<T>, name: impl Fn(&T) -> String) -> Found<T> {
    match candidates.len() {
        0 => Err(Gap::NotThere),
        1 => Ok((candidates.swap_remove(0), FoundBy::OnlyOne)),
        _ => {
            let mut names: Vec<String> = candidates.iter().map(name).collect();
            names.sort();
            Err(Gap::Several(names))
        }
    }
}
