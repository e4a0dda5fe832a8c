//! Whether there is anything left to fill in.

use crate::account::Snapshot;

/// Whether `so_far` knows of everything that `now` asked for, so that no earlier look has to be read.
pub fn is_settled_by(now: &Snapshot, so_far: &Snapshot) -> bool {
    macro_rules! settled {
        ($($($field:ident).+),* $(,)?) => {
            true $(&& (!now.$($field).+.is_asked() || so_far.$($field).+.is_asked()))*
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
