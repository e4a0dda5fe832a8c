//! What is not the same in two looks at one account, in words: pure, two snapshots in, changes worth telling out.
//!
//! What could not be read in one of the two is no change, nor is what changes by itself: times, the order of lists, task
//! ids, counts during a rollout. Other people's resources are left alone, except for new ones that cost money.

mod account;
mod costs;
mod data;
mod definition;
mod edge;
mod groups;
mod names;
mod network;
mod pairs;
mod part;
mod service;
mod settings;
mod settled;

#[cfg(test)]
mod tests;

pub use part::Part;
pub use settled::is_settled_by;

use crate::account::Snapshot;
use crate::checks::{Subjects, subjects};
use serde::Serialize;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drift {
    pub part: Part,
    pub kind: DriftKind,
    /// Its name, or its id.
    pub resource: String,
    /// In words; `null` for what is new.
    pub before: Option<String>,
    /// In words; `null` for what is gone.
    pub now: Option<String>,
    /// The whole of it as a clause, without a full stop.
    pub say: String,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftKind {
    New,
    Gone,
    Changed,
}

impl Drift {
    fn new(
        part: Part,
        resource: &(impl ToString + ?Sized),
        now: impl Into<String>,
        say: String,
    ) -> Self {
        Drift {
            part,
            kind: DriftKind::New,
            resource: resource.to_string(),
            before: None,
            now: Some(now.into()),
            say,
        }
    }

    fn gone(
        part: Part,
        resource: &(impl ToString + ?Sized),
        before: impl Into<String>,
        say: String,
    ) -> Self {
        Drift {
            part,
            kind: DriftKind::Gone,
            resource: resource.to_string(),
            before: Some(before.into()),
            now: None,
            say,
        }
    }

    /// `what` begins the clause: "news-api-db has the class" gives "news-api-db has the class X (was Y)".
    fn changed(
        part: Part,
        resource: &(impl ToString + ?Sized),
        what: &str,
        (before, now): (impl ToString, impl ToString),
    ) -> Self {
        let (before, now) = (before.to_string(), now.to_string());
        Drift::turned(
            part,
            resource,
            (&before, &now),
            format!("{what} {now} (was {before})"),
        )
    }

    /// With words of its own.
    fn turned(
        part: Part,
        resource: &(impl ToString + ?Sized),
        (before, now): (&str, &str),
        say: String,
    ) -> Self {
        Drift {
            part,
            kind: DriftKind::Changed,
            resource: resource.to_string(),
            before: Some(before.to_owned()),
            now: Some(now.to_owned()),
            say,
        }
    }
}

/// Two looks, and which resources the checks mean in each.
struct Looks<'a> {
    before: &'a Snapshot,
    now: &'a Snapshot,
    was: Subjects,
    is: Subjects,
}

/// Every change worth telling between two looks at the same account and region, from the account itself inwards to the
/// running service.
pub fn drift(before: &Snapshot, now: &Snapshot) -> Vec<Drift> {
    let looks = Looks {
        before,
        now,
        was: subjects(before),
        is: subjects(now),
    };
    [
        account::tell,
        names::registry,
        groups::tell,
        network::tell,
        data::tell,
        names::parameters,
        edge::tell,
        names::log_groups,
        names::roles,
        definition::tell,
        service::tell,
        costs::tell,
        settings::tell,
    ]
    .into_iter()
    .flat_map(|tell: fn(&Looks<'_>) -> Vec<Drift>| tell(&looks))
    .collect()
}

/// Those of the changes that may have to do with a check, the likeliest first.
pub fn related<'a>(check: &str, drift: &'a [Drift]) -> Vec<&'a Drift> {
    let parts = part::behind(check);
    let mut related: Vec<&Drift> = drift
        .iter()
        .filter(|one| parts.contains(&one.part))
        .collect();
    related.sort_by_key(|one| parts.iter().position(|part| *part == one.part));
    related
}
