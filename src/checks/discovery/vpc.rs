//! The chapter's VPC: the service's subnets', else the one named in the configuration, else the load balancer's, else that
//! of the group with the tasks' name, else the default VPC.

use super::found::{named, only_one};
use super::{Found, Gap, Kind, list, service};
use crate::account::{Balancer, SubnetId, Vpc, VpcId};
use crate::checks::finding::{Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use std::collections::BTreeSet;

pub(in crate::checks) const VPC: Kind = Kind {
    one: "VPC for the chapter",
    many: "VPCs",
    key: "vpc",
    wanted_by: CheckId("sg.tiers-exist"),
};

/// The chapter's VPC.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a Vpc> {
    let vpcs = list(&stack.snapshot.network.vpcs, "the VPCs")?;
    let of = |id: &VpcId| vpcs.iter().find(|vpc| vpc.id == *id).ok_or(Gap::NotThere);
    let configured = stack.chapter().vpc.as_ref();
    // Where there is no choice, nothing else has to be known.
    if let [only] = vpcs
        && only.is_default
        && configured.is_none_or(|id| *id == only.id)
    {
        return Ok((only, configured.map_or(FoundBy::Fixed, |_| FoundBy::Name)));
    }
    if let Some(id) = of_service(stack)? {
        return Ok((of(&id)?, FoundBy::Relation));
    }
    if let Some(id) = configured {
        return Ok((of(id)?, FoundBy::Name));
    }
    if let Some(balancer) = named_balancer(stack)? {
        return Ok((of(&balancer.vpc)?, FoundBy::Relation));
    }
    let default = vpcs.iter().find(|vpc| vpc.is_default);
    let built: Vec<&Vpc> = vpcs_of_tasks_group(stack)?
        .into_iter()
        .filter_map(|id| vpcs.iter().find(|vpc| vpc.id == id))
        .collect();
    match built.as_slice() {
        [] => Ok((default.ok_or(Gap::NotThere)?, FoundBy::Fixed)),
        [only] => Ok((only, FoundBy::Name)),
        // Nobody names it twice by accident: the default VPC's is the one that the lessons lead to.
        several => match several.iter().find(|vpc| vpc.is_default) {
            Some(default) => Ok((default, FoundBy::Fixed)),
            None => match only_one(stack, &VPC, built, |vpc: &&Vpc| vpc.id.to_string()) {
                // None of these is the learner's.
                Err(Gap::NotThere) => Ok((default.ok_or(Gap::NotThere)?, FoundBy::Fixed)),
                found => found,
            },
        },
    }
}

/// The VPC, for checks on something in it.
pub(in crate::checks) fn needed<'a>(stack: &Stack<'a>) -> Result<(&'a Vpc, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&VPC))
}

/// What the check that creates the first thing in the VPC says when there is none.
pub(in crate::checks) fn missing(stack: &Stack<'_>) -> Judgement {
    match &stack.chapter().vpc {
        Some(named) => Judgement::missing(format!(
            "There is no VPC {named} in {}, the one your landfall.toml names.",
            stack.snapshot.region
        ))
        .fix(Fix::run(
            "Look which VPCs there are, and put the right one into landfall.toml.",
            stack.aws("ec2 describe-vpcs --query 'Vpcs[].VpcId'"),
        )),
        None => Judgement::missing(format!(
            "There is no default VPC in {}.",
            stack.snapshot.region
        ))
        .fix(Fix::run(
            "Create the default VPC, or name another one in landfall.toml: vpc = \"vpc-...\".",
            stack.aws("ec2 create-default-vpc"),
        )),
    }
}

/// The VPC that the service's tasks run in.
fn of_service(stack: &Stack<'_>) -> Result<Option<VpcId>, Gap> {
    match service::if_built(stack)? {
        Some(service) => of_subnets(stack, &service.subnets),
        None => Ok(None),
    }
}

fn named_balancer<'a>(stack: &Stack<'a>) -> Result<Option<&'a Balancer>, Gap> {
    let balancers = list(&stack.snapshot.balancers, "the load balancers")?;
    let name = &stack.chapter().balancer.name;
    Ok(named(balancers, |one| &one.name, name))
}

/// The VPCs that have a group with the tasks' name.
fn vpcs_of_tasks_group(stack: &Stack<'_>) -> Result<BTreeSet<VpcId>, Gap> {
    let groups = list(&stack.snapshot.network.groups, "the security groups")?;
    let name = &stack.chapter().groups.tasks;
    Ok(groups
        .iter()
        .filter(|group| group.name.eq_ignore_ascii_case(name))
        .map(|group| group.vpc.clone())
        .collect())
}

/// The VPC that the first known one of these subnets lies in (a service's subnets share one).
pub(in crate::checks) fn of_subnets(
    stack: &Stack<'_>,
    subnets: &[SubnetId],
) -> Result<Option<VpcId>, Gap> {
    if subnets.is_empty() {
        return Ok(None);
    }
    let known = list(&stack.snapshot.network.subnets, "the subnets")?;
    Ok(known
        .iter()
        .find(|subnet| subnets.contains(&subnet.id))
        .map(|subnet| subnet.vpc.clone()))
}
