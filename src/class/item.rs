//! Item analysis of the quiz: first attempts of each learner, per question and per key point.

use super::report::QuizSum;
use crate::course::{Course, Deck, Question};
use crate::progress::Attempt;
use crate::quiz::exchange::figures;
use crate::report::sanitize::one_line;
use serde::Serialize;
use std::collections::BTreeMap;

/// One deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassQuiz {
    pub deck: String,
    pub title: String,
    /// Learners who answered anything of it.
    pub learners: usize,
    /// Fewer than [`ENOUGH`] learners: counts and intervals alone.
    pub counts_only: bool,
    pub questions: Vec<QuestionItem>,
}

/// Under so many learners neither facility nor discrimination is told.
pub const ENOUGH: usize = 30;

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionItem {
    pub question: String,
    pub kind: &'static str,
    /// First attempts whose share is known.
    pub n: usize,
    pub not_known: usize,
    /// Those of at least 0.8.
    pub right: usize,
    /// A 95 % interval (Wilson) of the share that is right, 0 to 1; `None` when `n` is 0.
    pub interval: Option<(f64, f64)>,
    /// The mean share; `None` while counts only.
    pub facility: Option<f64>,
    /// Correlation of the item with the rest of the score; `None` while counts only, or where it is not defined.
    pub discrimination: Option<f64>,
    /// Sure or fairly sure, and wrong.
    pub confident_errors: usize,
    pub most_chosen_wrong: Option<(String, usize)>,
    pub median_seconds: Option<f64>,
    /// Judged points, and those of which the learner decided against the grader.
    pub judged: usize,
    pub overridden: usize,
    pub points: Vec<PointItem>,
}

/// One key point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointItem {
    pub point: String,
    pub n: usize,
    pub said: usize,
    pub partly: usize,
    pub not_said: usize,
    pub facility: Option<f64>,
}

/// What one learner answered of each deck.
pub(super) type Answers = BTreeMap<String, Vec<Attempt>>;

/// A share of so much counts as right.
const RIGHT: f64 = 0.8;

/// 97.5 % of a normal distribution lie below it.
const Z: f64 = 1.959_963_984_540_054;

/// A learner's answers from every bundle of theirs: by time, each once, and no share that is none.
pub(super) fn answers(decks: impl Iterator<Item = (String, Vec<Attempt>)>) -> Answers {
    let mut answers = Answers::new();
    for (deck, attempts) in decks {
        answers.entry(deck).or_default().extend(attempts);
    }
    for attempts in answers.values_mut() {
        for attempt in attempts.iter_mut() {
            attempt.share = attempt.share.filter(|share| (0.0..=1.0).contains(share));
        }
        attempts.sort_by(|one, other| (one.at, &one.item).cmp(&(other.at, &other.item)));
        attempts.dedup_by(|one, other| one.at == other.at && one.item == other.item);
    }
    answers
}

/// The mean share of first answers over all decks; `None` without one that has a share.
pub(super) fn sum(course: &Course, answers: &Answers) -> Option<QuizSum> {
    let mut shares = Vec::new();
    for deck in &course.decks {
        let attempts: Vec<&Attempt> = answers
            .get(deck.id.as_str())
            .into_iter()
            .flatten()
            .collect();
        shares.extend(
            deck.questions
                .iter()
                .filter_map(|question| share(question, &attempts)),
        );
    }
    Some(QuizSum {
        answered: shares.len(),
        share: mean(&shares)?,
    })
}

/// The figures of each deck that anybody answered.
pub(super) fn quizzes(course: &Course, learners: &[Answers]) -> Vec<ClassQuiz> {
    course
        .decks
        .iter()
        .filter_map(|deck| {
            let learners: Vec<Vec<&Attempt>> = learners
                .iter()
                .filter_map(|answers| answers.get(deck.id.as_str()))
                .filter(|attempts| !attempts.is_empty())
                .map(|attempts| attempts.iter().collect())
                .collect();
            (!learners.is_empty()).then(|| quiz(deck, &learners))
        })
        .collect()
}

