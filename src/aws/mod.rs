//! EVIDENCE: the only importer of aws crates. Session, read-only guard, errors, one collector per service.
//!
//! Reading order: `call` (what a call is), `calls` (the table of all of them), `endpoint` (where they go), `read` (how one
//! is sent), `guard` (why no other can be), `error` (what a failure means), then `collect` and the collectors.

mod answer;
mod answers;
mod call;
pub mod calls;
mod clock;
mod credential_kind;
mod credentials;
mod download;
mod elsewhere;
mod endpoint;
mod error;
mod guard;
mod input;
mod limits;
mod log;
mod meaning;
mod operation;
mod profiles;
mod raw_body;
mod read;
#[cfg(test)]
mod reads_tests;
mod refusal;
mod region;
mod request_id;
mod retry;
mod session;
mod wire;

#[cfg(test)]
mod collect_tests;
#[cfg(test)]
mod contract_tests;
#[cfg(test)]
mod every_answer;
#[cfg(test)]
mod garbage_tests;
#[cfg(test)]
mod guard_tests;
#[cfg(test)]
mod refusals_tests;
#[cfg(test)]
mod release_tests;
#[cfg(test)]
mod shape;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
pub(crate) mod whole_account;
#[cfg(test)]
mod wire_tests;

mod areas;
mod cells;
mod collect;
pub mod fleet;

mod balancers;
mod budgets;
mod caches;
mod caller;
mod certificates;
mod cluster;
mod databases;
mod definition;
mod definitions;
mod edge;
mod further;
mod instant;
mod leftover_extent;
mod leftover_finds;
mod leftovers;
mod list;
mod listeners;
mod log_groups;
mod log_tail;
mod network;
mod parameters;
mod platforms;
mod policies;
mod policy;
mod policy_document;
mod registry;
mod roles;
mod root_account;
mod routes;
mod service;
mod tasks;
mod user;

pub use answer::{Answer, Page, Split};
pub use call::{Call, Paging, Protocol, Scope};
pub use collect::{Collected, Purpose, collect, collect_for};
pub use credential_kind::{CredentialKind, FoundCredentials};
pub use credentials::CredentialAdvice;
pub use definitions::SameAsFile;
pub use endpoint::{Partition, ServiceId};
pub use error::{FactFrom, ReadError};
pub use further::look_at_edge;
pub use guard::Undeclared;
pub use input::Input;
pub use limits::Limits;
pub use policy::{Allowance, actions};
pub use profiles::{has_credentials, profile_names, profile_region};
pub use read::Reader;
pub use region::{RegionChoice, RegionSource};
pub use session::{Session, SessionRequest};
pub use wire::{At, List};
