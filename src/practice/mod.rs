//! EVIDENCE: the embedded practice account: the same snapshot type, with a state that steps change.
//!
//! Reading order: `steps` (what each step needs and does) -> the files it names, one per part of the account ->
//! `look` (a snapshot from the applied steps). Nothing here reads the clock: the time is passed in.

mod balancer;
mod cache;
mod cluster;
mod database;
mod definition;
mod endpoint;
mod good;
mod identity;
mod ids;
mod look;
mod network;
mod parameter;
mod registry;
mod rollout;
mod scene;
mod service;
mod steps;
mod test_chapter;

#[cfg(test)]
mod good_tests;

pub use good::{account_after, empty_account, good_account};
pub use ids::ACCOUNT;
pub use steps::{PracticeStep, STEPS, TEARDOWN, step_by_id};
#[doc(hidden)]
pub use test_chapter::test_chapter;
