//! What the doctor found: one line for each part of the set-up.

mod access;
mod permissions;
#[cfg(test)]
mod tests;

pub use access::{Unread, reading, unread};
pub use permissions::{Denial, LogScope, Permissions, Statement};

use crate::account::Source;
use crate::checks::Fix;
use serde::Serialize;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    pub schema: u32,
    pub landfall: &'static str,
    /// Which account the set-up is looked at for.
    pub account: Source,
    pub parts: Vec<Part>,
    /// What AWS refused, action by action.
    pub permissions: Permissions,
}

/// One part of the set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    pub id: &'static str,
    pub title: &'static str,
    pub state: PartState,
    /// One sentence: what is so.
    pub say: String,
    /// What it is about in detail, one line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    pub todo: Vec<Fix>,
}

/// One thing of a part, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    pub name: String,
    pub say: String,
}

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Fine,
    /// Nothing that keeps Landfall from checking, but worth knowing.
    Note,
    /// Landfall cannot read because of it.
    Trouble,
    /// It could not be looked at.
    Unknown,
    /// It was not looked at, for the reason given.
    NotLooked,
}

impl PartState {
    /// The mark on the screen.
    pub const fn symbol(self) -> &'static str {
        match self {
            PartState::Fine => "✔",
            PartState::Note => "!",
            PartState::Trouble => "✘",
            PartState::Unknown => "?",
            PartState::NotLooked => "–",
        }
    }

    /// The words beside it.
    pub const fn words(self) -> &'static str {
        match self {
            PartState::Fine => "ok",
            PartState::Note => "note",
            PartState::Trouble => "to mend",
            PartState::Unknown => "cannot tell",
            PartState::NotLooked => "not looked",
        }
    }
}

impl Part {
    /// A part with nothing to do about it.
    pub fn new(
        id: &'static str,
        title: &'static str,
        state: PartState,
        say: impl Into<String>,
    ) -> Self {
        Part {
            id,
            title,
            state,
            say: say.into(),
            items: Vec::new(),
            todo: Vec::new(),
        }
    }

    /// Adds something to do.
    #[must_use]
    pub fn todo(mut self, fix: Fix) -> Self {
        self.todo.push(fix);
        self
    }
}

impl Diagnosis {
    /// Whether something keeps Landfall from reading.
    pub fn is_hindered(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part.state, PartState::Trouble | PartState::Unknown))
    }

    /// `doctor --format json`.
    pub fn to_json(&self) -> String {
        super::sanitize::json_document(self)
    }
}
