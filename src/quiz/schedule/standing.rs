//! Where a learner stands with each question.

use super::day::{Today, days_between};
use super::history::History;
use super::siblings::due_day;
use crate::course::{Deck, Mastery, QuestionId};
use crate::progress::Attempt;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// Where the learner stands with one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    pub question: QuestionId,
    pub state: State,
    /// The day on which it comes back; `None` = never asked.
    pub due: Option<Date>,
    /// Share of each settled attempt at this revision, oldest first.
    pub shares: Vec<f64>,
    /// Different days on which the deck's share was reached.
    pub good_days: u32,
    /// When it was last answered, "I don't know" included; `None` = never.
    pub last: Option<Timestamp>,
    /// Days until it is recalled with 90 %, from the last answer on; `None` = never asked.
    pub stability: Option<f64>,
    /// The probability, 0 to 1, that it is recalled today; `None` = never asked.
    pub retrievability: Option<f64>,
    /// What it takes yet to be mastered; empty of one that is, also when it is due again.
    pub lacks: Vec<Lack>,
}

/// In a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Never asked.
    New,
    /// Asked; not due today, not mastered.
    Learning,
    /// Today, or before.
    Due,
    /// As the deck says what mastered is, and not overdue.
    Mastered,
}

/// Something that keeps a question from being mastered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// The deck's share on as many different days as it asks for.
    Days,
    /// The share without the hint, once.
    Unaided,
    /// In the newest attempt a known wrong answer was meant.
    Contradiction,
}

/// One for each question of the deck, in its order. `attempts` may hold those of other decks too, in any order. Retry
/// items do not count, nor do attempts at an earlier revision, nor what is not confirmed yet.
pub fn standings(deck: &Deck, attempts: &[Attempt], today: &Today) -> Vec<Standing> {
    let mut sorted: Vec<&Attempt> = attempts.iter().collect();
    sorted.sort_by_key(|attempt| (attempt.at, attempt.id));
    let mut histories: Vec<History> = deck.questions.iter().map(|_| History::default()).collect();
    for attempt in sorted {
        let Some(at) = deck
            .questions
            .iter()
            .position(|question| question.is_called(&attempt.item) && question.rev == attempt.rev)
        else {
            continue;
        };
        if histories[at].add(attempt, deck.mastery.share, today) {
            let taken = siblings_due(deck, &histories, at);
            let last = histories[at].last.as_ref();
            histories[at].due = last.map(|last| due_day(last, &taken));
        }
    }
    deck.questions
        .iter()
        .zip(histories)
        .map(|(question, history)| standing(question.id.clone(), history, deck.mastery, today))
        .collect()
}

/// The days on which the other questions of the same subject come back.
fn siblings_due(deck: &Deck, histories: &[History], at: usize) -> Vec<Date> {
    let subject = deck.questions[at].subject();
    deck.questions
        .iter()
        .zip(histories)
        .enumerate()
        .filter(|(other, (question, _))| *other != at && question.subject() == subject)
        .filter_map(|(_, (_, history))| history.due)
        .collect()
}

fn standing(question: QuestionId, history: History, mastery: Mastery, today: &Today) -> Standing {
    let lacks = lacks(&history, mastery);
    let state = match history.due {
        None => State::New,
        // Also of one that was mastered: who has not been asked for long has not shown it lately.
        Some(due) if due <= today.day() => State::Due,
        Some(_) if lacks.is_empty() => State::Mastered,
        Some(_) => State::Learning,
    };
    let last = history.last;
    Standing {
        question,
        state,
        due: history.due,
        good_days: good_days(&history),
        shares: history.shares,
        last: last.map(|last| last.at),
        stability: last.map(|last| last.memory.stability),
        retrievability: last.map(|last| {
            last.memory
                .retrievability(days_between(last.day, today.day()))
        }),
        lacks,
    }
}

fn good_days(history: &History) -> u32 {
    u32::try_from(history.good_days.len()).unwrap_or(u32::MAX)
}

fn lacks(history: &History, mastery: Mastery) -> Vec<Lack> {
    let missing = [
        (Lack::Days, good_days(history) < mastery.days),
        (Lack::Unaided, !history.unaided),
        (Lack::Contradiction, history.contradicts),
    ];
    missing
        .into_iter()
        .filter_map(|(lack, there)| there.then_some(lack))
        .collect()
}
