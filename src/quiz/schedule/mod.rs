//! When a question comes back, and what counts as mastered. Days are the learner's, and begin at four in the morning.
//!
//! Everything here is folded from the log of attempts: nothing is kept but what was answered, so that another rule, or
//! other parameters, can be laid over the same log later.

mod day;
mod first;
mod fsrs;
mod grade;
mod history;
mod interval;
mod pattern;
mod siblings;
#[cfg(test)]
pub(crate) mod small_deck;
mod standing;
#[cfg(test)]
mod tests;

pub use day::Today;
pub use first::first_attempts;
pub use fsrs::{Grade, Memory};
pub use grade::grade;
pub use interval::{LONGEST, RETENTION};
pub use pattern::{PatternMastery, pattern_mastery};
pub use standing::{Lack, Standing, State, standings};
