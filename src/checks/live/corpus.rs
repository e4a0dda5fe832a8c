//! Sentences of AWS's and lines of logs as they were collected, for tests.

use serde::Deserialize;

/// One line, and what it means.
#[derive(Deserialize)]
pub(super) struct Real {
    /// A cause's id; `-` for none.
    pub cause: String,
    pub text: String,
    pub source: String,
    pub date: String,
}

#[derive(Deserialize)]
struct Corpus {
    line: Vec<Real>,
}

/// Reads one of `tests/corpus`.
pub(super) fn lines(text: &str) -> Vec<Real> {
    toml::from_str::<Corpus>(text).unwrap().line
}
