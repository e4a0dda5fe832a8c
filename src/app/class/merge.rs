//! `landfall class merge`: runs of several machines in one folder.

mod join;
#[cfg(test)]
mod tests;
mod words;

use crate::app::context::Context;
use crate::app::failure::{Exit, Outcome};
use crate::cli::ClassMergeArgs;
use join::JoinedRun;

/// Runs the command. It ends with 4 when a part is missing, or students that nobody has looked at.
///
/// # Errors
/// A folder without a run, a folder that is read and written, what cannot be read or written.
pub fn run(context: &Context, args: &ClassMergeArgs) -> Outcome {
    let joined = join::join(&args.folders, &args.out)?;
    for sentence in words::sentences(&joined) {
        context.ui.say_prose(sentence);
    }
    context.ui.hint(format!(
        "Where the class stands: landfall class report {}",
        args.out.display()
    ));
    let is_whole =
        |run: &JoinedRun| run.missing_parts().is_empty() && run.looked_at == run.students;
    Ok(if joined.runs.iter().all(is_whole) {
        Exit::Passed
    } else {
        Exit::Unfinished
    })
}
