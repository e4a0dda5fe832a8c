//! The chapter's steps as the practice account knows them: what each needs, and what it does.

use super::scene::Scene;
use super::{
    balancer, cache, cluster, database, definition, identity, network, parameter, registry, service,
};
use crate::account::Snapshot;
use std::fmt;

/// One step of the chapter, in the chapter's order.
#[derive(Clone, Copy)]
pub struct PracticeStep {
    /// As in the course.
    pub id: &'static str,
    /// The steps without which it cannot be done; each of them has needs of its own.
    pub needs: &'static [&'static str],
    /// What it does to the account.
    pub(super) effect: fn(&mut Snapshot, &Scene<'_>),
}

impl fmt::Debug for PracticeStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PracticeStep")
            .field("id", &self.id)
            .field("needs", &self.needs)
            .finish_non_exhaustive()
    }
}

/// The step that takes everything down again.
pub const TEARDOWN: &str = "teardown.leftovers";

const fn step(
    id: &'static str,
    needs: &'static [&'static str],
    effect: fn(&mut Snapshot, &Scene<'_>),
) -> PracticeStep {
    PracticeStep { id, needs, effect }
}

/// Every step, in the chapter's order. What is created is created by the daily user, who therefore comes first.
pub const STEPS: &[PracticeStep] = &[
    step("root-account.mfa", &[], identity::root_mfa),
    step("root-account.no-keys", &[], identity::root_without_keys),
    step("root-account.budget", &[], identity::budget),
    step("iam-user.identity", &[], identity::user),
    step("iam-user.mfa", &["iam-user.identity"], identity::user_mfa),
    step(
        "iam-user.bounded",
        &["iam-user.identity"],
        identity::user_boundary,
    ),
    step(
        "ecr-push.repository",
        &["iam-user.identity"],
        registry::repository,
    ),
    step("ecr-push.image", &["ecr-push.repository"], registry::image),
    step("rds.network", &["iam-user.identity"], network::tiers),
    step("rds.instance", &["rds.network"], database::instance),
    step("rds.inbound", &["rds.network"], database::inbound),
    step("rds.parameter", &["rds.instance"], parameter::database_url),
    step("elasticache.cache", &["rds.network"], cache::node),
    step("elasticache.inbound", &["rds.network"], cache::inbound),
    step(
        "elasticache.parameter",
        &["elasticache.cache"],
        parameter::redis_url,
    ),
    step("alb.balancer", &["rds.network"], balancer::balancer),
    step(
        "alb.target-group",
        &["iam-user.identity"],
        balancer::target_group,
    ),
    step(
        "alb.certificate",
        &["iam-user.identity"],
        balancer::certificate,
    ),
    step(
        "alb.listeners",
        &["alb.balancer", "alb.target-group", "alb.certificate"],
        balancer::listeners,
    ),
    step("alb.name", &["alb.balancer"], balancer::name),
    step(
        "ecs-service.cluster",
        &["iam-user.identity"],
        cluster::cluster,
    ),
    step(
        "ecs-service.role",
        &["iam-user.identity"],
        cluster::execution_role,
    ),
    step(
        "ecs-service.task-definition",
        &[
            "ecr-push.image",
            "rds.parameter",
            "elasticache.parameter",
            "ecs-service.cluster",
            "ecs-service.role",
        ],
        definition::register,
    ),
    step(
        "ecs-service.service",
        &[
            "ecs-service.task-definition",
            "alb.listeners",
            "rds.inbound",
            "elasticache.inbound",
        ],
        service::service,
    ),
    step(
        "ecs-service.live",
        &["ecs-service.service", "alb.name"],
        nothing,
    ),
    step(
        "ecs-service.release",
        &["ecs-service.live"],
        service::release,
    ),
    step(TEARDOWN, &[], nothing),
];

/// Waiting, looking, and taking down (which `apply` does) change nothing in the account by themselves.
fn nothing(_: &mut Snapshot, _: &Scene<'_>) {}

/// The step with this id.
pub fn step_by_id(id: &str) -> Option<&'static PracticeStep> {
    STEPS.iter().find(|step| step.id == id)
}
