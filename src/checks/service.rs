//! The service: on Fargate, the right revision, enough tasks, behind the balancer, able to reach what it needs.

use super::cause::Cause;
use super::check::Check;
use super::discovery::definition;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::{Area, Service};

mod balanced;
mod count;
mod endpoints;
mod exists;
mod grace;
mod network;
mod revision;
mod source;
mod stateless;
mod way;

pub(super) use way::{Launch, Way, to_registry};

const API: &str = "ecs:DescribeServices";

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ecs.service",
        "The service runs on Fargate",
        &[
            Area::Cluster,
            Area::Service,
            Area::Definitions,
            Area::Balancers,
            Area::Certificates,
            Area::Dns,
            Area::Network,
        ],
        |stack| Judgement::settle(exists::judge(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Blocked, Unknown],
        &[Cause::NotOnFargate],
    ),
    Check::must(
        "ecs.runs-registered-revision",
        "It runs a registered revision",
        &[
            Area::Service,
            Area::Definitions,
            Area::Registry,
            Area::Tasks,
        ],
        |stack| Judgement::settle(revision::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::OldRevisionRunning],
    ),
    Check::must(
        "ecs.desired-count",
        "It runs enough tasks",
        &[Area::Service, Area::Databases, Area::Network],
        |stack| Judgement::settle(count::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::DesiredCountLow],
    ),
    Check::must(
        "ecs.load-balanced",
        "It registers its tasks with the load balancer",
        &[
            Area::Service,
            Area::Balancers,
            Area::Definitions,
            Area::Network,
        ],
        |stack| Judgement::settle(balanced::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::ServiceNotLoadBalanced, Cause::TargetNotInUse],
    ),
    Check::must(
        "ecs.grace-period",
        "New tasks get time to start",
        &[Area::Service, Area::Balancers, Area::Network],
        |stack| Judgement::settle(grace::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::GracePeriodTooShort],
    ),
    Check::must(
        "ecs.network",
        "Tasks reach the registry and are reached",
        // The tasks tell whether the network ACLs and the VPC's DNS are asked for.
        &[
            Area::Service,
            Area::Tasks,
            Area::Network,
            Area::Routes,
            Area::Balancers,
            Area::Definitions,
        ],
        |stack| Judgement::settle(network::judge(stack)),
    )
    .may(
        &[Passed, Failed, Pending, Blocked, Unknown],
        &[
            Cause::WrongVpc,
            Cause::TargetNotInUse,
            Cause::NoRouteToRegistry,
            Cause::VpcDnsOff,
        ],
    ),
    Check::must(
        "ecs.sg-source",
        "Tasks admit the load balancer and nobody else",
        // The data stores too: a group that the tasks share with one of them is the cause of a crossed link. And the tasks,
        // which tell whether the network ACLs are asked for.
        &[
            Area::Service,
            Area::Tasks,
            Area::Network,
            Area::Balancers,
            Area::Databases,
            Area::Caches,
        ],
        |stack| Judgement::settle(source::judge(stack)),
    )
    .follows(&["tg.same-vpc"])
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[
            Cause::TaskPortClosedToAlb,
            Cause::SourceIsCidr,
            Cause::SourceIsOtherGroup,
        ],
    ),
    Check::must(
        "ecs.stateless",
        "Tasks keep nothing",
        &[Area::Definitions, Area::Service],
        |stack| Judgement::settle(stateless::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::StatefulContainer, Cause::ComposeHostnameLeft],
    ),
    Check::advice(
        "ecs.rollback-ready",
        "There is a revision to go back to",
        &[Area::Definitions, Area::Service],
        |stack| Judgement::settle(rollback_ready(stack)),
    )
    .may(&[Passed, Blocked, Unknown], &[]),
];

/// One field of the service as it was read.
fn seen(
    service: &Service,
    field: &str,
    expected: impl std::fmt::Display,
    observed: impl std::fmt::Display,
    by: FoundBy,
) -> Evidence {
    Evidence::new(API, &service.name, field, expected, observed, by)
}

/// A change of the service, as a command.
fn update(stack: &Stack<'_>, say: &str, service: &Service, change: &str) -> Fix {
    Fix::run(
        say,
        stack.aws(format!(
            "ecs update-service --cluster {} --service {} {change}",
            stack.chapter().service.cluster,
            service.name
        )),
    )
}

/// An earlier revision than the one that runs; after a rollback a later one will do.
fn rollback_ready(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (running, by) = definition::needed(stack)?;
    let revisions = super::discovery::list(
        &stack.snapshot.revisions,
        "the revisions of the task definition",
    )
    .map_err(|gap| gap.judgement(&definition::DEFINITION))?;
    let earlier = revisions.iter().find(|one| {
        **one != running.arn
            && one.family() == running.arn.family()
            && one.number() < running.arn.number()
    });
    let other = earlier.or_else(|| revisions.iter().find(|one| **one != running.arn));
    let seen = |observed: &str| {
        Evidence::new(
            "ecs:ListTaskDefinitions",
            running.arn.family(),
            "taskDefinitionArns",
            "an earlier ACTIVE revision",
            observed,
            by,
        )
    };
    Ok(match other {
        Some(other) => Judgement::passed(format!("{} is there to go back to.", other.short()))
            .seen(seen(other.short())),
        None => Judgement::passed(format!("{} is the only revision.", running.arn.short()))
            .seen(seen("none"))
            .advise("Bring out a second revision and go back once: then a rollback is nothing new when you need it."),
    })
}
