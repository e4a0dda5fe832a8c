//! Watching what AWS is still working on: looks with growing pauses, and a line only when something changed.

use super::session::{Session, look};
use super::show;
use crate::app::context::now;
use crate::app::failure::Failure;
use crate::checks::{StepOutcome, Verdict};
use crate::term::verdicts::{Opened, mark};
use crate::term::{Line, Tone};
use std::time::Duration;

/// Between two looks, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(30));

/// A watch ends after this long, so that none is forgotten overnight.
const LONGEST: Duration = Duration::from_secs(3600);

/// Looks at the present step until nothing of it is in progress any more.
pub(super) fn watch(session: &mut Session<'_, '_>) -> Result<(), Failure> {
    let ui = session.ui();
    let here = session.walk.here().step.id.clone();
    let begun = now();
    let mut pause = PAUSES.0;
    ui.say_prose("Watching. Ctrl-C stops; your place is kept.");
    let mut before = session.walk.outcome(&here).cloned();
    while before.as_ref().is_some_and(is_in_progress) {
        if now().duration_since(begun).unsigned_abs() >= LONGEST {
            ui.say_prose("An hour has passed. Watch again when you like, or go on.");
            return Ok(());
        }
        let waiting = ui.waiting(waits_for(before.as_ref()));
        std::thread::sleep(pause);
        drop(waiting);
        pause = (pause * 3 / 2).min(PAUSES.1);
        let steps = session.to_look_at();
        let judged = look(session.context, &steps, &format!("Looking at {here}"))?;
        session.take(judged)?;
        let after = session.walk.outcome(&here).cloned();
        tell(session, before.as_ref(), after.as_ref());
        before = after;
    }
    if let Some(outcome) = session.walk.outcome(&here) {
        ui.print(Line::blank());
        show::outcome(&ui, outcome, Opened::Folded);
    }
    Ok(())
}

fn is_in_progress(outcome: &StepOutcome) -> bool {
    outcome
        .checks
        .iter()
        .any(|finding| finding.verdict == Verdict::Pending)
}

fn waits_for(outcome: Option<&StepOutcome>) -> String {
    outcome
        .into_iter()
        .flat_map(|outcome| &outcome.checks)
        .find(|finding| finding.verdict == Verdict::Pending)
        .map(|finding| finding.summary.clone())
        .unwrap_or_default()
}

/// A line for each check with a new verdict.
fn tell(session: &Session<'_, '_>, before: Option<&StepOutcome>, after: Option<&StepOutcome>) {
    let (Some(before), Some(after)) = (before, after) else {
        return;
    };
    for finding in &after.checks {
        let changed = before
            .checks
            .iter()
            .any(|old| old.check == finding.check && old.verdict != finding.verdict);
        if changed {
            session.ui().print(
                Line::from(mark(finding.verdict)).and(Tone::Plain, format!("  {}", finding.title)),
            );
        }
    }
}
