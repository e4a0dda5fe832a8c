//! The report on the screen.

use crate::app::quiz_back;
use crate::checks::Finding;
use crate::report::{LearnerReport, learner, wording};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::{self, Opened, mark};
use crate::term::{Line, Manner, Span, Tone};

/// The whole report.
pub(super) fn lines(report: &LearnerReport, width: usize, manner: Manner) -> Vec<Line> {
    let mut lines = head(report, width);
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Heading, "Patterns to take forward"));
    for pattern in &report.patterns {
        let spans = [
            mark(pattern.verdict),
            Span::new(Tone::Strong, format!("  {}", pattern.title)),
        ];
        lines.extend(layout::wrap(&spans, width, &hanging(2, 4)));
        lines.extend(layout::wrap_text(
            &pattern.say,
            Tone::Quiet,
            width,
            &Margin::spaces(4),
        ));
    }
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Heading, "Lessons and steps"));
    for lesson in &report.lessons {
        let spans = [
            mark(lesson.verdict),
            Span::new(Tone::Strong, format!("  {}", lesson.title)),
        ];
        lines.extend(layout::wrap(&spans, width, &hanging(2, 4)));
        for step in &lesson.steps {
            let remark = match (step.left_out, step.optional) {
                (true, _) => ", left out",
                (false, true) => ", optional",
                (false, false) => "",
            };
            let spans = [
                mark(step.verdict),
                Span::new(Tone::Plain, format!("  {} ", step.title)),
                Span::new(Tone::Quiet, format!("({}{remark})", step.id)),
            ];
            lines.extend(layout::wrap(&spans, width, &hanging(4, 8)));
        }
    }
    lines.extend(to_do(report, width));
    lines.extend(remarks(report, width));
    lines.extend(plain(
        &report.confirmed(),
        "Confirmed by you, not checked",
        width,
    ));
    lines.extend(plain(&report.not_for_you(), "Not for you", width));
    lines.extend(quizzes(report, width, manner));
    lines
}

fn head(report: &LearnerReport, width: usize) -> Vec<Line> {
    let mut lines = layout::wrap_text(&report.course, Tone::Heading, width, &Margin::default());
    let facts = [
        format!("{}, {}", wording::account(report), report.account.region),
        format!("Looked at {}, read-only.", report.looked_at_local),
        format!("{}.", wording::steps(report.steps)),
    ];
    for fact in facts {
        lines.extend(layout::wrap_text(
            &fact,
            Tone::Plain,
            width,
            &Margin::default(),
        ));
    }
    let totals = verdicts::totals_line(&report.totals);
    lines.extend(layout::wrap(&totals.0, width, &Margin::default()));
    if let Some(root) = &report.root_cause {
        lines.extend(verdicts::root_cause_lines(root, width));
    }
    if report.account.shortened {
        lines.extend(layout::wrap_text(
            wording::SHORTENED,
            Tone::Quiet,
            width,
            &Margin::default(),
        ));
    }
    lines
}

fn to_do(report: &LearnerReport, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (step, findings) in report.findings(learner::is_to_do) {
        lines.push(Line::blank());
        let spans = [
            Span::new(Tone::Heading, format!("To do: {} ", step.title)),
            Span::new(Tone::Quiet, format!("({})", step.id)),
        ];
        lines.extend(layout::wrap(&spans, width, &Margin::default()));
        for finding in findings {
            lines.extend(verdicts::finding_lines(finding, Opened::Folded, width));
        }
    }
    lines
}

fn remarks(report: &LearnerReport, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for finding in report
        .findings(learner::is_remark)
        .flat_map(|(_, found)| found)
    {
        if lines.is_empty() {
            lines.extend([Line::blank(), Line::new(Tone::Heading, "Could be better")]);
        }
        lines.extend(titled(
            finding,
            finding.advice.as_deref().unwrap_or_default(),
            width,
        ));
        for fix in &finding.fix {
            lines.extend(verdicts::fix_lines(fix, width));
        }
    }
    lines
}

fn plain(findings: &[&Finding], heading: &str, width: usize) -> Vec<Line> {
    if findings.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::blank(), Line::new(Tone::Heading, heading)];
    for finding in findings {
        lines.extend(titled(finding, &finding.summary, width));
    }
    lines
}

fn titled(finding: &Finding, say: &str, width: usize) -> Vec<Line> {
    let spans = [
        Span::new(Tone::Strong, format!("{} ", finding.title)),
        Span::new(Tone::Quiet, format!("({}): ", finding.check)),
        Span::new(Tone::Plain, wording::sentence(say)),
    ];
    layout::wrap(&spans, width, &hanging(2, 4))
}

fn quizzes(report: &LearnerReport, width: usize, manner: Manner) -> Vec<Line> {
    let mut lines = Vec::new();
    for quiz in &report.quizzes {
        lines.extend(quiz_back::overview_lines(&quiz.standing, width, manner));
        lines.push(Line::blank());
        let when = match &quiz.finished_at_local {
            Some(at) => format!("The last sitting, finished {at}"),
            None => "The sitting that is open: `landfall quiz` goes on".to_owned(),
        };
        lines.extend(layout::wrap_text(
            &when,
            Tone::Heading,
            width,
            &Margin::default(),
        ));
        lines.extend(quiz_back::totals_lines(&quiz.result.totals, width));
    }
    lines
}

fn hanging(first: usize, rest: usize) -> Margin {
    Margin {
        first: Line::from(" ".repeat(first)),
        rest: Line::from(" ".repeat(rest)),
    }
}