fn quiz(deck: &Deck, learners: &[Vec<&Attempt>]) -> ClassQuiz {
    let slices: Vec<&[&Attempt]> = learners.iter().map(Vec::as_slice).collect();
    let (figures, points) = figures::of(deck, &slices);
    let counts_only = learners.len() < ENOUGH;
    let shares: Vec<Vec<Option<f64>>> = learners
        .iter()
        .map(|attempts| {
            deck.questions
                .iter()
                .map(|question| share(question, attempts))
                .collect()
        })
        .collect();
    let questions = deck
        .questions
        .iter()
        .enumerate()
        .filter_map(|(at, question)| {
            let of = figures
                .iter()
                .find(|figures| figures.question == one_line(question.id.as_str()))?;
            let known: Vec<f64> = shares.iter().filter_map(|shares| shares[at]).collect();
            let right = known.iter().filter(|share| **share >= RIGHT).count();
            // A question that few of many learners met says no more than one of a small class.
            let few = counts_only || of.n < ENOUGH;
            Some(QuestionItem {
                question: of.question.clone(),
                kind: of.kind,
                n: of.n,
                not_known: of.not_known,
                right,
                interval: wilson(right, of.n),
                facility: of.facility.filter(|_| !few),
                discrimination: if few {
                    None
                } else {
                    discrimination(&shares, at)
                },
                confident_errors: of.confident_errors,
                most_chosen_wrong: of.most_chosen_wrong.clone().zip(of.most_chosen_wrong_times),
                median_seconds: of.median_seconds,
                judged: of.judged,
                overridden: of.overridden,
                points: points
                    .iter()
                    .filter(|point| point.question == of.question)
                    .map(|point| PointItem {
                        point: point.point.clone(),
                        n: point.n,
                        said: point.said,
                        partly: point.partly,
                        not_said: point.not_said,
                        facility: point.facility.filter(|_| !few),
                    })
                    .collect(),
            })
        });
    ClassQuiz {
        deck: one_line(deck.id.as_str()),
        title: deck.title.clone(),
        learners: learners.len(),
        counts_only,
        questions: questions.collect(),
    }
}

/// Of the first answer, when it was an attempt.
fn share(question: &Question, attempts: &[&Attempt]) -> Option<f64> {
    figures::first_answer(question, attempts)
        .filter(|first| first.given.is_attempt())
        .and_then(|first| first.share)
}

/// The 95 % score interval of E. B. Wilson (1927), which holds for few answers and for none or all right.
/// <https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval>
fn wilson(right: usize, n: usize) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let number = count(n);
    let share = count(right) / number;
    let z2 = Z * Z;
    let middle = (share + z2 / (2.0 * number)) / (1.0 + z2 / number);
    let half = Z / (1.0 + z2 / number)
        * (share * (1.0 - share) / number + z2 / (4.0 * number * number)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

/// The item-rest correlation: the share of this question with the mean share of the learner's others (not of all, which
/// would hold the question itself). `None` for fewer than [`ENOUGH`] learners with both, or where one of the two is the same
/// for everybody.
fn discrimination(shares: &[Vec<Option<f64>>], at: usize) -> Option<f64> {
    let mut pairs = Vec::new();
    for learner in shares {
        let others: Vec<f64> = learner
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .filter_map(|(_, share)| *share)
            .collect();
        pairs.extend(learner[at].zip(mean(&others)));
    }
    if pairs.len() < ENOUGH {
        return None;
    }
    let (items, rests): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (item, rest) = (mean(&items)?, mean(&rests)?);
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let together = sum(&|(x, y)| (x - item) * (y - rest));
    let of_item = sum(&|(x, _)| (x - item).powi(2));
    let of_rest = sum(&|(_, y)| (y - rest).powi(2));
    /// Below it a variance is the rounding's.
    const NOTHING: f64 = 1e-12;
    (of_item > NOTHING && of_rest > NOTHING)
        .then(|| (together / (of_item * of_rest).sqrt()).clamp(-1.0, 1.0))
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

/// Counts are far below what a float holds exactly.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests;
