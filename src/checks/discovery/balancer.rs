//! The load balancer: the one in front of the service's target group, else by name, else the only application load
//! balancer in the chapter's VPC.

use super::found::{named, only_one};
use super::{Found, Kind, list, target_group, vpc};
use crate::account::Balancer;
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const BALANCER: Kind = Kind {
    one: "load balancer",
    many: "load balancers",
    key: "balancer.name",
    wanted_by: CheckId("alb.active"),
};

/// The chapter's load balancer.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a Balancer> {
    let balancers = list(&stack.snapshot.balancers, "the load balancers")?;
    if let Some(found) = by_relation(stack, balancers)? {
        return Ok((found, FoundBy::Relation));
    }
    let name = &stack.chapter().balancer.name;
    if let Some(named) = named(balancers, |one| &one.name, name) {
        return Ok((named, FoundBy::Name));
    }
    let applications: Vec<&Balancer> = balancers
        .iter()
        .filter(|balancer| balancer.kind == "application")
        .collect();
    if applications.is_empty() {
        return Err(super::Gap::NotThere);
    }
    let (vpc, _) = vpc::find(stack)?;
    let here = applications
        .into_iter()
        .filter(|balancer| balancer.vpc == vpc.id)
        .collect();
    only_one(stack, &BALANCER, here, |balancer: &&Balancer| {
        balancer.name.clone()
    })
}

/// The load balancer, for checks on a property of it. One of another kind has other properties: that it is one is said
/// by the check that wants it to exist.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(&'a Balancer, FoundBy), Judgement> {
    let (found, by) = find(stack).map_err(|gap| gap.judgement(&BALANCER))?;
    if found.kind == "application" {
        return Ok((found, by));
    }
    Err(Judgement::blocked(
        BALANCER.wanted_by,
        format!("{} is no application load balancer.", found.name),
    ))
}

/// In front of the service's own target group. Of several, the one with the configured name, else the first.
fn by_relation<'a>(
    stack: &Stack<'a>,
    balancers: &'a [Balancer],
) -> Result<Option<&'a Balancer>, super::Gap> {
    let Some(group) = target_group::of_service(stack)? else {
        return Ok(None);
    };
    let mut in_front = balancers
        .iter()
        .filter(|balancer| group.balancers.contains(&balancer.arn));
    let first = in_front.clone().next();
    let name = &stack.chapter().balancer.name;
    Ok(in_front.find(|balancer| balancer.name == *name).or(first))
}
