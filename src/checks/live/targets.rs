//! What the balancer thinks of the tasks.

use super::{BALANCED, STEADY, asked_to_run, one_line, origin, steady};
use crate::account::{Fact, Service, Target, TargetGroup, Task};
use crate::checks::cause::Cause;
use crate::checks::discovery::{service, target_group};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

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
    let targets: Vec<&Target> = stack
        .read(&group.targets, "the health of the targets")?
        .into_iter()
        .flatten()
        .filter(|target| !leaving(target))
        .collect();
    let Some(worst) = worst(&targets) else {
        return Err(none_registered(stack, service, group, by));
    };
    let healthy: Vec<&Target> = targets
        .iter()
        .copied()
        .filter(|target| target.state == "healthy")
        .collect();
    if worst.state == "healthy" {
        return all_healthy(stack, service, group, &healthy, by);
    }
    Err(unhealthy(stack, service, group, worst, healthy.len()).seen(evidence(group, worst, by)))
}

/// On its way out: replaced, and no longer asked.
fn leaving(target: &Target) -> bool {
    matches!(target.state.as_str(), "draining" | "unhealthy.draining")
}

/// The one that says most: not in use, then what fails, then what is still being looked at, then healthy ones.
fn worst<'a>(targets: &[&'a Target]) -> Option<&'a Target> {
    targets.iter().copied().min_by_key(|target| {
        match (target.state.as_str(), target.reason.as_deref()) {
            (_, Some("Target.NotInUse")) | ("unused", _) => 0,
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
            .fix(redeploy(stack, service))
        })
        .seen(seen)
}

fn redeploy(stack: &Stack<'_>, service: &Service) -> Fix {
    Fix::run(
        "Let the service replace its tasks; each new one registers itself.",
        stack.aws(format!(
            "ecs update-service --cluster {} --service {} --force-new-deployment",
            stack.chapter().service.cluster,
            service.name
        )),
    )
}

/// Nothing is wrong with those that are there: are they enough, and are they the tasks?
fn all_healthy(
    stack: &Stack<'_>,
    service: &Service,
    group: &TargetGroup,
    healthy: &[&Target],
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let desired = service.desired as usize;
    let seen = Evidence::new(
        API,
        &group.name,
        "TargetHealth.State",
        format!("{desired} healthy"),
        format!("{} healthy", healthy.len()),
        by,
    );
    let too_few = format!("{} of {desired} targets are healthy.", healthy.len());
    if healthy.len() < desired && !steady::is_steady(service) {
        return Err(Judgement::blocked(STEADY, too_few).seen(seen));
    }
    let tasks: &[Task] = stack
        .read(&stack.snapshot.tasks, "the running tasks")?
        .map_or(&[], Vec::as_slice);
    let running: Vec<&Task> = tasks
        .iter()
        .filter(|task| task.last_status == "RUNNING")
        .collect();
    if running.is_empty() {
        return Err(Judgement::unknown(format!(
            "AWS lists no running task of {}, so its targets cannot be matched with them.",
            service.name
        ))
        .seen(seen));
    }
    let is_task = |target: &Target| {
        running
            .iter()
            .any(|task| task.addresses.contains(&target.id))
    };
    let of_tasks = healthy.iter().filter(|target| is_task(target)).count();
    if of_tasks >= desired {
        return Ok(
            Judgement::passed(format!("{of_tasks} of {desired} targets are healthy.")).seen(seen),
        );
    }
    if steady::is_rolling_out(stack, service) {
        return Err(Judgement::pending(format!("{too_few} Tasks are being replaced.")).seen(seen));
    }
    Err(Judgement::failed(
        Cause::NoHealthyTargets,
        format!(
            "Only {of_tasks} of {desired} healthy targets are tasks of {}.",
            service.name
        ),
    )
    .seen(seen)
    .fix(redeploy(stack, service)))
}

fn unhealthy(
    stack: &Stack<'_>,
    service: &Service,
    group: &TargetGroup,
    worst: &Target,
    healthy: usize,
) -> Judgement {
    let so_far = format!("{healthy} of {} targets are healthy.", service.desired);
    let reason = worst.reason.as_deref().unwrap_or_default();
    match (worst.state.as_str(), reason) {
        (_, "Target.NotInUse") | ("unused", _) => not_in_use(stack, group, &so_far),
        ("initial", "Elb.InternalError") | (_, "Elb.InternalError" | "Target.IpUnusable") => Judgement::pending(format!(
            "{so_far} AWS has trouble of its own with a target ({reason}); it usually passes within minutes."
        ))
        .fix(Fix::say("If it stays for more than half an hour: the AWS Health Dashboard, then AWS support.")),
        ("initial", _) => Judgement::pending(format!(
            "{so_far} The first health checks are under way; that takes about {} seconds.",
            group.health.healthy_threshold.saturating_mul(group.health.interval_seconds)
        )),
        ("unhealthy", _) => failing(stack, service, worst, &so_far),
        (other, _) => Judgement::unknown(format!(
            "{so_far} One is in a state that says nothing about the app: {}.",
            one_line(other)
        )),
    }
}

