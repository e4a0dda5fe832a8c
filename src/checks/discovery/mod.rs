//! How each resource of the chapter is found: by relation once the service exists, before that by its configured name,
//! then as the only one of its kind in the chapter's VPC. Where that leaves several, the learner's own answer decides.
//!
//! Every module offers `find`, which says what there is, and most offer `needed`, for checks on a property: what is not
//! there blocks them, what could not be read makes them `unknown`.

pub(in crate::checks) mod balancer;
pub(in crate::checks) mod cache;
pub(in crate::checks) mod certificate;
mod choice;
mod contradiction;
pub(in crate::checks) mod database;
pub(in crate::checks) mod definition;
mod found;
pub(in crate::checks) mod groups;
pub(in crate::checks) mod repository;
pub(in crate::checks) mod role;
pub(in crate::checks) mod service;
pub(in crate::checks) mod target_group;
pub(in crate::checks) mod vpc;

pub use choice::{Candidate, OpenChoice, asked_at, gone_choices, open_choices};
pub(in crate::checks) use contradiction::contradictions;
#[cfg(test)]
pub(in crate::checks) use found::Several;
pub(in crate::checks) use found::{Found, Gap, Kind, list};
