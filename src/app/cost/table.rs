//! Lines with their prices, in columns where there is room.

use crate::report::cost::{Line as Charge, Price, Sum};
use crate::term::layout::{Margin, pad, wrap_text};
use crate::term::{Line, Tone};

/// Narrower than this, a price stands below what it is for.
const NARROW: usize = 60;
const HOUR: usize = 10;
const MONTH: usize = 11;
const INDENT: usize = 2;

/// The heading, with the columns' names.
pub(super) fn heading(title: &str, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    if width < NARROW {
        lines.extend(wrap_text(title, Tone::Heading, width, &Margin::default()));
        return lines;
    }
    let room = width.saturating_sub(HOUR + MONTH);
    let mut title = wrap_text(title, Tone::Heading, room, &Margin::default());
    if let Some(last) = title.pop() {
        lines.extend(title);
        let gap = " ".repeat(room.saturating_sub(last.width()));
        lines.push(last.and(
            Tone::Quiet,
            format!("{gap}{:>HOUR$}{:>MONTH$}", "an hour", "a month"),
        ));
    }
    lines
}

/// One thing, its price, and what one has to know about it. `place` is said where it is not the region looked at.
pub(super) fn charge(charge: &Charge, place: Option<&str>, width: usize) -> Vec<Line> {
    let say = match place {
        Some(region) => format!("{} in {region}", charge.say),
        None => charge.say.clone(),
    };
    let mark = if charge.price.is_estimate() { "~" } else { "" };
    let mut lines = match charge.price {
        Price::Known { hour, month, .. } => row(
            &say,
            Tone::Plain,
            (
                &format!("{mark}{}", hour.in_column(3)),
                &format!("{mark}{}", month.in_column(2)),
            ),
            width,
        ),
        Price::Free => row(&say, Tone::Plain, ("free", ""), width),
        Price::Unknown => row(&say, Tone::Plain, ("not known", ""), width),
    };
    for note in &charge.notes {
        lines.extend(wrap_text(note, Tone::Quiet, width, &Margin::spaces(4)));
    }
    lines
}

/// What the lines above add up to.
pub(super) fn together(sum: Sum, width: usize) -> Vec<Line> {
    let say = if sum.at_least {
        "together, at least"
    } else {
        "together"
    };
    let prices = (&*sum.hour.in_column(3), &*sum.month.in_column(2));
    row(say, Tone::Strong, prices, width)
}

fn row(say: &str, tone: Tone, (hour, month): (&str, &str), width: usize) -> Vec<Line> {
    if width < NARROW {
        let mut lines = wrap_text(say, tone, width, &Margin::spaces(INDENT));
        let price = if month.is_empty() {
            hour.to_owned()
        } else {
            format!("{hour} an hour, {month} a month")
        };
        lines.extend(wrap_text(&price, Tone::Plain, width, &Margin::spaces(4)));
        return lines;
    }
    let room = width.saturating_sub(HOUR + MONTH);
    let margin = Margin {
        first: Line::from(" ".repeat(INDENT)),
        rest: Line::from(" ".repeat(INDENT + 2)),
    };
    let mut said = wrap_text(say, tone, room, &margin).into_iter();
    let mut lines = Vec::new();
    if let Some(first) = said.next() {
        let gap = pad("", room.saturating_sub(first.width()));
        let prices = format!("{gap}{hour:>HOUR$}{month:>MONTH$}");
        lines.push(first.and(tone, prices.trim_end()));
    }
    lines.extend(said);
    lines
}
