//! A sitting at the terminal: does the next thing until nothing is left, or the learner leaves.

use super::ground::Stacks;
use super::{SAVED, aside, ask, confirm, screen, sheet, sure};
use crate::app::context::{Context, now};
use crate::app::failure::Failure;
use crate::cli::Format;
use crate::course::{Deck, Kind, Question};
use crate::progress::{Attempt, AttemptId, Marks, Mode, Posed, Sitting, SittingId};
use crate::quiz::judge::Judged;
use crate::quiz::shown::{Shown, shown};
use crate::quiz::sitting::{At, Next, Standstill};
use crate::quiz::stack::pose;
use crate::term::interrupt::Parting;
use crate::term::{Answer, Line, Prompter, Tone};

/// How a sitting at the terminal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Finished,
    /// Saved; it goes on at the same question.
    Left,
    Interrupted,
}

/// What follows after one thing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    End(Ended),
}

/// What somebody who does not answer any more wants.
pub(super) const fn end<T>(answer: &Answer<T>) -> Flow {
    match answer {
        Answer::Interrupted => Flow::End(Ended::Interrupted),
        Answer::Given(_) | Answer::Back | Answer::Closed => Flow::End(Ended::Left),
    }
}

/// One sitting and what it needs.
pub(super) struct Session<'s> {
    pub context: &'s mut Context,
    pub deck: &'s Deck,
    pub id: SittingId,
    pub mode: Mode,
    pub minutes: Option<u16>,
    pub stacks: Stacks,
    planned: &'s [String],
    seed: u64,
    /// Whose model answer is on the screen.
    revealed: Option<AttemptId>,
}

/// What is kept of the sitting by now.
pub(super) struct Kept {
    pub attempts: Vec<Attempt>,
    pub marks: Marks,
}

/// Asks until the deck is through, or the learner leaves.
///
/// # Errors
/// Progress that cannot be read or written.
pub(super) fn sit(
    context: &mut Context,
    deck: &Deck,
    sitting: Sitting,
    prompter: &mut dyn Prompter,
) -> Result<Ended, Failure> {
    let _parting = Parting::with(SAVED);
    let stacks = Stacks::of(context)?;
    let planned = sitting.planned.unwrap_or_else(|| of_before(deck));
    let mut session = Session {
        context,
        deck,
        id: sitting.id,
        mode: sitting.mode,
        minutes: sitting.minutes,
        stacks,
        planned: &planned,
        seed: sitting.seed,
        revealed: None,
    };
    loop {
        let kept = session.kept()?;
        let flow = match session.standstill(&kept).next() {
            Next::Finished => {
                session.context.store.finish_sitting(session.id, now())?;
                return Ok(Ended::Finished);
            }
            Next::Ask(at) => ask::ask(&mut session, &kept, at, prompter)?,
            Next::Sure(_, attempt) => sure::sure(&mut session, attempt, prompter)?,
            Next::Confirm {
                at, attempt, open, ..
            } => {
                session.reveal(at, attempt);
                confirm::point(&mut session, at, attempt, &open, prompter)?
            }
            Next::Meant {
                at,
                attempt,
                wrong,
                place,
            } => {
                session.reveal(at, attempt);
                confirm::meant(&mut session, attempt, wrong, place, prompter)?
            }
            Next::Settle {
                at,
                attempt,
                judged,
            } => session.settle(at, attempt, &judged, prompter)?,
            Next::Sheet => sheet::sheet(&mut session, &kept, prompter)?,
        };
        if let Flow::End(ended) = flow {
            return Ok(ended);
        }
    }
}

/// What a sitting of an earlier version asked: the open questions, in the deck's order.
fn of_before(deck: &Deck) -> Vec<String> {
    deck.questions
        .iter()
        .filter(|question| matches!(question.kind, Kind::Open(_)))
        .map(|question| question.id.0.clone())
        .collect()
}

impl<'s> Session<'s> {
    /// Reads what is kept.
    pub(super) fn kept(&self) -> Result<Kept, Failure> {
        Ok(Kept {
            attempts: self.context.store.attempts_of(self.id)?,
            marks: self.context.store.marks(self.id)?,
        })
    }

