//! JUDGEMENT: pure functions from a snapshot and the course's expectations to findings.
#![allow(
    clippy::result_large_err,
    reason = "a judgement that ends a check early is the answer, not an error on a hot path"
)]

mod alb;
mod budget;
mod caller;
mod cause;
mod certificate;
mod check;
mod cluster;
mod discovery;
mod dns;
mod ecr;
mod finding;
mod gate;
mod groups;
mod ids;
mod leftovers;
mod listener;
mod live;
mod rds;
mod redis;
mod registry;
mod role;
mod route;
mod root_account;
mod routing;
mod service;
mod ssm;
mod stack;
mod target_group;
mod task_definition;
mod user;
mod verdict;
mod verification;
mod why;
pub use cause::Cause;
pub use check::{Check, CheckKind};
pub use finding::{Evidence, Finding, Fix, FoundBy, Judgement};
pub use ids::CheckId;
pub use registry::{check, checks};
pub use stack::Stack;
pub use verdict::Verdict;
pub use verification::*;
pub use why::reason;
