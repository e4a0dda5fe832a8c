//! EVIDENCE: the only importer of aws crates. Session, read-only guard, errors, one collector per service.
//!
//! Reading order: `call` (what a call is), `calls` (the table of all of them), `service` (where they go), `read` (how one
//! is sent), `guard` (why no other can be), `error` (what a failure means), then the collectors and `collect`.

mod answer;
mod call;
pub mod calls;
mod error;
mod guard;
mod input;
mod log;
mod profiles;
mod read;
mod refusal;
mod retry;
mod service;
mod session;
mod wire;

pub use answer::{Answer, Page, Split};
pub use call::{Call, Paging, Protocol, Scope};
pub use error::{FactFrom, ReadError};
pub use guard::Undeclared;
pub use input::Input;
pub use profiles::{has_credentials, profile_names};
pub use read::Reader;
pub use service::{Partition, ServiceId};
pub use session::{CredentialAdvice, Limits, RegionChoice, RegionSource, Session, SessionRequest};
pub use wire::{At, List};
