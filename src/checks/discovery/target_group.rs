//! The target group: the service's own, else by name, else the only one in the chapter's VPC.

use super::found::{named, only_one};
use super::{Found, Gap, Kind, list, service, vpc};
use crate::account::TargetGroup;
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const TARGET_GROUP: Kind = Kind {
    one: "target group",
    many: "target groups",
    key: "balancer.target_group",
    wanted_by: CheckId("tg.ip-targets"),
};

/// The chapter's target group.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a TargetGroup> {
    if let Some(group) = of_service(stack)? {
        return Ok((group, FoundBy::Relation));
    }
    let groups = list(&stack.snapshot.target_groups, "the target groups")?;
    let name = &stack.chapter().balancer.target_group;
    if let Some(named) = named(groups, |one| &one.name, name) {
        return Ok((named, FoundBy::Name));
    }
    if groups.is_empty() {
        return Err(Gap::NotThere);
    }
    let (vpc, _) = vpc::find(stack)?;
    let here = groups
        .iter()
        .filter(|group| group.vpc.as_ref() == Some(&vpc.id))
        .collect();
    only_one(stack, &TARGET_GROUP, here, |group: &&TargetGroup| {
        group.name.clone()
    })
}

/// The target group, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(&'a TargetGroup, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&TARGET_GROUP))
}

/// The one the service registers its tasks in: of several, the one for the app's port, else the first.
/// `None` when there is no service, or it has none that still exists.
pub(in crate::checks) fn of_service<'a>(stack: &Stack<'a>) -> Result<Option<&'a TargetGroup>, Gap> {
    let Some(service) = service::if_built(stack)? else {
        return Ok(None);
    };
    let groups = list(&stack.snapshot.target_groups, "the target groups")?;
    let port = stack.chapter().port;
    let wanted = service
        .target_groups
        .iter()
        .find(|target| target.port == port)
        .or(service.target_groups.first());
    Ok(wanted.and_then(|wanted| groups.iter().find(|group| group.arn == wanted.target_group)))
}
