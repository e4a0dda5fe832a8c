//! FLEET: many accounts through roles, a few at a time.

mod session_policy;

pub use session_policy::{LONGEST_SESSION_POLICY, session_policy};
