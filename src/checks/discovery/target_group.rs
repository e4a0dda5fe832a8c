//! The target group: the service's own, else by name, else the only one in the chapter's VPC.

use super::found::{named, only_one};
use super::{Found, Gap, Kind, list, service, vpc};
use crate::account::{Arn, Fact, Service, ServiceTarget, Target, TargetGroup};
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

/// The one the service registers its tasks in. `None` when there is no service, or it has none that still exists.
pub(in crate::checks) fn of_service<'a>(stack: &Stack<'a>) -> Result<Option<&'a TargetGroup>, Gap> {
    let Some(service) = service::if_built(stack)? else {
        return Ok(None);
    };
    let groups = list(&stack.snapshot.target_groups, "the target groups")?;
    match target_of(stack, service, groups) {
        Some(target) => serving(target, groups),
        None => Ok(None),
    }
}

/// Where the service registers the app: of several, those for the app's port come first; of these the one with the
/// configured name, then one that a load balancer uses.
pub(in crate::checks) fn target_of<'a>(
    stack: &Stack<'_>,
    service: &'a Service,
    groups: &[TargetGroup],
) -> Option<&'a ServiceTarget> {
    let chapter = stack.chapter();
    service.target_groups.iter().min_by_key(|target| {
        let group = groups.iter().find(|group| group.arn == target.target_group);
        (
            target.port != chapter.port,
            group.is_none(),
            group.is_none_or(|group| group.name != chapter.balancer.target_group),
            group.is_none_or(|group| group.balancers.is_empty()),
        )
    })
}

/// Of a blue/green pair the group that holds the tasks now: the other one is empty by rights. Which it is cannot be told
/// while the targets of one are unread, unless those of the first are seen to be there.
pub(in crate::checks) fn serving<'a>(
    target: &ServiceTarget,
    groups: &'a [TargetGroup],
) -> Result<Option<&'a TargetGroup>, Gap> {
    let by_arn = |arn: &Arn| groups.iter().find(|group| group.arn == *arn);
    let first = by_arn(&target.target_group);
    let second = target.alternate.as_ref().and_then(by_arn);
    let (Some(first), Some(second)) = (first, second) else {
        return Ok(first.or(second));
    };
    let serves_first = is_used(first);
    if matches!(serves_first, Ok(true)) || !is_used(second)? {
        return Ok(Some(first));
    }
    serves_first.map(|_| Some(second))
}

/// Whether a group holds targets that stay.
fn is_used(group: &TargetGroup) -> Result<bool, Gap> {
    match &group.targets {
        Fact::Present(targets) => Ok(!targets.iter().all(Target::is_leaving)),
        Fact::Absent => Ok(false),
        Fact::Unknown(why) => Err(Gap::CannotTell {
            why: why.clone(),
            what: "the health of the targets",
        }),
    }
}
