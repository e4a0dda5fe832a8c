//! A deployment that was rolled back: the earlier revision runs, all looks well, and the new one is not out.

use super::{diagnosis, down, stopped};
use crate::account::{Fact, RevisionArn, Service};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::stack::Stack;

/// The revision that ECS gave up on in favour of an earlier one, if the newest deployment ended so.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html>
pub(super) fn revision(service: &Service) -> Option<&RevisionArn> {
    let newest = service.history.present()?.first()?;
    newest.definition.as_ref().filter(|definition| {
        newest.status.starts_with("ROLLBACK") && **definition != service.definition
    })
}

/// Says that it happened, and why, as far as the rejected revision's stopped tasks tell.
pub(super) fn remark(
    stack: &Stack<'_>,
    service: &Service,
    passed: Judgement,
    by: FoundBy,
) -> Judgement {
    let Some(said) = sentence(service) else {
        return passed;
    };
    let stopped = match &stack.snapshot.stopped_tasks {
        Fact::Present(tasks) => tasks.as_slice(),
        Fact::Absent | Fact::Unknown(_) => &[],
    };
    let rejected = revision(service).or_else(|| failed(service));
    let group =
        stopped::telling(stopped, rejected).filter(|group| Some(group.revision) == rejected);
    let Some(group) = group else {
        return passed.advise(said);
    };
    let diagnosis = diagnosis::of(stack, &group);
    let why = down::reason(&group, diagnosis);
    passed
        .advise(format!("{said} {why}"))
        .seen(down::task_evidence(&group, by))
}

/// Where the history is not offered or not allowed, the deployments themselves may still list the failed one.
fn failed(service: &Service) -> Option<&RevisionArn> {
    if service.history.present().is_some() {
        return None;
    }
    service
        .deployments
        .iter()
        .find(|one| one.status != "PRIMARY" && one.rollout.as_deref() == Some("FAILED"))
        .map(|one| &one.definition)
}

fn sentence(service: &Service) -> Option<String> {
    let runs_on = service.definition.short();
    if let Some(failed) = failed(service) {
        return Some(format!(
            "The deployment of {} failed, and {runs_on} runs on.",
            failed.short()
        ));
    }
    let newest = service.history.present()?.first()?;
    newest.status.starts_with("ROLLBACK").then(|| {
        let rejected = revision(service).map_or("the last one", |revision| revision.short());
        format!(
            "The last deployment was rolled back: {rejected} did not come up, and {runs_on} runs on."
        )
    })
}
