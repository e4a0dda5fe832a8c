//! The security groups of the four tiers: those on what is built, else the group with the configured name.

use super::{Found, Gap, Kind, balancer, cache, database, found, list, service, vpc};
use crate::account::{GroupId, SecurityGroup, Why};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use std::collections::BTreeMap;

const TIERS: CheckId = CheckId("sg.tiers-exist");

/// What a group protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::checks) enum Tier {
    Balancer,
    Tasks,
    Database,
    Cache,
}

impl Tier {
    /// From the internet inwards.
    pub const ALL: [Tier; 4] = [Tier::Balancer, Tier::Tasks, Tier::Database, Tier::Cache];

    /// "the tasks".
    pub const fn whose(self) -> &'static str {
        match self {
            Tier::Balancer => "the load balancer",
            Tier::Tasks => "the tasks",
            Tier::Database => "the database",
            Tier::Cache => "the cache",
        }
    }

    /// The configured name of its group.
    pub fn name<'a>(self, stack: &Stack<'a>) -> &'a str {
        let names = &stack.chapter().groups;
        match self {
            Tier::Balancer => &names.alb,
            Tier::Tasks => &names.tasks,
            Tier::Database => &names.database,
            Tier::Cache => &names.cache,
        }
    }

    const fn kind(self) -> Kind {
        let (one, key) = match self {
            Tier::Balancer => ("security group for the load balancer", "groups.alb"),
            Tier::Tasks => ("security group for the tasks", "groups.tasks"),
            Tier::Database => ("security group for the database", "groups.database"),
            Tier::Cache => ("security group for the cache", "groups.cache"),
        };
        Kind {
            one,
            many: "security groups",
            key,
            wanted_by: TIERS,
        }
    }
}

/// The groups of a tier, never none: by relation, else the one with the configured name in the chapter's VPC.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>, tier: Tier) -> Found<Vec<&'a SecurityGroup>> {
    match attached(stack, tier)? {
        Some(ids) => Ok((resolve(stack, &ids)?, FoundBy::Relation)),
        None => named(stack, tier).map(|group| (vec![group], FoundBy::Name)),
    }
}

/// The groups of a tier, for checks on a property of them.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
    tier: Tier,
) -> Result<(Vec<&'a SecurityGroup>, FoundBy), Judgement> {
    find(stack, tier).map_err(|gap| gap.judgement(&tier.kind()))
}

/// The words for a tier's groups, for the check that wants them to exist.
pub(in crate::checks) const fn kind(tier: Tier) -> Kind {
    tier.kind()
}

/// The groups that stand for more than one tier, as far as the tiers can be told.
pub(in crate::checks) fn shared<'a>(stack: &Stack<'a>) -> Vec<(&'a SecurityGroup, Vec<Tier>)> {
    let mut users: BTreeMap<&'a GroupId, (&'a SecurityGroup, Vec<Tier>)> = BTreeMap::new();
    for tier in Tier::ALL {
        for group in find(stack, tier).map(|found| found.0).unwrap_or_default() {
            let (_, tiers) = users.entry(&group.id).or_insert((group, Vec::new()));
            if !tiers.contains(&tier) {
                tiers.push(tier);
            }
        }
    }
    users
        .into_values()
        .filter(|(_, tiers)| tiers.len() > 1)
        .collect()
}

/// Whether one of these tiers shares a group with another.
pub(in crate::checks) fn shares(stack: &Stack<'_>, tiers: &[Tier]) -> bool {
    shared(stack)
        .iter()
        .any(|(_, users)| users.iter().any(|user| tiers.contains(user)))
}

/// What carries the tier's groups says which they are; `None` while it is not built.
fn attached<'a>(stack: &Stack<'a>, tier: Tier) -> Result<Option<Vec<&'a GroupId>>, Gap> {
    let ids: Vec<&'a GroupId> = match tier {
        Tier::Tasks => match service::if_built(stack)? {
            Some(service) if service.groups.is_empty() => {
                return default_group(stack, service).map(|group| Some(vec![&group.id]));
            }
            Some(service) => service.groups.iter().collect(),
            None => return Ok(None),
        },
        Tier::Balancer => match built(balancer::find(stack))? {
            Some(balancer) => balancer.groups.iter().collect(),
            None => return Ok(None),
        },
        Tier::Database => match built(database::find(stack))? {
            Some(database) => database.groups(),
            None => return Ok(None),
        },
        Tier::Cache => match built(cache::find(stack))? {
            Some(cache) => cache.groups(stack)?,
            None => return Ok(None),
        },
    };
    Ok(Some(ids).filter(|ids| !ids.is_empty()))
}

/// Several candidates point to no group in particular: then the name decides, as when there is none.
fn built<T>(found: Found<T>) -> Result<Option<T>, Gap> {
    match found {
        Ok((it, _)) => Ok(Some(it)),
        Err(Gap::NotThere | Gap::Several(_)) => Ok(None),
        Err(gap) => Err(gap),
    }
}

/// A service without groups of its own has its VPC's default group.
fn default_group<'a>(
    stack: &Stack<'a>,
    service: &crate::account::Service,
) -> Result<&'a SecurityGroup, Gap> {
    let groups = list(&stack.snapshot.network.groups, "the security groups")?;
    let vpc = vpc::of_subnets(stack, &service.subnets)?;
    groups
        .iter()
        .find(|group| group.name == "default" && Some(&group.vpc) == vpc.as_ref())
        .ok_or_else(|| unlisted("the default group of the service's VPC"))
}

/// The group with the tier's configured name in the chapter's VPC.
pub(in crate::checks) fn named<'a>(
    stack: &Stack<'a>,
    tier: Tier,
) -> Result<&'a SecurityGroup, Gap> {
    let groups = list(&stack.snapshot.network.groups, "the security groups")?;
    let name = tier.name(stack);
    if !groups
        .iter()
        .any(|group| group.name.eq_ignore_ascii_case(name))
    {
        return Err(Gap::NotThere);
    }
    let (vpc, _) = vpc::find(stack)?;
    let here = groups.iter().filter(|group| group.vpc == vpc.id);
    found::named(here, |group| &group.name, name).ok_or(Gap::NotThere)
}

/// The groups with these ids. One that the region's list does not hold leaves open who is admitted.
pub(in crate::checks) fn resolve<'a>(
    stack: &Stack<'a>,
    ids: &[&GroupId],
) -> Result<Vec<&'a SecurityGroup>, Gap> {
    let groups = list(&stack.snapshot.network.groups, "the security groups")?;
    ids.iter()
        .map(|id| {
            groups
                .iter()
                .find(|group| group.id == **id)
                .ok_or_else(|| unlisted(id.as_str()))
        })
        .collect()
}

fn unlisted(which: &str) -> Gap {
    Gap::CannotTell {
        why: Why::Other {
            say: format!("{which} is not among the region's groups"),
        },
        what: "a security group in use",
    }
}
