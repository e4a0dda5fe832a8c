//! FLEET: other people's accounts, through roles that they made for it.
//!
//! This is the one place where `sts:AssumeRole` is ours and not a credential provider's. It is no part of the call table:
//! what it gives are credentials, not evidence. `assume` has a client of its own, whose guard lets through this one call
//! and no read; the readers that work with what it gave have the usual guard, which does not let it through. A test
//! (`guard_tests`) holds that nothing else builds such a client, and that only `class verify` comes here.

mod assume;
mod fan_out;
mod refused;
mod role;
mod session_policy;
#[cfg(test)]
mod tests;

pub use assume::{Entered, Instructor};
pub use fan_out::{Event, GoOn, a_few_at_once};
pub use refused::NotEntered;
pub use role::Role;
pub use session_policy::{LONGEST_SESSION_POLICY, session_policy};
