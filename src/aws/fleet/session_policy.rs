//! What a session through a learner's role is limited to, whatever the role may: reading, and never a secret.

/// In characters (STS API reference, AssumeRole, Policy, 2026-11).
pub const LONGEST_SESSION_POLICY: usize = 2_048;

/// The compact document.
pub fn session_policy() -> String {
    String::new()
}
