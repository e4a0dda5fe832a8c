//! Verdicts as text, JSON, JUnit, markdown, HTML; pure.

mod junit;
pub mod policy;
mod verify_json;

pub use junit::junit;
pub use verify_json::verify_json;
