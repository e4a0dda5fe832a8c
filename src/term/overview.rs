//! A whole verification on the screen: lessons, steps, and of the checks only what needs eyes.

use super::layout::{Margin, wrap, wrap_text};
use super::text::{Line, Span, Tone};
use super::verdicts::{
    Opened, count, finding_lines, mark, root_cause_lines, step_line, totals_line,
};
use crate::checks::{Finding, StepOutcome, Verdict, Verification};
use std::collections::BTreeMap;

/// How much of what is not there yet is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One sentence each: a whole course is looked at, and most of it may be still to come.
    Course,
    /// What to do for each: these steps were asked for.
    Steps,
    /// Every check, with what was read for it.
    Everything,
}

/// Room before a check below its step.
const INDENT: usize = 2;

/// The lines of it.
pub fn overview(verification: &Verification, detail: Detail, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for lesson in &verification.lessons {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, &lesson.title));
        for step in &lesson.steps {
            lines.extend(step_line(step, width));
            lines.extend(indented(checks(step, detail, width.saturating_sub(INDENT))));
        }
    }
    lines.push(Line::blank());
    if let Some(root) = &verification.root_cause {
        lines.extend(root_cause_lines(root, width));
        lines.push(Line::blank());
    }
    lines.push(totals_line(&verification.totals));
    lines
}

fn checks(step: &StepOutcome, detail: Detail, width: usize) -> Vec<Line> {
    if detail == Detail::Everything {
        return step
            .checks
            .iter()
            .flat_map(|finding| finding_lines(finding, Opened::Evidence, width))
            .collect();
    }
    let mut lines = Vec::new();
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &step.checks {
        match finding.verdict {
            Verdict::Passed if finding.advice.is_none() => {}
            Verdict::Missing if detail == Detail::Course => lines.extend(sentence(finding, width)),
            Verdict::Skipped | Verdict::Attested => lines.extend(sentence(finding, width)),
            Verdict::Blocked => {
                let by = finding.blocked_by.map_or("", |by| by.as_str());
                *waiting.entry(by).or_default() += 1;
            }
            _ => lines.extend(finding_lines(finding, Opened::Folded, width)),
        }
    }
    for (by, number) in waiting {
        let words = format!("{} for {by}", count(number, "check waits", "checks wait"));
        let line = Line::new(Tone::Verdict(Verdict::Blocked), Verdict::Blocked.symbol())
            .and(Tone::Quiet, format!(" {words}"));
        lines.push(line);
    }
    lines
}

/// Mark and one sentence.
fn sentence(finding: &Finding, width: usize) -> Vec<Line> {
    let margin = Margin {
        first: Line::from(mark(finding.verdict)).and(Tone::Plain, "  "),
        rest: Line::from("    "),
    };
    wrap(&[Span::new(Tone::Plain, &finding.summary)], width, &margin)
}

fn indented(lines: Vec<Line>) -> Vec<Line> {
    lines
        .into_iter()
        .map(|line| {
            let mut moved = Line::from(" ".repeat(INDENT));
            moved.0.extend(line.0);
            moved
        })
        .collect()
}

/// The step to do next, when nothing is broken.
pub fn next_step(verification: &Verification, width: usize) -> Vec<Line> {
    let open = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .find(|step| matches!(step.verdict, Verdict::Missing | Verdict::Blocked));
    let Some(step) = open else { return Vec::new() };
    wrap_text(
        &format!("{}: landfall guide {}", step.title, step.id),
        Tone::Plain,
        width,
        &Margin::hanging(Line::new(Tone::Strong, "Next: ")),
    )
}

/// What to do first, when something is broken: on a whole course it stands where it was found, screens above.
pub fn first_remedy(verification: &Verification, width: usize) -> Vec<Line> {
    let fix = verification.root_cause.as_ref().and_then(|root| {
        verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .flat_map(|step| &step.checks)
            .find(|finding| finding.check == root.check)?
            .fix
            .first()
    });
    let Some(fix) = fix else { return Vec::new() };
    let next = Margin::hanging(Line::new(Tone::Strong, "Next: "));
    let mut lines = wrap_text(&fix.say, Tone::Plain, width, &next);
    // Each command line in one piece: wrapping it would break what is copied.
    for line in fix.command.iter().flat_map(|command| command.lines()) {
        lines.push(Line::from("      ").and(Tone::Code, line));
    }
    lines
}
