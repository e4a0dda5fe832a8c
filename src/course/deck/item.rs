//! What every question has, whatever its kind.

use super::{closed, open, stack};
use crate::course::ids::{PatternId, QuestionId, StepId};
use crate::course::question::{Facts, Kind, Level, Question};
use crate::course::table::{Placed, Table};
use std::ops::Range;

/// A question with the places that later checks need.
pub(super) struct Item {
    pub question: Question,
    pub id_span: Range<usize>,
    pub steps: Vec<Placed<String>>,
    pub pattern: Option<Placed<String>>,
}

/// A `[[question]]`.
pub(super) fn question(mut table: Table<'_, '_>) -> Item {
    let id = table.need_text("id");
    let word = table.need_text("kind");
    let level = level(&mut table).unwrap_or(Level::Explain);
    let prompt = table.need_text("prompt").value;
    let lesson = table.text("lesson");
    let pattern = table.text("pattern");
    let after = table.texts("after");
    let facts = facts(&mut table);
    if facts.cite.is_empty() || facts.checked.is_empty() {
        table.error("no-source", "a question cites its facts: facts = { checked = 2026-11-01, cite = [\"https://...\"] }");
    }
    let mut steps = Vec::new();
    let kind = kind(&mut table, &word, &mut steps);
    let question = Question {
        id: QuestionId(id.value),
        was: table.words("was"),
        rev: rev(&mut table),
        level,
        prompt: prompt.trim().to_owned(),
        pattern: pattern
            .as_ref()
            .map(|pattern| PatternId(pattern.value.clone())),
        lesson: lesson.as_ref().map(|step| StepId(step.value.clone())),
        after: after
            .iter()
            .map(|step| StepId(step.value.clone()))
            .collect(),
        hint: table.text("hint").map(|text| text.value),
        caveat: table
            .text("caveat")
            .map(|text| text.value.trim().to_owned()),
        facts,
        kind,
    };
    table.finish();
    steps.extend(lesson);
    steps.extend(after);
    Item {
        question,
        id_span: id.span,
        steps,
        pattern,
    }
}

/// A `[[retry]]`: a cloze, choice or multi item for one point. Facts and lesson come from the point's question.
pub(super) fn retry(mut table: Table<'_, '_>) -> Item {
    let id = table.need_text("id");
    let word = table.need_text("kind");
    if !["cloze", "choice", "multi"].contains(&word.value.as_str()) {
        table.error_at(
            "kind",
            word.span.clone(),
            "an item for a missed point is a cloze, choice or multi item",
        );
    }
    let prompt = table.need_text("prompt").value;
    let kind = kind(&mut table, &word, &mut Vec::new());
    let question = Question {
        id: QuestionId(id.value),
        was: table.words("was"),
        rev: rev(&mut table),
        level: Level::Recall,
        prompt: prompt.trim().to_owned(),
        pattern: None,
        lesson: None,
        after: Vec::new(),
        hint: None,
        caveat: None,
        facts: Facts {
            checked: String::new(),
            stale_days: 365,
            cite: Vec::new(),
        },
        kind,
    };
    table.finish();
    Item {
        question,
        id_span: id.span,
        steps: Vec::new(),
        pattern: None,
    }
}

fn kind(table: &mut Table<'_, '_>, word: &Placed<String>, steps: &mut Vec<Placed<String>>) -> Kind {
    match word.value.as_str() {
        "choice" => Kind::Choice(closed::options(table, closed::Right::One)),
        "multi" => Kind::Multi(closed::options(table, closed::Right::Some)),
        "order" => Kind::Order(closed::order(table)),
        "match" => Kind::Match(closed::matching(table)),
        "cloze" => Kind::Cloze(closed::cloze(table)),
        "inspect" => Kind::Inspect(stack::inspect(table)),
        "predict" => Kind::Predict(stack::predict(table)),
        other => {
            if other != "open" {
                table.unknown_word("kind", word, Kind::WORDS);
            }
            Kind::Open(open::open(table, steps))
        }
    }
}

fn level(table: &mut Table<'_, '_>) -> Option<Level> {
    let word = table.text("level")?;
    let level = Level::ALL
        .into_iter()
        .find(|level| level.word() == word.value);
    if level.is_none() {
        table.unknown_word("level", &word, Level::ALL.map(Level::word));
    }
    level
}

fn rev(table: &mut Table<'_, '_>) -> u32 {
    table
        .number("rev", 1..=1_000)
        .and_then(|rev| u32::try_from(rev).ok())
        .unwrap_or(1)
}

fn facts(table: &mut Table<'_, '_>) -> Facts {
    let Some(mut table) = table.table("facts") else {
        return Facts {
            checked: String::new(),
            stale_days: 365,
            cite: Vec::new(),
        };
    };
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
