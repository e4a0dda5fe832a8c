//! What the first attempts at a question came to. Later ones are practice: they say more of the practising than of the
//! question.

use crate::course::{Deck, Kind, Question};
use crate::progress::{Attempt, Confidence, Given, Heard, Said};
use crate::quiz::exchange::text::one_line;
use serde::Serialize;
use std::collections::BTreeMap;

/// One question or retry item. All but `attempts` is of first attempts at its present revision.
#[derive(Debug, Serialize)]
pub struct QuestionFigures {
    /// The ids, and the kind in a word.
    pub deck: String,
    pub question: String,
    pub rev: u32,
    pub kind: &'static str,
    /// Every answer at this revision, later ones too.
    pub attempts: usize,
    /// First attempts whose share is known: what the mean is made of.
    pub n: usize,
    /// "I don't know" at first.
    pub not_known: usize,
    /// The mean share, 0 to 1: how easy it is.
    pub facility: Option<f64>,
    /// The id of the wrong option that was picked most often, and how often; the earlier one of the deck when two are even.
    pub most_chosen_wrong: Option<String>,
    pub most_chosen_wrong_times: Option<usize>,
    pub median_seconds: Option<f64>,
    /// Said to be fairly or very sure, of those `n`.
    pub sure: usize,
    /// ... and yet wrong: less than half, or, very sure, a mix-up that was meant.
    pub confident_errors: usize,
    /// Points that were confirmed or denied.
    pub judged: usize,
    /// ... of which so many were confirmed though nothing was detected, or denied though it was.
    pub overridden: usize,
}

/// One key point, of first attempts.
#[derive(Debug, Serialize)]
pub struct PointFigures {
    pub deck: String,
    pub question: String,
    pub rev: u32,
    pub kind: &'static str,
    pub point: String,
    /// How often it was confirmed or denied.
    pub n: usize,
    pub said: usize,
    pub partly: usize,
    pub not_said: usize,
    /// Said counts 1, partly a half.
    pub facility: Option<f64>,
    /// Heard without doubt, of those `n`.
    pub times_heard: usize,
    pub confirmed_not_heard: usize,
    pub heard_but_denied: usize,
}

/// The figures of every item that was answered, in the order of the deck. Each of `learners` holds one learner's
/// attempts, by time; the first of each learner counts.
pub fn of(deck: &Deck, learners: &[&[&Attempt]]) -> (Vec<QuestionFigures>, Vec<PointFigures>) {
    let mut questions = Vec::new();
    let mut points = Vec::new();
    for question in deck.questions.iter().chain(&deck.retries) {
        let answers: Vec<Vec<&Attempt>> = learners
            .iter()
            .map(|attempts| at_present_revision(question, attempts))
            .collect();
        let firsts: Vec<&Attempt> = answers
            .iter()
            .filter_map(|answers| answers.first().copied())
            .collect();
        if firsts.is_empty() {
            continue;
        }
        let of_points = points_of(deck, question, &firsts);
        let attempts = answers.iter().map(Vec::len).sum();
        questions.push(question_of(deck, question, attempts, &firsts, &of_points));
        points.extend(of_points);
    }
    (questions, points)
}

/// A learner's first answer to a question as it is now: the one that its figures are made of.
pub fn first_answer<'a>(question: &Question, attempts: &[&'a Attempt]) -> Option<&'a Attempt> {
    at_present_revision(question, attempts).into_iter().next()
}

/// An earlier revision was another question.
fn at_present_revision<'a>(question: &Question, attempts: &[&'a Attempt]) -> Vec<&'a Attempt> {
    attempts
        .iter()
        .copied()
        .filter(|attempt| question.is_called(&attempt.item) && attempt.rev == question.rev)
        .collect()
}

