//! mdbook-quiz (TOML), both ways.

mod export;
mod import;
mod read;
mod written;

pub use export::export;
pub use import::import;

/// A gap in a prompt that has none of its own: three underscores or more.
const GAP: &str = "_____";

#[cfg(test)]
mod tests;
