//! The service's tasks run and stay up; if not, why.

use super::diagnosis::{self, Diagnosis};
use super::stopped::{self, exit_code};
use super::{TARGETS, asked_to_run, cure, one_line, origin, stop_reason};
use crate::account::{Deployment, Fact, Service, ServiceEvent, Task, USUAL_ROLLOUT_SECONDS};
use crate::checks::cause::Cause;
use crate::checks::discovery::{service, target_group};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

const API: &str = "ecs:DescribeServices";

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
        let passed = Judgement::passed(format!(
            "{} runs {} of {} {}.",
            service.name,
            service.running,
            service.desired,
            tasks(service.desired)
        ))
        .seen(seen);
        return Ok(match rolled_back(service) {
            Some(remark) => passed.advise(remark),
            None => passed,
        });
    }
    Err(not_steady(stack, service, primary, by).seen(seen))
}

const fn tasks(number: u32) -> &'static str {
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

/// After a failed deployment the earlier revision runs on: it looks steady, and the new one is not out. Where the history
/// is not offered or not allowed, the deployments themselves may still list the failed one.
fn rolled_back(service: &Service) -> Option<String> {
    let Some(history) = service.history.present() else {
        let failed = service
            .deployments
            .iter()
            .find(|one| one.status != "PRIMARY" && one.rollout.as_deref() == Some("FAILED"))?;
        return Some(format!(
            "The deployment of {} failed, and {} runs on.",
            failed.definition.short(),
            service.definition.short()
        ));
    };
    let newest = history.first()?;
    newest.status.starts_with("ROLLBACK").then(|| {
        let rejected = newest
            .definition
            .as_ref()
            .filter(|definition| **definition != service.definition)
            .map_or_else(
                || "the last one".to_owned(),
                |definition| definition.short().to_owned(),
            );
        format!(
            "The last deployment was rolled back: {rejected} did not come up, and {} runs on.",
            service.definition.short()
        )
    })
}

fn not_steady(
    stack: &Stack<'_>,
    service: &Service,
    primary: &Deployment,
    by: FoundBy,
) -> Judgement {
    let running = format!(
        "{} runs {} of {} {}.",
        service.name,
        service.running,
        service.desired,
        tasks(service.desired)
    );
    if let Some(event) = quota_event(service) {
        return Judgement::pending(format!(
            "{running} AWS does not let this account run more of them at once; the quota of a new account often rises by itself as it is used."
        ))
        .because(Cause::FargateQuota)
        .seen(event_evidence(service, event, by))
        .fix(Fix::run(
            "Wait, or ask AWS to raise the quota (Fargate On-Demand vCPU resource count); smaller tasks need less of it.",
            stack.aws("service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 6"),
        ));
    }
    if is_rolling_out(stack, service) {
        return Judgement::pending(format!(
            "{running} The rollout of {} is under way; that usually takes 2 to 5 minutes.",
            primary.definition.short()
        ));
    }
    // The tasks that are counted may be those of the revision before.
    let running = if service.running >= service.desired {
        format!(
            "{} still runs {} {}, but {} does not come up.",
            service.name,
            service.running,
            tasks(service.running),
            primary.definition.short()
        )
    } else {
        running
    };
    let stopped: &[Task] = match &stack.snapshot.stopped_tasks {
        Fact::Present(tasks) => tasks,
        Fact::Absent => &[],
        Fact::Unknown(why) => return stack.cannot_tell(why, "why tasks stopped"),
    };
    match stopped::telling(stopped) {
        Some(group) => {
            let diagnosis = diagnosis::of(stack, &group);
            let seen = task_evidence(group.first(), group.tasks.len(), by);
            let judgement = match diagnosis {
                Diagnosis::Of(cause) => died_of(stack, &running, cause),
                Diagnosis::BalancerChecks => killed_by_balancer(stack, service, &running),
                Diagnosis::Unclear => unclear(stack, &running, group.first().started_at.is_some()),
            };
            judgement.seen(seen)
        }
        None => by_events(stack, service, &running, by),
    }
}

fn died_of(stack: &Stack<'_>, running: &str, cause: Cause) -> Judgement {
    if let Some(blocked) = origin::explains(stack, cure::origins(cause), running) {
        return blocked;
    }
    cure::fixes(stack, cause).into_iter().fold(
        Judgement::failed(
            cause,
            format!("{running} The reason: {}.", cure::words(cause)),
        ),
        Judgement::fix,
    )
}

