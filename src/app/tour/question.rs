//! One question of the quiz, answered in part.

use super::Tour;
use crate::course::Question;
use crate::term::layout::{Margin, wrap_text};
use crate::term::verdicts::count;
use crate::term::{Line, Tone};

impl Tour<'_> {
    /// One question of the quiz, with an answer that says some of its points.
    pub(super) fn question(&self) {
        let Some(deck) = self.course.decks.first() else {
            return;
        };
        let Some(question) = deck.questions.first() else {
            return;
        };
        self.heading(&format!(
            "{}, {}",
            deck.title,
            count(deck.questions.len(), "question", "questions")
        ));
        self.ui.print_all(&wrap_text(
            &question.prompt,
            Tone::Strong,
            self.ui.prose_width(),
            &Margin::default(),
        ));
        self.answer(question);
    }

    fn answer(&self, question: &Question) {
        const SAID: usize = 2;
        let width = self.ui.prose_width();
        let said: Vec<&str> = question
            .points()
            .iter()
            .take(SAID)
            .map(|point| point.says.as_str())
            .collect();
        self.prose(&format!("An answer: {}", said.join(" ")));
        self.prose(&format!(
            "The model answer: {}",
            question.open().map_or("", |open| open.model.as_str())
        ));
        self.prose("The learner confirms each point; a machine may suggest, and never marks:");
        for (at, point) in question.points().iter().enumerate() {
            let word = if at < SAID { "said" } else { "not yet said" };
            let margin = Margin {
                first: Line::new(Tone::Quiet, format!("  {word}: ")),
                rest: Line::from("      "),
            };
            self.ui
                .print_all(&wrap_text(&point.says, Tone::Plain, width, &margin));
        }
    }
}
