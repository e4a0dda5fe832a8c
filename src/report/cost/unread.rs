//! What could not be read, so that no sum pretends to be whole.

use crate::account::{Fact, Region, Snapshot, Why};
use serde::Serialize;

/// Something that may cost money, and that nobody could look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// `null` = all other regions.
    pub region: Option<Region>,
    /// The call that should have said it: `rds:DescribeDBInstances`.
    pub call: String,
    #[serde(skip)]
    pub why: Why,
    /// The same in words.
    pub reason: String,
}

/// Everything that was asked for and could not be read.
pub(super) fn gaps(snapshot: &Snapshot) -> Vec<Gap> {
    let mut gaps = here(snapshot);
    // A look that asks for less than everything is whole by what it asked.
    gaps.retain(|gap| gap.why != Why::NotAsked);
    match &snapshot.leftovers {
        Fact::Present(leftovers) => {
            for one in &leftovers.unreadable {
                let gap = gap(Some(&one.region), &one.call, &one.why);
                if !gaps.contains(&gap) {
                    gaps.push(gap);
                }
            }
        }
        Fact::Unknown(Why::NotAsked) | Fact::Absent => {}
        Fact::Unknown(why) => gaps.push(gap(None, "ec2:DescribeRegions", why)),
    }
    gaps
}

/// Whether something that runs could be hidden in what this look did not read, asked for or not.
pub(super) fn hides_something(snapshot: &Snapshot) -> bool {
    !here(snapshot).is_empty()
}

/// Of the region that was looked at.
fn here(snapshot: &Snapshot) -> Vec<Gap> {
    let network = &snapshot.network;
    let mut gaps = Vec::new();
    let mut note = |call: &str, why: Option<&Why>| {
        gaps.extend(why.map(|why| gap(Some(&snapshot.region), call, why)));
    };
    note("ecs:DescribeServices", snapshot.service.why());
    note(
        "elasticloadbalancing:DescribeLoadBalancers",
        snapshot.balancers.why(),
    );
    note("rds:DescribeDBInstances", snapshot.databases.why());
    note("rds:DescribeDBClusters", snapshot.database_clusters.why());
    note(
        "elasticache:DescribeCacheClusters",
        snapshot.cache_nodes.why(),
    );
    note(
        "elasticache:DescribeReplicationGroups",
        snapshot.replication_groups.why(),
    );
    note(
        "elasticache:DescribeServerlessCaches",
        snapshot.serverless_caches.why(),
    );
    note("ec2:DescribeNatGateways", network.nat_gateways.why());
    if let Fact::Present(service) = &snapshot.service
        && service.running > 0
    {
        let definition = snapshot.definitions.get(&service.definition);
        note("ecs:DescribeTaskDefinition", definition.and_then(Fact::why));
    }
    gaps
}

fn gap(region: Option<&Region>, call: &str, why: &Why) -> Gap {
    Gap {
        region: region.cloned(),
        call: call.to_owned(),
        why: why.clone(),
        reason: crate::checks::reason(why),
    }
}
