//! The quiz in the learner's own report: where they stand with each deck, and their newest finished sitting.

mod html;
mod markdown;
#[cfg(test)]
pub(in crate::report) mod tests;

pub(super) use html::html;
pub(super) use markdown::markdown;

use crate::progress::Said;
use crate::quiz::back::{
    AnswerBack, Calibration, DeckBack, QuestionBack, Score, SittingBack, Totals, percent,
};
use crate::quiz::schedule::State;
use jiff::Timestamp;
use serde::Serialize;

/// A deck's newest finished sitting, else the one that is open; and where the learner stands over all sittings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuizReport {
    pub finished_at: Option<Timestamp>,
    #[serde(skip)]
    pub finished_at_local: Option<String>,
    pub result: SittingBack,
    pub standing: DeckBack,
}

impl QuizReport {
    /// Puts them together. `finished` is when that sitting ended, and the same on the learner's own clock.
    pub fn of(
        finished: Option<(Timestamp, String)>,
        mut result: SittingBack,
        standing: DeckBack,
    ) -> Self {
        // Questions may still be to come.
        result.finished = result.finished && finished.is_some();
        let (finished_at, finished_at_local) = finished.unzip();
        QuizReport {
            finished_at,
            finished_at_local,
            result,
            standing,
        }
    }

    /// With everything that a learner typed, or that was read from an account, put in other words.
    #[must_use]
    pub fn reworded(mut self, reword: impl Fn(&str) -> String) -> Self {
        let answers = self
            .result
            .questions
            .iter_mut()
            .chain(&mut self.standing.confident_errors);
        for answer in answers {
            answer.given = reword(&answer.given);
            for point in &mut answer.points {
                for quote in point.heard.iter_mut().chain(&mut point.evidence) {
                    *quote = reword(quote);
                }
            }
            for mix_up in &mut answer.mix_ups {
                mix_up.quote = reword(&mix_up.quote);
            }
            for part in &mut answer.parts {
                part.text = reword(&part.text);
                part.given = part.given.as_deref().map(&reword);
            }
            if let Some(evidence) = &mut answer.evidence {
                evidence.read = reword(&evidence.read);
                for line in &mut evidence.lines {
                    line.was = reword(&line.was);
                }
            }
        }
        self
    }

    /// When the newest sitting ended, and what it came to.
    pub fn sitting_words(&self) -> String {
        let when = match &self.finished_at_local {
            Some(at) => format!("Last finished {at}."),
            None => "Not finished yet.".to_owned(),
        };
        let scores = scores(&self.result.totals);
        if scores.is_empty() {
            return when;
        }
        let scores: Vec<String> = scores
            .iter()
            .map(|(name, score)| format!("{name} {}", score_words(*score)))
            .collect();
        let mut words = format!("{when} Right answers: {}.", scores.join("; "));
        if self.result.totals.provisional > 0 {
            let points = self.result.totals.provisional_points.provisional();
            words.push_str(&format!(" Provisional, and in no score: {points}."));
        }
        words
    }
}

/// The scores that there are, by who says so; together only where there are several.
fn scores(totals: &Totals) -> Vec<(&'static str, Score)> {
    let mut scores: Vec<(&str, Score)> = [
        ("judged by Landfall", totals.closed),
        ("confirmed by you", totals.open),
        ("by both", totals.mixed),
    ]
    .into_iter()
    .filter(|(_, score)| score.of > 0)
    .collect();
    if scores.len() > 1 {
        scores.push(("together", totals.all));
    }
    scores
}

/// `3 of 4 (82 %)`.
fn score_words(score: Score) -> String {
    let share = score.share.map_or_else(String::new, percent);
    format!("{} of {} ({share})", score.right, score.of)
}

/// `very sure: right 7 of 9`, the surest first.
fn calibration_words(calibration: &Calibration) -> Vec<(&'static str, String)> {
    calibration
        .bands()
        .into_iter()
        .map(|(name, band)| {
            let words = match band.of {
                0 => "never".to_owned(),
                of => format!("right {} of {of}", band.right),
            };
            (name, words)
        })
        .collect()
}

/// What the bands mean together.
fn calibration_sentence(calibration: &Calibration) -> &'static str {
    calibration
        .says
        .unwrap_or("Too few answers yet to say what that means.")
}

/// `due today`; `mastered, due on 3 December`.
fn stands(question: &QuestionBack) -> String {
    match question.state {
        State::New => "new".to_owned(),
        State::Due => question.due_words.clone(),
        State::Learning => format!("learning, {}", question.due_words),
        State::Mastered => format!("mastered, {}", question.due_words),
    }
}

/// The points of an open answer that were not said, or in part only.
fn left_unsaid(answer: &AnswerBack) -> impl Iterator<Item = &str> {
    answer
        .points
        .iter()
        .filter(|point| !point.bonus && point.said.is_some_and(|said| said != Said::Said.word()))
        .map(|point| point.says.as_str())
}

/// `36 questions: 12 mastered, 4 due, 8 learning, 12 new.`
fn counts_words(standing: &DeckBack) -> String {
    let counts: Vec<String> = standing
        .counts
        .named()
        .into_iter()
        .map(|(name, number)| format!("{number} {name}"))
        .collect();
    let all = standing.counts.sum();
    let questions = if all == 1 { "question" } else { "questions" };
    format!("{all} {questions}: {}.", counts.join(", "))
}
