//! CONTENT: lessons and decks: model, loader, lint, diagnostics with file:line:column.

mod answers;
mod deck;
mod diagnostic;
mod embedded;
mod fence;
mod ids;
mod ids_lock;
mod lesson;
mod load;
mod model;
mod placeholder;
mod places;
mod question;
mod settings;
mod table;

pub use answers::{GivenAnswer, GivenWhat, answers};
pub use deck::DECK_SCHEMA;
pub use diagnostic::*;
pub use fence::{Audience, Fence, Role, fences};
pub use ids::*;
pub use load::{CourseFiles, load};
pub use model::*;
pub use placeholder::*;
pub use places::Places;
pub use question::*;
pub use settings::{Settings, overlay};
pub use table::{Placed, Reading, Table};

#[cfg(test)]
pub(crate) mod hostile;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
