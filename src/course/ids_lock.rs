//! `lessons/ids.lock`: every id that was ever published. Progress hangs on ids, so none may vanish without a `was`.

use super::deck::DeckFile;
use super::diagnostic::{Diagnostic, SourceText};
use super::lesson::LessonFile;
use std::collections::BTreeSet;

/// Compares the published ids with those of the files. Without a lock file nothing was published yet.
pub(super) fn compare(
    lock: Option<&SourceText>,
    lessons: &[(&SourceText, LessonFile)],
    decks: &[(&SourceText, DeckFile<'_>)],
) -> Vec<Diagnostic> {
    let Some(lock) = lock else { return Vec::new() };
    let mut present: BTreeSet<&str> = BTreeSet::new();
    let mut fresh = Vec::new();
    for (source, file) in lessons {
        present.extend(file.lesson.was.iter().map(String::as_str));
        fresh.push((*source, file.lesson.id.as_str(), file.id_span.clone()));
        for (step, span) in file.lesson.steps.iter().zip(&file.step_spans) {
            present.extend(step.was.iter().map(String::as_str));
            fresh.push((*source, step.id.as_str(), span.clone()));
        }
    }
    for (source, file) in decks {
        fresh.push((*source, file.deck.id.as_str(), file.id_span.clone()));
        let questions = file.deck.questions.iter().zip(&file.questions);
        let retries = file.deck.retries.iter().zip(&file.retries);
        for (question, spot) in questions.chain(retries) {
            present.extend(question.was.iter().map(String::as_str));
            fresh.push((spot.source, question.id.as_str(), spot.span.clone()));
        }
    }
    present.extend(fresh.iter().map(|(_, id, _)| *id));
    let mut problems = Vec::new();
    let mut published = BTreeSet::new();
    let mut at = 0;
    for line in lock.text.split_inclusive('\n') {
        // Editors on Windows put a mark before the first line.
        let id = line.trim_start_matches('\u{feff}').trim();
        if !id.is_empty() && !id.starts_with('#') {
            published.insert(id);
            if !present.contains(id) {
                problems.push(
                    lock.error(
                        "vanished-id",
                        at..at + line.trim_end().len(),
                        format!("`{id}` was published and is gone; learners' progress hangs on it"),
                    )
                    .help("if it was renamed, list the old id in `was = [...]` of the new one"),
                );
            }
        }
        at += line.len();
    }
    for (source, id, span) in fresh {
        if !published.contains(id) {
            problems.push(
                source
                    .warning(
                        "unpublished-id",
                        span,
                        format!("`{id}` is new: ids are permanent once learners have them"),
                    )
                    .help("when you are sure of it, add it as a line to lessons/ids.lock"),
            );
        }
    }
    problems
}
