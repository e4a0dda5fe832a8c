//! Questions answered from a script, for tests of what a whole session does.

use super::editor::EditorError;
use super::prompter::{Answer, Choice, Prompter};
use std::collections::VecDeque;

/// One scripted reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Chooses the first choice whose key or label is, or begins with, this text.
    Choose(String),
    /// Types a line, or several.
    Type(String),
    /// Answers yes or no.
    Say(bool),
    /// Takes the preset.
    Enter,
    Back,
    Interrupt,
}

/// Answers from a list; what was asked is kept. When the list is used up the input counts as closed.
#[derive(Debug, Default)]
pub struct ScriptedPrompter {
    replies: VecDeque<Reply>,
    /// Every question, with the labels that were offered.
    pub asked: Vec<(String, Vec<String>)>,
}

impl ScriptedPrompter {
    /// Answers in this order.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        ScriptedPrompter {
            replies: replies.into_iter().collect(),
            asked: Vec::new(),
        }
    }

    /// Replies that were not used.
    pub fn left(&self) -> usize {
        self.replies.len()
    }

    fn next(&mut self, question: &str, choices: &[Choice]) -> Option<Reply> {
        let labels = choices.iter().map(|choice| choice.label.clone()).collect();
        self.asked.push((question.to_owned(), labels));
        self.replies.pop_front()
    }
}

impl Prompter for ScriptedPrompter {
    fn choose(&mut self, question: &str, choices: &[Choice], preset: usize) -> Answer<usize> {
        match self.next(question, choices) {
            Some(Reply::Choose(wanted)) => {
                let found = choices.iter().position(|choice| {
                    choice.key.as_deref() == Some(wanted.as_str())
                        || choice.label.starts_with(&wanted)
                });
                match found {
                    Some(at) => Answer::Given(at),
                    None => {
                        let labels: Vec<_> = choices.iter().map(|choice| &choice.label).collect();
                        panic!("{question:?} does not offer {wanted:?}, only {labels:?}")
                    }
                }
            }
            reply => simple(question, reply, preset),
        }
    }

    fn ask(&mut self, question: &str, preset: Option<&str>) -> Answer<String> {
        match self.next(question, &[]) {
            Some(Reply::Type(text)) => Answer::Given(text),
            reply => simple(question, reply, preset.unwrap_or_default().to_owned()),
        }
    }

    fn more(&mut self) -> Answer<String> {
        match self.next(">", &[]) {
            Some(Reply::Type(text)) => Answer::Given(text),
            reply => simple(">", reply, String::new()),
        }
    }

    fn confirm(&mut self, question: &str, preset: bool) -> Answer<bool> {
        match self.next(question, &[]) {
            Some(Reply::Say(yes)) => Answer::Given(yes),
            reply => simple(question, reply, preset),
        }
    }

    fn compose(&mut self, prompt: &str, draft: &str) -> Answer<Result<String, EditorError>> {
        match self.next(prompt, &[]) {
            Some(Reply::Type(text)) => Answer::Given(Ok(text)),
            reply => simple(prompt, reply, Ok(draft.to_owned())),
        }
    }

    fn pause(&mut self, what: &str) -> Answer<()> {
        let reply = self.next(what, &[]);
        simple(what, reply, ())
    }
}

fn simple<T>(question: &str, reply: Option<Reply>, preset: T) -> Answer<T> {
    match reply {
        Some(Reply::Enter) => Answer::Given(preset),
        Some(Reply::Back) => Answer::Back,
        Some(Reply::Interrupt) => Answer::Interrupted,
        None => Answer::Closed,
        Some(other) => panic!("the script answers {question:?} with {other:?}"),
    }
}
