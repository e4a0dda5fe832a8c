//! Redis or Valkey: that it runs, where it lies, who may reach it, and whether it insists on TLS.

mod network;
mod status;
mod tls;

use super::cause::Cause;
use super::check::Check;
use super::discovery::cache::CacheView;
use super::finding::{Evidence, FoundBy, Judgement};
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::Area;

const SAME_VPC: &str = "redis.same-vpc";

/// To find the cache: by name in any shape, else in the chapter's VPC, which what is built tells.
const NEEDS: &[Area] = &[Area::Caches, Area::Network, Area::Service, Area::Balancers];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "redis.available",
        "The cache is available",
        NEEDS,
        |stack| Judgement::settle(status::available(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Pending, Unknown],
        &[Cause::WrongEngine],
    ),
    Check::must(
        SAME_VPC,
        "The cache is in the chapter's VPC",
        NEEDS,
        |stack| Judgement::settle(network::same_vpc(stack)),
    )
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::WrongVpc]),
    Check::advice(
        "redis.tls",
        "The cache's URL fits its TLS setting",
        &[
            Area::Caches,
            Area::Network,
            Area::Service,
            Area::Balancers,
            Area::Definitions,
        ],
        |stack| Judgement::settle(tls::tls(stack)),
    )
    .may(&[Passed, Blocked, Unknown], &[Cause::RedisRequiresTls]),
    Check::must(
        "redis.sg-source",
        "Only the tasks can reach the cache",
        // The database too: a group that it shares with the cache is the cause of both being shut. And the tasks, which
        // tell whether the network ACLs are asked for.
        &[
            Area::Caches,
            Area::Network,
            Area::Service,
            Area::Tasks,
            Area::Balancers,
            Area::Databases,
        ],
        |stack| Judgement::settle(network::sg_source(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Pending, Blocked, Unknown],
        &[
            Cause::RedisClosedToTasks,
            Cause::SourceIsCidr,
            Cause::SourceIsOtherGroup,
        ],
    ),
];

fn evidence(
    cache: &CacheView<'_>,
    field: &str,
    expected: impl std::fmt::Display,
    observed: impl std::fmt::Display,
    by: FoundBy,
) -> Evidence {
    Evidence::new(cache.api(), cache.id(), field, expected, observed, by)
}
