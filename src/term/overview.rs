//! A whole verification on the screen: lessons, steps, and of the checks only what needs eyes.

use super::layout::{Margin, wrap, wrap_text};
use super::text::{Line, Span, Tone};
use super::verdicts::{
    Opened, count, field, finding_lines, fix_lines, mark, root_cause_lines, step_line, totals_line,
};
use crate::checks::{Cause, Finding, RootCause, StepOutcome, Verdict, Verification, is_global};
use std::collections::{BTreeMap, BTreeSet};

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

/// By a check's id, a clause on its past that stands below it: when it passed last, and what changed since.
pub type Remarks = BTreeMap<String, String>;

/// The lines of it.
pub fn overview(verification: &Verification, detail: Detail, width: usize) -> Vec<Line> {
    remarked(verification, detail, &Remarks::new(), width)
}

/// The lines of it, with remarks on what passed before.
pub fn remarked(
    verification: &Verification,
    detail: Detail,
    remarks: &Remarks,
    width: usize,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut hidden = 0;
    let refused = refused(verification);
    for lesson in &verification.lessons {
        let (shown, rest): (Vec<_>, Vec<_>) = lesson
            .steps
            .iter()
            .partition(|step| detail != Detail::Course || !is_explained(verification, step));
        hidden += rest.len();
        if shown.is_empty() {
            continue;
        }
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, &lesson.title));
        for step in shown {
            lines.extend(step_line(step, width));
            let width = width.saturating_sub(INDENT);
            lines.extend(indented(checks(
                step,
                detail,
                refused.len() > 1,
                remarks,
                width,
            )));
        }
    }
    lines.push(Line::blank());
    if hidden > 0 {
        let words = format!(
            "{} not there yet, or not here: -v opens them.",
            count(hidden, "step is", "steps are")
        );
        lines.extend(wrap_text(&words, Tone::Quiet, width, &Margin::spaces(0)));
        lines.push(Line::blank());
    }
    if let Some(root) = &verification.root_cause {
        lines.extend(root_cause_lines(root, width));
        if detail != Detail::Steps {
            lines.extend(cure(verification, root, width));
        }
        lines.push(Line::blank());
    }
    if refused.len() > 1 {
        lines.extend(permissions_line(&refused, width));
    }
    lines.push(totals_line(&verification.totals));
    lines
}

/// The findings that a missing permission left open.
fn refused(verification: &Verification) -> Vec<&Finding> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .filter(|finding| is_refused(finding))
        .collect()
}

fn is_refused(finding: &Finding) -> bool {
    finding.verdict == Verdict::Unknown && finding.missing_permission.is_some()
}

/// What to do about all of them, once.
fn permissions_line(refused: &[&Finding], width: usize) -> Vec<Line> {
    let actions: BTreeSet<&str> = refused
        .iter()
        .filter_map(|finding| finding.missing_permission.as_deref())
        .collect();
    let missing = match actions.len() {
        1 => "One permission is missing".to_owned(),
        many => format!("{many} permissions are missing"),
    };
    let text = format!(
        "{missing}, so {} checks cannot tell. What to add, for all of them at once: landfall doctor",
        refused.len()
    );
    let mut lines = wrap_text(&text, Tone::Strong, width, &Margin::default());
    lines.push(Line::blank());
    lines
}

/// What to do about the root cause, once more where the eyes are: after a whole course its check has scrolled away.
fn cure(verification: &Verification, root: &RootCause, width: usize) -> Vec<Line> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .filter(|finding| finding.check == root.check)
        .flat_map(|finding| &finding.fix)
        .flat_map(|fix| fix_lines(fix, width))
        .collect()
}

/// Whether a step says nothing that the one root cause does not say: everything stands in another region.
fn is_explained(verification: &Verification, step: &StepOutcome) -> bool {
    let Some(root) = &verification.root_cause else {
        return false;
    };
    root.cause == Cause::WrongRegion
        && matches!(step.verdict, Verdict::Missing | Verdict::Blocked)
        && step
            .checks
            .iter()
            .all(|finding| finding.check != root.check && !is_global(finding.check))
}

