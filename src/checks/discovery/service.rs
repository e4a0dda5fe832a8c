//! The cluster and the service.

use super::{Found, Gap, Kind};
use crate::account::{Cluster, Fact, Service};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const SERVICE: Kind = Kind {
    one: "service",
    many: "services",
    key: "service.service",
    wanted_by: CheckId("ecs.service"),
};

pub(in crate::checks) const CLUSTER: Kind = Kind {
    one: "cluster",
    many: "clusters",
    key: "service.cluster",
    wanted_by: CheckId("ecs.cluster"),
};

/// The service of the configured name. A deleted one (INACTIVE) is not there; one that drains still is.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a Service> {
    match &stack.snapshot.service {
        Fact::Present(service) if service.status != "INACTIVE" => Ok((service, FoundBy::Name)),
        Fact::Present(_) | Fact::Absent => Err(Gap::NotThere),
        Fact::Unknown(why) => Err(Gap::CannotTell {
            why: why.clone(),
            what: "the service",
        }),
    }
}

/// The service, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(&'a Service, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&SERVICE))
}

/// The service, or `None` when it is known not to exist; for looking things up by relation.
pub(in crate::checks) fn if_built<'a>(stack: &Stack<'a>) -> Result<Option<&'a Service>, Gap> {
    match find(stack) {
        Ok((service, _)) => Ok(Some(service)),
        Err(Gap::NotThere) => Ok(None),
        Err(gap) => Err(gap),
    }
}

/// The cluster of the configured name. A deleted one (INACTIVE) is not there.
pub(in crate::checks) fn cluster<'a>(stack: &Stack<'a>) -> Found<&'a Cluster> {
    match &stack.snapshot.cluster {
        Fact::Present(cluster) if cluster.status != "INACTIVE" => Ok((cluster, FoundBy::Name)),
        Fact::Present(_) | Fact::Absent => Err(Gap::NotThere),
        Fact::Unknown(why) => Err(Gap::CannotTell {
            why: why.clone(),
            what: "the cluster",
        }),
    }
}
