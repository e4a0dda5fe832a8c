//! SQLite: what was verified when, quiz answers, saved snapshots.

mod chosen;
mod look;
mod schema;
mod sitting;
mod stack;
mod stopped;
mod store;

pub use look::{LOOKS_KEPT, VerdictRecord};
pub use sitting::{AnswerRecord, Said, SittingId};
pub use stack::StackKey;
pub use stopped::STOPPED_KEPT;
pub use store::{Opened, Store, StoreError};

#[cfg(test)]
mod tests;
