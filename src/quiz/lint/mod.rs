//! What an author of questions should look at: rules that go beyond what a deck needs to load.
//!
//! An error is what would judge learners wrongly; everything else is a warning.

mod artifact;
mod options;
mod phrases;
mod reasons;
mod revisions;
mod rubric;
mod sources;
mod stem;
mod words;

pub use revisions::lock_lines;

use crate::course::{Deck, Diagnostic, Places, Question, SourceText};
use jiff::civil::Date;

/// What is known besides the deck.
#[derive(Debug, Clone, Copy, Default)]
pub struct LintContext<'a> {
    /// Facts are out of date from some day on; `None` = nobody asks.
    pub today: Option<Date>,
    /// `quizzes/revisions.lock`. Without it nothing was published yet.
    pub revisions: Option<&'a SourceText>,
}

/// Holds a deck against every rule; `places` are those of the files that it was read from. Gives everything that was
/// found, question by question.
pub fn lint(deck: &Deck, places: &Places<'_>, known: &LintContext<'_>) -> Vec<Diagnostic> {
    let words = words::Words::of(deck);
    let mut found = Vec::new();
    for question in deck.questions.iter().chain(&deck.retries) {
        let at = At {
            question,
            places,
            words: &words,
        };
        found.extend(stem::look(&at));
        found.extend(options::look(&at));
        found.extend(reasons::look(&at));
        found.extend(rubric::look(&at));
        found.extend(phrases::look(&at));
        found.extend(artifact::look(&at));
        // An item for one point has its question's facts.
        if !deck.is_retry(question.id.as_str()) {
            found.extend(sources::look(&at, known.today));
        }
    }
    if let Some(lock) = known.revisions {
        found.extend(revisions::compare(deck, places, lock));
    }
    found.sort_by(|one, other| {
        (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column))
    });
    found
}

/// A question that is looked at.
struct At<'a> {
    question: &'a Question,
    places: &'a Places<'a>,
    words: &'a words::Words,
}

impl At<'_> {
    /// A warning at a path inside the question (`prompt`, `point:warm-up/heard:3`), with what to do.
    fn warning(
        &self,
        rule: &'static str,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        self.places
            .warning(rule, &self.path(path), message)
            .help(help)
    }

    /// The same as an error.
    fn error(
        &self,
        rule: &'static str,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        self.places
            .error(rule, &self.path(path), message)
            .help(help)
    }

    fn path(&self, inner: &str) -> String {
        format!("{}/{inner}", self.question.id)
    }
}

#[cfg(test)]
mod tests;