/// With `once`, what to do about permissions is said once for all, and not here.
fn checks(
    step: &StepOutcome,
    detail: Detail,
    once: bool,
    remarks: &Remarks,
    width: usize,
) -> Vec<Line> {
    let mut lines = Vec::new();
    if detail == Detail::Everything {
        for finding in &step.checks {
            lines.extend(finding_lines(finding, Opened::Evidence, width));
            lines.extend(remark(finding, remarks, width));
        }
        return lines;
    }
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &step.checks {
        match finding.verdict {
            Verdict::Passed if finding.advice.is_none() => {}
            Verdict::Missing
                if detail == Detail::Course && finding.cause != Some(Cause::WrongRegion) =>
            {
                lines.extend(sentence(finding, width));
            }
            Verdict::Unknown if once && is_refused(finding) => {
                lines.extend(sentence(finding, width));
            }
            Verdict::Skipped | Verdict::Attested => lines.extend(sentence(finding, width)),
            Verdict::Blocked => {
                let by = finding.blocked_by.map_or("", |by| by.as_str());
                *waiting.entry(by).or_default() += 1;
            }
            _ => lines.extend(finding_lines(finding, Opened::Folded, width)),
        }
        lines.extend(remark(finding, remarks, width));
    }
    for (by, number) in waiting {
        let words = format!("{} for {by}", count(number, "check waits", "checks wait"));
        let line = Line::new(Tone::Verdict(Verdict::Blocked), Verdict::Blocked.symbol())
            .and(Tone::Quiet, format!(" {words}"));
        lines.push(line);
    }
    lines
}

/// What the past says to a check that fails now.
fn remark(finding: &Finding, remarks: &Remarks, width: usize) -> Vec<Line> {
    if !matches!(finding.verdict, Verdict::Failed | Verdict::Missing) {
        return Vec::new();
    }
    remarks
        .get(finding.check.as_str())
        .map_or_else(Vec::new, |words| field("before", words, Tone::Plain, width))
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

/// The step to do next, when nothing is broken. One that only waits for something elsewhere is not it.
pub fn next_step(verification: &Verification, width: usize) -> Vec<Line> {
    let open = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .filter(|step| matches!(step.verdict, Verdict::Missing | Verdict::Blocked))
        .find(|step| {
            let mut findings = step.checks.iter();
            findings.any(|finding| finding.verdict == Verdict::Missing)
        });
    let Some(step) = open else { return Vec::new() };
    wrap_text(
        &format!("{}: landfall guide {}", step.title, step.id),
        Tone::Plain,
        width,
        &Margin::hanging(Line::new(Tone::Strong, "Next: ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Snapshot;
    use crate::checks::verify_all;
    use crate::course::{Course, CourseFiles, load};
    use crate::practice::{self, State, test_chapter};

    fn course() -> Course {
        let known: Vec<&str> = crate::checks::checks().map(|one| one.id.as_str()).collect();
        load(&CourseFiles::embedded(), &known).unwrap().0
    }

    fn without_the_database_rule() -> Snapshot {
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        let mut state = State::default();
        practice::apply_all(&mut state, now);
        practice::break_cause(&mut state, "database-closed-to-tasks", &test_chapter(), now)
            .unwrap();
        practice::snapshot(&state, &test_chapter(), now)
    }

    fn screen(detail: Detail) -> Vec<String> {
        let verification = verify_all(&without_the_database_rule(), &course(), &BTreeSet::new());
        let lines = overview(&verification, detail, 80);
        lines.iter().map(Line::to_text).collect()
    }

    #[test]
    fn the_last_screen_of_a_whole_course_says_what_to_do_about_the_root_cause() {
        let lines = screen(Detail::Course);
        let begin = lines
            .iter()
            .position(|line| line.starts_with("Begin here: "));
        let end = &lines[begin.unwrap()..];
        assert!(end.len() < 24, "it fits on one screen: {end:#?}");
        let command = end
            .iter()
            .find(|line| line.contains("aws ec2 authorize-security-group-ingress"));
        assert!(
            command.unwrap().ends_with("--region us-east-1"),
            "in one piece"
        );
    }

    #[test]
    fn a_single_step_does_not_say_it_twice() {
        let lines = screen(Detail::Steps);
        let commands = lines
            .iter()
            .filter(|line| line.contains("authorize-security-group-ingress"));
        assert_eq!(commands.count(), 1);
    }
}
