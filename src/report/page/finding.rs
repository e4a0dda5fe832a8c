//! Findings and verdicts, as every page shows them.

use super::{Page, escaped};
use crate::checks::{Finding, Verdict};
use crate::report::wording;

/// A finding with what was read for it and what to do.
pub(crate) fn finding(page: &mut Page, finding: &Finding) {
    page.raw(&format!(
        "<p><span class=\"verdict {}\">{}</span> <strong>{}</strong> <span class=\"id\">({})</span></p>",
        finding.verdict.id(),
        marked(&wording::mark(finding)),
        escaped(finding.title),
        escaped(finding.check.as_str())
    ));
    if !finding.summary.is_empty() {
        page.text("p", &wording::sentence(&finding.summary));
    }
    // What only follows from another check is explained there.
    if finding.verdict == Verdict::Blocked {
        return;
    }
    for evidence in &finding.evidence {
        let place = wording::place(evidence);
        let all = [
            ("Expected", evidence.expected.as_str()),
            ("Seen", evidence.observed.as_str()),
            ("Where", &place),
        ];
        page.facts(all.into_iter().filter(|(_, value)| !value.is_empty()));
    }
    if !finding.ruled_out.is_empty() {
        page.facts(
            finding
                .ruled_out
                .iter()
                .map(|sentence| ("Ruled out", sentence.as_str())),
        );
    }
    if let Some(action) = &finding.missing_permission {
        page.facts([("Allow", action.as_str())].into_iter());
    }
    fixes(page, finding);
}

/// What to do about it, in order.
pub(crate) fn fixes(page: &mut Page, finding: &Finding) {
    for fix in &finding.fix {
        page.raw(&format!(
            "<p><strong>To do:</strong> {}</p>",
            escaped(&fix.say)
        ));
        if let Some(command) = &fix.command {
            page.command(command);
        }
    }
}

/// A verdict in its colour, with its word; the mark is for the eye alone.
pub(crate) fn verdict(verdict: Verdict) -> String {
    format!(
        "<span class=\"verdict {}\">{}</span>",
        verdict.id(),
        marked(&wording::verdict_mark(verdict))
    )
}

/// Hides the mark in front of the words from screen readers.
pub(crate) fn marked(text: &str) -> String {
    let (mark, words) = text.split_once(' ').unwrap_or(("", text));
    format!(
        "<span aria-hidden=\"true\">{}</span> {}",
        escaped(mark),
        escaped(words)
    )
}
