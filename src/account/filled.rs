//! What was known of the account before a look: a look of the guide reads only what its step needs, so that the fact of
//! the look before it may be many looks old.

use super::{Fact, Snapshot};
use std::collections::BTreeMap;

impl Snapshot {
    /// Fills what a look did not ask for with what an earlier one read. What it asked for and could not read stays unread.
    #[must_use]
    pub fn filled_from(self, earlier: &Snapshot) -> Snapshot {
        let mut later = self;
        macro_rules! fill {
        ($($($field:ident).+),* $(,)?) => {$(
            if !later.$($field).+.is_asked() {
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
            if !entry.images.is_asked() && !entry.repository.is_asked() {
                *entry = facts.clone();
            }
        }
        later
    }
}

fn add<K: Ord + Clone, T: Clone>(later: &mut BTreeMap<K, Fact<T>>, earlier: &BTreeMap<K, Fact<T>>) {
    for (key, fact) in earlier {
        if later.get(key).is_none_or(|fact| !fact.is_asked()) {
            later.insert(key.clone(), fact.clone());
        }
    }
}
