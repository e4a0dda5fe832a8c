//! When a question comes back, and what counts as mastered. Days are the learner's, and begin at four in the morning.

mod standing;

pub use standing::{Standing, State, Today, standings};