    /// The sitting as the pure core takes it.
    pub(super) fn standstill<'a>(&self, kept: &'a Kept) -> Standstill<'a>
    where
        's: 'a,
    {
        Standstill {
            deck: self.deck,
            mode: self.mode,
            planned: self.planned,
            attempts: &kept.attempts,
            marks: &kept.marks,
        }
    }

    /// What the learner sees under numbers and letters.
    pub(super) fn shown(&self, question: &Question) -> Shown {
        shown(question, self.seed)
    }

    /// What an account question shows in this sitting: the same after an interruption.
    pub(super) fn posed(&self, question: &Question) -> Result<Option<Posed>, Failure> {
        let store = &self.context.store;
        if let Some(posed) = store.shown(self.id, question.id.as_str())? {
            return Ok(Some(posed));
        }
        let Some(posed) = pose(question, &self.stacks.ground()) else {
            return Ok(None);
        };
        store.show(self.id, question.id.as_str(), &posed, now())?;
        Ok(Some(posed))
    }

    /// Columns for prose.
    pub(super) fn width(&self) -> usize {
        self.context.ui.prose_width()
    }

    /// Shows lines of the quiz. When the result is to be a document, stdout is kept for it alone.
    pub(super) fn print(&self, lines: &[Line]) {
        if self.context.globals.format == Some(Format::Json) {
            self.context.ui.say_all(lines);
        } else {
            self.context.ui.print_all(lines);
        }
    }

    fn reveal(&mut self, at: At<'_>, attempt: &Attempt) {
        if self.revealed != Some(attempt.id) {
            self.revealed = Some(attempt.id);
            self.print(&screen::reveal(at.question, attempt, self.width()));
        }
    }

    /// Keeps what an answer came to, shows it, and waits until the learner goes on.
    fn settle(
        &mut self,
        at: At<'_>,
        attempt: &Attempt,
        judged: &Judged,
        prompter: &mut dyn Prompter,
    ) -> Result<Flow, Failure> {
        self.context.store.settle(attempt.id, judged.share)?;
        if self.mode != Mode::Practice {
            return Ok(Flow::On);
        }
        self.print(&screen::feedback(
            at.question,
            attempt,
            judged,
            self.width(),
        ));
        self.go_on(at.question, prompter)
    }

    /// Waits for Enter; the lesson, the account and a report are a key away.
    pub(super) fn go_on(
        &mut self,
        question: &Question,
        prompter: &mut dyn Prompter,
    ) -> Result<Flow, Failure> {
        use super::keys::Key;
        loop {
            let asked = "Enter goes on (l lesson, a account, u undo, x report, q leave)";
            let typed = match prompter.ask(asked, None) {
                Answer::Given(typed) => typed,
                other => return Ok(end(&other)),
            };
            match Key::of(&typed) {
                Some(Key::Lesson) => aside::lesson(self, question),
                Some(Key::Account) => aside::account(self, question),
                Some(Key::Report) => {
                    if let Flow::End(ended) = aside::report(self, question, None, prompter)? {
                        return Ok(Flow::End(ended));
                    }
                }
                Some(Key::Undo) => {
                    self.undo()?;
                    return Ok(Flow::On);
                }
                Some(Key::Leave) => return Ok(Flow::End(Ended::Left)),
                Some(Key::Help) => self.print(&screen::keys(self.width())),
                _ => return Ok(Flow::On),
            }
        }
    }

    /// Takes the newest answer back; the question is asked again.
    pub(super) fn undo(&mut self) -> Result<(), Failure> {
        let kept = self.kept()?;
        match self.standstill(&kept).newest() {
            Some(attempt) => {
                self.context.store.undo(attempt.id, now())?;
                self.revealed = None;
                self.context.ui.say("Taken back. The question comes again.");
            }
            None => self
                .context
                .ui
                .say("There is nothing to take back in this sitting."),
        }
        Ok(())
    }

    /// A line of talk in a quiet tone.
    pub(super) fn remark(&self, text: impl AsRef<str>) {
        self.print(&crate::term::layout::wrap_text(
            text.as_ref(),
            Tone::Quiet,
            self.width(),
            &crate::term::layout::Margin::default(),
        ));
    }
}
