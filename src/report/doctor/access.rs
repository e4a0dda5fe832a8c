//! What AWS refused in one look at everything, and what could not be read for other reasons.

use super::{Part, PartState};
use crate::account::{DeniedBy, Snapshot, Why};
use crate::checks::{Fix, reason};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything in a look at the account that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// IAM actions that were refused, by who refused them.
    pub denied: Vec<(DeniedBy, BTreeSet<String>)>,
    /// Other reasons in words, and how many facts each left unread.
    pub others: BTreeMap<String, usize>,
    /// What the endpoint does not offer at all (an emulator): no fault of the set-up.
    pub not_offered: usize,
}

impl Unread {
    /// Counts one refused action.
    pub fn refuse(&mut self, action: String, by: DeniedBy) {
        match self.denied.iter_mut().find(|(who, _)| *who == by) {
            Some((_, actions)) => {
                actions.insert(action);
            }
            None => self.denied.push((by, BTreeSet::from([action]))),
        }
    }
}

/// Goes through every fact of the account's part; the learner's machine is not the account.
pub fn unread(snapshot: &Snapshot) -> Unread {
    let mut found = Unread::default();
    if let Ok(Value::Object(mut parts)) = serde_json::to_value(snapshot) {
        parts.remove("workplace");
        walk(&Value::Object(parts), &mut found);
    }
    found
}

/// An unknown fact is an object with this one key; see [`crate::account::Fact`].
fn walk(value: &Value, found: &mut Unread) {
    match value {
        Value::Object(fields) => {
            if let Some(why) = only(fields, "unknown")
                && let Ok(why) = serde_json::from_value::<Why>(why.clone())
            {
                count(why, found);
                return;
            }
            fields.values().for_each(|inner| walk(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| walk(inner, found)),
        _ => {}
    }
}

fn only<'a>(fields: &'a serde_json::Map<String, Value>, key: &str) -> Option<&'a Value> {
    fields.get(key).filter(|_| fields.len() == 1)
}

fn count(why: Why, found: &mut Unread) {
    match why {
        Why::NotAsked => {}
        Why::NotOffered { .. } => found.not_offered += 1,
        Why::Denied { action, by } => found.refuse(action, by),
        other => *found.others.entry(reason(&other)).or_default() += 1,
    }
}

/// What could not be read for other reasons than permissions.
pub fn reading(unread: &Unread) -> Part {
    const ID: &str = "reading";
    const TITLE: &str = "Reading";
    let reasons: Vec<String> = unread
        .others
        .iter()
        .map(|(reason, count)| match count {
            1 => format!("{reason} (once)"),
            count => format!("{reason} ({count} times)"),
        })
        .collect();
    if !reasons.is_empty() {
        let say = format!("Not everything could be read: {}.", reasons.join("; "));
        return Part::new(ID, TITLE, PartState::Unknown, say).todo(Fix::say(
            "Wait a minute, check the connection (VPN, proxy), and run the doctor again.",
        ));
    }
    if unread.not_offered > 0 {
        let say = "This endpoint does not offer every call (an emulator or a proxy?); what depends on those cannot \
                   be told.";
        return Part::new(ID, TITLE, PartState::Note, say);
    }
    Part::new(ID, TITLE, PartState::Fine, "Every call was answered.")
}
