//! The small form: the stack in a few lines, as the guide shows it after a lesson.

use crate::report::map::{Hop, Map, Row, Shape, Sound, small};
use crate::term::text::{Line, Span, Tone};
use crate::term::verdicts::mark;

/// The lines; a hop is broken only where it alone is wider than a line.
pub fn small_lines(map: &Map, width: usize) -> Vec<Line> {
    small(map)
        .iter()
        .flat_map(|row| row_lines(row, width))
        .collect()
}

fn row_lines(row: &Row, width: usize) -> Vec<Line> {
    let mut first = Line::from(row.from.short());
    if let Some(verdict) = row.from_verdict {
        first.0.push(Span::new(Tone::Plain, " "));
        first.0.push(mark(verdict));
    }
    let mut lines = vec![first];
    for (at, hop) in row.hops.iter().enumerate() {
        if row.shape == Shape::Fan && at > 0 {
            glue(&mut lines, Span::new(Tone::Plain, ","));
        }
        if hop.repeats {
            append(&mut lines, Line(target(hop)), width);
            continue;
        }
        let whole = Line([arrow(hop), vec![Span::new(Tone::Plain, " ")], target(hop)].concat());
        // A comma may follow.
        if whole.width() + 4 <= width {
            append(&mut lines, whole, width);
        } else {
            append(&mut lines, Line(arrow(hop)), width);
            append(&mut lines, Line(target(hop)), width);
        }
    }
    lines
}

fn append(lines: &mut Vec<Line>, piece: Line, width: usize) {
    let Some(last) = lines.last_mut() else { return };
    if last.width() + 1 + piece.width() < width {
        last.0.push(Span::new(Tone::Plain, " "));
        last.0.extend(piece.0);
    } else {
        let mut next = Line::from("  ");
        next.0.extend(piece.0);
        lines.push(next);
    }
}

fn glue(lines: &mut [Line], span: Span) {
    if let Some(last) = lines.last_mut() {
        last.0.push(span);
    }
}

/// `─5432→`; `┄5432→` while it is not there; `─5432 ✘ wrong→` when it has something of its own to say.
fn arrow(hop: &Hop) -> Vec<Span> {
    let line = match hop.sound {
        Sound::NotYet => "┄",
        Sound::Yes | Sound::Says(_) => "─",
    };
    // `443/80`: a space would break it.
    let port = hop.port.as_deref().map(|port| port.replace(", ", "/"));
    let port = port.as_deref().unwrap_or(line);
    match hop.sound {
        Sound::Says(verdict) => vec![
            Span::new(Tone::Quiet, format!("{line}{port} ")),
            mark(verdict),
            Span::new(Tone::Quiet, "→"),
        ],
        Sound::Yes | Sound::NotYet => vec![Span::new(Tone::Quiet, format!("{line}{port}→"))],
    }
}

fn target(hop: &Hop) -> Vec<Span> {
    vec![
        Span::new(Tone::Plain, format!("{} ", hop.to.short())),
        mark(hop.verdict),
    ]
}
