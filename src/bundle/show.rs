//! Everything that a bundle would hand over, in plain words.

use super::Bundle;

/// One group of what is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    pub heading: String,
    /// One sentence or name each.
    pub items: Vec<String>,
}

/// What is in a bundle, complete; and, last, what is not.
pub fn shared(bundle: &Bundle) -> Vec<Shared> {
    let _ = bundle;
    Vec::new()
}
