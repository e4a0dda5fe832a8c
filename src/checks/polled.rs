//! What has to be read again to see whether something in progress has moved: less than it takes to judge it at first.

use super::check::Check;
use crate::account::Area;
use crate::account::Area::{
    Balancers, Caches, Certificates, Cluster, Databases, Definitions, Dns, Parameters, Registry,
    Roles, Routes, Service, Tasks,
};

impl Check {
    /// The parts of the account in which the progress of this check shows. A check that is not listed needs all that it
    /// is judged by.
    pub fn polled(&self) -> &'static [Area] {
        match self.id.as_str() {
            "rds.available" | "rds.sg-source" => &[Databases],
            "redis.available" | "redis.sg-source" => &[Caches],
            "alb.active" => &[Balancers, Service],
            "acm.issued" => &[Certificates, Dns],
            "ecs.cluster" => &[Cluster],
            "ecr.image-pushed" | "taskdef.image-exists" => &[Registry],
            "ecs.network" => &[Routes],
            "ecs.steady" => &[Service, Tasks],
            "tg.targets-healthy" => &[Service, Tasks, Balancers],
            "role.pulls-image" | "role.reads-secrets" => &[Roles, Definitions, Parameters],
            _ => self.needs,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::{Verdict, checks};

    /// Seven collectors' worth at most: whoever adds a check that can be pending is asked here what to poll for it.
    #[test]
    fn whatever_can_be_pending_is_polled_by_a_few_parts() {
        let pending = checks().filter(|check| check.verdicts.contains(&Verdict::Pending));
        for check in pending {
            let polled = check.polled();
            assert!(
                !polled.is_empty() && polled.len() <= 3,
                "{}: {polled:?}; name in src/checks/polled.rs what its progress shows in",
                check.id
            );
        }
    }
}
