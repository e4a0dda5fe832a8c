//! What is not as it was, as lines.

use super::screen::marked;
use crate::app::local_time::LocalTime;
use crate::app::memory::{MOST_NAMED, passed_then, what_changed};
use crate::checks::Verdict;
use crate::report::{Change, ChangeKind, Drift, Status};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::count;
use crate::term::{Line, Span, Tone};

/// More changes than this are counted, not listed.
const MOST_CHANGES: usize = 8;

/// Steps back first, then what changed at the last look.
pub(super) fn changes(status: &Status, local: &LocalTime, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    // What is told at a check is not told again.
    let mut named: Vec<&str> = Vec::new();
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
            let shown = &change.because[..change.because.len().min(MOST_NAMED)];
            named.extend(shown.iter().map(|one| one.say.as_str()));
            let passed = passed_then(change, local);
            lines.extend(match what_changed(&change.because) {
                Some(words) => changed(
                    change,
                    &[&format!("{passed}: {words}."), &change.summary],
                    width,
                ),
                None => changed(change, &[&format!("{passed}: {}", change.summary)], width),
            });
        }
        lines.extend(more(back.len()));
    }
    lines.extend(in_the_account(status, &named, local, width));
    let (unread, other): (Vec<&Change>, Vec<&Change>) =
        of_kind(ChangeKind::Change).partition(|change| change.now == Verdict::Unknown);
    if !other.is_empty() || !unread.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Changed at the last look"));
        for change in other.iter().take(MOST_CHANGES) {
            let text = format!("was: {}", change.before.words());
            lines.extend(changed(change, &[&text], width));
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

/// What is not as it was at the look before, whatever the checks say of it.
fn in_the_account(status: &Status, named: &[&str], local: &LocalTime, width: usize) -> Vec<Line> {
    let Some(account) = &status.account_changes else {
        return Vec::new();
    };
    let changes: Vec<&Drift> = account
        .changes
        .iter()
        .filter(|one| !named.contains(&one.say.as_str()))
        .collect();
    if changes.is_empty() {
        return Vec::new();
    }
    let title = format!(
        "Changed in the account since {}",
        local.minute(account.since)
    );
    let mut lines = vec![Line::blank(), Line::new(Tone::Heading, title)];
    for change in changes.iter().take(MOST_CHANGES) {
        let margin = Margin {
            first: Line::new(Tone::Quiet, "  - "),
            rest: Line::from("    "),
        };
        lines.extend(layout::wrap_text(
            &sentence(&change.say),
            Tone::Plain,
            width,
            &margin,
        ));
    }
    if let Some(rest) = changes
        .len()
        .checked_sub(MOST_CHANGES)
        .filter(|rest| *rest > 0)
    {
        let text = format!("  and {rest} more: landfall status --format json");
        lines.push(Line::new(Tone::Quiet, text));
    }
    lines
}

/// A clause as a sentence; it may begin with a name, which stays as it is written.
fn sentence(clause: &str) -> String {
    match clause.strip_prefix("the ") {
        Some(rest) => format!("The {rest}."),
        None => format!("{clause}."),
    }
}

/// A check's title, and below it these paragraphs.
fn changed(change: &Change, below: &[&str], width: usize) -> Vec<Line> {
    let mut spans = vec![
        Span::new(Tone::Plain, format!("{} ", change.title)),
        Span::new(Tone::Quiet, format!("({})", change.check)),
    ];
    for text in below {
        spans.push(layout::line_break());
        spans.push(Span::new(Tone::Plain, *text));
    }
    layout::wrap(&spans, width, &marked(change.now, width))
}

fn more(all: usize) -> Option<Line> {
    let rest = all.checked_sub(MOST_CHANGES).filter(|rest| *rest > 0)?;
    Some(Line::new(
        Tone::Quiet,
        format!("  and {rest} more: landfall verify"),
    ))
}
