//! Findings and steps as lines: a mark, words, and what was expected, what was seen, what to do.

use super::layout::{Margin, wrap, wrap_text};
use super::text::{Line, Span, Tone};
use crate::checks::{Evidence, Finding, Fix, FoundBy, RootCause, StepOutcome, Totals, Verdict};

/// How far findings are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Checks that passed are counted, the others explained.
    Folded,
    /// Every check has its line.
    Lines,
    /// Every check with what was read for it.
    Evidence,
}

/// Mark and words: `✔ ok`.
pub fn mark(verdict: Verdict) -> Span {
    Span::new(
        Tone::Verdict(verdict),
        format!("{} {}", verdict.symbol(), verdict.words()),
    )
}

/// Mark and words of a finding; a blocked one names what it waits for.
pub fn mark_of(finding: &Finding) -> Span {
    match (finding.verdict, finding.blocked_by) {
        (Verdict::Blocked, Some(by)) => Span::new(
            Tone::Verdict(Verdict::Blocked),
            format!("{} waits for {by}", Verdict::Blocked.symbol()),
        ),
        (verdict, _) => mark(verdict),
    }
}

/// Mark, title, id.
pub fn titled(mark: Span, title: &str, id: &str, width: usize) -> Vec<Line> {
    let words = [
        Span::new(Tone::Strong, title),
        Span::new(Tone::Quiet, format!(" ({id})")),
    ];
    let margin = Margin {
        first: Line::from(mark).and(Tone::Plain, "  "),
        rest: Line::from("    "),
    };
    wrap(&words, width, &margin)
}

/// A step on one line, or as many as it takes.
pub fn step_line(step: &StepOutcome, width: usize) -> Vec<Line> {
    titled(mark(step.verdict), &step.title, step.id.as_str(), width)
}

/// A step's checks.
pub fn step_lines(step: &StepOutcome, opened: Opened, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let passed: Vec<&Finding> = step
        .checks
        .iter()
        .filter(|finding| finding.verdict == Verdict::Passed && finding.advice.is_none())
        .collect();
    if opened == Opened::Folded && !passed.is_empty() {
        lines.push(Line::from(mark(Verdict::Passed)).and(
            Tone::Plain,
            format!("  {}", count(passed.len(), "check passed", "checks passed")),
        ));
    }
    for finding in &step.checks {
        let folded = opened == Opened::Folded
            && finding.verdict == Verdict::Passed
            && finding.advice.is_none();
        if !folded {
            lines.extend(finding_lines(finding, opened, width));
        }
    }
    lines
}

/// A finding: what was seen, what was expected, what to do.
pub fn finding_lines(finding: &Finding, opened: Opened, width: usize) -> Vec<Line> {
    let mut lines = titled(
        mark_of(finding),
        finding.title,
        finding.check.as_str(),
        width,
    );
    lines.extend(wrap_text(
        &sentence(&finding.summary),
        Tone::Plain,
        width,
        &Margin::spaces(4),
    ));
    let explained = !matches!(
        finding.verdict,
        Verdict::Passed | Verdict::Skipped | Verdict::Attested | Verdict::Blocked
    );
    if explained || opened == Opened::Evidence {
        for evidence in &finding.evidence {
            lines.extend(evidence_lines(evidence, opened, width));
        }
        for sentence in &finding.ruled_out {
            lines.extend(field("ruled out", sentence, Tone::Plain, width));
        }
    }
    if let Some(action) = &finding.missing_permission {
        lines.extend(field("allow", action, Tone::Code, width));
    }
    if explained {
        for fix in &finding.fix {
            lines.extend(fix_lines(fix, width));
        }
    }
    if let Some(advice) = &finding.advice {
        lines.extend(field("advice", advice, Tone::Plain, width));
        // The advice's own remedy; a failed check has printed its own above.
        if !explained {
            for fix in &finding.fix {
                lines.extend(fix_lines(fix, width));
            }
        }
    }
    lines
}

/// Where it was read, what was expected there, what was seen.
fn evidence_lines(evidence: &Evidence, opened: Opened, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if !evidence.expected.is_empty() {
        lines.extend(field("expected", &evidence.expected, Tone::Plain, width));
    }
    lines.extend(field("seen", &evidence.observed, Tone::Plain, width));
    let place = [evidence.resource.as_str(), evidence.field.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let place = match opened {
        Opened::Evidence => format!("{place} · {} · {}", evidence.api, found(evidence.found_by)),
        Opened::Folded | Opened::Lines => place,
    };
    lines.extend(field("where", &place, Tone::Quiet, width));
    lines
}

const fn found(by: FoundBy) -> &'static str {
    match by {
        FoundBy::Relation => "found through what is built on it",
        FoundBy::Name => "found by its name",
        FoundBy::Choice => "the one you chose of several",
        FoundBy::OnlyOne => "the only one of its kind in the VPC",
        FoundBy::Fixed => "there is just one",
    }
}

/// One thing to do, with its command on lines of its own.
pub fn fix_lines(fix: &Fix, width: usize) -> Vec<Line> {
    let mut lines = field("to do", &fix.say, Tone::Plain, width);
    if let Some(command) = &fix.command {
        // Each command line in one piece: wrapping it would break what is copied.
        for line in command.lines() {
            lines.push(Line::from("      ").and(Tone::Code, line));
        }
    }
    lines
}

/// The first broken link of the chain, which explains the rest.
pub fn root_cause_lines(root: &RootCause, width: usize) -> Vec<Line> {
    let line = Line::new(Tone::Strong, "Begin here: ")
        .and(Tone::Plain, sentence(&root.summary))
        .and(Tone::Quiet, format!(" ({}, {})", root.check, root.cause));
    wrap(&line.0, width, &hanging_four())
}

/// How many checks gave each verdict; those that none gave are left out.
pub fn totals_line(totals: &Totals) -> Line {
    let mut line = Line::blank();
    for (count, verdict) in totals
        .by_verdict()
        .into_iter()
        .filter(|(count, _)| *count > 0)
    {
        if !line.0.is_empty() {
            line = line.and(Tone::Quiet, " · ");
        }
        line.0.push(Span::new(
            Tone::Verdict(verdict),
            format!("{} {count} {}", verdict.symbol(), verdict.words()),
        ));
    }
    line
}

/// `1 check passed`, `3 checks passed`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// A name in a column of its own, and what it is.
pub(super) fn field(name: &str, text: &str, tone: Tone, width: usize) -> Vec<Line> {
    let margin = Margin {
        first: Line::new(Tone::Quiet, format!("    {name:<9} ")),
        rest: Line::from(" ".repeat(if width < 60 { 6 } else { 14 })),
    };
    wrap(&[Span::new(tone, text)], width, &margin)
}

fn hanging_four() -> Margin {
    Margin {
        first: Line::blank(),
        rest: Line::from("    "),
    }
}

/// With its full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
