//! Lessons as lines, in three stages: markdown -> flat blocks -> lines for a width. Only the last stage knows the width, and
//! none of them knows the terminal.

mod block;
mod parse;
mod render;
mod table;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod parse_tests;

pub use block::{Block, Code, Document, Edge, Inline, Kind, Look};
pub use parse::parse;
pub use render::{Frame, Options, render};
