//! What the balancer thinks of the tasks.

use super::{BALANCED, STEADY, asked_to_run, one_line, origin, steady};
use crate::account::{Service, Target, TargetGroup};
use crate::checks::cause::Cause;
use crate::checks::command::redeploy;
use crate::checks::discovery::{service, target_group};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use registered::Registered;

mod registered;
mod unhealthy;

const API: &str = "elasticloadbalancing:DescribeTargetHealth";

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, _) = service::needed(stack)?;
    asked_to_run(service)?;
    if service.target_groups.is_empty() {
        return Err(Judgement::blocked(
            BALANCED,
            format!("{} has no target group.", service.name),
        ));
    }
    let (group, by) = target_group::needed(stack)?;
    let registered: Vec<&Target> = stack
        .read(&group.targets, "the health of the targets")?
        .into_iter()
        .flatten()
        .filter(|target| !target.is_leaving())
        .collect();
    let registered = Registered::sort(stack, service, group, registered);
    let Some(worst) = worst(registered.judged()) else {
        return Err(none_registered(stack, service, group, by));
    };
    if worst.state == "healthy" {
        return all_healthy(stack, service, group, &registered, by);
    }
    let healthy = registered.healthy();
    if healthy >= service.desired as usize {
        // Enough of them are well: the one that is not may be nobody's.
        registered.known(stack, service)?;
    }
    Err(unhealthy::judge(stack, service, group, worst, healthy).seen(evidence(group, worst, by)))
}

/// The one that says most: not in use, then what fails, then what is still being looked at, then healthy ones.
fn worst<'a>(targets: &[&'a Target]) -> Option<&'a Target> {
    targets.iter().copied().min_by_key(|target| {
        match (target.state.as_str(), target.reason.as_deref()) {
            (_, Some("Target.NotInUse")) | ("unused", None) => 0,
            ("unhealthy", _) => 1,
            ("unavailable", _) => 2,
            ("initial", _) => 3,
            ("healthy", _) => 5,
            _ => 4,
        }
    })
}

fn evidence(group: &TargetGroup, target: &Target, by: FoundBy) -> Evidence {
    let observed = [
        Some(target.state.as_str()),
        target.reason.as_deref(),
        target.description.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ");
    Evidence::new(
        API,
        &group.name,
        format!("TargetHealth[{}]", target.id),
        "healthy",
        one_line(&observed),
        by,
    )
}

fn none_registered(
    stack: &Stack<'_>,
    service: &Service,
    group: &TargetGroup,
    by: FoundBy,
) -> Judgement {
    let summary = format!("No task is registered in {}.", group.name);
    if !steady::is_steady(service) {
        return Judgement::blocked(STEADY, summary);
    }
    let seen = Evidence::new(
        API,
        &group.name,
        "TargetHealthDescriptions",
        service.desired,
        "none",
        by,
    );
    origin::explains(stack, &["ecs.load-balanced"], &summary)
        .unwrap_or_else(|| {
            Judgement::failed(
                Cause::NoHealthyTargets,
                format!(
                    "{} runs its tasks, but none is registered in {}.",
                    service.name, group.name
                ),
            )
            .fix(replace_tasks(stack, service))
        })
        .seen(seen)
}

fn replace_tasks(stack: &Stack<'_>, service: &Service) -> Fix {
    Fix::run(
        "Let the service replace its tasks; each new one registers itself.",
        redeploy(stack, &service.name),
    )
}

/// Nothing is wrong with those that are there: are they enough, and are they the tasks?
fn all_healthy(
    stack: &Stack<'_>,
    service: &Service,
    group: &TargetGroup,
    registered: &Registered<'_>,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let desired = service.desired as usize;
    let healthy = registered.healthy();
    let so_far = counted(healthy, service.desired);
    let seen = Evidence::new(
        API,
        &group.name,
        "TargetHealthDescriptions",
        format!("{desired} healthy"),
        format!("{healthy} healthy"),
        by,
    );
    if healthy < desired && !steady::is_steady(service) {
        return Err(Judgement::blocked(STEADY, so_far).seen(seen));
    }
    registered
        .known(stack, service)
        .map_err(|unknown| unknown.seen(seen.clone()))?;
    if healthy >= desired {
        let passed = Judgement::passed(so_far).seen(seen);
        return Ok(match registered.strangers.as_slice() {
            [] => passed,
            strangers => passed.advise(not_tasks(service, group, strangers)),
        });
    }
    if steady::is_rolling_out(stack, service) {
        return Err(Judgement::pending(format!("{so_far} Tasks are being replaced.")).seen(seen));
    }
    Err(Judgement::failed(
        Cause::NoHealthyTargets,
        format!(
            "Only {healthy} of the {desired} {} that {} should run {} in {} as healthy.",
            if desired == 1 { "task" } else { "tasks" },
            service.name,
            if healthy == 1 { "stands" } else { "stand" },
            group.name
        ),
    )
    .seen(seen)
    .fix(replace_tasks(stack, service)))
}

fn not_tasks(service: &Service, group: &TargetGroup, strangers: &[&Target]) -> String {
    let ids: Vec<&str> = strangers.iter().map(|target| target.id.as_str()).collect();
    let (target, them) = match ids.len() {
        1 => ("a target", "It was"),
        _ => ("targets", "They were"),
    };
    format!(
        "{} also holds {target} that no task of {} stands behind: {}. {them} registered by hand or is left from a task that just ended; requests that go there get no answer.",
        group.name,
        service.name,
        ids.join(", ")
    )
}

/// "1 of 2 targets is healthy."
fn counted(healthy: usize, desired: u32) -> String {
    format!(
        "{healthy} of {desired} {} healthy.",
        match (healthy, desired) {
            (_, 1) => "target is",
            (1, _) => "targets is",
            _ => "targets are",
        }
    )
}
