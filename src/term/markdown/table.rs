//! Tables: columns when they fit, wrapped within their columns when that helps, else one record per row.

use super::block::{Cell, Table};
use super::render::spans;
use crate::term::layout::{Margin, wrap};
use crate::term::text::{Line, Span, Tone};
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: usize = 2;

/// A column narrower than this is not worth wrapping into.
const NARROWEST: usize = 12;

pub(super) fn set(table: &Table, width: usize, margin: &Line) -> Vec<Line> {
    let room = width.saturating_sub(margin.width());
    let lines = match columns(table, room) {
        Some(columns) => grid(table, &columns),
        None => records(table, room),
    };
    lines
        .into_iter()
        .map(|line| Line(margin.0.iter().cloned().chain(line.0).collect()))
        .collect()
}

/// The width of each column, or `None` when a readable grid does not fit.
fn columns(table: &Table, room: usize) -> Option<Vec<usize>> {
    let count = table.head.len();
    let cells = |at: usize| {
        std::iter::once(&table.head)
            .chain(&table.rows)
            .filter_map(move |row| row.get(at))
    };
    let wanted: Vec<usize> = (0..count)
        .map(|at| cells(at).map(cell_width).max().unwrap_or(0))
        .collect();
    let room = room.checked_sub(GAP * count.saturating_sub(1))?;
    if wanted.iter().sum::<usize>() <= room {
        return Some(wanted);
    }
    // Each column gets what its longest word needs; what is left goes to those that want more, one column at a time.
    let mut given: Vec<usize> = (0..count)
        .map(|at| {
            let word = cells(at).map(longest_word).max().unwrap_or(0);
            word.max(NARROWEST).min(wanted[at])
        })
        .collect();
    let mut left = room.checked_sub(given.iter().sum())?;
    while left > 0 {
        let neediest = (0..count)
            .filter(|at| given[*at] < wanted[*at])
            .max_by_key(|at| 100 * wanted[*at] / given[*at].max(1))?;
        given[neediest] += 1;
        left -= 1;
    }
    Some(given)
}

fn grid(table: &Table, columns: &[usize]) -> Vec<Line> {
    let mut lines = row(&strong(&table.head), columns);
    let rule: Vec<String> = columns.iter().map(|width| "─".repeat(*width)).collect();
    lines.push(Line::new(Tone::Quiet, rule.join("  ")));
    for cells in &table.rows {
        let cells: Vec<Vec<Span>> = cells.iter().map(|cell| spans(cell)).collect();
        lines.extend(row(&cells, columns));
    }
    lines
}

/// One row of the grid; a cell may take several lines.
fn row(cells: &[Vec<Span>], columns: &[usize]) -> Vec<Line> {
    let wrapped: Vec<Vec<Line>> = columns
        .iter()
        .enumerate()
        .map(|(at, width)| {
            let cell = cells.get(at).map(Vec::as_slice).unwrap_or_default();
            wrap(cell, *width, &Margin::default())
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|at| {
            let mut line = Line::blank();
            let mut missing = 0;
            for (column, width) in wrapped.iter().zip(columns) {
                let part = column.get(at).cloned().unwrap_or_default();
                if part.width() > 0 {
                    line = line.and(Tone::Plain, " ".repeat(missing));
                    missing = 0;
                }
                missing += (width + GAP).saturating_sub(part.width());
                line.0.extend(part.0);
            }
            line
        })
        .collect()
}

/// One block per row: the first cell as its title, the others under it with their column's name.
fn records(table: &Table, room: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, cells) in table.rows.iter().enumerate() {
        if at > 0 {
            lines.push(Line::blank());
        }
        for (column, cell) in cells.iter().enumerate() {
            let text = spans(cell);
            if column == 0 {
                let title: Vec<Span> = text
                    .iter()
                    .map(|span| Span::new(Tone::Strong, span.text()))
                    .collect();
                lines.extend(wrap(&title, room, &Margin::default()));
                continue;
            }
            if text.is_empty() {
                continue;
            }
            let name: String = table
                .head
                .get(column)
                .map(|head| spans(head).iter().map(Span::text).collect())
                .unwrap_or_default();
            let margin = Margin {
                first: Line::new(Tone::Quiet, format!("  {name}: ")),
                rest: Line::from("    "),
            };
            lines.extend(wrap(&text, room, &margin));
        }
    }
    lines
}

fn strong(cells: &[Cell]) -> Vec<Vec<Span>> {
    cells
        .iter()
        .map(|cell| {
            spans(cell)
                .iter()
                .map(|span| Span::new(Tone::Strong, span.text()))
                .collect()
        })
        .collect()
}

fn cell_width(cell: &Cell) -> usize {
    spans(cell).iter().map(Span::width).sum()
}

fn longest_word(cell: &Cell) -> usize {
    let text: String = spans(cell).iter().map(Span::text).collect();
    text.split(' ')
        .map(UnicodeWidthStr::width)
        .max()
        .unwrap_or(0)
}
