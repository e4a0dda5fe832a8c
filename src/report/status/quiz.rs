//! Where a learner stands with a deck, in a few numbers.

use crate::course::{Deck, DeckId};
use crate::quiz::back::Counts;
use crate::quiz::schedule::Standing;
use jiff::Timestamp;
use serde::Serialize;

/// One deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuizProgress {
    pub deck: DeckId,
    pub title: String,
    pub questions: usize,
    /// Of the unfinished sitting, if there is one.
    pub answered: Option<usize>,
    /// How many questions that sitting asks.
    pub asks: Option<usize>,
    /// When the newest finished sitting ended.
    pub finished_at: Option<Timestamp>,
    /// Of that sitting, 0 to 1: what was judged, and the key points that the learner confirmed.
    pub share: Option<f64>,
    /// Of all questions, how many stand where: mastered, due, learning, new.
    #[serde(flatten)]
    pub counts: Counts,
    /// What goes on with it: `landfall quiz`.
    pub command: String,
}

/// An unfinished sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuiz {
    pub answered: usize,
    pub asks: usize,
}

impl QuizProgress {
    /// A deck: where its questions stand, how far the unfinished sitting got, when and how the newest finished one ended,
    /// and the command that goes on with it.
    pub fn of(
        deck: &Deck,
        standings: &[Standing],
        open: Option<OpenQuiz>,
        finished: Option<(Option<f64>, Timestamp)>,
        command: &str,
    ) -> Self {
        let mut counts = Counts::of(standings.iter().map(|standing| standing.state));
        // A question of which nothing is said was never asked.
        counts.new += deck.questions.len().saturating_sub(standings.len());
        QuizProgress {
            deck: deck.id.clone(),
            title: deck.title.clone(),
            questions: deck.questions.len(),
            answered: open.map(|open| open.answered),
            asks: open.map(|open| open.asks),
            finished_at: finished.map(|(_, at)| at),
            share: finished.and_then(|(share, _)| share),
            counts,
            command: command.to_owned(),
        }
    }

    /// Whether anything of it was ever answered, or is being answered.
    pub const fn is_begun(&self) -> bool {
        self.answered.is_some() || self.finished_at.is_some() || self.counts.new < self.questions
    }

    /// `landfall quiz --due`.
    pub fn due_command(&self) -> String {
        format!("{} --due", self.command)
    }

    /// `4 questions are due today, 12 mastered of 36`.
    pub fn due_words(&self) -> String {
        let due = match self.counts.due {
            0 => "no question is due today".to_owned(),
            1 => "1 question is due today".to_owned(),
            due => format!("{due} questions are due today"),
        };
        format!(
            "{due}, {} mastered of {}",
            self.counts.mastered, self.questions
        )
    }

    /// `stopped at question 4 of 10`; `None` without an unfinished sitting.
    pub fn stopped_words(&self) -> Option<String> {
        let (answered, asks) = (self.answered?, self.asks?);
        Some(if answered < asks {
            format!("stopped at question {} of {asks}", answered + 1)
        } else {
            "everything is answered, but not confirmed yet".to_owned()
        })
    }
}
