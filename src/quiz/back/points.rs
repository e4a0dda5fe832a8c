//! The key points of an open answer: what the learner said of each, and what the machine had heard. The two are never
//! mixed.

use super::share::count;
use crate::course::{Point, Question, StepId};
use crate::progress::{Attempt, Heard, Said, Unclear};
use serde::Serialize;

/// One key point of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointBack {
    pub id: String,
    pub says: String,
    pub bonus: bool,
    /// By the learner: `said`, `partly`, `not-said`; `null` = not confirmed (yet).
    pub said: Option<&'static str>,
    /// The step that teaches it.
    pub step: Option<String>,
    /// By the machine: the words that say it, when it heard them.
    pub heard: Option<String>,
    /// Why words that may say it were no "heard"; a few words.
    pub unclear: Option<&'static str>,
    /// The sentence that the learner pointed at.
    pub evidence: Option<String>,
}

/// Key points that count, added up by who says so. Bonus points stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    pub points: usize,
    /// Of the learner.
    pub said: usize,
    pub partly: usize,
    pub not_said: usize,
    pub unconfirmed: usize,
    /// By the machine, whatever the learner says.
    pub heard: usize,
    /// By the machine, of those that the learner said.
    pub said_and_heard: usize,
    /// Heard by the machine, and the learner says it was not meant.
    pub heard_but_denied: usize,
    /// Said by the learner, and not heard by the machine.
    pub said_though_not_heard: usize,
    pub bonus_said: usize,
}

impl Tally {
    pub(super) fn of(points: &[PointBack]) -> Self {
        let mut tally = Tally::default();
        for point in points {
            if point.bonus {
                tally.bonus_said += usize::from(point.said == Some(Said::Said.word()));
                continue;
            }
            let heard = point.heard.is_some();
            tally.points += 1;
            tally.heard += usize::from(heard);
            if point.said == Some(Said::Said.word()) {
                tally.said += 1;
                *if heard {
                    &mut tally.said_and_heard
                } else {
                    &mut tally.said_though_not_heard
                } += 1;
            } else if point.said == Some(Said::Partly.word()) {
                tally.partly += 1;
            } else if point.said.is_some() {
                tally.not_said += 1;
                tally.heard_but_denied += usize::from(heard);
            } else {
                tally.unconfirmed += 1;
            }
        }
        tally
    }

    pub(super) fn add(&mut self, other: &Tally) {
        self.points += other.points;
        self.said += other.said;
        self.partly += other.partly;
        self.not_said += other.not_said;
        self.unconfirmed += other.unconfirmed;
        self.heard += other.heard;
        self.said_and_heard += other.said_and_heard;
        self.heard_but_denied += other.heard_but_denied;
        self.said_though_not_heard += other.said_though_not_heard;
        self.bonus_said += other.bonus_said;
    }

    /// `said by you 5 of 6 (3 of them also heard by the machine), 1 not said`.
    pub fn words(&self) -> String {
        let mut words = format!("said by you {} of {}", self.said, self.points);
        match (self.said, self.said_and_heard) {
            (0, _) => {}
            (_, 0) => words.push_str(" (none of them heard by the machine)"),
            (1, 1) => words.push_str(" (also heard by the machine)"),
            (_, heard) => words.push_str(&format!(" ({heard} of them also heard by the machine)")),
        }
        let rest = [
            (self.partly, "partly"),
            (self.not_said, "not said"),
            (self.unconfirmed, "not confirmed yet"),
        ];
        for (number, what) in rest {
            if number > 0 {
                words.push_str(&format!(", {number} {what}"));
            }
        }
        if self.bonus_said > 0 {
            let bonus = count(self.bonus_said, "bonus point", "bonus points");
            words.push_str(&format!(", and {bonus}"));
        }
        words
    }

    /// Where learner and machine disagree; `None` where they do not.
    pub fn overrides(&self) -> Option<String> {
        let both = [
            (
                self.heard_but_denied,
                "heard by the machine, but not said as you see it",
            ),
            (
                self.said_though_not_heard,
                "said as you see it, though not heard by the machine",
            ),
        ];
        let told: Vec<String> = both
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// Before a person has confirmed: `heard 4 of 6 points; a person has to confirm`.
    pub fn provisional(&self) -> String {
        format!(
            "heard {} of {}; a person has to confirm",
            self.heard,
            count(self.points, "point", "points")
        )
    }
}

/// The points of an answer to an open question, in the deck's order.
pub(super) fn points(question: &Question, attempt: &Attempt) -> Vec<PointBack> {
    question
        .points()
        .iter()
        .map(|point| self::point(question, point, attempt))
        .collect()
}

fn point(question: &Question, point: &Point, attempt: &Attempt) -> PointBack {
    let confirmed = attempt.confirmed.get(&point.id);
    let hearing = attempt.hearing.points.get(&point.id);
    let step: Option<&StepId> = point.step.as_ref().or(question.lesson.as_ref());
    PointBack {
        id: point.id.clone(),
        says: point.says.clone(),
        bonus: point.bonus,
        said: confirmed.map(|confirmation| confirmation.said.word()),
        step: step.map(|step| step.0.clone()),
        heard: match hearing {
            Some(Heard::Heard { quote }) => Some(quote.clone()),
            _ => None,
        },
        unclear: match hearing {
            Some(Heard::Unclear { why, .. }) => Some(unclear(*why)),
            _ => None,
        },
        evidence: confirmed.and_then(|confirmation| confirmation.evidence.clone()),
    }
}

const fn unclear(why: Unclear) -> &'static str {
    match why {
        Unclear::Negated => "there is a \"not\" about it",
        Unclear::FarApart => "the words stand far apart",
        Unclear::ListLike => "key words in a row, without a sentence",
        Unclear::Echo => "the words stand in the question",
    }
}
