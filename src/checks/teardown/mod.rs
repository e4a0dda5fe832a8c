//! Taking everything down: what, with which command, in which order. The commands are printed, never run.

mod deleted;
mod words;

pub use deleted::Deleted;
pub(super) use words::deletion;

use super::command::quoted;
use super::discovery::groups::Tier;
use super::discovery::target_group;
use super::holdings::all_that_costs;
use super::stack::Stack;
use crate::account::{Extent, Leftover, LeftoverKind, Region, Snapshot};
use serde::Serialize;
use std::collections::BTreeSet;
use words::{free, in_region};

/// One thing to delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deletion {
    pub what: Deleted,
    pub region: Region,
    /// Name, id or ARN, as the command takes it.
    pub name: String,
    /// Otherwise only the learner can know whether it is theirs.
    pub of_chapter: bool,
    /// What has to be over before.
    pub first: Option<Wait>,
    pub say: String,
    pub command: String,
}

/// A command that returns when something is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wait {
    pub say: String,
    pub command: String,
}

/// Everything to delete: region by region, this one first; in each of them in the order in which it can be deleted.
/// Of what bears no name of the chapter, only NAT gateways and idle addresses: they never bear one, and are what is
/// forgotten most.
pub fn teardown(snapshot: &Snapshot) -> Vec<Deletion> {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: true,
    };
    let things = all_that_costs(snapshot);
    let mut all: Vec<Deletion> = things
        .iter()
        .filter(|one| one.of_chapter || has_no_name(one.kind))
        .flat_map(|one| with_what_it_leaves(&stack, one))
        .collect();
    all.extend(around(&stack, &things));
    let here = &snapshot.region;
    // An address that a NAT gateway still holds comes first, with what it waits for.
    all.sort_by_key(|one| {
        let waits = one.first.is_none();
        (
            one.region != *here,
            one.region.clone(),
            one.what,
            one.what == Deleted::Address && waits,
        )
    });
    let mut seen = BTreeSet::new();
    all.retain(|one| seen.insert(one.command.clone()));
    wait_once(&mut all);
    all
}

/// What was waited for is gone.
fn wait_once(all: &mut [Deletion]) {
    let mut waited = BTreeSet::new();
    for one in all {
        if let Some(wait) = &one.first
            && !waited.insert(wait.command.clone())
        {
            one.first = None;
        }
    }
}

/// In their order within each region, those of the leftovers that the chapter's check names.
pub(super) fn in_order<'a>(here: &Region, found: &[&'a Leftover]) -> Vec<&'a Leftover> {
    let mut found = found.to_vec();
    found.sort_by_key(|one| {
        (
            one.region != *here,
            one.region.clone(),
            Deleted::from(one.kind),
        )
    });
    found
}

const fn has_no_name(kind: LeftoverKind) -> bool {
    matches!(kind, LeftoverKind::NatGateway | LeftoverKind::Address)
}

/// A NAT gateway's addresses stay behind, and cost money from then on.
fn with_what_it_leaves(stack: &Stack<'_>, one: &Leftover) -> Vec<Deletion> {
    let mut deletions = vec![Deletion {
        of_chapter: one.of_chapter && !has_no_name(one.kind),
        ..deletion(one, &stack.chapter().service.cluster)
    }];
    if let Extent::NatGateway { allocations } = &one.extent {
        let wait = Wait {
            say: "Wait until the NAT gateway has let go of its address.".to_owned(),
            command: in_region(
                &format!(
                    "ec2 wait nat-gateway-deleted --nat-gateway-ids {}",
                    quoted(&one.name)
                ),
                &one.region,
            ),
        };
        deletions.extend(allocations.iter().map(|allocation| Deletion {
            of_chapter: false,
            ..free(
                Deleted::Address,
                (allocation, allocation),
                &one.region,
                Some(wait.clone()),
            )
        }));
    }
    deletions
}

