//! What comes next in a sitting.

use super::result::answer_to;
use crate::course::{Deck, Point, Question};
use crate::progress::AnswerRecord;
use std::collections::{BTreeMap, BTreeSet};

/// The next thing to ask.
#[derive(Debug, Clone, PartialEq)]
pub enum Next<'a> {
    /// The question with its number (from 1).
    Answer {
        question: &'a Question,
        number: usize,
    },
    /// The points of an answer that are not confirmed yet.
    Confirm {
        question: &'a Question,
        number: usize,
        answer: &'a str,
        points: Vec<&'a Point>,
    },
    /// Every question was answered or passed over.
    Finished,
}

/// The next thing to ask. `put_off` = questions that the learner skipped in this sitting; they come last.
pub fn next<'a>(
    deck: &'a Deck,
    answers: &'a BTreeMap<String, AnswerRecord>,
    put_off: &BTreeSet<String>,
) -> Next<'a> {
    let numbered = || deck.questions.iter().zip(1..);
    for (question, number) in numbered() {
        if let Some(AnswerRecord {
            text: Some(answer),
            points,
            ..
        }) = answer_to(question, answers)
        {
            let open: Vec<&Point> = question
                .points()
                .iter()
                .filter(|point| !points.contains_key(&point.id))
                .collect();
            if !open.is_empty() {
                return Next::Confirm {
                    question,
                    number,
                    answer,
                    points: open,
                };
            }
        }
    }
    let open = || numbered().filter(|(question, _)| answer_to(question, answers).is_none());
    open()
        .find(|(question, _)| !put_off.contains(question.id.as_str()))
        .or_else(|| open().next())
        .map_or(Next::Finished, |(question, number)| Next::Answer {
            question,
            number,
        })
}
