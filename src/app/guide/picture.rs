//! The stack so far, before a lesson begins: the picture fills in as it grows.

use super::session::{Session, caption, look, whole};
use crate::app::evidence::Judged;
use crate::app::trouble;
use crate::checks::Stack;
use crate::report::map::{Map, map};
use crate::term::Line;
use crate::term::map::small_lines;

/// The map of a look at everything.
pub(super) fn of(judged: &Judged) -> Option<Map> {
    let snapshot = &judged.look.snapshot;
    if trouble::of_all(snapshot, &judged.verification).is_some() {
        return None;
    }
    let stack = Stack {
        snapshot,
        attested: &judged.attested,
        teardown_begun: judged.teardown_begun,
    };
    Some(map(&stack, &judged.verification))
}

/// Looks at everything once a lesson lies behind: its own steps were looked at one by one, and at different times. A look
/// that fails stops nobody: the picture is left out, and the next check says what is the matter.
pub(super) fn refresh(session: &mut Session<'_, '_>) {
    session.picture = None;
    let steps = whole(session.course);
    let Ok(judged) = look(session.context, &steps, "Looking at the whole stack") else {
        return;
    };
    let Some(map) = of(&judged) else { return };
    if session.take(judged).is_ok() {
        session.picture = Some(map);
    }
}

/// Prints it, unless nothing is there yet.
pub(super) fn show(session: &mut Session<'_, '_>) {
    let Some(map) = session.picture.take().filter(|map| !map.is_bare()) else {
        return;
    };
    let ui = session.ui();
    ui.print(Line::blank());
    ui.print(caption("The stack so far"));
    ui.print_all(&small_lines(&map, ui.prose_width()));
}
