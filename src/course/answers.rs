//! A file of answers for an unattended quiz.

use super::diagnostic::{Diagnostic, SourceText};
use super::question::{Deck, Kind, Question};
use super::table::{Placed, Reading, Table};
use std::collections::BTreeMap;

/// One answer of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    pub question: String,
    pub what: GivenWhat,
    /// `not_sure`, `fairly`, `very`.
    pub sure: Option<String>,
    /// Ids of the points (of the faults, whose harm) it says.
    pub said: Vec<String>,
    /// Ids of those it says in part.
    pub partly: Vec<String>,
}

/// What was given, as the file spells it; it fits the question's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenWhat {
    /// "I don't know".
    NotKnown,
    /// `text`: open.
    Text(String),
    /// `pick`: ids of options.
    Picked(Vec<String>),
    /// `order`: ids of items.
    Ordered(Vec<String>),
    /// `match`: left-hand side to right-hand side.
    Matched(BTreeMap<String, String>),
    /// `blank`: a blank's id to what is typed there.
    Filled(BTreeMap<String, String>),
    /// `lines` and `text`.
    Inspected(Vec<usize>, String),
    /// `value`.
    Predicted(String),
}

/// Reads `[[answer]]` tables: `question`, what was answered as its kind has it (`text`, `pick`, `order`, `match`,
/// `blank`, `lines`, `value`), `sure`, `said`, `partly`. A table without an answer is "I don't know". Points in neither
/// list count as not said.
///
/// # Errors
/// Every unknown key, question, point, option, item or blank, each with its place.
pub fn answers(deck: &Deck, source: &SourceText) -> Result<Vec<GivenAnswer>, Vec<Diagnostic>> {
    let reading = Reading::of(source);
    let mut table = reading.whole();
    let mut given: Vec<GivenAnswer> = Vec::new();
    for mut answer in table.tables("answer") {
        let id = answer.need_text("question");
        let Some(question) = deck.item(&id.value) else {
            reading.report(
                source
                    .error(
                        "unknown-question",
                        id.span.clone(),
                        format!("the deck has no question `{}`", id.value),
                    )
                    .did_you_mean(
                        &id.value,
                        deck.questions.iter().map(|question| question.id.as_str()),
                    ),
            );
            continue;
        };
        if given.iter().any(|other| other.question == id.value) {
            answer.error_at(
                "duplicate-answer",
                id.span.clone(),
                format!("`{}` is answered twice", id.value),
            );
        }
        let what = what(&mut answer, question);
        let sure = sure(&mut answer);
        let points: Vec<&str> = question
            .points()
            .iter()
            .map(|point| point.id.as_str())
            .chain(match &question.kind {
                Kind::Inspect(inspect) => inspect
                    .faults
                    .iter()
                    .map(|fault| fault.id.as_str())
                    .collect::<Vec<_>>(),
                _ => Vec::new(),
            })
            .collect();
        let said = known(&mut answer, "said", "point", &points, question);
        let partly = known(&mut answer, "partly", "point", &points, question);
        answer.finish();
        given.push(GivenAnswer {
            question: id.value,
            what,
            sure,
            said,
            partly,
        });
    }
    if given.is_empty() {
        table.error(
            "no-answers",
            "a file of answers has at least one [[answer]] with question, text, said",
        );
    }
    table.finish();
    let problems = reading.into_problems();
    if problems.is_empty() {
        Ok(given)
    } else {
        Err(problems)
    }
}

fn sure(answer: &mut Table<'_, '_>) -> Option<String> {
    const WORDS: [&str; 3] = ["not_sure", "fairly", "very"];
    let word = answer.text("sure")?;
    if WORDS.contains(&word.value.as_str()) {
        return Some(word.value);
    }
    answer.unknown_word("sure", &word, WORDS);
    None
}

fn what(answer: &mut Table<'_, '_>, question: &Question) -> GivenWhat {
    let filled = |text: String| (!text.trim().is_empty()).then_some(text);
    let read = match &question.kind {
        Kind::Open(_) => answer
            .text("text")
            .and_then(|text| filled(text.value))
            .map(|text| GivenWhat::Text(text.trim().to_owned())),
        Kind::Choice(options) | Kind::Multi(options) => {
            let ids: Vec<&str> = options
                .options
                .iter()
                .map(|option| option.id.as_str())
                .collect();
            listed(answer, "pick", "option", &ids, question).map(GivenWhat::Picked)
        }
        Kind::Order(order) => {
            let ids: Vec<&str> = order
                .items
                .iter()
                .chain(&order.distractors)
                .map(|item| item.id.as_str())
                .collect();
            listed(answer, "order", "item", &ids, question).map(GivenWhat::Ordered)
        }
        Kind::Match(matching) => {
            let ids: Vec<&str> = matching
                .pairs
                .iter()
                .map(|pair| pair.left.as_str())
                .collect();
            texts(answer, "match", "left-hand side", &ids, question).map(GivenWhat::Matched)
        }
        Kind::Cloze(cloze) => {
            let ids: Vec<&str> = cloze.blanks.iter().map(|blank| blank.id.as_str()).collect();
            texts(answer, "blank", "blank", &ids, question).map(GivenWhat::Filled)
        }
        Kind::Inspect(_) => {
            let lines = answer
                .has("lines")
                .then(|| answer.numbers("lines", 1..=10_000));
            let text = answer.text("text").map(|text| text.value.trim().to_owned());
            lines.map(|lines| GivenWhat::Inspected(lines, text.unwrap_or_default()))
        }
        Kind::Predict(_) => answer
            .text("value")
            .and_then(|text| filled(text.value))
            .map(|value| GivenWhat::Predicted(value.trim().to_owned())),
    };
    read.unwrap_or(GivenWhat::NotKnown)
}

fn listed(
    answer: &mut Table<'_, '_>,
    key: &'static str,
    what: &str,
    ids: &[&str],
    question: &Question,
) -> Option<Vec<String>> {
    answer
        .has(key)
        .then(|| known(answer, key, what, ids, question))
}

fn known(
    answer: &mut Table<'_, '_>,
    key: &'static str,
    what: &str,
    ids: &[&str],
    question: &Question,
) -> Vec<String> {
    let named = answer.texts(key);
    for one in &named {
        is_known(answer, one, what, ids, question);
    }
    named.into_iter().map(|one| one.value).collect()
}

fn texts(
    answer: &mut Table<'_, '_>,
    key: &'static str,
    what: &str,
    ids: &[&str],
    question: &Question,
) -> Option<BTreeMap<String, String>> {
    let inner = answer.table(key)?;
    let span = inner.span();
    let mut given = BTreeMap::new();
    for (name, words) in inner.rest_of_texts() {
        let placed = Placed {
            value: name.clone(),
            span: span.clone(),
        };
        is_known(answer, &placed, what, ids, question);
        given.insert(name, words.join(" "));
    }
    Some(given)
}

fn is_known(
    answer: &Table<'_, '_>,
    one: &Placed<String>,
    what: &str,
    ids: &[&str],
    question: &Question,
) {
    if !ids.contains(&one.value.as_str()) {
        answer.unknown(
            "unknown-point",
            one,
            &format!("`{}` has no {what}", question.id),
            ids.iter().copied(),
        );
    }
}
