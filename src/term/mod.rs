//! The only room that prints or asks.

mod captured;
pub mod editor;
pub mod interrupt;
pub mod layout;
pub mod markdown;
pub mod overview;
pub mod preflight;
mod prompt_plain;
mod prompt_scripted;
mod prompt_terminal;
mod prompter;
pub use crate::report::sanitize;
mod style;
mod surroundings;
mod text;
mod ui;
pub mod verdicts;
mod waiting;

pub use captured::Captured;
pub use prompt_plain::PlainPrompter;
pub use prompt_scripted::{Reply, ScriptedPrompter};
pub use prompt_terminal::TerminalPrompter;
pub use prompter::{Answer, Choice, Prompter};
pub use style::{ColorChoice, Paint, Stream};
pub use surroundings::Surroundings;
pub use text::{Line, Span, Tone, to_text};
pub use ui::{Manner, Talk, Ui};
pub use waiting::Waiting;

#[cfg(test)]
mod verdicts_tests;
