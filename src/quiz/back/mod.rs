//! Looking back: what a sitting came to, confident errors first, and where the learner stands. What the learner says and
//! what the machine heard or judged is kept apart all the way.

mod answer;
mod calibration;
mod day;
mod deck;
mod given;
mod live;
mod mastery;
mod points;
mod score;
mod share;
mod sitting;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use answer::{AnswerBack, JudgedBy, MixUp, Reached, Review};
pub use calibration::{Band, Calibration, Meaning, RIGHT_FROM, words as confidence_words};
pub use day::due_words;
pub use deck::{DeckBack, QuestionBack, overview};
pub use live::{Evidence, TrueLine};
pub use mastery::{Counts, PatternBack, mastered_means};
pub use points::{PointBack, Tally};
pub use score::{Score, Totals};
pub use share::{in_words, percent, sparkline};
pub use sitting::{SittingBack, sitting, told};

/// What the marks of open questions are worth.
pub const OWN_MARKS: &str = "The marks of open questions are your own: you confirmed each point yourself, and nobody else \
    has checked them.";
