//! What belongs to what, pair by pair.

use super::{Judged, Outcome, Part, share};
use crate::course::Matching;
use crate::progress::Given;
use std::collections::BTreeMap;

/// Each pair counts the same; what was left open is missed, not wrong.
pub(super) fn judge(asked: &Matching, given: &Given) -> Judged {
    let nothing = BTreeMap::new();
    let chosen = match given {
        Given::Matched { pairs } => pairs,
        _ => &nothing,
    };
    let mut right = 0;
    let mut parts = Vec::new();
    for pair in &asked.pairs {
        let chosen = chosen
            .get(&pair.left)
            .filter(|chosen| !chosen.trim().is_empty());
        let outcome = match chosen {
            None => Outcome::Missed,
            Some(chosen) if *chosen == pair.right => Outcome::Right,
            Some(_) => Outcome::Wrong,
        };
        right += usize::from(outcome == Outcome::Right);
        parts.push(Part {
            id: pair.left.clone(),
            text: pair.left.clone(),
            outcome,
            given: chosen.cloned(),
            key: Some(pair.right.clone()),
            why: pair.why.clone(),
        });
    }
    Judged {
        share: share(right, asked.pairs.len()),
        parts,
    }
}
