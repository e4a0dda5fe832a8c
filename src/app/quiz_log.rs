//! What is kept of a deck's answers, and the learner's present day.

use super::context::{Context, now};
use super::failure::Failure;
use crate::course::Deck;
use crate::progress::{Attempt, Mode, SittingId};
use crate::quiz::back;
use crate::quiz::judge::judge;
use crate::quiz::schedule::{Standing, Today, standings};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// A deck's answers, as far as they may be told, and where the learner stands.
pub struct QuizLog {
    /// Oldest first, without those of an exam that is not handed in.
    pub attempts: Vec<Attempt>,
    pub standings: Vec<Standing>,
    pub open: Option<OpenSitting>,
    pub today: Date,
}

/// The sitting that is not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSitting {
    pub id: SittingId,
    /// How many questions it asks.
    pub asks: usize,
    /// How many of them are answered.
    pub answered: usize,
}

impl QuizLog {
    /// Of this deck, as of now.
    ///
    /// # Errors
    /// Progress that cannot be read.
    pub fn of(context: &Context, deck: &Deck) -> Result<Self, Failure> {
        let all = attempts(context, deck)?;
        let open = context
            .store
            .open_sitting(deck.id.as_str())?
            .map(|sitting| OpenSitting {
                id: sitting.id,
                asks: sitting
                    .planned
                    .as_ref()
                    .map_or(deck.questions.len(), Vec::len),
                answered: answered(deck, &all, sitting.id),
            });
        let attempts = back::told(&all, open.map(|open| open.id));
        let today = today();
        Ok(QuizLog {
            standings: standings(deck, &attempts, &today),
            attempts,
            open,
            today: today.day(),
        })
    }

    /// The answers of one sitting.
    pub fn of_sitting(&self, sitting: SittingId) -> Vec<Attempt> {
        self.attempts
            .iter()
            .filter(|attempt| attempt.sitting == sitting)
            .cloned()
            .collect()
    }
}

/// Every answer to a deck that counts, oldest first. What earlier versions did not add up is added up here.
///
/// # Errors
/// Progress that cannot be read.
pub fn attempts(context: &Context, deck: &Deck) -> Result<Vec<Attempt>, Failure> {
    let mut attempts = context.store.attempts(deck.id.as_str())?;
    for attempt in &mut attempts {
        if attempt.share.is_some() || attempt.mode == Mode::Exam {
            continue;
        }
        let Some(question) = deck.item(&attempt.item) else {
            continue;
        };
        attempt.share = judge(
            question,
            &attempt.given,
            attempt.posed.as_ref(),
            &attempt.confirmed,
        )
        .map(|judged| judged.share);
    }
    Ok(attempts)
}

/// The present, as the system's clock and time zone have it.
pub fn today() -> Today {
    Today {
        now: now(),
        zone: TimeZone::system(),
        course_ends: None,
    }
}

/// Different questions answered in that sitting; small items are none.
fn answered(deck: &Deck, attempts: &[Attempt], sitting: SittingId) -> usize {
    let asked: BTreeSet<&str> = attempts
        .iter()
        .filter(|attempt| attempt.sitting == sitting)
        .filter_map(|attempt| deck.question(&attempt.item))
        .map(|question| question.id.as_str())
        .collect();
    asked.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::back::testing;

    #[test]
    fn small_items_and_second_tries_are_no_further_questions() {
        let deck = testing::deck();
        let mut attempts = testing::attempts();
        attempts.push(attempts[0].clone());
        let this = SittingId::numbered(1);
        assert_eq!(answered(&deck, &attempts, this), 4);
        assert_eq!(answered(&deck, &attempts, SittingId::numbered(2)), 0);
    }
}
