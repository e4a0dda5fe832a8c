//! Lines of a page that were picked, held against where its faults are.

use crate::course::{Artifact, Inspect};
use crate::progress::{Pages, PlacedFault, Posed, PosedWhat};
use serde::Serialize;
use std::collections::BTreeSet;

/// How well lines were picked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Picks {
    /// Faults of which a line was picked.
    pub right: usize,
    /// Picked lines that belong to no fault.
    pub wrong: usize,
    /// Faults of which no line was picked.
    pub missed: usize,
}

impl Picks {
    /// Of what was picked, the share that is a fault; `None` when nothing was picked.
    pub fn precision(self) -> Option<f64> {
        let picked = self.right + self.wrong;
        (picked > 0).then(|| super::share(self.right, picked))
    }

    /// Of the faults, the share that was found; `None` when there is none.
    pub fn recall(self) -> Option<f64> {
        let faults = self.right + self.missed;
        (faults > 0).then(|| super::share(self.right, faults))
    }
}

/// What is looked through: the page as it was posed, or the deck's own text. `None` for an account question that was not
/// posed.
pub fn pages(asked: &Inspect, posed: Option<&Posed>) -> Option<Pages> {
    if let Some(Posed {
        what: PosedWhat::Inspect(pages),
        ..
    }) = posed
    {
        return Some(pages.clone());
    }
    let Artifact::Text(text) = &asked.artifact else {
        return None;
    };
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let holding = |words: &str| -> Vec<usize> {
        (1..)
            .zip(&lines)
            .filter(|(_, line)| line.contains(words))
            .map(|(number, _)| number)
            .collect()
    };
    let faults = asked
        .faults
        .iter()
        .filter_map(|fault| {
            let lines = holding(fault.at.as_deref()?);
            Some(PlacedFault {
                id: fault.id.clone(),
                lines,
                was: String::new(),
            })
        })
        .collect();
    let decoys = asked
        .decoys
        .iter()
        .flat_map(|(at, why)| holding(at).into_iter().map(move |line| (line, why.clone())))
        .collect();
    Some(Pages {
        title: "A configuration to look through".to_owned(),
        lines,
        faults,
        decoys,
    })
}

/// Counts picked lines. A line counts once, one that the page does not have counts nothing, and a fault is found by any
/// of its lines.
pub fn picks(pages: &Pages, lines: &[usize]) -> Picks {
    let picked = on_page(pages, lines);
    let right = pages
        .faults
        .iter()
        .filter(|fault| finds(fault, &picked))
        .count();
    Picks {
        right,
        wrong: wrong(pages, &picked).count(),
        missed: pages.faults.len() - right,
    }
}

/// The picked lines that the page has, each once.
pub(super) fn on_page(pages: &Pages, lines: &[usize]) -> BTreeSet<usize> {
    lines
        .iter()
        .copied()
        .filter(|line| (1..=pages.lines.len()).contains(line))
        .collect()
}

/// Whether one of the fault's lines was picked.
pub(super) fn finds(fault: &PlacedFault, picked: &BTreeSet<usize>) -> bool {
    fault.lines.iter().any(|line| picked.contains(line))
}

/// The picked lines that belong to no fault.
pub(super) fn wrong<'a>(
    pages: &'a Pages,
    picked: &'a BTreeSet<usize>,
) -> impl Iterator<Item = usize> + 'a {
    picked
        .iter()
        .copied()
        .filter(|line| !pages.faults.iter().any(|fault| fault.lines.contains(line)))
}
