//! The parts of the stack that changes are told of, and which of them stand behind each check.

use serde::Serialize;

/// Where a change was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    RootAccount,
    User,
    Budget,
    Registry,
    BalancerGroup,
    TaskGroup,
    DatabaseGroup,
    CacheGroup,
    /// Routes, NAT gateways, endpoints.
    Network,
    Database,
    Cache,
    Parameters,
    Balancer,
    Listener,
    TargetGroup,
    Certificate,
    LogGroup,
    Role,
    Cluster,
    Definition,
    Service,
    /// What is new and costs money, whoever made it.
    Costs,
    /// The learner's own `landfall.toml`, or the course.
    Settings,
}

use Part::*;

/// Whatever keeps tasks from running.
const BEHIND_TASKS: &[Part] = &[
    Service,
    Definition,
    Registry,
    Role,
    Parameters,
    LogGroup,
    TaskGroup,
    DatabaseGroup,
    CacheGroup,
    Database,
    Cache,
    Network,
    TargetGroup,
    Listener,
    Cluster,
    Settings,
];

/// By a check's id or the first part of it; the first line that fits counts. Within a line the likeliest comes first.
const BEHIND: &[(&str, &[Part])] = &[
    ("root.", &[RootAccount]),
    ("budget.", &[Budget]),
    ("caller.", &[User]),
    ("user.", &[User, Settings]),
    ("ecr.", &[Registry, Settings]),
    (
        "sg.",
        &[
            BalancerGroup,
            TaskGroup,
            DatabaseGroup,
            CacheGroup,
            Settings,
        ],
    ),
    ("rds.sg-source", &[DatabaseGroup, TaskGroup, Settings]),
    ("rds.", &[Database, Settings]),
    ("redis.sg-source", &[CacheGroup, TaskGroup, Settings]),
    ("redis.", &[Cache, Settings]),
    ("ssm.", &[Parameters, Settings]),
    ("alb.sg-open", &[BalancerGroup, Settings]),
    ("alb.", &[Balancer, Network, Settings]),
    (
        "tg.targets-healthy",
        &[
            TargetGroup,
            Listener,
            TaskGroup,
            BalancerGroup,
            Service,
            Definition,
            Registry,
            DatabaseGroup,
            CacheGroup,
            Network,
        ],
    ),
    ("tg.", &[TargetGroup, Settings]),
    ("acm.covers-host", &[Listener, Certificate, Settings]),
    ("acm.", &[Certificate, Settings]),
    (
        "listener.",
        &[Listener, Balancer, TargetGroup, Certificate, Settings],
    ),
    ("dns.", &[Balancer, Settings]),
    ("ecs.cluster", &[Cluster, Settings]),
    ("logs.", &[LogGroup, Definition, Settings]),
    ("role.", &[Role, Definition, Parameters, Settings]),
    ("taskdef.image-exists", &[Registry, Definition, Settings]),
    (
        "taskdef.secrets-resolve",
        &[Parameters, Definition, Settings],
    ),
    ("taskdef.logs", &[Definition, LogGroup, Settings]),
    ("taskdef.", &[Definition, Service, Settings]),
    (
        "ecs.load-balanced",
        &[Service, Listener, TargetGroup, Definition],
    ),
    ("ecs.grace-period", &[Service, TargetGroup]),
    ("ecs.network", &[Service, Network, Balancer, TaskGroup]),
    ("ecs.sg-source", &[TaskGroup, BalancerGroup, Settings]),
    (
        "ecs.runs-registered-revision",
        &[Service, Definition, Settings],
    ),
    ("ecs.stateless", &[Definition, Service]),
    ("ecs.steady", BEHIND_TASKS),
    ("ecs.", &[Service, Cluster, Definition, Settings]),
    (
        "endpoint.",
        &[
            Balancer,
            BalancerGroup,
            Listener,
            TargetGroup,
            Certificate,
            Service,
            Settings,
        ],
    ),
    ("leftovers.", &[Costs]),
];

/// The parts behind a check; none for what no look can show, as what was confirmed by hand.
pub(super) fn behind(check: &str) -> &'static [Part] {
    BEHIND
        .iter()
        .find(|(id, _)| check.starts_with(id))
        .map_or(&[], |(_, parts)| parts)
}
