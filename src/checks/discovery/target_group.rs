//! The target group: the service's own, else by name, else the only one in the chapter's VPC.

use super::found::{named, only_one};
use super::{Found, Gap, Kind, list, service, vpc};
use crate::account::{Arn, Service, ServiceTarget, Target, TargetGroup};
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
    Ok(target_of(stack, service, groups).and_then(|target| serving(target, groups)))
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

/// Of a blue/green pair the group that holds the tasks now: the other one is empty by rights.
pub(in crate::checks) fn serving<'a>(
    target: &ServiceTarget,
    groups: &'a [TargetGroup],
) -> Option<&'a TargetGroup> {
    let by_arn = |arn: &Arn| groups.iter().find(|group| group.arn == *arn);
    let first = by_arn(&target.target_group);
    let second = target.alternate.as_ref().and_then(by_arn);
    match (first, second) {
        (Some(first), Some(second)) if is_empty(first) && has_targets(second) => Some(second),
        (first, second) => first.or(second),
    }
}

fn is_empty(group: &TargetGroup) -> bool {
    group
        .targets
        .present()
        .is_some_and(|targets| targets.iter().all(Target::is_leaving))
}

fn has_targets(group: &TargetGroup) -> bool {
    group
        .targets
        .present()
        .is_some_and(|targets| !targets.iter().all(Target::is_leaving))
}