/// The balancer found them unhealthy and ECS replaced them: the targets say why, unless it was too soon to ask.
fn killed_by_balancer(stack: &Stack<'_>, service: &Service, running: &str) -> Judgement {
    if let Some(blocked) = origin::explains(
        stack,
        &["tg.health-path", "ecs.sg-source", "ecs.grace-period"],
        running,
    ) {
        return blocked;
    }
    let targets = stack.judgement_of(TARGETS.as_str());
    if targets.verdict == Verdict::Failed {
        return Judgement::blocked(TARGETS, format!("{running} {}", targets.summary));
    }
    if let Ok((group, _)) = target_group::find(stack) {
        let health = &group.health;
        let needed = health
            .interval_seconds
            .saturating_mul(health.unhealthy_threshold);
        if service.grace_seconds < needed {
            return Judgement::failed(
                Cause::GracePeriodTooShort,
                format!(
                    "{running} The load balancer calls them unhealthy before they are up: they have {} seconds, and {} checks of {} seconds take {needed}.",
                    service.grace_seconds, health.unhealthy_threshold, health.interval_seconds
                ),
            )
            .fix(Fix::run(
                "Give them the time of their start, plus interval times threshold.",
                stack.aws(format!(
                    "ecs update-service --cluster {} --service {} --health-check-grace-period-seconds {}",
                    stack.chapter().service.cluster,
                    service.name,
                    needed.saturating_add(60)
                )),
            ));
        }
    }
    unclear(stack, running, true)
}

fn unclear(stack: &Stack<'_>, running: &str, started: bool) -> Judgement {
    if let Some(known) = behind(stack, running) {
        return known;
    }
    if started {
        let summary = format!("{running} They start and stop again and again.");
        Judgement::failed(Cause::CrashLoop, summary).fix(cure::logs(stack))
    } else {
        let summary = format!("{running} They stop again and again before a container runs.");
        Judgement::failed(Cause::CrashLoop, summary).fix(cure::stopped_tasks(stack))
    }
}

/// What another check found, or could not look at: then it may be that.
fn behind(stack: &Stack<'_>, running: &str) -> Option<Judgement> {
    origin::explains(stack, super::BEHIND_TASKS, running)
        .or_else(|| origin::unread(stack, super::BEHIND_TASKS, running))
}

/// No stopped task to look at: the service's own words.
fn by_events(stack: &Stack<'_>, service: &Service, running: &str, by: FoundBy) -> Judgement {
    let told = service
        .events
        .iter()
        .take(20)
        .find_map(|event| stop_reason::cause(&event.message).map(|cause| (event, cause)));
    if let Some((event, cause)) = told {
        return died_of(stack, running, cause).seen(event_evidence(service, event, by));
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
    let failed = service
        .deployments
        .iter()
        .any(|one| one.status == "PRIMARY" && one.rollout.as_deref() == Some("FAILED"));
    if service.running >= service.desired && !failed {
        return Judgement::pending(format!(
            "{} runs {} of {} {}. The rollout has not ended yet: ECS waits until the load balancer finds the new tasks healthy, and with blue/green for its bake time.",
            service.name,
            service.running,
            service.desired,
            tasks(service.desired)
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
            stack.aws(format!(
                "ecs update-service --cluster {} --service {} --force-new-deployment",
                stack.chapter().service.cluster,
                service.name
            )),
        ))
        .fix(cure::logs(stack))
}

/// The newest word on placing tasks is that the account may not run more.
fn quota_event(service: &Service) -> Option<&ServiceEvent> {
    service
        .events
        .iter()
        .take(5)
        .find(|event| stop_reason::cause(&event.message) == Some(Cause::FargateQuota))
        .filter(|_| service.running < service.desired)
}

fn event_evidence(service: &Service, event: &ServiceEvent, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &service.name,
        "events",
        "no complaint",
        one_line(&event.message),
        by,
    )
}

fn task_evidence(task: &Task, how_many: usize, by: FoundBy) -> Evidence {
    let exit = exit_code(task).map_or_else(String::new, |code| format!(", exit code {code}"));
    let code = task.stop_code.as_deref().unwrap_or("no stop code");
    Evidence::new(
        "ecs:DescribeTasks",
        &task.id,
        format!("stopCode, stoppedReason ({how_many} alike)"),
        "running",
        format!("{code}: {}{exit}", one_line(&stopped::words(task))),
        by,
    )
}
