//! The chapter's VPC: named in the configuration, else the service's subnets', else the load balancer's, else that of the
//! group with the tasks' name, else the default VPC.

use super::{Found, Gap, Kind, list, service};
use crate::account::{SubnetId, Vpc, VpcId};
use crate::checks::finding::{Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

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
    if let Some(named) = &stack.chapter().vpc {
        return Ok((of(named)?, FoundBy::Name));
    }
    // Where there is no choice, nothing else has to be known.
    if let [only] = vpcs
        && only.is_default
    {
        return Ok((only, FoundBy::Fixed));
    }
    if let Some((id, by)) = in_use(stack)? {
        return Ok((of(&id)?, by));
    }
    let default = vpcs.iter().find(|vpc| vpc.is_default);
    Ok((default.ok_or(Gap::NotThere)?, FoundBy::Fixed))
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

/// The VPC of what is already built.
fn in_use(stack: &Stack<'_>) -> Result<Option<(VpcId, FoundBy)>, Gap> {
    if let Some(service) = service::if_built(stack)?
        && let Some(vpc) = of_subnets(stack, &service.subnets)?
    {
        return Ok(Some((vpc, FoundBy::Relation)));
    }
    let chapter = stack.chapter();
    let balancers = list(&stack.snapshot.balancers, "the load balancers")?;
    if let Some(named) = balancers
        .iter()
        .find(|balancer| balancer.name == chapter.balancer.name)
    {
        return Ok(Some((named.vpc.clone(), FoundBy::Relation)));
    }
    let groups = list(&stack.snapshot.network.groups, "the security groups")?;
    let mut named = groups
        .iter()
        .filter(|group| group.name == chapter.groups.tasks)
        .map(|group| &group.vpc);
    match (named.next(), named.next()) {
        (Some(vpc), None) => Ok(Some((vpc.clone(), FoundBy::Name))),
        // The same name in several VPCs says nothing; the default VPC decides then.
        _ => Ok(None),
    }
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
