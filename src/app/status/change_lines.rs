//! What is not as it was, as lines.

use super::screen::marked;
use crate::app::local_time::LocalTime;
use crate::checks::Verdict;
use crate::report::{Change, ChangeKind, Status};
use crate::term::layout;
use crate::term::verdicts::count;
use crate::term::{Line, Span, Tone};

/// More changes than this are counted, not listed.
const MOST_CHANGES: usize = 8;

/// Steps back first, then what changed at the last look.
pub(super) fn changes(status: &Status, local: &LocalTime, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let of_kind = |kind: ChangeKind| {
        status
            .changes
            .iter()
            .filter(move |change| change.kind == kind)
    };
    let back: Vec<&Change> = of_kind(ChangeKind::Regression).collect();
    if !back.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Was all right before"));
        for change in back.iter().take(MOST_CHANGES) {
            let text = format!(
                "{} {}, {} since {}: {}",
                match change.before {
                    Verdict::Attested => "you confirmed it",
                    _ => "passed",
                },
                local.minute(change.before_at),
                match change.now {
                    Verdict::Missing => "gone",
                    _ => "fails",
                },
                local.minute(change.since),
                change.summary
            );
            lines.extend(changed(change, &text, width));
        }
        lines.extend(more(back.len()));
    }
    let (unread, other): (Vec<&Change>, Vec<&Change>) =
        of_kind(ChangeKind::Change).partition(|change| change.now == Verdict::Unknown);
    if !other.is_empty() || !unread.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Changed at the last look"));
        for change in other.iter().take(MOST_CHANGES) {
            let text = format!("was: {}", change.before.words());
            lines.extend(changed(change, &text, width));
        }
        lines.extend(more(other.len()));
        // One reason usually explains them all.
        if let Some(first) = unread.first() {
            let checks = count(unread.len(), "check", "checks");
            let text = format!("{checks} could not be read. {}", first.summary);
            lines.extend(layout::wrap_text(
                &text,
                Tone::Plain,
                width,
                &marked(Verdict::Unknown, width),
            ));
        }
    }
    lines
}

fn changed(change: &Change, text: &str, width: usize) -> Vec<Line> {
    let spans = [
        Span::new(Tone::Plain, format!("{} ", change.title)),
        Span::new(Tone::Quiet, format!("({})", change.check)),
        layout::line_break(),
        Span::new(Tone::Plain, text),
    ];
    layout::wrap(&spans, width, &marked(change.now, width))
}

fn more(all: usize) -> Option<Line> {
    let rest = all.checked_sub(MOST_CHANGES).filter(|rest| *rest > 0)?;
    Some(Line::new(
        Tone::Quiet,
        format!("  and {rest} more: landfall verify"),
    ))
}
