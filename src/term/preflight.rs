//! "Would this task start?" as a short block: the answer, what stands in the way, and what is in order.

use super::layout::{Margin, wrap};
use super::text::{Line, Span, Tone};
use super::verdicts::{mark, titled};
use crate::checks::{Preflight, PreflightAnswer, Verdict};

/// The lines of it; each thing that is not in order names the check that knows more.
pub fn preflight_lines(preflight: &Preflight, width: usize) -> Vec<Line> {
    let hanging = Margin {
        first: Line::blank(),
        rest: Line::from("    "),
    };
    let head =
        Line::new(Tone::Strong, "Would this task start? ").and(Tone::Plain, &preflight.summary);
    let mut lines = wrap(&head.0, width, &hanging);
    if preflight.answer == PreflightAnswer::Ok {
        return lines;
    }
    let (good, rest): (Vec<_>, Vec<_>) = preflight
        .questions
        .iter()
        .partition(|question| question.answer == PreflightAnswer::Ok);
    for question in rest {
        let mark = mark(verdict(question.answer));
        lines.extend(titled(mark, question.title, question.check.as_str(), width));
    }
    if !good.is_empty() {
        let titles: Vec<&str> = good.iter().map(|question| question.title).collect();
        let margin = Margin {
            first: Line::from(mark(Verdict::Passed)).and(Tone::Plain, "  "),
            rest: Line::from("    "),
        };
        lines.extend(wrap(
            &[Span::new(Tone::Plain, titles.join(", "))],
            width,
            &margin,
        ));
    }
    lines
}

const fn verdict(answer: PreflightAnswer) -> Verdict {
    match answer {
        PreflightAnswer::Ok => Verdict::Passed,
        PreflightAnswer::NotOk => Verdict::Failed,
        PreflightAnswer::NotThereYet => Verdict::Missing,
        PreflightAnswer::CannotTell => Verdict::Unknown,
    }
}
