//! A deck's file and its parts.

use super::item;
use crate::course::diagnostic::{Diagnostic, SourceText};
use crate::course::ids::DeckId;
use crate::course::question::{Deck, Mastery, Question};
use crate::course::table::{Placed, Reading};
use std::ops::Range;

/// A deck with the places that later checks need.
#[derive(Debug)]
pub(in crate::course) struct DeckFile<'a> {
    pub deck: Deck,
    pub id_span: Range<usize>,
    /// Where each question's id stands, in the order of `deck.questions`.
    pub questions: Vec<Spot<'a>>,
    /// The same of `deck.retries`.
    pub retries: Vec<Spot<'a>>,
    /// Steps that questions and points refer to.
    pub steps: Vec<(&'a SourceText, Placed<String>)>,
    /// Patterns that questions refer to.
    pub patterns: Vec<(&'a SourceText, Placed<String>)>,
}

/// A place in one of a deck's files.
#[derive(Debug, Clone)]
pub(in crate::course) struct Spot<'a> {
    pub source: &'a SourceText,
    pub span: Range<usize>,
}

/// Reads a deck; `part` finds a file of the course by its name. Problems come beside whatever could be read.
pub(in crate::course) fn read<'a>(
    source: &'a SourceText,
    part: &dyn Fn(&str) -> Option<&'a SourceText>,
) -> (DeckFile<'a>, Vec<Diagnostic>) {
    let reading = Reading::of(source);
    let mut table = reading.whole();
    if table.number("schema", 1..=1).is_none() {
        table.error("schema", "the first line is `schema = 1`");
    }
    let id = table.need_text("deck");
    let title = table.need_text("title").value;
    if let Some(mut origin) = table.table("source") {
        origin.need_text("url");
        origin.date("retrieved");
        origin.finish();
    }
    let mut mastery = Mastery::default();
    if let Some(mut stated) = table.table("mastery") {
        if let Some(share) = stated.fraction("share") {
            if share > 0.0 && share <= 1.0 {
                mastery.share = share;
            } else {
                stated.error(
                    "out-of-range",
                    "`share` takes a number above 0, at most 1: 0.8",
                );
            }
        }
        if let Some(days) = stated.number("days", 1..=30) {
            mastery.days = u32::try_from(days).unwrap_or(mastery.days);
        }
        stated.finish();
    }
    let glossary = table
        .table("glossary")
        .map(crate::course::table::Table::rest_of_texts)
        .unwrap_or_default();
    let mut file = DeckFile {
        deck: Deck {
            id: DeckId(id.value),
            title,
            mastery,
            glossary,
            questions: Vec::new(),
            retries: Vec::new(),
        },
        id_span: id.span,
        questions: Vec::new(),
        retries: Vec::new(),
        steps: Vec::new(),
        patterns: Vec::new(),
    };
    let parts = table.texts("parts");
    items(&mut table, source, &mut file);
    let mut problems = Vec::new();
    for name in &parts {
        let path = format!("quizzes/{}.toml", name.value);
        match part(&path) {
            Some(source) => problems.extend(read_part(source, &mut file)),
            None => reading.error(
                "no-file",
                name.span.clone(),
                format!("there is no file {path}"),
            ),
        }
    }
    if file.deck.questions.is_empty() {
        table.error("no-questions", "a deck has at least one [[question]]");
    }
    table.finish();
    retries_belong(&mut file, &mut problems);
    let mut all = reading.into_problems();
    all.extend(problems);
    (file, all)
}

/// One part: `schema`, `part_of`, questions and retry items.
fn read_part<'a>(source: &'a SourceText, file: &mut DeckFile<'a>) -> Vec<Diagnostic> {
    let reading = Reading::of(source);
    let mut table = reading.whole();
    if table.number("schema", 1..=1).is_none() {
        table.error("schema", "the first line is `schema = 1`");
    }
    let of = table.need_text("part_of");
    if !of.value.is_empty() && of.value != file.deck.id.as_str() {
        table.error_at(
            "part-of",
            of.span,
            format!("the deck that names this part is `{}`", file.deck.id),
        );
    }
    items(&mut table, source, file);
    table.finish();
    reading.into_problems()
}

fn items<'a>(
    table: &mut crate::course::table::Table<'_, '_>,
    source: &'a SourceText,
    file: &mut DeckFile<'a>,
) {
    for question in table.tables("question") {
        let read = item::question(question);
        file.questions.push(Spot {
            source,
            span: read.id_span,
        });
        file.steps
            .extend(read.steps.into_iter().map(|step| (source, step)));
        file.patterns
            .extend(read.pattern.into_iter().map(|pattern| (source, pattern)));
        file.deck.questions.push(read.question);
    }
    for retry in table.tables("retry") {
        let read = item::retry(retry);
        file.retries.push(Spot {
            source,
            span: read.id_span,
        });
        file.deck.retries.push(read.question);
    }
}

/// A retry item has its question's facts and lesson, and is named after it; a point names one that there is.
fn retries_belong(file: &mut DeckFile<'_>, problems: &mut Vec<Diagnostic>) {
    for (retry, spot) in file.deck.retries.iter_mut().zip(&file.retries) {
        let owner: Option<&Question> = file.deck.questions.iter().find(|question| {
            question.open().is_some_and(|open| {
                open.points
                    .iter()
                    .any(|point| point.retry.as_deref() == Some(retry.id.as_str()))
            })
        });
        match owner {
            Some(owner) => {
                retry.facts.clone_from(&owner.facts);
                retry.lesson = retry.lesson.take().or_else(|| owner.lesson.clone());
                if retry.subject() != owner.subject() {
                    problems.push(spot.source.error(
                        "retry-name",
                        spot.span.clone(),
                        format!(
                            "an item for a point of `{}` is called `{}.` and the point",
                            owner.id, owner.id
                        ),
                    ));
                }
            }
            None => problems.push(spot.source.error(
                "retry-unused",
                spot.span.clone(),
                format!("no point names `{}` as its retry", retry.id),
            )),
        }
    }
    for (question, spot) in file.deck.questions.iter().zip(&file.questions) {
        for point in question.open().into_iter().flat_map(|open| &open.points) {
            let Some(named) = &point.retry else { continue };
            if !file
                .deck
                .retries
                .iter()
                .any(|retry| retry.id.as_str() == named)
            {
                problems.push(spot.source.error(
                    "no-retry",
                    spot.span.clone(),
                    format!(
                        "the point `{}` names the item `{named}`, and there is no [[retry]] of that name",
                        point.id
                    ),
                ));
            }
        }
    }
}
