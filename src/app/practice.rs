//! `landfall practice`: steps through, breaks and resets the practice account.

mod json;
mod trouble;
mod words;

use super::failure::{Exit, Failure, Outcome};
use crate::account::{Chapter, Source};
use crate::cli::{Format, PracticeAction};
use crate::practice::{
    self, ACCOUNT, Applied, MovedAside, PracticeError, PracticeStore, State, status,
};
use crate::progress::{StackKey, Store};
use crate::term::Ui;
use jiff::Timestamp;

/// What the command works with.
pub struct Practice<'a> {
    pub ui: &'a Ui,
    pub format: Format,
    pub chapter: &'a Chapter,
    pub store: &'a PracticeStore,
    /// Confirmations are kept there, and forgotten by a reset.
    pub progress: &'a mut Store,
    pub now: Timestamp,
}

/// Which progress belongs to the practice account.
pub fn stack_key(chapter: &Chapter) -> StackKey {
    StackKey {
        source: Source::Practice,
        account: ACCOUNT.to_owned(),
        region: chapter.region.to_string(),
    }
}

/// Does what was asked and prints what came of it.
///
/// # Errors
/// Unknown steps and causes, a fault that has nothing to break yet, files that cannot be read or written.
pub fn run(mut practice: Practice<'_>, action: &PracticeAction) -> Outcome {
    if !matches!(practice.format, Format::Text | Format::Json) {
        return Err(Failure::usage("`landfall practice` prints text or JSON.")
            .hint("Leave --format out, or use --format json."));
    }
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

impl Practice<'_> {
    fn status(&self) -> Result<(), Failure> {
        let (state, _) = self.change(|_| ())?;
        match self.format {
            Format::Json => self
                .ui
                .document(&json::account("status", &self.stand(&state))),
            _ => self
                .ui
                .print_all(&words::status(&self.stand(&state), self.chapter)),
        }
        Ok(())
    }

    fn apply(&self, step: &str) -> Result<(), Failure> {
        let now = self.now;
        let (state, applied) = self.change(|state| practice::apply(state, step, now))?;
        let applied = applied.map_err(trouble::practice)?;
        self.tell(&state, &applied);
        Ok(())
    }

    fn apply_all(&mut self) -> Result<(), Failure> {
        let now = self.now;
        let (state, applied) = self.change(|state| practice::apply_all(state, now))?;
        let key = stack_key(self.chapter);
        for check in &applied.attested {
            self.progress
                .attest(&key, check, now)
                .map_err(|error| trouble::progress(&error))?;
        }
        self.tell(&state, &applied);
        Ok(())
    }

    fn break_cause(&self, cause: &str) -> Result<(), Failure> {
        let (chapter, now) = (self.chapter, self.now);
        let (state, broken) =
            self.change(|state| practice::break_cause(state, cause, chapter, now))?;
        let broken = broken.map_err(trouble::practice)?;
        match self.format {
            Format::Json => self.ui.document(&json::broken(broken, &self.stand(&state))),
            _ => {
                self.ui.print_all(&words::broken(broken));
                self.ui.say_all(&words::after_break(broken));
            }
        }
        Ok(())
    }

    fn list_causes(&self) -> Result<(), Failure> {
        let (state, ()) = self.change(|_| ())?;
        match self.format {
            Format::Json => self.ui.document(&json::causes_list(&state, self.chapter)),
            _ => self.ui.print_all(&words::causes_list(&state, self.chapter)),
        }
        Ok(())
    }

    fn reset(&mut self) -> Result<(), Failure> {
        let (state, ()) = self.change(State::reset)?;
        self.progress
            .forget(&stack_key(self.chapter))
            .map_err(|error| trouble::progress(&error))?;
        match self.format {
            Format::Json => self
                .ui
                .document(&json::account("reset", &self.stand(&state))),
            _ => self.ui.print_prose(words::RESET),
        }
        Ok(())
    }

    fn tell(&self, state: &State, applied: &Applied) {
        let stand = self.stand(state);
        match self.format {
            Format::Json => self.ui.document(&json::applied(applied, &stand)),
            _ => {
                self.ui.print_all(&words::applied(applied, &stand));
                self.ui.say_all(&words::after_apply(&stand));
            }
        }
    }

    fn stand(&self, state: &State) -> practice::Status {
        status(state, self.chapter, self.now)
    }

    /// Changes the state on disk; gives it as it is afterwards, with what the change returned.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> Result<(State, T), Failure> {
        let ((state, result), moved_aside) = self
            .store
            .change(|state| {
                let result = change(state);
                (state.clone(), result)
            })
            .map_err(|error| trouble::store(&error))?;
        if let Some(MovedAside { to, why }) = moved_aside {
            self.ui.trouble(format!(
                "The practice account's file could not be read ({why}). It was kept as {}, and you go on with a fresh \
                 account.",
                to.display()
            ));
        }
        Ok((state, result))
    }
}

#[cfg(test)]
mod tests;
