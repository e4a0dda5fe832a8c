//! The log of the quiz, and the learner's own day.

use super::context::{Context, now};
use super::failure::Failure;
use crate::course::Deck;
use crate::progress::{Attempt, Mode};
use crate::quiz::judge::judge;
use crate::quiz::schedule::Today;
use jiff::tz::TimeZone;

/// Every answer to a deck that counts, oldest first. What earlier versions did not add up is added up here.
///
/// # Errors
/// Unreadable progress.
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

/// Now, on the learner's own clock.
pub fn today() -> Today {
    Today {
        now: now(),
        zone: TimeZone::system(),
        course_ends: None,
    }
}
