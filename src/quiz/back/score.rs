//! What answers come to, by who says so.

use super::answer::{AnswerBack, JudgedBy, Reached};
use super::points::Tally;
use super::share::mean;
use serde::Serialize;
use std::collections::BTreeSet;

/// Of a number of settled answers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Score {
    /// Attempted and settled.
    pub of: usize,
    pub right: usize,
    /// Mean of their shares, 0 to 1; `null` of none.
    pub share: Option<f64>,
}

/// A sitting added up. The first answer to each question counts; small items and second tries are practice.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Totals {
    /// Judged by Landfall: the key is known.
    pub closed: Score,
    /// Confirmed by the learner, point by point.
    pub open: Score,
    /// Partly by the one, partly by the other.
    pub mixed: Score,
    /// The three together.
    pub all: Score,
    /// Small items and second tries.
    pub practised: Score,
    /// Not attempted; no mistake.
    pub not_known: usize,
    /// Open answers of an exam; no part of any score.
    pub provisional: usize,
    /// Answers of which something is not confirmed yet.
    pub unconfirmed: usize,
    /// The key points of the open answers that are settled.
    pub points: Tally,
    /// The key points of the open answers of an exam.
    pub provisional_points: Tally,
}

impl Totals {
    pub(super) fn of(answers: &[AnswerBack]) -> Self {
        let mut seen = BTreeSet::new();
        let (first, again): (Vec<&AnswerBack>, Vec<&AnswerBack>) = answers
            .iter()
            .partition(|answer| !answer.retry && seen.insert(answer.id.as_str()));
        let by = |who: JudgedBy| {
            let of_these = first
                .iter()
                .copied()
                .filter(move |one| one.judged_by == who);
            score(of_these)
        };
        let number = |reached: Reached| {
            first
                .iter()
                .filter(|answer| answer.attempt == reached)
                .count()
        };
        let tally = |reached: Reached| {
            let mut sum = Tally::default();
            for answer in first.iter().filter(|answer| answer.attempt == reached) {
                if let Some(tally) = &answer.tally {
                    sum.add(tally);
                }
            }
            sum
        };
        Totals {
            closed: by(JudgedBy::Machine),
            open: by(JudgedBy::Learner),
            mixed: by(JudgedBy::Both),
            all: score(first.iter().copied()),
            practised: score(again.into_iter()),
            not_known: number(Reached::NotKnown),
            provisional: number(Reached::Provisional),
            unconfirmed: number(Reached::Unconfirmed),
            points: tally(Reached::Done),
            provisional_points: tally(Reached::Provisional),
        }
    }
}

fn score<'a>(answers: impl Iterator<Item = &'a AnswerBack>) -> Score {
    let settled: Vec<&AnswerBack> = answers.filter(|answer| answer.share.is_some()).collect();
    let shares: Vec<f64> = settled.iter().filter_map(|answer| answer.share).collect();
    Score {
        of: settled.len(),
        right: settled.iter().filter(|answer| answer.is_right()).count(),
        share: mean(&shares),
    }
}
