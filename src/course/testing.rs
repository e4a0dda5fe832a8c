//! Courses with a deck of a test's own.

use super::{CourseFiles, Deck, Diagnostic, Facts, Kind, Level, Question, SourceText, load};
use std::sync::LazyLock;

/// A deck with a question of each kind, which loads and which no rule for authors has anything to say about.
pub(crate) const EVERY_KIND: &str = include_str!("../../tests/decks/every-kind.toml");

/// The built-in course with this deck instead of its own. Nothing of it was published yet.
pub(crate) fn with_deck(text: &str) -> CourseFiles {
    let mut files = CourseFiles::embedded();
    files
        .files
        .retain(|file| !file.name.starts_with("quizzes/") && !file.name.ends_with(".lock"));
    for file in &mut files.files {
        file.text = file
            .text
            .replace("decks = [\"chapter-review\"]", "decks = [\"every-kind\"]");
    }
    files.files.push(SourceText {
        name: "quizzes/every-kind.toml".to_owned(),
        text: text.to_owned(),
    });
    files
}

/// The deck, or what is wrong with it.
pub(crate) fn read_deck(text: &str) -> Result<Deck, Vec<Diagnostic>> {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&with_deck(text), &known).map(|(mut course, _)| course.decks.remove(0))
}

/// The deck of [`EVERY_KIND`].
pub(crate) fn every_kind() -> &'static Deck {
    static DECK: LazyLock<Deck> =
        LazyLock::new(|| read_deck(EVERY_KIND).expect("the deck of each kind loads"));
    &DECK
}

/// A question of that kind which says nothing else of itself.
pub(crate) fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.into(),
        was: Vec::new(),
        rev: 1,
        level: Level::Explain,
        prompt: format!("What of {id}?"),
        pattern: None,
        lesson: None,
        after: Vec::new(),
        hint: None,
        caveat: None,
        facts: Facts {
            checked: "2026-11-01".to_owned(),
            stale_days: 365,
            cite: Vec::new(),
        },
        kind,
    }
}
