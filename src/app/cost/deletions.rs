//! `landfall cost --teardown`: the commands that delete everything, in their order. They are printed, never run.

use crate::checks::Deletion;
use crate::report::cost::Cost;
use crate::term::layout::{Margin, wrap_text};
use crate::term::{Line, Tone};

/// Numbered, region by region.
pub(super) fn lines(cost: &Cost, width: usize) -> Vec<Line> {
    let (own, others): (Vec<&Deletion>, Vec<&Deletion>) =
        cost.teardown.iter().partition(|one| one.of_chapter);
    let mut lines = Vec::new();
    if !cost.is_billed() && !cost.teardown.is_empty() {
        lines.extend(prose(
            "These are for an account of your own: aws does not know the practice account. There, take it down with: landfall practice apply teardown.leftovers",
            width,
        ));
        lines.push(Line::blank());
    }
    if own.is_empty() {
        let nothing = if cost.is_whole() {
            "Nothing of the chapter is there to delete."
        } else {
            "Nothing of the chapter was found to delete, but not everything could be read: landfall cost"
        };
        lines.extend(prose(nothing, width));
    } else {
        lines.extend(prose(
            "Take them one at a time, in this order. Deleting cannot be undone. If a command answers that something is not found, it is gone already. Landfall runs none of them.",
            width,
        ));
        let mut number = 0;
        list(&own, &mut number, width, &mut lines);
    }
    if !others.is_empty() {
        lines.push(Line::blank());
        lines.extend(prose(
            "These bear no name of the chapter. Delete them only if they are yours and nothing else needs them:",
            width,
        ));
        let mut number = 0;
        list(&others, &mut number, width, &mut lines);
    }
    lines
}

fn list(deletions: &[&Deletion], number: &mut usize, width: usize, lines: &mut Vec<Line>) {
    let mut region = None;
    for one in deletions {
        if region != Some(&one.region) {
            lines.push(Line::blank());
            lines.push(Line::new(Tone::Heading, format!("In {}", one.region)));
            region = Some(&one.region);
        }
        if let Some(wait) = &one.first {
            step(&wait.say, &wait.command, number, width, lines);
        }
        step(&one.say, &one.command, number, width, lines);
    }
}

fn step(say: &str, command: &str, number: &mut usize, width: usize, lines: &mut Vec<Line>) {
    *number += 1;
    let margin = Margin::hanging(Line::from(format!("{number:>2}. ")));
    lines.extend(wrap_text(say, Tone::Plain, width, &margin));
    // In one piece: it is to be pasted.
    lines.push(Line::from("    ").and(Tone::Code, command));
}

fn prose(text: &str, width: usize) -> Vec<Line> {
    wrap_text(text, Tone::Plain, width, &Margin::default())
}
