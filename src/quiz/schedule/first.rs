//! First answers: what a question's figures are counted from.

use crate::course::{Deck, Question};
use crate::progress::Attempt;

/// The first answer to each question of the deck at its present revision, in the deck's order; questions without one are
/// left out. A later answer follows feedback and says little of the question. "I don't know" is an answer here, and so is
/// one that is not confirmed yet: both are without a share. Retry items do not count.
pub fn first_attempts<'a>(
    deck: &'a Deck,
    attempts: &'a [Attempt],
) -> Vec<(&'a Question, &'a Attempt)> {
    deck.questions
        .iter()
        .filter_map(|question| {
            let first = attempts
                .iter()
                .filter(|attempt| question.is_called(&attempt.item) && attempt.rev == question.rev)
                .min_by_key(|attempt| (attempt.at, attempt.id))?;
            Some((question, first))
        })
        .collect()
}
