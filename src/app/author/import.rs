//! `landfall author import`: a quiz of another program as a deck.

use super::losses;
use crate::app::context::now;
use crate::app::failure::{Exit, Failure, Outcome};
use crate::cli::{Format, Globals};
use crate::course::{DeckId, SourceText};
use crate::quiz::exchange;
use crate::term::Ui;
use crate::term::verdicts::count;
use jiff::tz::TimeZone;
use std::path::Path;

/// Prints the deck on stdout, and what was lost on stderr. The deck is called like the file.
///
/// # Errors
/// The file cannot be read, or is no quiz.
pub fn run(globals: &Globals, ui: &Ui, file: &Path) -> Outcome {
    if !matches!(globals.format, None | Some(Format::Text)) {
        return Err(Failure::usage(
            "`landfall author import` prints a deck as text.",
        ));
    }
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::unreadable(format!("{} cannot be read: {error}", file.display()))
    })?;
    let source = SourceText {
        name: file.display().to_string(),
        text,
    };
    let today = now().to_zoned(TimeZone::system()).date();
    let exchanged = exchange::import(&source, &deck_id(file), today).map_err(|problems| {
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::content(shown.join("\n\n"))
            .hint("Mend the file; `landfall author import` reads quizzes of mdbook-quiz.")
    })?;
    ui.document(&exchanged.document);
    ui.say(format!(
        "{} written.",
        count(exchanged.written, "question", "questions")
    ));
    losses::say(ui, &exchanged);
    Ok(Exit::Passed)
}

/// `quizzes/Rust Basics.toml` is the deck `rust-basics`.
fn deck_id(file: &Path) -> DeckId {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let small: String = stem
        .chars()
        .map(|letter| match letter.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9') => letter,
            _ => '-',
        })
        .collect();
    match small.trim_matches('-') {
        "" => DeckId::from("deck"),
        small => DeckId::from(small),
    }
}
