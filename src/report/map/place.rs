//! What the map shows, and which checks speak of it.

use crate::checks::CheckId;
use serde::Serialize;

/// A part of the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeId {
    Internet,
    Balancer,
    TargetGroup,
    Tasks,
    Database,
    Cache,
    Registry,
    Parameters,
    Logs,
    Role,
}

/// A way from one part to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeId {
    InternetToBalancer,
    BalancerToTargetGroup,
    TargetGroupToTasks,
    TasksToDatabase,
    TasksToCache,
    TasksToRegistry,
    TasksToParameters,
    TasksToLogs,
    TasksToRole,
}

/// Either of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Part {
    Node(NodeId),
    Edge(EdgeId),
}

impl NodeId {
    /// In the order of a request, then what the tasks need.
    pub const ALL: [NodeId; 10] = [
        NodeId::Internet,
        NodeId::Balancer,
        NodeId::TargetGroup,
        NodeId::Tasks,
        NodeId::Database,
        NodeId::Cache,
        NodeId::Registry,
        NodeId::Parameters,
        NodeId::Logs,
        NodeId::Role,
    ];

    /// As JSON and anchors spell it.
    pub const fn id(self) -> &'static str {
        match self {
            NodeId::Internet => "internet",
            NodeId::Balancer => "balancer",
            NodeId::TargetGroup => "target-group",
            NodeId::Tasks => "tasks",
            NodeId::Database => "database",
            NodeId::Cache => "cache",
            NodeId::Registry => "registry",
            NodeId::Parameters => "parameters",
            NodeId::Logs => "logs",
            NodeId::Role => "role",
        }
    }

    /// What it is called on the map.
    pub const fn label(self) -> &'static str {
        match self {
            NodeId::Internet => "Internet",
            NodeId::Balancer => "Load balancer",
            NodeId::TargetGroup => "Target group",
            NodeId::Tasks => "Tasks",
            NodeId::Database => "Postgres",
            NodeId::Cache => "Redis",
            NodeId::Registry => "Registry",
            NodeId::Parameters => "Parameters",
            NodeId::Logs => "Logs",
            NodeId::Role => "Role",
        }
    }

    /// The checks that speak of it.
    pub const fn checks(self) -> &'static [&'static str] {
        match self {
            NodeId::Internet => &["endpoint.responds"],
            NodeId::Balancer => &["alb.active", "alb.two-zones"],
            NodeId::TargetGroup => &["tg.ip-targets", "tg.health-path", "tg.same-vpc"],
            NodeId::Tasks => &[
                "ecs.cluster",
                "taskdef.registered",
                "taskdef.matches-file",
                "taskdef.fargate-size",
                "ecs.service",
                "ecs.runs-registered-revision",
                "ecs.desired-count",
                "ecs.stateless",
                "ecs.steady",
                "ecs.rollback-ready",
            ],
            NodeId::Database => &[
                "rds.subnet-group",
                "rds.postgres",
                "rds.available",
                "rds.private",
                "rds.encrypted",
                "rds.backups",
                "rds.database-name",
            ],
            NodeId::Cache => &["redis.available", "redis.tls"],
            NodeId::Registry => &[
                "ecr.repository",
                "ecr.scan-on-push",
                "ecr.image-pushed",
                "ecr.three-tags-one-digest",
                "ecr.sha-in-git",
                "ecr.architecture",
            ],
            NodeId::Parameters => &["ssm.database-url", "ssm.redis-url"],
            NodeId::Logs => &["logs.group"],
            NodeId::Role => &["role.execution"],
        }
    }
}

impl EdgeId {
    /// In the order of a request, then what the tasks need.
    pub const ALL: [EdgeId; 9] = [
        EdgeId::InternetToBalancer,
        EdgeId::BalancerToTargetGroup,
        EdgeId::TargetGroupToTasks,
        EdgeId::TasksToDatabase,
        EdgeId::TasksToCache,
        EdgeId::TasksToRegistry,
        EdgeId::TasksToParameters,
        EdgeId::TasksToLogs,
        EdgeId::TasksToRole,
    ];

