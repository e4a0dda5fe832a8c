//! The practice account does a step for the learner.

use super::session::Session;
use crate::app::context::{capitalised, now};
use crate::app::evidence::{practice_failure, practice_store};
use crate::app::failure::Failure;
use crate::practice;

/// Applies the step with what it needs, and says what was done.
///
/// # Errors
/// The practice account cannot be written, or does not know the step (a course of somebody else's).
pub(super) fn do_it(session: &mut Session<'_, '_>) -> Result<(), Failure> {
    let step = session.walk.here().step.id.clone();
    let store = practice_store(session.context)?;
    let (applied, _) = store
        .change(|state| practice::apply(state, step.as_str(), now()))
        .map_err(practice_failure)?;
    let applied = applied.map_err(|error| {
        Failure::usage(capitalised(&error.to_string()))
            .hint("Practise it with your own account: landfall --account aws")
    })?;
    let ui = session.ui();
    let title = |id: &str| {
        session
            .course
            .step(id)
            .map_or_else(|| id.to_owned(), |(_, step)| step.title.clone())
    };
    let others: Vec<String> = applied
        .steps
        .iter()
        .filter(|id| **id != step.as_str())
        .map(|id| title(id))
        .collect();
    ui.print_prose(format!(
        "Done in the practice account: {}.",
        title(step.as_str())
    ));
    if !others.is_empty() {
        ui.print_prose(format!("With what it needs: {}.", others.join("; ")));
    }
    if !applied.removed.is_empty() {
        let removed = crate::term::verdicts::count(
            applied.removed.len(),
            "step was taken down",
            "steps were taken down",
        );
        ui.print_prose(format!("{removed}."));
    }
    if !applied.repaired.is_empty() {
        ui.print_prose(format!("Repaired: {}.", applied.repaired.join(", ")));
    }
    Ok(())
}
