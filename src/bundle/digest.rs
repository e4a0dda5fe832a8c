//! What tells a changed file from an unchanged one, and one stack from another.

use crate::account::Snapshot;
use serde_json::Value;

/// SHA-256 of a value as JSON without white space, its keys in order: `sha256:` and 64 hex digits.
pub fn digest_of(value: &Value) -> String {
    let _ = value;
    String::new()
}

/// See [`super::Bundle::fingerprint`]: 16 hex digits.
pub fn fingerprint(snapshot: &Snapshot) -> String {
    let _ = snapshot;
    String::new()
}
