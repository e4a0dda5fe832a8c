//! Free words: nothing is judged here but what the learner confirmed, point by point.

use super::{Judged, Outcome, Part};
use crate::course::{Open, Point};
use crate::progress::{Confirmation, Given, Said};
use std::collections::BTreeMap;

/// Shown with points that nobody has to make.
pub(super) const BONUS: &str = "Not needed for full marks.";

/// The confirmed share of the weight; points that are no bonus only. `None` until every point is confirmed. An answer
/// without a word needs no confirmation: it says none of them.
pub(super) fn judge(
    asked: &Open,
    given: &Given,
    confirmed: &BTreeMap<String, Confirmation>,
) -> Option<Judged> {
    let is_blank = is_blank(given);
    let said = |point: &Point| {
        if is_blank {
            return Some(Said::NotSaid);
        }
        confirmed
            .get(&point.id)
            .map(|confirmation| confirmation.said)
    };
    let (mut sum, mut all) = (0.0, 0.0);
    let mut parts = Vec::new();
    for point in &asked.points {
        let said = said(point)?;
        if !point.bonus {
            all += point.weight;
            sum += point.weight * credit(said);
        }
        parts.push(Part {
            id: point.id.clone(),
            text: point.says.clone(),
            outcome: outcome(said),
            given: confirmed
                .get(&point.id)
                .filter(|_| !is_blank)
                .and_then(|confirmation| confirmation.evidence.clone()),
            key: None,
            why: if point.bonus { BONUS } else { "" }.to_owned(),
        });
    }
    Some(Judged {
        share: if all > 0.0 { sum / all } else { 0.0 },
        parts,
    })
}

/// Whether there is no word to confirm anything in.
pub(super) fn is_blank(given: &Given) -> bool {
    !matches!(given, Given::Text { text } if !text.trim().is_empty())
}

/// What a confirmation is worth.
pub(super) const fn credit(said: Said) -> f64 {
    match said {
        Said::Said => 1.0,
        Said::Partly => 0.5,
        Said::NotSaid => 0.0,
    }
}

const fn outcome(said: Said) -> Outcome {
    match said {
        Said::Said => Outcome::Right,
        Said::Partly => Outcome::Partly,
        Said::NotSaid => Outcome::Missed,
    }
}
