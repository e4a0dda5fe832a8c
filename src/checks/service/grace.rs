//! How long a new task is left alone before the balancer's opinion of it counts.

use super::{seen, update};
use crate::checks::cause::Cause;
use crate::checks::discovery::{service, target_group};
use crate::checks::finding::Judgement;
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, by) = service::needed(stack)?;
    if service.target_groups.is_empty() {
        return Err(Judgement::blocked(
            CheckId("ecs.load-balanced"),
            "It only means something once the service has a target group.",
        ));
    }
    let grace = service.grace_seconds;
    let wanted = stack.chapter().service.grace_seconds.max(1);
    let seen = seen(
        service,
        "healthCheckGracePeriodSeconds",
        "more than 0",
        grace,
        by,
    );
    if grace == 0 {
        return Err(Judgement::failed(
            Cause::GracePeriodTooShort,
            format!(
                "{} gives new tasks no time to start: a slow start counts as a failure.",
                service.name
            ),
        )
        .seen(seen)
        .fix(update(
            stack,
            "Give them time: the start, plus interval times threshold of the health check.",
            service,
            &format!("--health-check-grace-period-seconds {wanted}"),
        )));
    }
    let passed = Judgement::passed(format!(
        "New tasks of {} have {grace} seconds to start.",
        service.name
    ))
    .seen(seen);
    let Ok((group, _)) = target_group::find(stack) else {
        return Ok(passed);
    };
    let health = &group.health;
    let needed = health
        .interval_seconds
        .saturating_mul(health.unhealthy_threshold);
    Ok(if grace < needed {
        passed.advise(format!(
            "{} takes {} x {} = {needed} seconds to call a task unhealthy; a grace period shorter than that may end before the first verdict.",
            group.name, health.interval_seconds, health.unhealthy_threshold
        ))
    } else {
        passed
    })
}
