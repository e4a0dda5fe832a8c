//! The roster, as far as somebody in it can be looked at.

use crate::app::class::folder::read_roster;
use crate::app::class::report::say_ignored;
use crate::app::context::Context;
use crate::app::failure::Failure;
use crate::class::{Access, Roster};
use std::path::Path;

/// Reads it.
///
/// # Errors
/// It cannot be read, it is no roster, or nobody in it can be looked at.
pub fn read(context: &Context, path: &Path) -> Result<Roster, Failure> {
    let roster = read_roster(path)?;
    say_ignored(context, &roster);
    if roster
        .rows
        .iter()
        .all(|row| matches!(row.access, Access::None))
    {
        return Err(super::nothing_to_look_at(format!(
            "Nobody in {} has an account or a role: there is nothing to look at.",
            path.display()
        ))
        .hint("Add a column `account` (twelve digits) or `role` (its ARN), and `external id`.")
        .hint(
            "Who hands in bundles needs neither: landfall class report BUNDLES --roster ROSTER",
        ));
    }
    Ok(roster)
}
