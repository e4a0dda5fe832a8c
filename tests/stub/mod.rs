//! A whole finished account on loopback: answers every call that a full look makes with what was recorded
//! (`tests/recorded`), at once or after a while, and can go wrong in one place. For the tests of `tests/wire` and the
//! benchmark; both take it in with `#[path]`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(dead_code, unused_imports, reason = "not every user needs all of it")]

mod account;
mod broken;
mod chain;
mod class;
mod classroom;
mod fault;
mod http;
mod look;
mod names;

pub use account::recorded_at;
pub use broken::Account;
pub use chain::longest_chain;
pub use class::{Class, Member, external_id, form};
pub use classroom::{Case, Classroom, Sizes, wrong_about};
pub use fault::{Fault, action, reply as fault_reply};
pub use http::{Heard, Plan, Reply, Stub};
pub use look::{Look, areas, course, is_cannot_tell, look, session, verdicts};