fn question_of(
    deck: &Deck,
    question: &Question,
    attempts: usize,
    firsts: &[&Attempt],
    points: &[PointFigures],
) -> QuestionFigures {
    let judged: Vec<(f64, &Attempt)> = firsts
        .iter()
        .filter(|first| first.given.is_attempt())
        .filter_map(|first| Some((first.share?, *first)))
        .collect();
    let sure = |first: &Attempt| {
        matches!(
            first.confidence,
            Some(Confidence::Fairly | Confidence::Very)
        )
    };
    let wrong = most_chosen_wrong(question, firsts);
    QuestionFigures {
        deck: one_line(deck.id.as_str()),
        question: one_line(question.id.as_str()),
        rev: question.rev,
        kind: question.kind.word(),
        attempts,
        n: judged.len(),
        not_known: firsts
            .iter()
            .filter(|first| !first.given.is_attempt())
            .count(),
        facility: mean(judged.iter().map(|(share, _)| *share)),
        most_chosen_wrong_times: wrong.as_ref().map(|(_, times)| *times),
        most_chosen_wrong: wrong.map(|(id, _)| id),
        median_seconds: median(firsts.iter().filter_map(|first| first.seconds).collect()),
        sure: judged.iter().filter(|(_, first)| sure(first)).count(),
        confident_errors: judged
            .iter()
            .filter(|(share, first)| is_confident_error(*share, first))
            .count(),
        judged: points.iter().map(|point| point.n).sum(),
        overridden: points
            .iter()
            .map(|point| point.confirmed_not_heard + point.heard_but_denied)
            .sum(),
    }
}

fn is_confident_error(share: f64, first: &Attempt) -> bool {
    let mixed_up = first
        .hearing
        .wrong
        .iter()
        .any(|wrong| wrong.meant == Some(true));
    match first.confidence {
        Some(Confidence::Very) => share < 0.5 || mixed_up,
        Some(Confidence::Fairly) => share < 0.5,
        Some(Confidence::NotSure) | None => false,
    }
}

fn points_of(deck: &Deck, question: &Question, firsts: &[&Attempt]) -> Vec<PointFigures> {
    let of_point = |point: &crate::course::Point| {
        let mut figures = PointFigures {
            deck: one_line(deck.id.as_str()),
            question: one_line(question.id.as_str()),
            rev: question.rev,
            kind: question.kind.word(),
            point: one_line(&point.id),
            n: 0,
            said: 0,
            partly: 0,
            not_said: 0,
            facility: None,
            times_heard: 0,
            confirmed_not_heard: 0,
            heard_but_denied: 0,
        };
        for first in firsts {
            let Some(confirmation) = first.confirmed.get(&point.id) else {
                continue;
            };
            let heard = matches!(
                first.hearing.points.get(&point.id),
                Some(Heard::Heard { .. })
            );
            let detected = first.hearing.points.contains_key(&point.id);
            figures.n += 1;
            figures.times_heard += usize::from(heard);
            match confirmation.said {
                Said::Said => figures.said += 1,
                Said::Partly => figures.partly += 1,
                Said::NotSaid => figures.not_said += 1,
            }
            figures.confirmed_not_heard +=
                usize::from(confirmation.said != Said::NotSaid && !detected);
            figures.heard_but_denied += usize::from(confirmation.said == Said::NotSaid && heard);
        }
        figures.facility = (figures.n > 0)
            .then(|| (count(figures.said) + count(figures.partly) / 2.0) / count(figures.n));
        figures
    };
    question.points().iter().map(of_point).collect()
}

/// The wrong option that was picked most often.
fn most_chosen_wrong(question: &Question, firsts: &[&Attempt]) -> Option<(String, usize)> {
    let (Kind::Choice(options) | Kind::Multi(options)) = &question.kind else {
        return None;
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for first in firsts {
        if let Given::Picked { options } = &first.given {
            for option in options {
                *times.entry(option).or_default() += 1;
            }
        }
    }
    let mut best: Option<(&str, usize)> = None;
    for option in options.options.iter().filter(|option| !option.right) {
        let picked = times.get(option.id.as_str()).copied().unwrap_or(0);
        if picked > best.map_or(0, |(_, times)| times) {
            best = Some((&option.id, picked));
        }
    }
    best.map(|(id, times)| (one_line(id), times))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

fn median(mut values: Vec<u32>) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = f64::from(*values.get(middle)?);
    if values.len() % 2 == 1 {
        Some(upper)
    } else {
        Some((f64::from(values[middle - 1]) + upper) / 2.0)
    }
}

/// Counts are far below what a float holds exactly.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 5]), Some(5.0));
        assert_eq!(median(vec![9, 1, 5, 6]), Some(5.5));
    }
}
