//! CONTENT: lessons and decks: model, loader, lint, diagnostics with file:line:column.

mod ids;
mod model;

pub use ids::*;
pub use model::*;
