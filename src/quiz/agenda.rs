//! What a sitting asks: what was planned, and the small items that come back for missed points.

use crate::course::Deck;
use crate::progress::Attempt;

/// Ids in the order in which they are asked. An item that was answered keeps its place.
pub fn agenda(_deck: &Deck, planned: &[String], _attempts: &[Attempt]) -> Vec<String> {
    planned.to_vec()
}
