//! The guided walk, without a terminal: where the learner stands, what the screen says, what may be chosen. Values only;
//! `app/guide` shows them and does what was chosen.

pub mod attestation;
pub mod closing;
pub mod commands;
pub mod menu;
pub mod screen;
pub mod sections;
pub mod values;
pub mod walk;
pub mod welcome;

#[cfg(test)]
mod menu_tests;
#[cfg(test)]
mod test_course;
#[cfg(test)]
mod walk_tests;