/// What costs nothing and goes last, by the chapter's own names: somebody else may use what only looks like it.
fn around(stack: &Stack<'_>, things: &[Leftover]) -> Vec<Deletion> {
    let (snapshot, chapter) = (stack.snapshot, stack.chapter());
    let here = &snapshot.region;
    let mut all = Vec::new();
    if let Ok((group, _)) = target_group::find(stack)
        && group.name == chapter.balancer.target_group
    {
        let first = gone(stack, things, &[LeftoverKind::Balancer]);
        all.push(free(
            Deleted::TargetGroup,
            (group.arn.as_str(), &group.name),
            here,
            first,
        ));
    }
    // From the far end of the chain: a group cannot go while a rule of another one names it.
    let tiers = [
        (Tier::Cache, &CACHES[..]),
        (Tier::Database, &[LeftoverKind::Database]),
        (Tier::Tasks, &[LeftoverKind::Service]),
        (Tier::Balancer, &[LeftoverKind::Balancer]),
    ];
    for (tier, wearing) in tiers {
        let groups = snapshot.network.groups.present().into_iter().flatten();
        for group in groups.filter(|group| group.name == tier.name(stack)) {
            let first = gone(stack, things, wearing);
            all.push(free(
                Deleted::SecurityGroup,
                (group.id.as_str(), &group.name),
                here,
                first,
            ));
        }
    }
    let subnet_groups = [
        (
            Deleted::DatabaseSubnetGroup,
            &snapshot.database_subnet_groups,
            &chapter.database.subnet_group,
            &[LeftoverKind::Database][..],
        ),
        (
            Deleted::CacheSubnetGroup,
            &snapshot.cache_subnet_groups,
            &chapter.cache.subnet_group,
            &CACHES,
        ),
    ];
    for (what, groups, name, inside) in subnet_groups {
        let groups = groups.present().into_iter().flatten();
        for group in groups.filter(|group| group.name == *name) {
            all.push(free(
                what,
                (&group.name, &group.name),
                here,
                gone(stack, things, inside),
            ));
        }
    }
    all
}

const CACHES: [LeftoverKind; 2] = [LeftoverKind::Cache, LeftoverKind::ReplicationGroup];

/// The wait for the chapter's thing of these kinds, if there is one to wait for.
fn gone(stack: &Stack<'_>, things: &[Leftover], kinds: &[LeftoverKind]) -> Option<Wait> {
    let here = &stack.snapshot.region;
    let one = things
        .iter()
        .find(|one| one.of_chapter && one.region == *here && kinds.contains(&one.kind))?;
    let name = quoted(&one.name);
    let (say, command) = match one.kind {
        LeftoverKind::Service => (
            "Wait until the tasks have stopped, a minute or two.",
            format!(
                "ecs wait services-inactive --cluster {} --services {name}",
                quoted(&stack.chapter().service.cluster)
            ),
        ),
        LeftoverKind::Balancer => (
            "Wait until the load balancer is gone: it uses the target group, and wears its security group.",
            format!(
                "elbv2 wait load-balancers-deleted --load-balancer-arns {}",
                quoted(one.arn.as_ref()?.as_str())
            ),
        ),
        LeftoverKind::Database => (
            "Wait until the database is gone, 5 to 10 minutes: it wears its security group, and stands in its subnet group.",
            format!("rds wait db-instance-deleted --db-instance-identifier {name}"),
        ),
        LeftoverKind::Cache => (
            "Wait until the cache is gone, 5 to 10 minutes: it wears its security group, and stands in its subnet group.",
            format!("elasticache wait cache-cluster-deleted --cache-cluster-id {name}"),
        ),
        LeftoverKind::ReplicationGroup => (
            "Wait until the cache is gone, 5 to 10 minutes: it wears its security group, and stands in its subnet group.",
            format!("elasticache wait replication-group-deleted --replication-group-id {name}"),
        ),
        _ => return None,
    };
    Some(Wait {
        say: say.to_owned(),
        command: in_region(&command, here),
    })
}
