//! A bundle as a file: read with suspicion, written with its digest.

use super::Bundle;

/// A larger file is not read.
pub const LARGEST_BYTES: u64 = 64 * 1024 * 1024;

/// A bundle that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    pub bundle: Bundle,
    /// As the file says it.
    pub digest: String,
    /// Whether the file is as it was made. An edited one is judged all the same, and said to be edited.
    pub intact: bool,
}

/// Why a file is no evidence. `Display` is one sentence without the file's text; `hint` says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than any bundle (64 MiB)")]
    TooLarge,
    #[error("the file ends in the middle")]
    Truncated,
    #[error("it is no bundle: line {line}, column {column} is not what it should be")]
    NotABundle { line: usize, column: usize },
    #[error("it was made by a newer Landfall ({version})")]
    Newer { version: String },
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

impl Trouble {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Trouble::Newer { .. } => "Install that version to read it.",
            Trouble::TooLarge | Trouble::NotABundle { .. } | Trouble::Empty => {
                "`landfall bundle` writes one; ask for the file it names."
            }
            Trouble::Truncated => "Ask for the file again: a part of it was lost on the way.",
            Trouble::Unreadable(_) => "See whether you may read it.",
        }
    }
}

/// Reads a file's bytes.
///
/// # Errors
/// Everything that makes it no evidence.
pub fn read(bytes: &[u8]) -> Result<Whole, Trouble> {
    let _ = bytes;
    Err(Trouble::Empty)
}

/// The file's text: `{"landfall_bundle": 1, "digest": "sha256:...", "evidence": {...}}`.
pub fn write(bundle: &Bundle) -> String {
    let _ = bundle;
    String::new()
}
