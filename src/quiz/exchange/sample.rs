//! Decks for the tests of this folder.

use crate::course::{self, CourseFiles, Deck, Diagnostic, Severity, SourceText};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// One question of every kind.
pub(super) const EVERY_KIND: &str = include_str!("../../../tests/exports/every-kind.toml");

pub(super) fn every_kind() -> Deck {
    static DECK: OnceLock<Deck> = OnceLock::new();
    DECK.get_or_init(|| deck("every-kind", EVERY_KIND).expect("the sample deck loads"))
        .clone()
}

/// A deck through the loader, in a course of its own lessons; only what is wrong with the deck comes back.
pub(super) fn deck(id: &str, text: &str) -> Result<Deck, Vec<Diagnostic>> {
    let mut files = CourseFiles::embedded();
    files
        .files
        .retain(|file| !file.name.starts_with("quizzes/") && !file.name.ends_with("ids.lock"));
    for file in &mut files.files {
        file.text = file
            .text
            .replace("\"chapter-review\"", &format!("\"{id}\""));
    }
    let name = format!("quizzes/{id}.toml");
    files.files.push(SourceText {
        name: name.clone(),
        text: text.to_owned(),
    });
    // The checks belong to another room; the lessons name all that a deck's loading asks for.
    let words: BTreeSet<String> = files
        .files
        .iter()
        .flat_map(|file| file.text.split('"').map(str::to_owned))
        .collect();
    let known: Vec<&str> = words.iter().map(String::as_str).collect();
    let (loaded, problems) = match course::load(&files, &known) {
        Ok((course, problems)) => (Some(course), problems),
        Err(problems) => (None, problems),
    };
    let problems: Vec<Diagnostic> = problems
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect();
    match loaded {
        Some(course) => Ok(course.decks.into_iter().next().expect("one deck")),
        None => Err(problems),
    }
}
