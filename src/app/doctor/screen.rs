//! What the doctor shows.

use crate::checks::Verdict;
use crate::report::doctor::{Diagnosis, Part, PartState};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::{count, fix_lines};
use crate::term::{Line, Span, Tone};

/// Columns of the longest mark and of the longest title.
const MARK: usize = 14;
const TITLE: usize = 14;

/// One line for each part, what to do below it.
pub(super) fn lines(diagnosis: &Diagnosis, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = diagnosis
        .parts
        .iter()
        .flat_map(|part| part_lines(part, width))
        .collect();
    lines.push(Line::blank());
    lines.extend(layout::wrap_text(
        &closing(diagnosis),
        Tone::Strong,
        width,
        &Margin::default(),
    ));
    lines
}

fn closing(diagnosis: &Diagnosis) -> String {
    let of = |state: PartState| {
        diagnosis
            .parts
            .iter()
            .filter(|part| part.state == state)
            .count()
    };
    let hindered = of(PartState::Trouble) + of(PartState::Unknown);
    let notes = of(PartState::Note);
    match (hindered, notes) {
        (0, 0) => "Everything is ready.".to_owned(),
        (0, _) => format!(
            "Landfall can check; {} above.",
            count(notes, "note", "notes")
        ),
        _ => format!(
            "{} Landfall from reading everything; what to do stands beside each.",
            count(hindered, "part keeps", "parts keep")
        ),
    }
}

fn part_lines(part: &Part, width: usize) -> Vec<Line> {
    let mark = format!("{} {}", part.state.symbol(), part.state.words());
    let mut spans = Vec::new();
    let margin = if width < 60 {
        spans.push(Span::new(Tone::Strong, format!("{}: ", part.title)));
        Margin {
            first: Line::new(tone(part.state), mark).and(Tone::Plain, "  "),
            rest: Line::from("    "),
        }
    } else {
        Margin::hanging(
            Line::new(tone(part.state), layout::pad(&mark, MARK))
                .and(Tone::Strong, layout::pad(part.title, TITLE)),
        )
    };
    spans.push(Span::new(Tone::Plain, &part.say));
    let mut lines = layout::wrap(&spans, width, &margin);
    for item in &part.items {
        // The name first, in one piece: it is looked for by eye and copied.
        let margin = Margin {
            first: Line::from("    "),
            rest: Line::from("      "),
        };
        let words = [
            Span::new(Tone::Strong, &item.name),
            Span::new(Tone::Quiet, format!(": {}", item.say)),
        ];
        lines.extend(layout::wrap(&words, width, &margin));
    }
    for fix in &part.todo {
        lines.extend(fix_lines(fix, width));
    }
    lines
}

const fn tone(state: PartState) -> Tone {
    match state {
        PartState::Fine => Tone::Verdict(Verdict::Passed),
        PartState::Note => Tone::Verdict(Verdict::Pending),
        PartState::Trouble => Tone::Verdict(Verdict::Failed),
        PartState::Unknown => Tone::Verdict(Verdict::Unknown),
        PartState::NotLooked => Tone::Verdict(Verdict::Skipped),
    }
}
