//! CLASS: where a whole class stands. Pure: rosters and evidence in, one report out, which every format sets.
//!
//! Reading order: `roster` (who), `result` (what a run through instructors' roles found), `report` (what is said of the
//! class), then the formats.

mod alike;
mod canvas;
mod csv;
mod decide;
mod dossier;
mod draw_up;
mod drift;
mod gradescope;
mod html;
mod item;
mod json;
mod junit;
mod look;
mod markdown;
mod moment;
mod notes;
mod overrides;
mod owner;
mod report;
mod result;
mod roster;
mod since;
mod standing;
mod stuck;
mod student;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod told;

pub use canvas::canvas;
pub use csv::csv;
pub use draw_up::{ClassInput, Evidence, Found, draw_up};
pub use gradescope::{gradescope, gradescope_files};
pub use html::html;
pub use item::{ClassQuiz, QuestionItem};
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use moment::Moment;
pub use overrides::{Override, Overrides, OverridesTrouble, instant, overrides};
pub use owner::{Owner, owner};
pub use report::*;
pub use result::{Outcome, RowResult, Run, RunRow, shard, shard_of};
pub use roster::{Access, Roster, RosterRow, RosterTrouble, StudentKey, roster, rows_of};
