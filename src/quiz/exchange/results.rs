//! A learner's results and the figures of each question, for a spreadsheet or a program.
//!
//! Three kinds of records, told apart by `record` (CSV) or `type` (JSONL): an `attempt` for each answer, a `question` for
//! each question or retry item that was answered, a `point` for each of its key points. CSV holds all three in one table;
//! a column that a kind of record does not have is empty. What learners wrote in their own words is not in it.
//!
//! Figures are counts. A rate is left to the reader, who sees how few it would be made of: under 30 first attempts a
//! rate says little, and a discrimination index nothing, so there is none.

mod attempt;
pub mod figures;
mod table;

use super::loss::{Exchanged, Loss};
use crate::course::Deck;
use crate::progress::Attempt;
use attempt::AttemptRow;
use figures::{PointFigures, QuestionFigures};
use serde::Serialize;
use std::collections::BTreeSet;

/// One line.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Record {
    Attempt(AttemptRow),
    Question(QuestionFigures),
    Point(PointFigures),
}

/// The results as one table: RFC 4180, UTF-8, a line of names first. No cell can begin a formula.
pub fn csv(deck: &Deck, attempts: &[Attempt]) -> Exchanged {
    let document = table::written(&records(deck, attempts));
    exchanged(deck, attempts, document)
}

/// The results as one JSON object to a line.
pub fn jsonl(deck: &Deck, attempts: &[Attempt]) -> Exchanged {
    let mut document = String::new();
    for record in records(deck, attempts) {
        document.push_str(&serde_json::to_string(&record).expect("plain data always becomes JSON"));
        document.push('\n');
    }
    exchanged(deck, attempts, document)
}

fn records(deck: &Deck, attempts: &[Attempt]) -> Vec<Record> {
    let mut attempts: Vec<&Attempt> = attempts.iter().collect();
    attempts.sort_by_key(|attempt| (attempt.at, attempt.id));
    let (questions, points) = figures::of(deck, &[&attempts]);
    let attempts = attempts
        .into_iter()
        .map(|attempt| Record::Attempt(AttemptRow::of(deck, attempt)));
    attempts
        .chain(questions.into_iter().map(Record::Question))
        .chain(points.into_iter().map(Record::Point))
        .collect()
}

fn exchanged(deck: &Deck, attempts: &[Attempt], document: String) -> Exchanged {
    let gone: BTreeSet<&str> = attempts
        .iter()
        .map(|attempt| attempt.item.as_str())
        .filter(|item| deck.item(item).is_none())
        .collect();
    let losses = gone
        .into_iter()
        .map(|item| {
            Loss::new(
                item,
                "its attempts are listed, but there are no figures of it",
                "the deck has no such question any more",
            )
        })
        .collect();
    Exchanged {
        document,
        written: attempts.len(),
        losses,
    }
}

#[cfg(test)]
mod tests;
