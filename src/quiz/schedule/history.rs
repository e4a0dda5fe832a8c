//! What the log says of one question.

use super::day::{Today, days_between};
use super::fsrs::{Grade, Memory};
use super::grade::{grade, reaches, settled_share};
use super::interval;
use crate::progress::Attempt;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The settled answers to one question at its present revision, added from the oldest on.
#[derive(Debug, Default)]
pub(super) struct History {
    /// After the newest answer; `None` = never asked.
    pub(super) last: Option<Last>,
    pub(super) shares: Vec<f64>,
    /// On which the deck's share was reached.
    pub(super) good_days: BTreeSet<Date>,
    /// Whether the deck's share was once reached without the hint.
    pub(super) unaided: bool,
    /// Whether the newest attempt held a known wrong answer that was meant.
    pub(super) contradicts: bool,
    /// The day on which it comes back; `None` = never asked.
    pub(super) due: Option<Date>,
}

/// The newest answer, and what it left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    pub(super) memory: Memory,
    pub(super) at: Timestamp,
    pub(super) day: Date,
    /// Of rest, with its jitter.
    pub(super) rest: u32,
    pub(super) longest_rest: u32,
    /// Answers so far that count for the schedule.
    reviews: u32,
    /// The last day with a success.
    succeeded_on: Option<Date>,
}

impl History {
    /// Adds the next attempt. `true` = it set the question's rest anew.
    pub(super) fn add(&mut self, attempt: &Attempt, good_from: f64, today: &Today) -> bool {
        let Some(grade) = grade(attempt) else {
            return false;
        };
        let day = today.day_of(attempt.at);
        if let Some(share) = settled_share(attempt) {
            self.shares.push(share);
            if reaches(share, good_from) {
                self.good_days.insert(day);
                self.unaided |= !attempt.hinted;
            }
            self.contradicts = attempt
                .hearing
                .wrong
                .iter()
                .any(|wrong| wrong.meant == Some(true));
        }
        if let Some(last) = &mut self.last
            && grade >= Grade::Good
            && last.succeeded_on == Some(day)
        {
            // One success a day is enough: more on the same day do not survive a later relearning.
            last.at = attempt.at;
            return false;
        }
        self.last = Some(Last::after(self.last, attempt, grade, day, today));
        true
    }
}

impl Last {
    fn after(
        earlier: Option<Last>,
        attempt: &Attempt,
        grade: Grade,
        day: Date,
        today: &Today,
    ) -> Self {
        let memory = match earlier {
            None => Memory::first(grade),
            Some(last) => last.memory.after(grade, days_between(last.day, day)),
        };
        let reviews = earlier.map_or(0, |last| last.reviews) + 1;
        let longest_rest = interval::longest(day, today.course_ends);
        Last {
            memory,
            at: attempt.at,
            day,
            rest: interval::rest(memory, &attempt.item, reviews, longest_rest),
            longest_rest,
            reviews,
            succeeded_on: if grade >= Grade::Good {
                Some(day)
            } else {
                earlier.and_then(|last| last.succeeded_on)
            },
        }
    }
}
