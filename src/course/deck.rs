//! One deck of questions.

use super::diagnostic::{Diagnostic, SourceText};
use super::ids::{DeckId, QuestionId, StepId};
use super::model::{Deck, Facts, Misconception, Point, Question};
use super::table::{Placed, Reading, Table};
use std::ops::Range;

/// A deck with the places that later checks need.
#[derive(Debug)]
pub(super) struct DeckFile {
    pub deck: Deck,
    pub id_span: Range<usize>,
    pub question_spans: Vec<Range<usize>>,
    /// Steps that questions and points refer to.
    pub steps: Vec<Placed<String>>,
}

/// Reads a deck; problems come beside whatever could be read.
pub(super) fn read(source: &SourceText) -> (DeckFile, Vec<Diagnostic>) {
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
    if let Some(mut mastery) = table.table("mastery") {
        mastery.fraction("share");
        mastery.number("days", 1..=30);
        mastery.finish();
    }
    if let Some(glossary) = table.table("glossary") {
        glossary.rest_of_texts();
    }
    let mut file = DeckFile {
        deck: Deck {
            id: DeckId(id.value),
            title,
            questions: Vec::new(),
        },
        id_span: id.span,
        question_spans: Vec::new(),
        steps: Vec::new(),
    };
    for table in table.tables("question") {
        question(table, &mut file);
    }
    if file.deck.questions.is_empty() {
        table.error("no-questions", "a deck has at least one [[question]]");
    }
    table.finish();
    (file, reading.into_problems())
}

fn question(mut table: Table<'_, '_>, file: &mut DeckFile) {
    let id = table.need_text("id");
    let kind = table.need_text("kind");
    if kind.value != "open" {
        table.error_at(
            "kind",
            kind.span,
            "this version of Landfall asks open questions: kind = \"open\"",
        );
    }
    let _level = table.text("level");
    let prompt = table.need_text("prompt").value;
    let lesson = table.text("lesson");
    let after = table.texts("after");
    let facts = table.table("facts").map_or(
        Facts {
            checked: String::new(),
            stale_days: 365,
            cite: Vec::new(),
        },
        facts,
    );
    if facts.cite.is_empty() || facts.checked.is_empty() {
        table.error("no-source", "a question cites its facts: facts = { checked = 2026-11-01, cite = [\"https://...\"] }");
    }
    let model = table.need_text("model").value;
    let wrong = table
        .tables("wrong")
        .into_iter()
        .map(misconception)
        .collect();
    let mut points: Vec<Point> = Vec::new();
    for point in table.tables("point") {
        let (point, step) = self::point(point);
        if points.iter().any(|other| other.id == point.id) {
            table.error(
                "duplicate-id",
                format!("two points of this question are called `{}`", point.id),
            );
        }
        points.push(point);
        file.steps.extend(step);
    }
    if !points.iter().any(|point| !point.bonus) {
        table.error(
            "no-points",
            "an open question has at least one point that is no bonus",
        );
    }
    let rev = table
        .number("rev", 1..=1_000)
        .and_then(|rev| u32::try_from(rev).ok())
        .unwrap_or(1);
    let question = Question {
        id: QuestionId(id.value),
        was: table.words("was"),
        rev,
        prompt,
        lesson: lesson.as_ref().map(|step| StepId(step.value.clone())),
        model: model.trim().to_owned(),
        caveat: table.text("caveat").map(|text| text.value),
        points,
        wrong,
        facts,
    };
    // Labelled answers are the grader's tests; it comes with machine suggestions.
    for mut sample in table.tables("sample") {
        sample.need_text("text");
        sample.words("hit");
        sample.text("from");
        sample.text("kind");
        sample.finish();
    }
    table.finish();
    file.deck.questions.push(question);
    file.question_spans.push(id.span);
    file.steps.extend(lesson);
    file.steps.extend(after);
}

fn facts(mut table: Table<'_, '_>) -> Facts {
    let facts = Facts {
        checked: table
            .date("checked")
            .map_or_else(String::new, |date| date.value),
        stale_days: table
            .number("stale_days", 1..=3_650)
            .and_then(|days| u32::try_from(days).ok())
            .unwrap_or(365),
        cite: table.words("cite"),
    };
    table.finish();
    facts
}

fn misconception(mut table: Table<'_, '_>) -> Misconception {
    let misconception = Misconception {
        say: table.need_text("say").value,
        heard: table.words("heard"),
        because: table.need_text("because").value,
    };
    table.finish();
    misconception
}

fn point(mut table: Table<'_, '_>) -> (Point, Option<Placed<String>>) {
    let id = table.need_text("id").value;
    let says = table.need_text("says").value;
    let step = table.text("step");
    let point = Point {
        id,
        says,
        heard: table.words("heard"),
        bonus: table.flag("bonus").unwrap_or(false),
        weight: table.fraction("weight").unwrap_or(1.0),
        step: step.as_ref().map(|step| StepId(step.value.clone())),
    };
    table.text("retry");
    if point.weight <= 0.0 {
        table.error("out-of-range", "a point's weight is more than 0");
    }
    table.finish();
    (point, step)
}
