//! The cluster, the log group and the execution role.

use super::identity::allow;
use super::scene::Scene;
use crate::account::*;

pub(super) const PULL_POLICY: &str = "AmazonECSTaskExecutionRolePolicy";

pub(super) fn cluster(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    snapshot.cluster = Fact::Present(Cluster {
        arn: scene.ids.cluster(),
        name: scene.chapter.service.cluster.clone(),
        status: "ACTIVE".to_owned(),
    });
    snapshot.log_groups = Fact::Present(vec![LogGroup {
        name: scene.chapter.log_group.clone(),
        retention_days: Some(14),
        created_at: Some(scene.made()),
        stored_bytes: Some(3_400_000),
    }]);
}

/// The managed policy for pulling and logging, and an inline one for the two parameters.
pub(super) fn execution_role(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let names = &scene.chapter.parameters;
    let parameters = [
        ids.parameter(&names.database_url),
        ids.parameter(&names.redis_url),
    ];
    let parameters: Vec<&str> = parameters.iter().map(Arn::as_str).collect();
    let managed = format!("arn:aws:iam::aws:policy/service-role/{PULL_POLICY}");
    let role = Role {
        name: scene.chapter.execution_role.clone(),
        arn: ids.execution_role(),
        created_at: Some(scene.made()),
        trust: trusted_by("ecs-tasks.amazonaws.com"),
        boundary: None,
        policies: Fact::Present(vec![
            policy(PULL_POLICY, Some(&managed), allow(&PULL_ACTIONS, &["*"])),
            policy(
                "read-news-api-parameters",
                None,
                allow(&["ssm:GetParameters"], &parameters),
            ),
        ]),
        simulated: Vec::new(),
    };
    // Looked up by name before a task definition exists, by ARN afterwards.
    for key in [role.name.clone(), role.arn.0.clone()] {
        snapshot.roles.insert(key, Fact::Present(role.clone()));
    }
}

/// What AmazonECSTaskExecutionRolePolicy allows (its default version, v1).
const PULL_ACTIONS: [&str; 6] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
];

/// A trust policy that admits one service.
pub(super) fn trusted_by(service: &str) -> PolicyDocument {
    PolicyDocument {
        statements: vec![Statement {
            principals: vec![service.to_owned()],
            resources: Named::These(Vec::new()),
            ..allow(&["sts:AssumeRole"], &[])
        }],
    }
}

fn policy(name: &str, arn: Option<&str>, statement: Statement) -> AttachedPolicy {
    AttachedPolicy {
        name: name.to_owned(),
        arn: arn.map(Arn::from),
        through_group: None,
        document: Fact::Present(PolicyDocument {
            statements: vec![statement],
        }),
    }
}
