//! A target that is not healthy: what AWS says of it, and what stands behind that.

use super::super::{cure, one_line, origin, steady};
use super::counted;
use crate::account::{Fact, Service, Target, TargetGroup};
use crate::checks::acl;
use crate::checks::cause::Cause;
use crate::checks::discovery::definition;
use crate::checks::finding::{Fix, Judgement};
use crate::checks::stack::Stack;
use crate::checks::{container, task_definition};

pub(super) fn judge(
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
        // What keeps the listener from being there.
        Cause::CertificateExpired,
        Cause::CertificatePendingDns,
        Cause::CertificateInOtherRegion,
    ];
    let known = origin::explains_by(stack, &origins, &causes, so_far)
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
    // A page that is asked for wrongly explains every failure; a shut door only silence.
    if let Some(blocked) = origin::explains(stack, &[HEALTH_PATH], so_far) {
        return blocked;
    }
    let doors: &[&str] = match reason {
        // Whoever answered was reached.
        "Target.ResponseCodeMismatch" => &[],
        "Target.Timeout" => &[DOOR, "ecs.network"],
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
    // A link that could not be looked at may be the broken one.
    let may_be: Vec<&str> = doors.iter().copied().chain([HEALTH_PATH]).collect();
    if let Some(unknown) = origin::unread(stack, &may_be, so_far) {
        return unknown;
    }
    if on_both_revisions(stack, service) {
        return rolled_back_in_vain(stack, worst, so_far);
    }
    by_reason(stack, worst, so_far)
}

/// What the health check met is the same before and after: what there is to do follows from that.
fn rolled_back_in_vain(stack: &Stack<'_>, worst: &Target, so_far: &str) -> Judgement {
    let judgement = Judgement::failed(
        Cause::RollbackCannotFixTargetGroup,
        format!("{so_far} The rollback changed nothing: the same health check fails on both revisions, so the fault is not in the task definition."),
    )
    .rules_out("Image and task definition: two revisions fail for the same reason.")
    .fix(Fix::say("A rollback brings an earlier task definition back, never target group, listener or security group. Compare those with the lesson."));
    by_reason(stack, worst, so_far)
        .fix
        .into_iter()
        .fold(judgement, Judgement::fix)
}

/// No other check explains it: what AWS says of the target does.
fn by_reason(stack: &Stack<'_>, worst: &Target, so_far: &str) -> Judgement {
    let reason = worst.reason.as_deref().unwrap_or_default();
    let path = &stack.chapter().health_path;
    match reason {
        "Target.ResponseCodeMismatch" => {
            let codes = worst
                .description
                .as_deref()
                .map_or_else(|| "AWS does not say which code".to_owned(), one_line);
            if codes.contains("404") {
                Judgement::failed(
                    Cause::HealthPathNotServed,
                    format!("{so_far} The app answers {path} with 404: groups, port and container are fine, the app does not serve that page."),
                )
                .rules_out(ANSWERED)
                .fix(Fix::say(format!(
                    "Serve {path} (FastAPI does unless docs_url is changed), or say in landfall.toml which page the app has (health_path) and let the target group ask for it."
                )))
            } else {
                Judgement::failed(
                    Cause::HealthPathRedirectsOrErrors,
                    format!("{so_far} The app answers {path} with something other than 200 ({codes}): the network is fine, the answer is not."),
                )
                .rules_out(ANSWERED)
                .fix(Fix::say("A redirect: check the address it leads to, or switch off the redirect to HTTPS inside the app (the load balancer does that). 401 or 403: leave that page open. 500: read the app's log."))
            }
        }
        "Target.Timeout" => silent(stack, so_far),
        _ => refused(stack, so_far),
    }
}

/// Somebody was reached, and nobody listens there.
fn refused(stack: &Stack<'_>, so_far: &str) -> Judgement {
    let port = stack.chapter().port;
    let on_loopback = command_on_loopback(stack);
    let why = match on_loopback {
        Some(container) => format!(
            "the command of {container} in the task definition lets the app listen on 127.0.0.1, where only the container reaches it"
        ),
        None => "the app is not up, listens on 127.0.0.1 only, or on another port".to_owned(),
    };
    let judgement = Judgement::failed(
        Cause::AppNotListening,
        format!("{so_far} Connections to port {port} are refused: {why}."),
    )
    .rules_out("Security group and route: a shut one gives time-outs, and these connections were refused at once.");
    let flags = format!("--host 0.0.0.0 --port {port}");
    if on_loopback.is_some() {
        let judgement = judgement.fix(Fix::say(format!(
            "Let that command end in {flags} ({}).",
            stack.chapter().definition_file
        )));
        return task_definition::register(stack, judgement);
    }
    judgement
        .fix(Fix::say(format!(
            "Start it with {flags}: in the Dockerfile's CMD, or in \"command\" in {}.",
            stack.chapter().definition_file
        )))
        .fix(cure::logs(stack))
}

/// The app's container, if its definition says itself that it listens on the loopback address.
fn command_on_loopback<'a>(stack: &Stack<'a>) -> Option<&'a str> {
    let (definition, _) = definition::find(stack).ok()?;
    let app = container::of_app(stack, definition)?;
    (app.command.binds_loopback || app.entry_point.binds_loopback).then_some(app.name.as_str())
}

/// No answer at all, and every door is known to be open: the app hangs.
fn silent(stack: &Stack<'_>, so_far: &str) -> Judgement {
    let port = stack.chapter().port;
    Judgement::failed(
        Cause::AppNotListening,
        format!("{so_far} Requests to port {port} time out although the security groups let them through: the app hangs, or listens elsewhere."),
    )
    .rules_out(if acl::were_read(stack) {
        "Security groups and network ACLs: they let the load balancer through to the tasks."
    } else {
        "Security groups: they let the load balancer through to the tasks."
    })
    .fix(Fix::say(format!(
        "Let it listen on 0.0.0.0:{port}, and answer {} without waiting for database or cache.{}",
        stack.chapter().health_path,
        if acl::were_read(stack) {
            String::new()
        } else {
            format!(" (If somebody changed the network ACLs of the subnets: they have to let port {port} in and 1024 to 65535 out.)")
        }
    )))
    .fix(cure::logs(stack))
}

const ANSWERED: &str =
    "Security group, port, route and container: whoever answers with a status was reached.";
const DOOR: &str = "ecs.sg-source";
const HEALTH_PATH: &str = "tg.health-path";

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
