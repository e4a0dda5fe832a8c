//! The service's tasks run and stay up; if not, why.

use super::{asked_to_run, down, rejected};
use crate::account::{Deployment, Service, USUAL_ROLLOUT_SECONDS};
use crate::checks::discovery::service;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

pub(super) const API: &str = "ecs:DescribeServices";

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, by) = service::needed(stack)?;
    asked_to_run(service)?;
    let primary = primary(service).ok_or_else(|| {
        Judgement::unknown(format!(
            "AWS lists no deployment of {}; is it brought out by CodeDeploy or another controller?",
            service.name
        ))
        .fix(Fix::say(
            "The chapter's service is brought out by ECS itself: create it without --deployment-controller.",
        ))
    })?;
    let seen = evidence(service, primary, by);
    if is_steady(service) {
        let passed = Judgement::passed(runs(service)).seen(seen);
        return Ok(rejected::remark(stack, service, passed, by));
    }
    Err(down::why(stack, service, primary, by).seen(seen))
}

/// "news-api-service runs 1 of 2 tasks."
pub(super) fn runs(service: &Service) -> String {
    format!(
        "{} runs {} of {} {}.",
        service.name,
        service.running,
        service.desired,
        tasks(service.desired)
    )
}

pub(super) const fn tasks(number: u32) -> &'static str {
    if number == 1 { "task" } else { "tasks" }
}

/// The deployment that counts.
pub(super) fn primary(service: &Service) -> Option<&Deployment> {
    service
        .deployments
        .iter()
        .find(|deployment| deployment.status == "PRIMARY")
}

/// PRIMARY complete, and as many running as desired. Controllers that report no rollout state are done when nothing
/// else is being rolled out.
pub(super) fn is_steady(service: &Service) -> bool {
    let complete = primary(service).is_some_and(|primary| match primary.rollout.as_deref() {
        Some(state) => state == "COMPLETED",
        None => service.deployments.len() == 1 && service.pending == 0,
    });
    complete && service.running >= service.desired
}

/// Whether a rollout is still within its usual time.
pub(super) fn is_rolling_out(stack: &Stack<'_>, service: &Service) -> bool {
    primary(service).is_some_and(|primary| {
        let since = primary
            .created_at
            .map(|at| stack.snapshot.collected_at.as_second() - at.as_second());
        let under_way = matches!(primary.rollout.as_deref(), Some("IN_PROGRESS") | None);
        under_way && since.is_some_and(|seconds| seconds <= USUAL_ROLLOUT_SECONDS)
    })
}

fn evidence(service: &Service, primary: &Deployment, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &service.name,
        "deployments[PRIMARY].rolloutState, runningCount",
        format!("COMPLETED, {}", service.desired),
        format!(
            "{}, {}",
            primary.rollout.as_deref().unwrap_or("no state"),
            service.running
        ),
        by,
    )
}
