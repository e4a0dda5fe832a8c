//! A quiz of mdbook-quiz as it stands in its file.

use crate::course::{Diagnostic, Placed, Reading, SourceText, Table};
use std::collections::BTreeMap;

/// A file.
#[derive(Debug, Default)]
pub(super) struct Quiz {
    pub questions: Vec<Item>,
    /// Keys that mdbook-quiz does not have, with their lines.
    pub unknown: Vec<(usize, String)>,
}

/// A question.
#[derive(Debug)]
pub(super) struct Item {
    pub id: Option<String>,
    /// What stands above every question of its group.
    pub group: Option<String>,
    pub context: Option<String>,
    /// Whether learners are asked why they answered so.
    pub asks_why: bool,
    pub asked: Asked,
}

/// What is asked.
#[derive(Debug)]
pub(super) enum Asked {
    Choice(Choice),
    Short(Short),
    Tracing(Tracing),
    /// A type that is not known here.
    Unknown(String),
}

/// `MultipleChoice`.
#[derive(Debug)]
pub(super) struct Choice {
    pub prompt: String,
    pub distractors: Vec<String>,
    pub right: Vec<String>,
    /// Given as a list: everything right has to be ticked.
    pub ticks: bool,
    pub answer_index: Option<usize>,
    pub sorted: bool,
}

/// `ShortAnswer`.
#[derive(Debug)]
pub(super) struct Short {
    pub prompt: String,
    pub is_code: bool,
    /// The answer, and the alternatives.
    pub accept: Vec<String>,
}

/// `Tracing`.
#[derive(Debug)]
pub(super) struct Tracing {
    pub program: String,
    pub compiles: bool,
}

/// Reads a file.
///
/// # Errors
/// Everything that is no TOML, missing, or of another type, with its place.
pub(super) fn quiz(source: &SourceText) -> Result<Quiz, Vec<Diagnostic>> {
    let reading = Reading::of(source);
    let mut table = reading.whole();
    let groups: BTreeMap<String, String> = table
        .table("multipart")
        .map(Table::rest_of_texts)
        .unwrap_or_default()
        .into_iter()
        .map(|(key, texts)| (key, texts.concat()))
        .collect();
    if !table.has("questions") {
        table.error(
            "no-quiz",
            "a quiz of mdbook-quiz has [[questions]], and there are none here",
        );
    }
    let items = table.tables("questions");
    let questions = items
        .into_iter()
        .map(|item| self::item(item, &groups))
        .collect();
    table.finish();
    let (unknown, errors): (Vec<Diagnostic>, Vec<Diagnostic>) = reading
        .into_problems()
        .into_iter()
        .partition(|problem| problem.rule == "unknown-key");
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Quiz {
        questions,
        unknown: unknown
            .into_iter()
            .map(|problem| {
                let key = problem.message.split('`').nth(1).unwrap_or_default();
                (problem.line, key.to_owned())
            })
            .collect(),
    })
}

fn item(mut table: Table<'_, '_>, groups: &BTreeMap<String, String>) -> Item {
    let kind = table.need_text("type");
    let group = table.text("multipart");
    if let Some(group) = &group
        && !groups.contains_key(&group.value)
    {
        table.unknown_word("multipart", group, groups.keys().map(String::as_str));
    }
    let id = table.text("id").map(|id| id.value);
    let context = table.text("context").map(|context| context.value);
    let asks_why = table.flag("promptExplanation").unwrap_or(false);
    let asked = asked(&mut table, &kind);
    if !matches!(asked, Asked::Unknown(_)) {
        table.finish();
    }
    Item {
        id,
        group: group.and_then(|group| groups.get(&group.value).cloned()),
        context,
        asks_why,
        asked,
    }
}

fn asked(table: &mut Table<'_, '_>, kind: &Placed<String>) -> Asked {
    let read = match kind.value.as_str() {
        "MultipleChoice" => choice,
        "ShortAnswer" => short,
        "Tracing" => tracing,
        other => return Asked::Unknown(other.to_owned()),
    };
    for key in ["prompt", "answer"] {
        if !table.has(key) {
            table.error(
                "missing-key",
                format!("`{key}` is missing in this question"),
            );
        }
    }
    let parts = (table.table("prompt"), table.table("answer"));
    match parts {
        (Some(prompt), Some(answer)) => read(prompt, answer),
        // Reported already: nothing is made of it.
        _ => Asked::Unknown(kind.value.clone()),
    }
}

fn choice(mut prompt: Table<'_, '_>, mut answer: Table<'_, '_>) -> Asked {
    let ticks = answer.is_list("answer");
    let right = if ticks {
        answer.words("answer")
    } else {
        vec![answer.need_text("answer").value]
    };
    let choice = Choice {
        prompt: prompt.need_text("prompt").value,
        distractors: prompt.words("distractors"),
        right,
        ticks,
        answer_index: prompt
            .number("answerIndex", 0..=1_000)
            .and_then(|index| usize::try_from(index).ok()),
        sorted: prompt.flag("sortAnswers").unwrap_or(false),
    };
    prompt.finish();
    answer.finish();
    Asked::Choice(choice)
}

fn short(mut prompt: Table<'_, '_>, mut answer: Table<'_, '_>) -> Asked {
    let mut accept = vec![answer.need_text("answer").value];
    accept.extend(answer.words("alternatives"));
    let short = Short {
        prompt: prompt.need_text("prompt").value,
        is_code: prompt
            .text("response")
            .is_some_and(|response| response.value == "code"),
        accept,
    };
    prompt.finish();
    answer.finish();
    Asked::Short(short)
}

fn tracing(mut prompt: Table<'_, '_>, mut answer: Table<'_, '_>) -> Asked {
    if !answer.has("doesCompile") {
        answer.error("missing-key", "`doesCompile` is missing here");
    }
    let tracing = Tracing {
        program: prompt.need_text("program").value,
        compiles: answer.flag("doesCompile").unwrap_or(false),
    };
    // Known, and told as lost.
    answer.text("stdout");
    answer.number("lineNumber", 0..=1_000_000);
    prompt.finish();
    answer.finish();
    Asked::Tracing(tracing)
}
