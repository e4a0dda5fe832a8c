//! What comes next in a sitting: told from what is kept alone, so that it goes on exactly where it stopped.

use super::agenda::agenda;
use super::judge::{Judged, ToConfirm, judge, to_confirm};
use crate::course::{Deck, Kind, Question};
use crate::progress::{Attempt, HeardWrong, Mark, Marks, Mode};

/// A sitting as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Standstill<'a> {
    pub deck: &'a Deck,
    pub mode: Mode,
    /// Ids of the planned questions.
    pub planned: &'a [String],
    /// The answers that count, oldest first.
    pub attempts: &'a [Attempt],
    pub marks: &'a Marks,
}

/// The next thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Next<'a> {
    /// Put the question.
    Ask(At<'a>),
    /// Ask how sure the learner is, before anything is revealed.
    Sure(At<'a>, &'a Attempt),
    /// Reveal, and have these confirmed; `first` = nothing of it was confirmed yet.
    Confirm {
        at: At<'a>,
        attempt: &'a Attempt,
        open: Vec<ToConfirm>,
        first: bool,
    },
    /// A known wrong answer was heard: was it meant? With its place among the hearing's.
    Meant {
        at: At<'a>,
        attempt: &'a Attempt,
        wrong: &'a HeardWrong,
        place: usize,
    },
    /// Everything was said: this is what the answer came to.
    Settle {
        at: At<'a>,
        attempt: &'a Attempt,
        judged: Judged,
    },
    /// An exam: every question was seen; hand in, or look at one again.
    Sheet,
    /// Nothing is left to ask.
    Finished,
}

/// A question and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At<'a> {
    pub question: &'a Question,
    /// From 1.
    pub number: usize,
    pub of: usize,
    /// A small item that comes back for a missed point.
    pub comes_back: bool,
}

impl<'a> Standstill<'a> {
    /// The questions of this sitting in order, those that come back among them.
    pub fn questions(&self) -> Vec<At<'a>> {
        let deck = self.deck;
        // A question that a newer course does not have any more is passed over; its answer stays in the log.
        let found: Vec<&Question> = agenda(deck, self.planned, self.attempts)
            .iter()
            .filter_map(|id| deck.item(id))
            .collect();
        let of = found.len();
        found
            .into_iter()
            .zip(1..)
            .map(|(question, number)| At {
                question,
                number,
                of,
                comes_back: deck.is_retry(question.id.as_str()),
            })
            .collect()
    }

    /// The answer to a question at its present revision. An answer to an earlier one was to another question.
    pub fn answer_to(&self, question: &Question) -> Option<&'a Attempt> {
        self.attempts
            .iter()
            .rev()
            .find(|attempt| question.is_called(&attempt.item) && attempt.rev == question.rev)
    }

    /// Whether something was noted at a question.
    pub fn is_marked(&self, question: &Question, mark: Mark) -> bool {
        std::iter::once(question.id.as_str())
            .chain(question.was.iter().map(String::as_str))
            .any(|id| {
                self.marks
                    .get(id)
                    .is_some_and(|marks| marks.contains(&mark))
            })
    }

    /// The next thing to do.
    pub fn next(&self) -> Next<'a> {
        let questions = self.questions();
        for at in &questions {
            if let Some(attempt) = self.answer_to(at.question)
                && let Some(next) = self.unfinished(*at, attempt)
            {
                return next;
            }
        }
        let open = |at: &&At<'a>| self.answer_to(at.question).is_none();
        let not = |mark: Mark| move |at: &&At<'a>| !self.is_marked(at.question, mark);
        let fresh = questions
            .iter()
            .filter(open)
            .filter(not(Mark::LeftOut))
            .find(not(Mark::Skipped));
        if let Some(at) = fresh {
            return Next::Ask(*at);
        }
        if self.mode == Mode::Exam {
            return Next::Sheet;
        }
        questions
            .iter()
            .filter(open)
            .find(not(Mark::LeftOut))
            .map_or(Next::Finished, |at| Next::Ask(*at))
    }

    /// What is left to do at an answer.
    fn unfinished(&self, at: At<'a>, attempt: &'a Attempt) -> Option<Next<'a>> {
        if attempt.share.is_some() || !attempt.given.is_attempt() {
            return None;
        }
        if self.mode != Mode::Unattended
            && attempt.confidence.is_none()
            && attempt.confirmed.is_empty()
            && !at.comes_back
        {
            return Some(Next::Sure(at, attempt));
        }
        if self.mode == Mode::Exam {
            return None;
        }
        let open = to_confirm(
            at.question,
            &attempt.given,
            attempt.posed.as_ref(),
            &attempt.confirmed,
        );
        if !open.is_empty() {
            return Some(Next::Confirm {
                at,
                attempt,
                open,
                first: attempt.confirmed.is_empty(),
            });
        }
        let meant = |(place, wrong): (usize, &'a HeardWrong)| {
            wrong.meant.is_none().then_some(Next::Meant {
                at,
                attempt,
                wrong,
                place,
            })
        };
        if self.mode == Mode::Practice
            && let Some(asked) = attempt.hearing.wrong.iter().enumerate().find_map(meant)
        {
            return Some(asked);
        }
        let judged = judge(
            at.question,
            &attempt.given,
            attempt.posed.as_ref(),
            &attempt.confirmed,
        )?;
        Some(Next::Settle {
            at,
            attempt,
            judged,
        })
    }

    /// What a handed-in exam settles: answers whose key is known. Open ones stay for a person.
    pub fn settled_by_key(&self) -> Vec<(&'a Attempt, Judged)> {
        self.questions()
            .iter()
            .filter(|at| !matches!(at.question.kind, Kind::Open(_)))
            .filter_map(|at| {
                let attempt = self.answer_to(at.question)?;
                let confirmed = attempt.confirmed.clone();
                let judged = judge(
                    at.question,
                    &attempt.given,
                    attempt.posed.as_ref(),
                    &confirmed,
                )?;
                attempt.share.is_none().then_some((attempt, judged))
            })
            .collect()
    }

    /// The newest answer of this sitting, which `undo` takes back.
    pub fn newest(&self) -> Option<&'a Attempt> {
        self.attempts.last()
    }
}
