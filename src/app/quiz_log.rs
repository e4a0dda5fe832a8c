//! What is kept of a deck's answers, and the learner's present day.

use super::context::{Context, now};
use super::failure::Failure;
use crate::course::Deck;
use crate::progress::{Attempt, SittingId};
use crate::quiz::back;
use crate::quiz::schedule::{Standing, Today, standings};
use jiff::ToSpan;
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
            .map(|id| OpenSitting {
                id,
                asks: deck.questions.len(),
                answered: answered(deck, &all, id),
            });
        let attempts = back::told(&all, open.map(|open| open.id));
        let today = today();
        Ok(QuizLog {
            standings: standings(deck, &attempts, &today),
            attempts,
            open,
            today: day(&today),
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

/// Every answer to a question of the deck, oldest first.
///
/// # Errors
/// Progress that cannot be read.
pub fn attempts(_context: &Context, _deck: &Deck) -> Result<Vec<Attempt>, Failure> {
    Ok(Vec::new())
}

/// The present, as the system's clock and time zone have it.
pub fn today() -> Today {
    Today {
        now: now(),
        zone: TimeZone::system(),
        course_ends: None,
    }
}

/// The learner's day: it begins at four in the morning.
pub fn day(today: &Today) -> Date {
    let local = today.now.to_zoned(today.zone.clone());
    if local.hour() < 4 {
        local.date().saturating_sub(1.day())
    } else {
        local.date()
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
    use jiff::civil::date;

    #[test]
    fn a_night_belongs_to_the_day_before() {
        let at = |text: &str| {
            day(&Today {
                now: text.parse().unwrap(),
                zone: TimeZone::fixed(jiff::tz::offset(1)),
                course_ends: None,
            })
        };
        assert_eq!(at("2026-11-26T02:59:00Z"), date(2026, 11, 25));
        assert_eq!(at("2026-11-26T03:00:00Z"), date(2026, 11, 26));
        assert_eq!(at("2026-11-26T23:30:00Z"), date(2026, 11, 26));
    }

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
