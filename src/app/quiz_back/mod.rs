//! What looking back at the quiz shows: a sitting, and where the learner stands.

mod answer;
mod deck;
mod sitting;
mod sums;
#[cfg(test)]
mod tests;

pub use deck::overview_lines;
pub use sitting::sitting_lines;
pub use sums::totals_lines;

use crate::term::Line;
use crate::term::layout::Margin;

/// Below this width nothing stands beside anything else.
const NARROW: usize = 60;

/// `1 question`, `2 questions`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A margin of so many spaces before the first line and before the others.
fn hanging(first: usize, rest: usize) -> Margin {
    Margin {
        first: Line::from(" ".repeat(first)),
        rest: Line::from(" ".repeat(rest)),
    }
}
