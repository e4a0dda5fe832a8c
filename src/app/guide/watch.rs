//! Watching what AWS is still working on: the present step and those that were gone past meanwhile.

use super::session::{Session, look};
use super::show;
use crate::app::failure::Failure;
use crate::app::watching;
use crate::checks::Asked;
use crate::term::Line;
use crate::term::verdicts::Opened;

/// Looks until nothing of what is waited for is in progress any more, then shows how the present step stands.
pub(super) fn watch(session: &mut Session<'_, '_>) -> Result<(), Failure> {
    let here = session.walk.here().step.id.clone();
    let steps = session.to_look_at();
    let first = look(session.context, &steps, &format!("Looking at {here}"))?;
    let watched = watching::watch(session.context, &Asked::Steps(steps), first, "landfall")?;
    session.take(watched.judged)?;
    if let Some(outcome) = session.walk.outcome(&here) {
        let ui = session.ui();
        ui.print(Line::blank());
        show::outcome(&ui, outcome, Opened::Folded);
    }
    Ok(())
}
