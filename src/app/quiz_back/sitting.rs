//! A sitting, looked back at: what was sure and wrong first, what was right in a line each, then the sums.

use super::answer::{headed, in_a_line, in_full};
use super::count;
use super::sums::{calibration_lines, totals_lines};
use crate::quiz::back::{AnswerBack, Review, SittingBack};
use crate::term::layout::{self, Margin};
use crate::term::{Line, Tone};

/// The whole looking back at a sitting.
pub fn sitting_lines(sitting: &SittingBack, width: usize) -> Vec<Line> {
    let title = format!("Looking back: {}", sitting.title);
    let mut lines = vec![Line::blank()];
    lines.extend(layout::wrap_text(
        &title,
        Tone::Heading,
        width,
        &Margin::default(),
    ));
    if sitting.questions.is_empty() {
        lines.push(Line::from("Nothing was answered."));
    }
    for (review, heading, why) in PARTS {
        let answers = sitting.part(review);
        if answers.is_empty() {
            continue;
        }
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, heading));
        if !why.is_empty() {
            lines.extend(layout::wrap_text(
                why,
                Tone::Quiet,
                width,
                &Margin::default(),
            ));
        }
        for (at, answer) in answers.into_iter().enumerate() {
            // Long ones stand apart.
            if at > 0 && !matches!(review, Review::Right | Review::Waiting) {
                lines.push(Line::blank());
            }
            lines.extend(answer_lines(sitting, answer, width));
        }
    }
    if sitting.gone > 0 {
        lines.push(Line::blank());
        let answers = count(sitting.gone, "answer was", "answers were");
        lines.extend(layout::wrap_text(
            &format!("{answers} to questions that are no longer in the deck."),
            Tone::Quiet,
            width,
            &Margin::default(),
        ));
    }
    for part in [
        totals_lines(&sitting.totals, width),
        calibration_lines(&sitting.calibration, "How sure you were this time", width),
    ] {
        if !part.is_empty() {
            lines.push(Line::blank());
            lines.extend(part);
        }
    }
    lines
}

const PARTS: [(Review, &str, &str); 5] = [
    (
        Review::ConfidentError,
        "Sure, and not right",
        "First, because this is what a second look mends best.",
    ),
    (Review::Missed, "Not right yet", ""),
    (
        Review::NotKnown,
        "Not known yet",
        "You said so, and it is no mistake.",
    ),
    (Review::Waiting, "Not settled yet", ""),
    (Review::Right, "Right", ""),
];

fn answer_lines(sitting: &SittingBack, answer: &AnswerBack, width: usize) -> Vec<Line> {
    let position = sitting
        .questions
        .iter()
        .position(|other| std::ptr::eq(other, answer));
    let number = position.map_or(0, |position| position + 1);
    match answer.review {
        Review::Right => vec![in_a_line(answer, number, width)],
        Review::Waiting => {
            let mut lines = headed(answer, number, width);
            lines.extend(layout::wrap_text(
                &answer.came,
                Tone::Quiet,
                width,
                &Margin::spaces(5),
            ));
            lines
        }
        Review::ConfidentError | Review::Missed | Review::NotKnown => {
            in_full(answer, number, width)
        }
    }
}
