//! The service registers its tasks in a target group that requests reach.

use super::{seen, update};
use crate::account::{Fact, Service, ServiceTarget, TargetGroup};
use crate::checks::cause::Cause;
use crate::checks::container::{maps, of_app};
use crate::checks::discovery::{balancer, definition, list, service, target_group};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::found_values::known;
use crate::checks::ids::CheckId;
use crate::checks::routing::{forwards_to, group_name};
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

const PORT: CheckId = CheckId("taskdef.port");
const HTTPS: CheckId = CheckId("listener.https");
const HTTP: CheckId = CheckId("listener.http-redirects");

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, by) = service::needed(stack)?;
    if service.target_groups.is_empty() {
        return Err(no_target_group(stack, service, by));
    }
    let groups = list(&stack.snapshot.target_groups, "the target groups")
        .map_err(|gap| gap.judgement(&target_group::TARGET_GROUP))?;
    let Some(target) = target_group::target_of(stack, service, groups) else {
        return Err(no_target_group(stack, service, by));
    };
    let serving = target_group::serving(target, groups)
        .map_err(|gap| gap.judgement(&target_group::TARGET_GROUP))?;
    let Some(group) = serving else {
        return Err(gone(stack, service, target, by));
    };
    is_forwarded_to(stack, service, group, by)?;
    container_is_there(stack, service, target, by)?;
    Ok(Judgement::passed(format!(
        "{} registers port {} of {} in {}.",
        service.name, target.port, target.container, group.name
    ))
    .seen(seen(service, "loadBalancers", &group.name, &group.name, by)))
}

fn no_target_group(stack: &Stack<'_>, service: &Service, by: FoundBy) -> Judgement {
    let group = known(stack, "tg.arn", "TARGET-GROUP-ARN");
    let container = definition::find(stack)
        .ok()
        .and_then(|(definition, _)| of_app(stack, definition))
        .map_or("CONTAINER-NAME", |container| container.name.as_str());
    Judgement::failed(
        Cause::ServiceNotLoadBalanced,
        format!(
            "{} has no target group: its tasks run, but no request ever reaches them.",
            service.name
        ),
    )
    .seen(seen(service, "loadBalancers", "a target group", "none", by))
    .fix(update(
        stack,
        "Give it the target group; the tasks are replaced.",
        service,
        &registering(&group, container, stack.chapter().port),
    ))
}

/// Some listener leads to it: AWS lists the balancers in front of a group, and the listeners themselves tell.
fn is_forwarded_to(
    stack: &Stack<'_>,
    service: &Service,
    group: &TargetGroup,
    by: FoundBy,
) -> Result<(), Judgement> {
    if !group.balancers.is_empty() {
        return Ok(());
    }
    let balancers = list(&stack.snapshot.balancers, "the load balancers")
        .map_err(|gap| gap.judgement(&balancer::BALANCER))?;
    for balancer in balancers {
        let listeners = match &balancer.listeners {
            Fact::Present(listeners) => listeners.as_slice(),
            _ => &[],
        };
        if listeners
            .iter()
            .any(|listener| forwards_to(listener, &group.arn) == Some(true))
        {
            return Ok(());
        }
    }
    // Which listener ought to is said there.
    let listener = if stack.chapter().has_domain {
        HTTPS
    } else {
        HTTP
    };
    let judgement = stack.judgement_of(listener.as_str());
    if !judgement.verdict.is_done() && judgement.verdict != Verdict::Unknown {
        return Err(Judgement::blocked(listener, judgement.summary));
    }
    Err(not_in_use(stack, service, group, by))
}

/// The service names a target group that was deleted: no task can be registered there any more.
fn gone(stack: &Stack<'_>, service: &Service, target: &ServiceTarget, by: FoundBy) -> Judgement {
    Judgement::failed(
        Cause::TargetNotInUse,
        format!(
            "{} registers its tasks in the target group {}, which no longer exists.",
            service.name,
            group_name(&target.target_group)
        ),
    )
    .seen(seen(
        service,
        "loadBalancers.targetGroupArn",
        "a target group that exists",
        &target.target_group,
        by,
    ))
    .fix(update(
        stack,
        "Let it register in the target group that your listener forwards to; the tasks are replaced.",
        service,
        &registering(&known(stack, "tg.arn", "TARGET-GROUP-ARN"), &target.container, target.port),
    ))
}

fn registering(group: &str, container: &str, port: u16) -> String {
    format!(
        "--load-balancers targetGroupArn={group},containerName={container},containerPort={port}"
    )
}

fn not_in_use(stack: &Stack<'_>, service: &Service, group: &TargetGroup, by: FoundBy) -> Judgement {
    Judgement::failed(
        Cause::TargetNotInUse,
        format!(
            "{} registers its tasks in {}, but no listener forwards to it: no request reaches them.",
            service.name, group.name
        ),
    )
    .seen(Evidence::new(
        "elasticloadbalancing:DescribeTargetGroups",
        &group.arn,
        "LoadBalancerArns",
        "the load balancer",
        "none",
        by,
    ))
    .fix(Fix::run(
        "Let the listener forward to it.",
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --default-actions Type=forward,TargetGroupArn={}",
            app_listener(stack).unwrap_or("LISTENER-ARN"),
            group.arn
        )),
    ))
}

/// The listener that requests come in by: 443 with a domain, else 80.
fn app_listener<'a>(stack: &Stack<'a>) -> Option<&'a str> {
    let (balancer, _) = balancer::find(stack).ok()?;
    let port = if stack.chapter().has_domain { 443 } else { 80 };
    balancer
        .listeners
        .present()?
        .iter()
        .find(|listener| listener.port == port)
        .map(|listener| listener.arn.as_str())
}

/// The container and port the service registers are in the definition.
fn container_is_there(
    stack: &Stack<'_>,
    service: &Service,
    target: &ServiceTarget,
    by: FoundBy,
) -> Result<(), Judgement> {
    let (definition, _) = definition::needed(stack)?;
    let container = definition
        .containers
        .iter()
        .find(|one| one.name == target.container);
    if container.is_some_and(|container| maps(container, target.port)) {
        return Ok(());
    }
    let port = stack.judgement_of(PORT.as_str());
    if container.is_some() && port.verdict == Verdict::Failed {
        return Err(Judgement::blocked(PORT, port.summary));
    }
    let observed: Vec<String> = definition
        .containers
        .iter()
        .flat_map(|one| {
            one.ports
                .iter()
                .map(move |mapping| format!("{}:{}", one.name, mapping.container))
        })
        .collect();
    let wanted = format!("{}:{}", target.container, target.port);
    Err(Judgement::failed(
        Cause::ServiceNotLoadBalanced,
        format!(
            "{} registers {wanted}, which {} does not have.",
            service.name,
            definition.arn.short()
        ),
    )
    .seen(seen(
        service,
        "loadBalancers.containerName, containerPort",
        if observed.is_empty() {
            "a mapped port".to_owned()
        } else {
            observed.join(", ")
        },
        &wanted,
        by,
    ))
    .fix(update(
        stack,
        "Name the container and port as the definition does.",
        service,
        &registering(
            target.target_group.as_str(),
            of_app(stack, definition).map_or("CONTAINER-NAME", |one| one.name.as_str()),
            stack.chapter().port,
        ),
    )))
}
