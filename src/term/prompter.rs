//! Asking. Commands know this trait only: arrows at a terminal, numbers in plain lines, a script in tests.

use super::editor::EditorError;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Answer<T> {
    /// The answer.
    Given(T),
    /// Esc, or `b` in plain lines: one step back, nothing chosen.
    Back,
    /// Ctrl-C.
    Interrupted,
    /// Nobody is there: the input has ended (Ctrl-D), or it is no terminal.
    Closed,
}

impl<T> Answer<T> {
    /// Changes what was given.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Given(value) => Answer::Given(change(value)),
            Answer::Back => Answer::Back,
            Answer::Interrupted => Answer::Interrupted,
            Answer::Closed => Answer::Closed,
        }
    }
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it does, in a few words; starts with a verb.
    pub label: String,
    /// A letter or word that chooses it in plain lines, besides its number.
    pub key: Option<String>,
}

impl Choice {
    /// Chosen by its number or by moving to it.
    pub fn new(label: impl Into<String>) -> Self {
        Choice {
            label: label.into(),
            key: None,
        }
    }

    /// Also chosen by this letter or word.
    pub fn keyed(key: impl Into<String>, label: impl Into<String>) -> Self {
        Choice {
            label: label.into(),
            key: Some(key.into()),
        }
    }
}

/// Asks the person at the terminal.
pub trait Prompter {
    /// One of several, by its index. `preset` is taken by Enter alone.
    fn choose(&mut self, question: &str, choices: &[Choice], preset: usize) -> Answer<usize>;

    /// One line of text; Enter alone takes the preset. An empty answer without a preset is given as empty text.
    fn ask(&mut self, question: &str, preset: Option<&str>) -> Answer<String>;

    /// One more line of an answer, after a mark; nothing is asked anew.
    fn more(&mut self) -> Answer<String>;

    /// Yes or no; Enter alone takes the preset.
    fn confirm(&mut self, question: &str, preset: bool) -> Answer<bool>;

    /// Several lines. `prompt` is shown above (in an editor: as `#` lines, which are taken out again), `draft` is what
    /// is there already.
    fn compose(&mut self, prompt: &str, draft: &str) -> Answer<Result<String, EditorError>>;

    /// Waits for Enter.
    fn pause(&mut self, what: &str) -> Answer<()>;
}
