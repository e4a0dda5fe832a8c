//! What looking for something gives, and what that means for a check.

use crate::account::{Chosen, Fact, Why};
use crate::checks::finding::{Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::why;

/// The thing and how it was found, or why there is none to speak of.
pub(in crate::checks) type Found<T> = Result<(T, FoundBy), Gap>;

/// Why there is nothing to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) enum Gap {
    /// Everything was read; it does not exist.
    NotThere,
    /// Nothing points to one of them, none has the configured name, and they could all be meant.
    Several(Several),
    /// Something on the way to it could not be read. `what` completes "could not read ...".
    CannotTell { why: Why, what: &'static str },
}

/// Things of which the learner's cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) struct Several {
    /// What they are: not always what was looked for, for a database is looked for in a VPC.
    pub kind: Kind,
    /// Names or ids, sorted, never fewer than two.
    pub names: Vec<String>,
}

/// Words for one kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
            other => other.unreadable().unwrap_or_else(|| {
                Judgement::blocked(kind.wanted_by, format!("There is no {} yet.", kind.one))
            }),
        }
    }

    /// The `unknown` judgement, unless it is known not to be there: for the check that wants it to exist.
    pub fn unreadable(&self) -> Option<Judgement> {
        match self {
            Gap::NotThere => None,
            Gap::CannotTell { why, what } => Some(why::cannot_tell(why, what)),
            Gap::Several(several) => Some(several.judgement()),
        }
    }
}

impl Several {
    /// Which they are, and how to say which one is meant where nobody can be asked.
    fn judgement(&self) -> Judgement {
        let (table, key) = self.kind.place();
        let line = format!("{key} = \"{}\"", self.names[0]);
        let place = table.map_or_else(
            || "above the first [table]".to_owned(),
            |table| format!("under [{table}]"),
        );
        Judgement::unknown(format!(
            "There are several {} that could be meant: {}.",
            self.kind.many,
            self.names.join(", ")
        ))
        .fix(Fix::say(format!(
            "Say which one is yours in landfall.toml, in your app's folder: {place}, {line} (or another of these names)."
        )))
    }
}

impl Kind {
    /// The table of `landfall.toml` and the key in it; no table for keys at the top.
    pub fn place(&self) -> (Option<&'static str>, &'static str) {
        match self.key.split_once('.') {
            Some((table, key)) => (Some(table), key),
            None => (None, self.key),
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

/// The only one of them, or the one that the learner chose of several.
pub(super) fn only_one<T>(
    stack: &Stack<'_>,
    kind: &Kind,
    mut candidates: Vec<T>,
    name: impl Fn(&T) -> String,
) -> Found<T> {
    match stack.chapter().chosen.get(kind.key) {
        Some(Chosen::This(chosen)) => {
            if let Some(at) = candidates.iter().position(|one| name(one) == *chosen) {
                return Ok((candidates.swap_remove(at), FoundBy::Choice));
            }
        }
        Some(Chosen::NoneOf(others)) => candidates.retain(|one| !others.contains(&name(one))),
        None => {}
    }
    match candidates.len() {
        0 => Err(Gap::NotThere),
        1 => Ok((candidates.swap_remove(0), FoundBy::OnlyOne)),
        _ => {
            let mut names: Vec<String> = candidates.iter().map(name).collect();
            names.sort();
            Err(Gap::Several(Several { kind: *kind, names }))
        }
    }
}

/// The one with that name: exactly, else the only one whose name differs in nothing but case, as typed in a console.
pub(super) fn named<'a, T>(
    items: impl IntoIterator<Item = &'a T>,
    name_of: impl Fn(&T) -> &str,
    wanted: &str,
) -> Option<&'a T> {
    let mut alike: Vec<&'a T> = items
        .into_iter()
        .filter(|one| name_of(one).eq_ignore_ascii_case(wanted))
        .collect();
    match alike.iter().position(|one| name_of(one) == wanted) {
        Some(at) => Some(alike.swap_remove(at)),
        None if alike.len() == 1 => alike.pop(),
        None => None,
    }
}
