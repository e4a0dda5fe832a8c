//! A look at the practice account: the fresh account, every applied step's effect, and what follows from them.

use super::ids::Ids;
use super::scene::Scene;
use super::steps::STEPS;
use super::{endpoint, identity, network, registry};
use crate::account::*;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// An account in which nothing of the chapter was done: a root user with a password, no MFA and no keys, the default
/// VPC, and nobody signed in.
pub(super) fn fresh(chapter: &Chapter, now: Timestamp) -> Snapshot {
    let ids = Ids(chapter);
    let mut snapshot = Snapshot::blank(
        Source::Practice,
        chapter.clone(),
        chapter.region.clone(),
        now,
    );
    snapshot.caller = Fact::Absent;
    snapshot.root_account = Fact::Present(identity::fresh_root());
    snapshot.user = Fact::Absent;
    snapshot.budgets = nothing();
    snapshot.repositories =
        BTreeMap::from([(chapter.repository.clone(), registry::no_repository())]);
    snapshot.network = network::default_vpc(ids);
    snapshot.databases = nothing();
    snapshot.database_clusters = nothing();
    snapshot.database_subnet_groups = nothing();
    snapshot.cache_nodes = nothing();
    snapshot.replication_groups = nothing();
    snapshot.serverless_caches = nothing();
    snapshot.cache_subnet_groups = nothing();
    snapshot.parameters = nothing();
    snapshot.log_groups = nothing();
    snapshot.balancers = nothing();
    snapshot.target_groups = nothing();
    snapshot.certificates = nothing();
    snapshot.cluster = Fact::Absent;
    snapshot.service = Fact::Absent;
    snapshot.revisions = nothing();
    snapshot.tasks = nothing();
    snapshot.stopped_tasks = nothing();
    snapshot.roles = BTreeMap::from([(chapter.execution_role.clone(), Fact::Absent)]);
    snapshot.workplace.definition_file = Fact::Absent;
    snapshot.workplace.git = Fact::Present(registry::git());
    snapshot.workplace.dns = if chapter.has_domain {
        Fact::Absent
    } else {
        Fact::not_asked()
    };
    snapshot.elsewhere = nothing();
    snapshot
}

/// A list that was read and is empty.
fn nothing<T>() -> Fact<Vec<T>> {
    Fact::Present(Vec::new())
}

/// The account after these steps, each with the time it was applied at; in the chapter's order, whatever theirs was.
pub(super) fn after(
    applied: &BTreeMap<String, Timestamp>,
    restarted: Option<Timestamp>,
    chapter: &Chapter,
    now: Timestamp,
) -> Snapshot {
    let mut snapshot = fresh(chapter, now);
    for step in STEPS {
        if let Some(&since) = applied.get(step.id) {
            let scene = Scene {
                restarted,
                ..Scene::new(chapter, since, now)
            };
            (step.effect)(&mut snapshot, &scene);
        }
    }
    endpoint::ask(&mut snapshot, chapter);
    snapshot
}
