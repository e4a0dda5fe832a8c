//! JUDGEMENT: pure functions from a snapshot and the course's expectations to findings.

mod acl;
mod admission;
mod alb;
mod budget;
mod caller;
mod cause;
mod certificate;
mod check;
mod cluster;
mod command;
mod container;
mod discovery;
mod dns;
mod ecr;
mod elsewhere;
mod finding;
mod found_parts;
mod found_values;
mod gate;
mod groups;
mod holdings;
mod ids;
mod leftovers;
mod listener;
mod live;
mod polled;
mod preflight;
mod rds;
mod redis;
mod registry;
mod role;
mod root_account;
mod route;
mod routing;
mod service;
mod ssm;
mod stack;
mod subjects;
mod target_group;
mod task_definition;
mod teardown;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod user;
mod usual_time;
mod verdict;
mod verification;
mod why;
pub use cause::Cause;
pub use check::{Check, CheckKind};
pub use discovery::{Candidate, OpenChoice, asked_at, gone_choices, open_choices};
pub use elsewhere::is_global;
pub use finding::{Evidence, Finding, Fix, FoundBy, Judgement};
pub use found_parts::{FoundParts, FoundStore, found_parts};
pub use found_values::found_values;
pub use holdings::{all_that_costs, holdings};
pub use ids::CheckId;
pub use live::{recall, worth_remembering};
pub use preflight::{Preflight, PreflightAnswer, PreflightQuestion, preflight};
pub use registry::{check, checks};
pub use stack::Stack;
pub use subjects::{Subjects, subjects};
pub use teardown::{Deleted, Deletion, Wait, teardown};
pub use usual_time::{Awaited, UsualTime};
pub use verdict::Verdict;
pub use verification::*;
pub use why::reason;

/// The chapter's load balancer as the checks find it, if there is exactly one that fits.
pub fn balancer_of(snapshot: &crate::account::Snapshot) -> Option<&crate::account::Balancer> {
    let nothing = std::collections::BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    // The stack borrows a local set, the balancer only the snapshot: found again by its ARN.
    let arn = discovery::balancer::find(&stack)
        .ok()
        .map(|(balancer, _)| balancer.arn.clone())?;
    snapshot
        .balancers
        .present()?
        .iter()
        .find(|balancer| balancer.arn == arn)
}
