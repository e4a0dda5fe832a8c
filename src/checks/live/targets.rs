//! What the balancer thinks of the tasks.

use super::{BALANCED, STEADY, asked_to_run, one_line, origin, steady};
use crate::account::{Fact, Service, Target, TargetGroup, Task, Why};
use crate::checks::cause::Cause;
use crate::checks::discovery::{service, target_group};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

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
    Err(unhealthy(stack, service, group, worst, healthy).seen(evidence(group, worst, by)))
}

/// What is registered and not on its way out, told apart by whether a task stands behind it.
struct Registered<'a> {
    own: Vec<&'a Target>,
    strangers: Vec<&'a Target>,
    known_by: KnownBy<'a>,
}

/// How targets and tasks were matched.
#[derive(Clone, Copy)]
enum KnownBy<'a> {
    Addresses,
    /// No task with an address is listed.
    NoTask,
    /// The tasks could not be read.
    Nothing(&'a Why),
}

impl<'a> Registered<'a> {
    /// By the addresses of the tasks that run or are about to.
    fn sort(
        stack: &Stack<'a>,
        service: &Service,
        group: &TargetGroup,
        targets: Vec<&'a Target>,
    ) -> Self {
        let tasks: &[Task] = match &stack.snapshot.tasks {
            Fact::Present(tasks) => tasks,
            Fact::Absent => &[],
            Fact::Unknown(why) => {
                return Registered {
                    own: targets,
                    strangers: Vec::new(),
                    known_by: KnownBy::Nothing(why),
                };
            }
        };
        if tasks.iter().all(|task| task.addresses.is_empty()) {
            return Registered {
                own: targets,
                strangers: Vec::new(),
                known_by: KnownBy::NoTask,
            };
        }
        let port = service
            .target_groups
            .iter()
            .find(|target| {
                target.target_group == group.arn || target.alternate.as_ref() == Some(&group.arn)
            })
            .map(|target| target.port);
        let is_task = |target: &&Target| {
            let same_port = target.port.is_none() || port.is_none() || target.port == port;
            same_port && tasks.iter().any(|task| task.addresses.contains(&target.id))
        };
        let (own, strangers) = targets.into_iter().partition(is_task);
        Registered {
            own,
            strangers,
            known_by: KnownBy::Addresses,
        }
    }

    /// The tasks' own; where there is none of them, whatever there is.
    fn judged(&self) -> &[&'a Target] {
        if self.own.is_empty() {
            &self.strangers
        } else {
            &self.own
        }
    }

    /// How many tasks are healthy targets.
    fn healthy(&self) -> usize {
        self.own
            .iter()
            .filter(|target| target.state == "healthy")
            .count()
    }
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
    match registered.known_by {
        KnownBy::Addresses => {}
        KnownBy::Nothing(why) => {
            return Err(stack.cannot_tell(why, "the running tasks").seen(seen));
        }
        KnownBy::NoTask => {
            return Err(Judgement::unknown(format!(
                "AWS lists no running task of {} with an address, so its targets cannot be matched with them.",
                service.name
            ))
            .seen(seen));
        }
    }
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
    .fix(redeploy(stack, service)))
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

fn unhealthy(
    stack: &Stack<'_>,
    service: &Service,
    group: &TargetGroup,
    worst: &Target,
    healthy: usize,
) -> Judgement {
    let so_far = counted(healthy, service.desired);
    let reason = worst.reason.as_deref().unwrap_or_default();
    match (worst.state.as_str(), reason) {
        // AWS lists an unusable address as unused: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
        (_, "Elb.InternalError" | "Target.IpUnusable") => Judgement::pending(format!(
            "{so_far} AWS has trouble of its own with a target ({reason}); it usually passes within minutes."
        ))
        .fix(Fix::say("If it stays for more than half an hour: the AWS Health Dashboard, then AWS support.")),
        (_, "Target.NotInUse") | ("unused", "") => not_in_use(stack, group, &so_far),
        ("initial", _) => Judgement::pending(format!(
            "{so_far} The first health checks are under way; that takes about {} seconds.",
            group.health.healthy_threshold.saturating_mul(group.health.interval_seconds)
        )),
        ("unhealthy", _) => failing(stack, service, worst, &so_far),
        (other, _) => Judgement::unknown(format!(
            "{so_far} One is in a state that says nothing about the app: {}.",
            one_line(&format!("{other} {reason}"))
        )),
    }
}

fn not_in_use(stack: &Stack<'_>, group: &TargetGroup, so_far: &str) -> Judgement {
    let listener = if stack.chapter().has_domain {
        "listener.https"
    } else {
        "listener.http-redirects"
    };
    let origins = [
        listener,
        "ecs.load-balanced",
        "alb.two-zones",
        "ecs.network",
    ];
    let causes = [
        Cause::TargetNotInUse,
        Cause::HttpsListenerMissing,
        Cause::ServiceNotLoadBalanced,
        Cause::SingleZoneAlb,
        Cause::WrongVpc,
    ];
    origin::explains_by(stack, &origins, &causes, so_far).unwrap_or_else(|| {
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
    // A page that is asked for wrongly explains every failure; a shut door only silence.
    if let Some(blocked) = origin::explains(stack, &["tg.health-path"], so_far) {
        return blocked;
    }
    let doors: &[&str] = match reason {
        "Target.Timeout" => &["ecs.sg-source", "ecs.network"],
        _ => &["taskdef.port"],
    };
    let shut = [
        Cause::TaskPortClosedToAlb,
        Cause::WrongVpc,
        Cause::TargetNotInUse,
        Cause::PortNotMapped,
    ];
    if let Some(blocked) = origin::explains_by(stack, doors, &shut, so_far) {
        return blocked;
    }
    if !steady::is_steady(service) && steady::is_rolling_out(stack, service) {
        return Judgement::pending(format!("{so_far} The tasks are still coming up."));
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
            let codes = worst.description.as_deref().map_or_else(|| "AWS does not say which code".to_owned(), one_line);
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
        "Target.Timeout" => silent(stack, so_far),
        _ => Judgement::failed(
            Cause::AppNotListening,
            format!("{so_far} Connections to port {port} are refused: the app is not up, listens on 127.0.0.1 only, or on another port."),
        )
        .fix(Fix::say(format!("Start it with --host 0.0.0.0 --port {port}.")))
        .fix(super::cure::logs(stack)),
    }
}

/// No answer at all: a shut door or an app that hangs. Which, only the groups tell.
fn silent(stack: &Stack<'_>, so_far: &str) -> Judgement {
    let port = stack.chapter().port;
    let groups = stack.judgement_of(DOOR);
    if groups.verdict == Verdict::Unknown {
        return Judgement {
            summary: format!(
                "{so_far} Requests to port {port} time out. That is a shut security group or an app that hangs; which cannot be told: {}",
                groups.summary
            ),
            ..groups
        };
    }
    Judgement::failed(
        Cause::AppNotListening,
        format!("{so_far} Requests to port {port} time out although the security groups let them through: the app hangs, or listens elsewhere."),
    )
    .fix(Fix::say(format!(
        "Let it listen on 0.0.0.0:{port}, and answer {} without waiting for database or cache. (If somebody changed the network ACLs of the subnets: they have to let port {port} in and 1024 to 65535 out.)",
        stack.chapter().health_path
    )))
    .fix(super::cure::logs(stack))
}

const DOOR: &str = "ecs.sg-source";

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
