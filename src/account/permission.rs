//! What a policy for Landfall would say, as data; how it is written down is the report's business.

use serde::{Deserialize, Serialize};

/// One statement of a policy that only allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyStatement {
    /// Letters and digits only, as IAM asks.
    pub sid: String,
    /// `SERVICE:Action`, sorted.
    pub actions: Vec<String>,
    /// ARNs, or `*`.
    pub resources: Vec<String>,
}
