//! `--resume`: the run that was interrupted.

use super::part::Part;
use super::plan::{Plan, quoted};
use crate::app::class::folder;
use crate::app::failure::Failure;
use crate::class::Roster;
use std::path::Path;

/// The newest run that is not complete.
///
/// # Errors
/// There is none; or it is another part of the roster than was asked for.
pub fn go_on_with(
    out: &Path,
    roster: &Path,
    asked: Option<Part>,
    rows: &Roster,
) -> Result<Plan, Failure> {
    let Some((folder, run, kept)) = folder::unfinished(out)? else {
        return Err(none_unfinished(out, roster));
    };
    let part = run.shard.as_deref().map(Part::parse).transpose()?;
    if asked.is_some() && asked != part {
        let word = |part: Option<Part>| {
            part.map_or_else(
                || "the whole roster".to_owned(),
                |part| format!("part {part}"),
            )
        };
        return Err(Failure::usage(format!(
            "The unfinished run in {} is of {}, not of {}.",
            out.display(),
            word(part),
            word(asked)
        ))
        .hint("Leave out --shard to go on with it, or name another folder with --out."));
    }
    let plan = Plan::begun(folder, run, part, kept);
    // Whoever has no role is never looked at, and leaves no run open.
    if plan.left(rows).is_empty() {
        return Err(none_unfinished(out, roster));
    }
    Ok(plan)
}

fn none_unfinished(out: &Path, roster: &Path) -> Failure {
    super::nothing_to_look_at(format!("There is no unfinished run in {}.", out.display()))
        .hint(format!(
            "Without --resume a new run is begun: landfall class verify {}",
            quoted(roster)
        ))
        .hint(format!(
            "Where the class stands: landfall class report {}",
            quoted(out)
        ))
}
