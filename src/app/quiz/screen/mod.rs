//! What the quiz shows.

mod feedback;
mod question;
mod reveal;
mod sheet;
#[cfg(test)]
mod tests;

pub(super) use feedback::{feedback, not_known};
pub(super) use question::{Head, asked, keys, question};
pub(super) use reveal::{draft, meant, point, reveal, sentences};
pub(super) use sheet::sheet;

use crate::term::layout::{self, Margin};
use crate::term::{Line, Tone};

/// Paragraphs, wrapped.
pub(super) fn prose(text: &str, tone: Tone, width: usize) -> Vec<Line> {
    margined(text, tone, width, &Margin::default())
}

/// Paragraphs behind a margin.
fn margined(text: &str, tone: Tone, width: usize, margin: &Margin) -> Vec<Line> {
    text.split("\n\n")
        .enumerate()
        .flat_map(|(at, paragraph)| {
            let blank = (at > 0).then(Line::blank);
            blank
                .into_iter()
                .chain(layout::wrap_text(paragraph, tone, width, margin))
        })
        .collect()
}

/// A text behind a first word that the following lines stand under.
fn hanging(first: Line, text: &str, tone: Tone, width: usize) -> Vec<Line> {
    layout::wrap_text(text, tone, width, &Margin::hanging(first))
}