fn not_in_use(stack: &Stack<'_>, group: &TargetGroup, so_far: &str) -> Judgement {
    let origins = [
        "listener.https",
        "listener.http-redirects",
        "ecs.load-balanced",
        "alb.two-zones",
        "ecs.network",
    ];
    let known = origin::explains(stack, &origins, so_far)
        .or_else(|| origin::unread(stack, &origins, so_far));
    known.unwrap_or_else(|| {
        Judgement::failed(
            Cause::TargetNotInUse,
            format!("{so_far} The load balancer does not use {}: no listener forwards to it, or the task is in a zone it does not serve.", group.name),
        )
        .fix(Fix::run(
            "Look which it is.",
            stack.aws(format!("elbv2 describe-target-health --target-group-arn {}", group.arn)),
        ))
    })
}

fn failing(stack: &Stack<'_>, service: &Service, worst: &Target, so_far: &str) -> Judgement {
    let reason = worst.reason.as_deref().unwrap_or_default();
    let origins: &[&str] = match reason {
        "Target.ResponseCodeMismatch" => &["tg.health-path"],
        "Target.Timeout" => &[
            "sg.tiers-exist",
            "ecs.sg-source",
            "tg.health-path",
            "ecs.network",
        ],
        _ => &["tg.health-path", "ecs.sg-source", "taskdef.port"],
    };
    if let Some(blocked) = origin::explains(stack, origins, so_far) {
        return blocked;
    }
    if !steady::is_steady(service) && steady::is_rolling_out(stack, service) {
        return Judgement::pending(format!("{so_far} The tasks are still coming up."));
    }
    if let Some(unknown) = origin::unread(stack, origins, so_far) {
        return unknown;
    }
    if on_both_revisions(stack, service) {
        return Judgement::failed(
            Cause::RollbackCannotFixTargetGroup,
            format!("{so_far} The rollback changed nothing: the same health check fails on both revisions, so the fault is not in the task definition."),
        )
        .fix(Fix::say("A rollback brings an earlier task definition back, never target group, listener or security group. Compare those with the lesson."));
    }
    let port = stack.chapter().port;
    let path = &stack.chapter().health_path;
    match reason {
        "Target.ResponseCodeMismatch" => {
            let codes = worst.description.as_deref().map(one_line).unwrap_or_default();
            if codes.contains("404") {
                Judgement::failed(
                    Cause::HealthPathNotServed,
                    format!("{so_far} The app answers {path} with 404: groups, port and container are fine, the app does not serve that page."),
                )
                .fix(Fix::say(format!(
                    "Serve {path} (FastAPI does unless docs_url is changed), or say in landfall.toml which page the app has (health_path) and let the target group ask for it."
                )))
            } else {
                Judgement::failed(
                    Cause::HealthPathRedirectsOrErrors,
                    format!("{so_far} The app answers {path} with something other than 200 ({codes}): the network is fine, the answer is not."),
                )
                .fix(Fix::say("A redirect: check the address it leads to, or switch off the redirect to HTTPS inside the app (the load balancer does that). 401 or 403: leave that page open. 500: read the app's log."))
            }
        }
        "Target.Timeout" => Judgement::failed(
            Cause::AppNotListening,
            format!("{so_far} Requests to port {port} time out although the security groups let them through: the app hangs, or listens elsewhere."),
        )
        .fix(Fix::say(format!("Let it listen on 0.0.0.0:{port}, and answer {path} without waiting for database or cache.")))
        .fix(super::cure::logs(stack)),
        _ => Judgement::failed(
            Cause::AppNotListening,
            format!("{so_far} Connections to port {port} are refused: the app listens on 127.0.0.1 only, or on another port."),
        )
        .fix(Fix::say(format!("Start it with --host 0.0.0.0 --port {port}.")))
        .fix(super::cure::logs(stack)),
    }
}

/// A deployment was rolled back, and tasks of two revisions were replaced for the same reason.
fn on_both_revisions(stack: &Stack<'_>, service: &Service) -> bool {
    let rolled_back = service
        .history
        .present()
        .and_then(|history| history.first())
        .is_some_and(|newest| newest.status.starts_with("ROLLBACK"));
    let mut revisions: Vec<_> = match &stack.snapshot.stopped_tasks {
        Fact::Present(tasks) => tasks
            .iter()
            .filter(|task| {
                task.stopped_reason
                    .as_deref()
                    .is_some_and(|reason| reason.contains("failed ELB health checks"))
            })
            .map(|task| &task.definition)
            .collect(),
        _ => Vec::new(),
    };
    revisions.sort();
    revisions.dedup();
    rolled_back && revisions.len() > 1
}
