//! Find the line that is wrong, and say the harm.

use super::picks::{finds, on_page, pages, wrong};
use super::{Judged, Outcome, Part, open, share};
use crate::course::{Fault, Inspect};
use crate::progress::{Confirmation, Given, Pages, PlacedFault, Posed, Said};
use std::collections::{BTreeMap, BTreeSet};

/// Half of a fault is to find it, half is to say the harm, which the learner confirms. A line that was picked though it
/// is right costs half a find. Who wrote nothing about the harm is not asked about it.
pub(super) fn judge(
    asked: &Inspect,
    given: &Given,
    posed: Option<&Posed>,
    confirmed: &BTreeMap<String, Confirmation>,
) -> Option<Judged> {
    let pages = pages(asked, posed)?;
    let picked = match given {
        Given::Inspected { lines, .. } => on_page(&pages, lines),
        _ => BTreeSet::new(),
    };
    let says_harm = says_harm(given);
    let mut earned = 0.0;
    let mut parts = Vec::new();
    for placed in &pages.faults {
        // A deck that has changed since may not know the fault any more: then nothing tells what its harm is.
        let fault = asked.faults.iter().find(|fault| fault.id == placed.id);
        let harm = if says_harm && fault.is_some() {
            confirmed.get(&placed.id)?.said
        } else {
            Said::NotSaid
        };
        let found = finds(placed, &picked);
        earned += f64::from(u8::from(found)) * 0.5 + open::credit(harm) * 0.5;
        parts.push(fault_part(&pages, placed, fault, &picked, harm));
    }
    let wrong: Vec<usize> = wrong(&pages, &picked).collect();
    let lost = wrong.iter().map(|_| 0.25).sum::<f64>();
    parts.extend(wrong.iter().map(|line| line_part(&pages, *line, true)));
    let left_alone = pages
        .decoys
        .iter()
        .filter(|(line, _)| !picked.contains(line));
    parts.extend(left_alone.map(|(line, _)| line_part(&pages, *line, false)));
    Some(Judged {
        share: (share(1, pages.faults.len()) * (earned - lost)).clamp(0.0, 1.0),
        parts,
    })
}

/// Whether there is a word about the harm.
pub(super) fn says_harm(given: &Given) -> bool {
    matches!(given, Given::Inspected { why, .. } if !why.trim().is_empty())
}

fn fault_part(
    pages: &Pages,
    placed: &PlacedFault,
    fault: Option<&Fault>,
    picked: &BTreeSet<usize>,
    harm: Said,
) -> Part {
    let outcome = match (finds(placed, picked), harm) {
        (true, Said::Said) => Outcome::Right,
        (false, Said::NotSaid) => Outcome::Missed,
        _ => Outcome::Partly,
    };
    let picked: Vec<String> = placed
        .lines
        .iter()
        .filter(|line| picked.contains(line))
        .map(|line| quoted(pages, *line))
        .collect();
    let text = |of: fn(&Fault) -> &String| fault.map(of).cloned();
    Part {
        id: placed.id.clone(),
        text: text(|fault| &fault.says).unwrap_or_else(|| placed.was.clone()),
        outcome,
        given: (!picked.is_empty()).then(|| picked.join("; ")),
        key: text(|fault| &fault.fix),
        why: text(|fault| &fault.harm).unwrap_or_default(),
    }
}

/// A line that is right: picked all the same, or only there to tempt.
fn line_part(pages: &Pages, line: usize, picked: bool) -> Part {
    let why = pages
        .decoys
        .iter()
        .find(|(at, _)| *at == line)
        .map_or("This line is right as it is.", |(_, why)| why.as_str());
    Part {
        id: format!("line-{line}"),
        text: quoted(pages, line),
        outcome: Outcome::of_pick(picked, false),
        given: None,
        key: None,
        why: why.to_owned(),
    }
}

fn quoted(pages: &Pages, line: usize) -> String {
    let text = line
        .checked_sub(1)
        .and_then(|at| pages.lines.get(at))
        .map_or("", |text| text.trim());
    format!("line {line}: {text}")
}
