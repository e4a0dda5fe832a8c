//! `landfall practice`: steps through, breaks and resets the practice account.

mod json;
mod trouble;
mod words;

use super::context::{Context, now};
use super::evidence;
use super::failure::{Exit, Failure, Outcome};
use crate::account::{Chapter, Source};
use crate::cli::{Format, PracticeAction};
use crate::practice::{self, Applied, MovedAside, PracticeStore, State, TEARDOWN};
use crate::progress::StackKey;
use crate::term::Line;
use jiff::Timestamp;

/// Does what was asked and prints what came of it.
///
/// # Errors
/// Unknown steps and causes, a fault that has nothing to break yet, files that cannot be read or written.
pub fn run(context: &mut Context, action: &PracticeAction) -> Outcome {
    let format = context.format("practice", &[Format::Text, Format::Json])?;
    let store = evidence::practice_store(context)?;
    let mut practice = Practice {
        chapter: context.chapter(),
        now: now(),
        context,
        store,
        format,
    };
    match action {
        PracticeAction::Status => practice.status(),
        PracticeAction::Apply { all: true, .. } => practice.apply_all(),
        PracticeAction::Apply { step, .. } => practice.apply(step.as_deref().unwrap_or_default()),
        PracticeAction::Break { cause: Some(cause) } => practice.break_cause(cause),
        PracticeAction::Break { cause: None } => practice.list_causes(),
        PracticeAction::Reset => practice.reset(),
    }?;
    Ok(Exit::Passed)
}

struct Practice<'a> {
    context: &'a mut Context,
    store: PracticeStore,
    chapter: Chapter,
    format: Format,
    now: Timestamp,
}

impl Practice<'_> {
    fn status(&self) -> Result<(), Failure> {
        let (state, ()) = self.change(|_| ())?;
        let stand = self.stand(&state);
        self.print(
            || json::account("status", &stand),
            || words::status(&stand, &self.chapter),
        );
        Ok(())
    }

    fn apply(&self, step: &str) -> Result<(), Failure> {
        let now = self.now;
        let (state, applied) = self.change(|state| practice::apply(state, step, now))?;
        let applied = applied.map_err(trouble::practice)?;
        if step == TEARDOWN {
            evidence::begin_teardown(self.context, &self.key())?;
        }
        self.tell(&state, &applied);
        Ok(())
    }

    fn apply_all(&self) -> Result<(), Failure> {
        let now = self.now;
        let (state, applied) = self.change(|state| practice::apply_all(state, now))?;
        let key = self.key();
        for check in &applied.attested {
            self.context.store.attest(&key, check, now)?;
        }
        evidence::forget_teardown(self.context, &key)?;
        self.tell(&state, &applied);
        Ok(())
    }

    fn break_cause(&self, cause: &str) -> Result<(), Failure> {
        let (chapter, now) = (&self.chapter, self.now);
        let (state, broken) =
            self.change(|state| practice::break_cause(state, cause, chapter, now))?;
        let broken = broken.map_err(trouble::practice)?;
        let stand = self.stand(&state);
        self.print(|| json::broken(broken, &stand), || words::broken(broken));
        self.talk(&words::after_break(broken));
        Ok(())
    }

    fn list_causes(&self) -> Result<(), Failure> {
        let (state, ()) = self.change(|_| ())?;
        self.print(
            || json::causes_list(&state, &self.chapter),
            || words::causes_list(&state, &self.chapter),
        );
        Ok(())
    }

    fn reset(&mut self) -> Result<(), Failure> {
        let (state, ()) = self.change(State::reset)?;
        let key = self.key();
        self.context.store.forget(&key)?;
        evidence::forget_teardown(self.context, &key)?;
        let stand = self.stand(&state);
        self.print(|| json::account("reset", &stand), words::reset);
        Ok(())
    }

    fn tell(&self, state: &State, applied: &Applied) {
        let stand = self.stand(state);
        self.print(
            || json::applied(applied, &stand),
            || words::applied(applied, &stand),
        );
        self.talk(&words::after_apply(&stand));
    }

    /// The document, or the lines, depending on the format.
    fn print(&self, json: impl FnOnce() -> String, lines: impl FnOnce() -> Vec<Line>) {
        match self.format {
            Format::Json => self.context.ui.document(&json()),
            _ => self.context.ui.print_all(&self.fitted(&lines())),
        }
    }

    /// What to do next, for people.
    fn talk(&self, lines: &[Line]) {
        if self.format == Format::Text {
            self.context.ui.say_all(&self.fitted(lines));
        }
    }

    fn fitted(&self, lines: &[Line]) -> Vec<Line> {
        words::fitted(lines, self.context.ui.prose_width())
    }

    /// Which progress belongs to the practice account.
    fn key(&self) -> StackKey {
        let snapshot = practice::snapshot(&State::default(), &self.chapter, self.now);
        debug_assert_eq!(snapshot.source, Source::Practice);
        Context::stack_key(&snapshot)
    }

    fn stand(&self, state: &State) -> practice::Status {
        practice::status(state, &self.chapter, self.now)
    }

    /// Changes the state on disk; gives it as it is afterwards, with what the change returned.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> Result<(State, T), Failure> {
        let ((state, result), moved_aside) = self
            .store
            .change(|state| {
                let result = change(state);
                (state.clone(), result)
            })
            .map_err(evidence::practice_failure)?;
        if let Some(MovedAside { to, why }) = moved_aside {
            self.context.ui.trouble(format!(
                "The practice account could not be read ({why}). It is kept as {}; a new one was begun.",
                to.display()
            ));
        }
        Ok((state, result))
    }
}

#[cfg(test)]
mod tests;
