//! The sums of a sitting, and how sure the learner was.

use super::count;
use crate::quiz::back::{Calibration, OWN_MARKS, Score, Totals, percent};
use crate::term::layout::{self, Margin};
use crate::term::{Line, Tone};

/// What the answers came to, by who says so.
pub fn totals_lines(totals: &Totals, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let rows: Vec<(&str, Score)> = [
        ("judged by Landfall", totals.closed),
        ("confirmed by you", totals.open),
        ("by both", totals.mixed),
        ("together", totals.all),
    ]
    .into_iter()
    .filter(|(_, score)| score.of > 0)
    .collect();
    // One row says what "together" would say again.
    let rows = if rows.len() == 2 {
        &rows[..1]
    } else {
        &rows[..]
    };
    if !rows.is_empty() {
        lines.push(Line::new(Tone::Heading, "Right answers, and the share"));
    }
    let right = widest(rows.iter().map(|(_, score)| score.right));
    let of = widest(rows.iter().map(|(_, score)| score.of));
    for (name, score) in rows {
        let share = score.share.map_or_else(String::new, percent);
        lines.push(Line::from(format!("  {}", layout::pad(name, 18))).and(
            Tone::Strong,
            format!("  {:>right$} of {:>of$}  {share:>5}", score.right, score.of),
        ));
    }
    for words in remarks(totals) {
        lines.extend(layout::wrap_text(
            &words,
            Tone::Plain,
            width,
            &Margin::default(),
        ));
    }
    if totals.open.of + totals.mixed.of > 0 {
        lines.extend(layout::wrap_text(
            OWN_MARKS,
            Tone::Quiet,
            width,
            &Margin::default(),
        ));
    }
    lines
}

/// What stands in no row.
fn remarks(totals: &Totals) -> Vec<String> {
    let mut words = Vec::new();
    if totals.points.points > 0 {
        words.push(format!("Key points: {}.", totals.points.words()));
        if let Some(overrides) = totals.points.overrides() {
            words.push(format!("You and the machine: {overrides}."));
        }
    }
    if totals.provisional > 0 {
        words.push(format!(
            "Provisional, and in no score: {}, {}.",
            count(totals.provisional, "open answer", "open answers"),
            totals.provisional_points.provisional()
        ));
    }
    if totals.unconfirmed > 0 {
        words.push(format!(
            "Not confirmed yet, and in no score: {}.",
            count(totals.unconfirmed, "answer", "answers")
        ));
    }
    if totals.not_known > 0 {
        words.push(format!(
            "Not known yet: {}. That is no mistake and in no score.",
            count(totals.not_known, "question", "questions")
        ));
    }
    if totals.practised.of > 0 {
        words.push(format!(
            "Practised besides: {}, {} right. They lift no score.",
            count(
                totals.practised.of,
                "small item or second try",
                "small items and second tries"
            ),
            totals.practised.right
        ));
    }
    words
}

/// How sure the learner was, against how it came out; nothing when it was never said.
pub(super) fn calibration_lines(
    calibration: &Calibration,
    heading: &str,
    width: usize,
) -> Vec<Line> {
    if calibration.answers() == 0 {
        return Vec::new();
    }
    let mut lines = layout::wrap_text(heading, Tone::Heading, width, &Margin::default());
    let bands = calibration.bands();
    let right = widest(bands.iter().map(|(_, band)| band.right));
    let of = widest(bands.iter().map(|(_, band)| band.of));
    for (name, band) in bands {
        let words = if band.of == 0 {
            "never".to_owned()
        } else {
            format!("right {:>right$} of {:>of$}", band.right, band.of)
        };
        lines.push(Line::from(format!("  {}", layout::pad(name, 13))).and(Tone::Strong, words));
    }
    let says = calibration
        .says
        .unwrap_or("Too few answers yet to say what that means.");
    lines.extend(layout::wrap_text(
        says,
        Tone::Plain,
        width,
        &Margin::default(),
    ));
    lines
}

fn widest(numbers: impl Iterator<Item = usize>) -> usize {
    numbers
        .map(|number| number.to_string().len())
        .max()
        .unwrap_or(1)
}