    /// As JSON and anchors spell it.
    pub const fn id(self) -> &'static str {
        match self {
            EdgeId::InternetToBalancer => "internet-to-balancer",
            EdgeId::BalancerToTargetGroup => "balancer-to-target-group",
            EdgeId::TargetGroupToTasks => "target-group-to-tasks",
            EdgeId::TasksToDatabase => "tasks-to-database",
            EdgeId::TasksToCache => "tasks-to-cache",
            EdgeId::TasksToRegistry => "tasks-to-registry",
            EdgeId::TasksToParameters => "tasks-to-parameters",
            EdgeId::TasksToLogs => "tasks-to-logs",
            EdgeId::TasksToRole => "tasks-to-role",
        }
    }

    /// From where to where.
    pub const fn ends(self) -> (NodeId, NodeId) {
        match self {
            EdgeId::InternetToBalancer => (NodeId::Internet, NodeId::Balancer),
            EdgeId::BalancerToTargetGroup => (NodeId::Balancer, NodeId::TargetGroup),
            EdgeId::TargetGroupToTasks => (NodeId::TargetGroup, NodeId::Tasks),
            EdgeId::TasksToDatabase => (NodeId::Tasks, NodeId::Database),
            EdgeId::TasksToCache => (NodeId::Tasks, NodeId::Cache),
            EdgeId::TasksToRegistry => (NodeId::Tasks, NodeId::Registry),
            EdgeId::TasksToParameters => (NodeId::Tasks, NodeId::Parameters),
            EdgeId::TasksToLogs => (NodeId::Tasks, NodeId::Logs),
            EdgeId::TasksToRole => (NodeId::Tasks, NodeId::Role),
        }
    }

    /// The checks that speak of it. The way out of the subnets leads to three parts, so it stands at three edges.
    pub const fn checks(self) -> &'static [&'static str] {
        match self {
            EdgeId::InternetToBalancer => &[
                "alb.internet-facing",
                "alb.sg-open",
                "acm.issued",
                "acm.covers-host",
                "dns.points-to-balancer",
            ],
            EdgeId::BalancerToTargetGroup => &["listener.https", "listener.http-redirects"],
            EdgeId::TargetGroupToTasks => &[
                "taskdef.port",
                "ecs.load-balanced",
                "ecs.grace-period",
                "ecs.sg-source",
                "tg.targets-healthy",
            ],
            // The groups of all four tiers are made in the lesson about the database.
            EdgeId::TasksToDatabase => &["sg.tiers-exist", "rds.same-vpc", "rds.sg-source"],
            EdgeId::TasksToCache => &["redis.same-vpc", "redis.sg-source"],
            EdgeId::TasksToRegistry => &[
                "role.pulls-image",
                "taskdef.pinned-image",
                "taskdef.image-exists",
                "ecs.network",
            ],
            EdgeId::TasksToParameters => &[
                "role.reads-secrets",
                "taskdef.no-secrets-in-environment",
                "taskdef.secrets-resolve",
                "ecs.network",
            ],
            EdgeId::TasksToLogs => &["taskdef.logs", "ecs.network"],
            EdgeId::TasksToRole => &["role.execution"],
        }
    }
}

impl Part {
    /// Every part, those of a request first; of two parts that share a check, the one that it belongs to comes first.
    pub fn all() -> impl Iterator<Item = Part> {
        NodeId::ALL
            .into_iter()
            .map(Part::Node)
            .chain(EdgeId::ALL.into_iter().map(Part::Edge))
    }

    /// The part that a check belongs to; `None` for what the map does not show.
    pub fn of(check: CheckId) -> Option<Part> {
        Part::all().find(|part| part.checks().contains(&check.as_str()))
    }

    /// The checks that speak of it.
    pub const fn checks(self) -> &'static [&'static str] {
        match self {
            Part::Node(node) => node.checks(),
            Part::Edge(edge) => edge.checks(),
        }
    }

    /// As anchors spell it.
    pub const fn id(self) -> &'static str {
        match self {
            Part::Node(node) => node.id(),
            Part::Edge(edge) => edge.id(),
        }
    }
}

/// Checks about the account, who works in it, and what is left of the stack at the end: no part of the picture.
pub const NOT_ON_THE_MAP: &[&str] = &[
    "root.mfa",
    "root.no-access-keys",
    "budget.monthly-cost",
    "budget.alert",
    "budget.email-read",
    "caller.not-root",
    "caller.is-daily-user",
    "user.mfa",
    "user.bounded",
    "user.key-age",
    "leftovers.none",
];
