//! What `landfall cost` shows.

use super::table;
use crate::account::Snapshot;
use crate::guide::screen::account;
use crate::report::cost::{Cost, Line as Charge, MEASURE, Sum, as_of};
use crate::term::layout::{Margin, wrap_text};
use crate::term::{Line, Tone};

/// More gaps than this are counted, not listed.
const MOST_GAPS: usize = 5;

/// <https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/free-tier.html>
const CREDITS: &str = "Accounts opened since 15 July 2025 begin with credits: while these last, what is listed is taken \
    from them (November 2026, https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/free-tier.html).";

/// All of it. `options` stand in commands so that they mean the same account.
pub(super) fn lines(cost: &Cost, snapshot: &Snapshot, options: &str, width: usize) -> Vec<Line> {
    let mut lines = prose(&account(snapshot), Tone::Quiet, width);
    lines.extend(prose(
        &format!("Prices of {}, in US dollars, before tax.", as_of()),
        Tone::Quiet,
        width,
    ));
    if !cost.is_billed() {
        lines.extend(prose(
            "Nothing is billed here. In an account of your own, it would cost this:",
            Tone::Plain,
            width,
        ));
    }
    running(cost, width, &mut lines);
    left_behind(cost, width, &mut lines);
    others(cost, width, &mut lines);
    gaps(cost, width, &mut lines);
    footnotes(cost, options, width, &mut lines);
    lines
}

fn running(cost: &Cost, width: usize, lines: &mut Vec<Line>) {
    let title = format!("Runs now in {}", cost.region);
    if cost.running.is_empty() {
        lines.push(Line::blank());
        lines.extend(prose(&title, Tone::Heading, width));
        let nothing = if cost.running_sum().at_least {
            "Nothing of the chapter, as far as I could see."
        } else {
            "Nothing of the chapter."
        };
        lines.extend(wrap_text(nothing, Tone::Plain, width, &Margin::spaces(2)));
        return;
    }
    section(
        cost,
        &title,
        &cost.running,
        cost.running_sum(),
        width,
        lines,
    );
}

fn left_behind(cost: &Cost, width: usize, lines: &mut Vec<Line>) {
    let title = "Left behind";
    let nothing = match cost.regions {
        None => "Other regions were not looked at.".to_owned(),
        Some(number) if cost.left_behind_sum().at_least => {
            format!(
                "Nothing of the chapter, as far as I could see in {}.",
                regions(number)
            )
        }
        Some(number) => format!("Nothing of the chapter, in {}.", regions(number)),
    };
    if cost.left_behind.is_empty() {
        lines.push(Line::blank());
        lines.extend(prose(title, Tone::Heading, width));
        lines.extend(wrap_text(&nothing, Tone::Plain, width, &Margin::spaces(2)));
        return;
    }
    let sum = cost.left_behind_sum();
    section(cost, title, &cost.left_behind, sum, width, lines);
}

fn others(cost: &Cost, width: usize, lines: &mut Vec<Line>) {
    if cost.others.is_empty() {
        return;
    }
    let title = "Bears no name of the chapter: is it yours?";
    section(cost, title, &cost.others, cost.others_sum(), width, lines);
}

fn section(
    cost: &Cost,
    title: &str,
    charges: &[Charge],
    sum: Sum,
    width: usize,
    lines: &mut Vec<Line>,
) {
    lines.extend(table::heading(title, width));
    for charge in charges {
        let place = (charge.region != cost.region).then(|| charge.region.as_str());
        lines.extend(table::charge(charge, place, width));
    }
    if charges.len() > 1 || sum.at_least {
        lines.extend(table::together(sum, width));
    }
}

fn gaps(cost: &Cost, width: usize, lines: &mut Vec<Line>) {
    if cost.gaps.is_empty() {
        return;
    }
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Heading, "Cannot tell"));
    // One reason for all of them is said once.
    if let Some(reason) = common_reason(cost) {
        let text = format!(
            "{} calls were not answered: {reason}. What to do about it: landfall doctor",
            cost.gaps.len()
        );
        lines.extend(wrap_text(&text, Tone::Plain, width, &Margin::spaces(2)));
        return;
    }
    for gap in cost.gaps.iter().take(MOST_GAPS) {
        let place = gap
            .region
            .as_ref()
            .map_or("all other regions", |region| region.as_str());
        let text = format!("{place}: {} could not be read, {}.", gap.call, gap.reason);
        lines.extend(wrap_text(&text, Tone::Plain, width, &Margin::spaces(2)));
    }
    if let Some(more) = cost
        .gaps
        .len()
        .checked_sub(MOST_GAPS)
        .filter(|more| *more > 0)
    {
        let text = format!("and {more} more: landfall cost --format json");
        lines.extend(wrap_text(&text, Tone::Quiet, width, &Margin::spaces(2)));
    }
}

fn common_reason(cost: &Cost) -> Option<&str> {
    let (first, rest) = cost.gaps.split_first()?;
    let same = rest.len() >= MOST_GAPS && rest.iter().all(|gap| gap.reason == first.reason);
    same.then_some(first.reason.as_str())
}

fn footnotes(cost: &Cost, options: &str, width: usize, lines: &mut Vec<Line>) {
    lines.push(Line::blank());
    let sum = cost.sum();
    if !cost.running.is_empty() || !cost.left_behind.is_empty() {
        lines.extend(prose(&all(cost, sum), Tone::Strong, width));
    }
    for region in cost.estimated_regions() {
        let text = format!("~ No price known for {region}: {MEASURE}'s is used as an estimate.");
        lines.extend(prose(&text, Tone::Quiet, width));
    }
    if cost.all_lines().next().is_none() {
        return;
    }
    if cost.is_billed() {
        lines.extend(prose(CREDITS, Tone::Quiet, width));
    }
    if !cost.teardown.is_empty() {
        let space = if options.is_empty() { "" } else { " " };
        lines.push(Line::blank());
        lines.extend(prose(
            "The commands that delete it, in the order in which they work:",
            Tone::Plain,
            width,
        ));
        lines.push(Line::from("  ").and(
            Tone::Code,
            format!("landfall{space}{options} cost --teardown"),
        ));
    }
}

fn all(cost: &Cost, sum: Sum) -> String {
    let verb = if cost.is_billed() {
        "costs"
    } else {
        "would cost"
    };
    let least = if sum.at_least { "at least " } else { "" };
    format!(
        "The chapter {verb} {least}{} an hour, {least}{} a month of 730 hours.",
        sum.hour, sum.month
    )
}

fn regions(number: usize) -> String {
    match number {
        1 => "1 region".to_owned(),
        more => format!("{more} regions"),
    }
}

fn prose(text: &str, tone: Tone, width: usize) -> Vec<Line> {
    wrap_text(text, tone, width, &Margin::default())
}
