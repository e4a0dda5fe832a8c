//! SQLite: what was verified when, quiz answers, saved snapshots.

mod answers;
mod attempt;
mod chosen;
mod look;
mod schema;
mod sitting;
mod stack;
mod stopped;
mod store;

pub use answers::NewAttempt;
pub use attempt::{
    Attempt, AttemptId, Confidence, Confirmation, Foretold, ForetoldValue, Given, Heard,
    HeardWrong, Hearing, Mode, Notice, Pages, PlacedFault, Posed, PosedWhat, Unclear,
};
pub use look::{LOOKS_KEPT, VerdictRecord};
pub use sitting::{Mark, Marks, NewSitting, Said, Sitting, SittingId};
pub use stack::StackKey;
pub use stopped::STOPPED_KEPT;
pub use store::{Opened, Store, StoreError};

#[cfg(test)]
mod sitting_tests;
#[cfg(test)]
mod tests;
