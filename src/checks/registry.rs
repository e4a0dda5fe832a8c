//! Every check there is.

use super::check::Check;
use super::*;

/// Every check, in the order of the chapter.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    [
        root_account::CHECKS,
        budget::CHECKS,
        caller::CHECKS,
        user::CHECKS,
        ecr::CHECKS,
        groups::CHECKS,
        rds::CHECKS,
        redis::CHECKS,
        ssm::CHECKS,
        alb::CHECKS,
        target_group::CHECKS,
        certificate::CHECKS,
        listener::CHECKS,
        dns::CHECKS,
        cluster::CHECKS,
        role::CHECKS,
        task_definition::CHECKS,
        service::CHECKS,
        live::CHECKS,
        leftovers::CHECKS,
    ]
    .into_iter()
    .flatten()
}

/// The check with that id.
pub fn check(id: &str) -> Option<&'static Check> {
    checks().find(|check| check.id.as_str() == id)
}
