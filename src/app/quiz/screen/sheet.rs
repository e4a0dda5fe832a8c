//! The answer sheet of an exam.

use super::hanging;
use crate::app::quiz::sheet::{Row, State};
use crate::term::verdicts::count;
use crate::term::{Line, Tone};

/// Every question in a line, and how many are blank.
pub(in crate::app::quiz) fn sheet(rows: &[Row<'_>], width: usize) -> Vec<Line> {
    let mut lines = vec![Line::blank(), Line::new(Tone::Heading, "Answer sheet")];
    for row in rows {
        let word = match row.state {
            State::Answered => "answered",
            State::NotKnown => "not known",
            State::Blank => "blank",
        };
        let tone = match row.state {
            State::Blank => Tone::Strong,
            State::Answered | State::NotKnown => Tone::Quiet,
        };
        let first = Line::new(Tone::Quiet, format!("{:>3}  ", row.at.number))
            .and(tone, format!("{word:<10}"))
            .and(Tone::Plain, if row.flagged { "flagged  " } else { "" });
        lines.extend(
            hanging(first, &row.at.question.prompt, Tone::Plain, width)
                .into_iter()
                .take(1),
        );
    }
    let blank = rows.iter().filter(|row| row.state == State::Blank).count();
    lines.push(Line::blank());
    lines.push(Line::new(
        Tone::Plain,
        format!(
            "{}, {blank} blank.",
            count(rows.len(), "question", "questions")
        ),
    ));
    lines
}
