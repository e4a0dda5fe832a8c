//! EVIDENCE: the embedded practice account: the same snapshot type, with a state that steps change.
//!
//! Reading order: `steps` (what each step needs and does) -> the files it names, one per part of the account ->
//! `state` (which steps were applied, what is broken, and the snapshot that follows) -> `apply` -> `cause` and
//! `causes` (faults to practise on) -> `store` (the state on disk). Nothing here reads the clock: the time is passed in.

mod apply;
mod balancer;
mod cache;
mod cause;
mod causes;
mod closer;
mod cluster;
mod database;
mod definition;
mod endpoint;
mod good;
mod identity;
mod ids;
mod leftovers;
mod look;
mod network;
mod parameter;
mod registry;
mod rollout;
mod scene;
mod service;
mod state;
mod status;
mod steps;
mod store;
mod test_chapter;

#[cfg(test)]
mod good_tests;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod state_tests;

pub use apply::{Applied, PracticeError, apply, apply_all, break_cause, repair};
pub use cause::{Cause, causes};
pub use good::{account_after, empty_account, good_account};
pub use ids::ACCOUNT;
pub use leftovers::look_for_leftovers;
pub use state::{State, snapshot};
pub use status::{Status, Waiting, status};
pub use steps::{PracticeStep, STEPS, TEARDOWN, step_by_id};
pub use store::{Loaded, MovedAside, PracticeStore, StoreError};
#[doc(hidden)]
pub use test_chapter::test_chapter;
