//! What was known of the account before a look: a look of the guide reads only what its step needs, so that the fact of
//! the look before it may be many looks old.

use crate::account::{Fact, Snapshot, Why};
use std::collections::BTreeMap;

/// Fills what a look did not ask for with what an earlier one read. What it asked for and could not read stays unread.
#[must_use]
pub fn known_so_far(mut later: Snapshot, earlier: &Snapshot) -> Snapshot {
    macro_rules! fill {
        ($($($field:ident).+),* $(,)?) => {$(
            if !is_asked(&later.$($field).+) {
                later.$($field).+ = earlier.$($field).+.clone();
            }
        )*};
    }
    fill!(
        root_account,
        user,
        budgets,
        network.vpcs,
        network.subnets,
        network.route_tables,
        network.groups,
        network.endpoints,
        network.nat_gateways,
        databases,
        database_clusters,
        database_subnet_groups,
        cache_nodes,
        replication_groups,
        serverless_caches,
        cache_subnet_groups,
        parameters,
        log_groups,
        balancers,
        target_groups,
        certificates,
        cluster,
        service,
        revisions,
        tasks,
        leftovers,
    );
    add(&mut later.definitions, &earlier.definitions);
    add(&mut later.roles, &earlier.roles);
    for (name, facts) in &earlier.repositories {
        let entry = later
            .repositories
            .entry(name.clone())
            .or_insert_with(|| facts.clone());
        if !is_asked(&entry.images) && !is_asked(&entry.repository) {
            *entry = facts.clone();
        }
    }
    later
}

fn add<K: Ord + Clone, T: Clone>(later: &mut BTreeMap<K, Fact<T>>, earlier: &BTreeMap<K, Fact<T>>) {
    for (key, fact) in earlier {
        if later.get(key).is_none_or(|fact| !is_asked(fact)) {
            later.insert(key.clone(), fact.clone());
        }
    }
}

const fn is_asked<T>(fact: &Fact<T>) -> bool {
    !matches!(fact, Fact::Unknown(Why::NotAsked))
}

/// Whether `so_far` knows of everything that `now` asked for, so that no earlier look has to be read.
pub fn is_settled_by(now: &Snapshot, so_far: &Snapshot) -> bool {
    macro_rules! settled {
        ($($($field:ident).+),* $(,)?) => {
            true $(&& (!is_asked(&now.$($field).+) || is_asked(&so_far.$($field).+)))*
        };
    }
    settled!(
        root_account,
        user,
        budgets,
        network.groups,
        network.route_tables,
        network.nat_gateways,
        databases,
        cache_nodes,
        parameters,
        log_groups,
        balancers,
        certificates,
        cluster,
        service,
        revisions,
    )
}
