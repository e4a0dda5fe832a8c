//! What the service's own events tell, where no stopped task does.

use super::{cure, down, one_line, origin, steady, stop_reason};
use crate::account::{Service, ServiceEvent};
use crate::checks::cause::Cause;
use crate::checks::command::redeploy;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use steady::API;

/// No stopped task to look at: the service's own words.
pub(super) fn by_events(
    stack: &Stack<'_>,
    service: &Service,
    running: &str,
    by: FoundBy,
) -> Judgement {
    let told = service
        .events
        .iter()
        .take(20)
        .find_map(|event| stop_reason::cause(&event.message).map(|cause| (event, cause)));
    if let Some((event, cause)) = told {
        return down::died_of(stack, running, cause, "").seen(event_evidence(service, event, by));
    }
    if let Some(blocked) = origin::explains(stack, super::BEHIND_TASKS, running) {
        return blocked;
    }
    if service.pending > 0 {
        return Judgement::pending(format!(
            "{running} {} more {} starting; that usually takes 1 to 2 minutes.",
            service.pending,
            if service.pending == 1 { "is" } else { "are" }
        ));
    }
    if let Some(event) = capacity_event(service) {
        return Judgement::pending(format!(
            "{running} AWS has no room for Fargate tasks in this zone at the moment; ECS tries again by itself."
        ))
        .seen(event_evidence(service, event, by))
        .rules_out("Your image, role and network: no task was even begun.");
    }
    let failed = service
        .deployments
        .iter()
        .any(|one| one.status == "PRIMARY" && one.rollout.as_deref() == Some("FAILED"));
    if service.running >= service.desired && !failed {
        return Judgement::pending(format!(
            "{} The rollout has not ended yet: ECS waits until the load balancer finds the new tasks healthy, and with blue/green for its bake time.",
            steady::runs(service)
        ));
    }
    if let Some(unknown) = origin::unread(stack, super::BEHIND_TASKS, running) {
        return unknown;
    }
    let judgement = Judgement::failed(
        Cause::CrashLoop,
        format!("{running} Why cannot be seen any more: AWS forgets stopped tasks after an hour."),
    );
    let judgement = match service.events.first() {
        Some(event) => judgement.seen(event_evidence(service, event, by)),
        None => judgement,
    };
    judgement
        .fix(Fix::run(
            "Let it try again, and check within the hour.",
            redeploy(stack, &service.name),
        ))
        .fix(cure::logs(stack))
}

/// The newest word on placing tasks is that the account may not run more.
pub(super) fn quota_event(service: &Service) -> Option<&ServiceEvent> {
    service
        .events
        .iter()
        .take(5)
        .find(|event| stop_reason::cause(&event.message) == Some(Cause::FargateQuota))
        .filter(|_| service.running < service.desired)
}

/// AWS itself is short of machines.
fn capacity_event(service: &Service) -> Option<&ServiceEvent> {
    service.events.first().filter(|event| {
        event
            .message
            .contains("Capacity is unavailable at this time")
    })
}

pub(super) fn event_evidence(service: &Service, event: &ServiceEvent, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &service.name,
        "events",
        "no complaint",
        one_line(&event.message),
        by,
    )
}
