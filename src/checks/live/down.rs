//! "Why is nothing running?", in order, stopping at the first hit: the quota, a rollout that is under way, the stopped tasks of
//! the revision that counts, the service's own events.

use super::diagnosis::{self, Diagnosis};
use super::stopped::{self, Group, exit_code};
use super::{
    TARGETS, cure, events, log_cure, one_line, origin, recall, rejected, ruled_out, steady,
};
use crate::account::{Deployment, Fact, Service, Task, VpcDns};
use crate::checks::cause::Cause;
use crate::checks::command::redeploy;
use crate::checks::discovery::{target_group, vpc};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;
use events::{by_events, event_evidence, quota_event};
use steady::tasks;

pub(super) fn why(
    stack: &Stack<'_>,
    service: &Service,
    primary: &Deployment,
    by: FoundBy,
) -> Judgement {
    let running = steady::runs(service);
    if let Some(event) = quota_event(service) {
        return Judgement::pending(format!(
            "{running} AWS does not let this account run more of them at once; the quota of a new account often rises by itself as it is used."
        ))
        .because(Cause::FargateQuota)
        .rules_out("Your image, role and network: no task was even begun.")
        .seen(event_evidence(service, event, by))
        .fix(Fix::run(
            "Wait, or ask AWS to raise the quota (Fargate On-Demand vCPU resource count); smaller tasks need less of it.",
            stack.aws("service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 6"),
        ));
    }
    if steady::is_rolling_out(stack, service) {
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
    let judgement = match stopped::telling(stopped, rejected::revision(service)) {
        Some(group) => by_tasks(stack, service, &running, &group, by),
        None if stopped::only_spot(stopped) => taken_back(&running),
        None => by_events(stack, service, &running, by),
    };
    if stopped.iter().any(stopped::taken_back) {
        judgement.rules_out(
            "A Spot interruption: AWS took a machine back, which is harmless; ECS starts another task.",
        )
    } else {
        judgement
    }
}

/// Spot tasks come and go.
fn taken_back(running: &str) -> Judgement {
    Judgement::pending(format!(
        "{running} AWS took a Spot task back, as it may at any time; the service starts another one, usually within 2 minutes."
    ))
}

fn by_tasks(
    stack: &Stack<'_>,
    service: &Service,
    running: &str,
    group: &Group<'_>,
    by: FoundBy,
) -> Judgement {
    let diagnosis = diagnosis::of(stack, group);
    let judgement = match diagnosis {
        Diagnosis::BalancerChecks => killed_by_balancer(stack, service, running),
        Diagnosis::Verbatim | Diagnosis::Unclear => unclear(stack, running, group, diagnosis),
        Diagnosis::Of(cause) => died_of(stack, running, cause, &timed(group, "")),
        Diagnosis::Said(..) | Diagnosis::Heard(_) | Diagnosis::Silent | Diagnosis::Unheard(_) => {
            ended(stack, running, group, diagnosis)
        }
    };
    let judgement = log_cure::evidence(stack, judgement, diagnosis, by);
    let judgement = judgement.seen(task_evidence(stack, group, by));
    let judgement = match diagnosis {
        Diagnosis::Said(_, said, _) => match ruled_out::by_log(said) {
            Some(sentence) => judgement.rules_out(sentence),
            None => judgement,
        },
        _ => judgement,
    };
    let judgement = ruled_out::by_task(judgement, group.first(), diagnosis.cause());
    match again(stack, service, group.first()) {
        Some(fix) if judgement.verdict == Verdict::Failed => judgement.fix(fix),
        _ => judgement,
    }
}

/// The news is old: it may be repaired by now, and ECS does not try again by itself.
fn again(stack: &Stack<'_>, service: &Service, task: &Task) -> Option<Fix> {
    task.remembered_at?;
    Some(Fix::run(
        "Repaired since? Let it try again, and check within the hour.",
        redeploy(stack, &service.name),
    ))
}

/// What a group of stopped tasks died of, as a sentence or two.
pub(super) fn reason(group: &Group<'_>, diagnosis: Diagnosis<'_>) -> String {
    let why = match diagnosis {
        Diagnosis::Of(cause) => format!("The reason: {}.", cure::words(cause)),
        Diagnosis::Said(..) | Diagnosis::Heard(_) | Diagnosis::Silent | Diagnosis::Unheard(_) => {
            log_cure::sentence(diagnosis)
        }
        Diagnosis::BalancerChecks => {
            "The reason: the load balancer's health checks failed.".to_owned()
        }
        Diagnosis::Verbatim => verbatim(group.first()),
        Diagnosis::Unclear => "Its tasks started and stopped again.".to_owned(),
    };
    timed(group, &why)
}

/// AWS's own words, as they are.
fn verbatim(task: &Task) -> String {
    format!(
        "AWS says: \"{}\".",
        one_line(&stopped::words(task)).trim_end_matches('.')
    )
}

/// With when it was first seen and how often since.
fn timed(group: &Group<'_>, sentence: &str) -> String {
    [Some(sentence.to_owned()), stopped::timeline(group)]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `more` follows the reason.
pub(super) fn died_of(stack: &Stack<'_>, running: &str, cause: Cause, more: &str) -> Judgement {
    if let Some(blocked) = origin::explains(stack, cure::origins(cause), running) {
        return blocked;
    }
    let (cause, words) = match cause {
        Cause::VpcDnsOff => names(stack),
        _ => (cause, cure::words(cause)),
    };
    // What shuts the way may be what could not be looked at, and each has its own repair.
    if cause == Cause::NoRouteToRegistry
        && let Some(unknown) = origin::unread(stack, &["ecs.network"], running)
    {
        return unknown;
    }
    let sentence = format!("{running} The reason: {words}. {more}");
    cure::fixes(stack, cause).into_iter().fold(
        Judgement::failed(cause, sentence.trim_end()),
        Judgement::fix,
    )
}

/// A name that does not resolve inside the VPC: because its DNS is off, if that was read; else only that is known.
fn names(stack: &Stack<'_>) -> (Cause, &'static str) {
    let dns = vpc::find(stack)
        .ok()
        .and_then(|(vpc, _)| stack.snapshot.network.dns.get(&vpc.id));
    match dns {
        Some(Fact::Present(VpcDns {
            resolves: false, ..
        })) => (Cause::VpcDnsOff, cure::words(Cause::VpcDnsOff)),
        Some(Fact::Present(_)) => (
            Cause::NoRouteToRegistry,
            "the names of AWS's services do not resolve there, although the VPC's own DNS is on (another DNS server in its DHCP options?)",
        ),
        _ => (
            Cause::NoRouteToRegistry,
            "the names of AWS's services do not resolve there",
        ),
    }
}

/// The container ended by itself.
fn ended(
    stack: &Stack<'_>,
    running: &str,
    group: &Group<'_>,
    diagnosis: Diagnosis<'_>,
) -> Judgement {
    let cause = diagnosis.cause().unwrap_or(Cause::AppCrash);
    if let Some(blocked) = origin::explains_end(stack, cure::origins(cause), running) {
        return blocked;
    }
    let sentence = timed(group, &log_cure::sentence(diagnosis));
    log_cure::fixes(stack, diagnosis).into_iter().fold(
        Judgement::failed(cause, format!("{running} {sentence}")),
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
    known_behind(stack, running).unwrap_or_else(|| again_and_again(stack, running))
}

fn unclear(
    stack: &Stack<'_>,
    running: &str,
    group: &Group<'_>,
    diagnosis: Diagnosis<'_>,
) -> Judgement {
    if let Some(known) = known_behind(stack, running) {
        return known;
    }
    if diagnosis == Diagnosis::Verbatim || group.first().started_at.is_none() {
        let said = timed(group, &verbatim(group.first()));
        let summary =
            format!("{running} They stop again and again before a container runs. {said}");
        return Judgement::failed(Cause::CrashLoop, summary).fix(cure::stopped_tasks(stack));
    }
    let judgement = again_and_again(stack, running);
    match stopped::timeline(group) {
        Some(timeline) => Judgement {
            summary: format!("{} {timeline}", judgement.summary),
            ..judgement
        },
        None => judgement,
    }
}

fn again_and_again(stack: &Stack<'_>, running: &str) -> Judgement {
    let summary = format!("{running} They start and stop again and again.");
    Judgement::failed(Cause::CrashLoop, summary).fix(cure::logs(stack))
}

/// What another check found, or could not look at: then it may be that.
fn known_behind(stack: &Stack<'_>, running: &str) -> Option<Judgement> {
    origin::explains(stack, super::BEHIND_TASKS, running)
        .or_else(|| origin::unread(stack, super::BEHIND_TASKS, running))
}

pub(super) fn task_evidence(stack: &Stack<'_>, group: &Group<'_>, by: FoundBy) -> Evidence {
    let task = group.first();
    let exit = exit_code(task).map_or_else(String::new, |code| format!(", exit code {code}"));
    let code = task.stop_code.as_deref().unwrap_or("no stop code");
    Evidence::new(
        "ecs:DescribeTasks",
        &task.id,
        format!("stopCode, stoppedReason ({} alike)", group.tasks.len()),
        "running",
        format!(
            "{code}: {}{exit}{}",
            one_line(&stopped::words(task)),
            earlier(stack, task)
        ),
        by,
    )
}

/// In parentheses, that it was not read just now.
fn earlier(stack: &Stack<'_>, task: &Task) -> String {
    recall::how_old(task, stack.snapshot.collected_at)
        .map_or_else(String::new, |words| format!(" ({words})"))
}
