//! An answer in words, and the right one.

use crate::course::{Artifact, Fault, Inspect, Kind, Options, Order, OrderItem, Question};
use crate::progress::{ForetoldValue, Given, Posed, PosedWhat};

/// What the learner gave, as they would read it. Text of a learner is as it was typed: who prints it makes it safe.
pub(super) fn given(question: &Question, given: &Given) -> String {
    match given {
        Given::NotKnown => "I don't know".to_owned(),
        Given::Text { text } => text.clone(),
        Given::Picked { options } => {
            let texts = options.iter().map(|id| option_text(question, id));
            or_nothing(texts, "; ")
        }
        Given::Ordered { items } => {
            let texts = items.iter().map(|id| item_text(question, id));
            or_nothing(texts, ", then ")
        }
        Given::Matched { pairs } => {
            let pairs = pairs.iter().map(|(left, right)| format!("{left}: {right}"));
            or_nothing(pairs, "; ")
        }
        Given::Filled { blanks } => {
            let blanks = blanks
                .iter()
                .map(|(blank, text)| format!("{blank}: {text}"));
            or_nothing(blanks, "; ")
        }
        Given::Inspected { lines, why } => match (lines.as_slice(), why.trim()) {
            ([], "") => NOTHING.to_owned(),
            (lines, "") => numbered_lines(lines),
            ([], why) => why.to_owned(),
            (lines, why) => format!("{}: {why}", numbered_lines(lines)),
        },
        Given::Predicted { value } => value.clone(),
    }
}

/// The right answer: the model answer of an open question, the key of another. `None` where the key was read from an
/// account and is not kept.
pub(super) fn right(question: &Question, posed: Option<&Posed>) -> Option<String> {
    match &question.kind {
        Kind::Open(open) => Some(open.model.clone()),
        Kind::Choice(options) | Kind::Multi(options) => Some(right_options(options)),
        Kind::Order(order) => Some(right_order(order).join(", then ")),
        Kind::Match(matching) => {
            let pairs = matching
                .pairs
                .iter()
                .map(|pair| format!("{}: {}", pair.left, pair.right));
            Some(pairs.collect::<Vec<_>>().join("; "))
        }
        Kind::Cloze(cloze) => {
            let blanks = cloze.blanks.iter().map(|blank| {
                let key = blank.accept.first().map_or("", String::as_str);
                format!("{}: {key}", blank.id)
            });
            Some(blanks.collect::<Vec<_>>().join("; "))
        }
        Kind::Inspect(inspect) => right_lines(inspect, posed),
        Kind::Predict(_) => match &posed?.what {
            PosedWhat::Predict(foretold) => Some(match &foretold.value {
                ForetoldValue::Number { value } => value.to_string(),
                ForetoldValue::Word { value, .. } => value.clone(),
            }),
            PosedWhat::Inspect(_) => None,
        },
    }
}

const NOTHING: &str = "nothing";

fn or_nothing(parts: impl Iterator<Item = String>, between: &str) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        NOTHING.to_owned()
    } else {
        parts.join(between)
    }
}

/// Each fault with its lines: where the question put it, or where the deck's own text has it.
fn right_lines(inspect: &Inspect, posed: Option<&Posed>) -> Option<String> {
    let lines_of = |fault: &Fault| -> Vec<usize> {
        match (posed.map(|posed| &posed.what), &inspect.artifact) {
            (Some(PosedWhat::Inspect(pages)), _) => pages
                .faults
                .iter()
                .filter(|placed| placed.id == fault.id)
                .flat_map(|placed| placed.lines.iter().copied())
                .collect(),
            (_, Artifact::Text(text)) => {
                let at = fault.at.as_deref().unwrap_or_default();
                let numbered = text.lines().zip(1..);
                numbered
                    .filter(|(line, _)| !at.is_empty() && line.contains(at))
                    .map(|(_, number)| number)
                    .collect()
            }
            _ => Vec::new(),
        }
    };
    let told: Vec<String> = inspect
        .faults
        .iter()
        .map(|fault| (lines_of(fault), fault))
        .filter(|(lines, _)| !lines.is_empty())
        .map(|(lines, fault)| format!("{}: {}", numbered_lines(&lines), fault.says))
        .collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// `line 3`; `lines 3, 5`.
fn numbered_lines(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("{word} {}", numbers.join(", "))
}

/// An option that is no longer in the deck is named by its id.
fn option_text(question: &Question, id: &str) -> String {
    let options = match &question.kind {
        Kind::Choice(options) | Kind::Multi(options) => options.options.as_slice(),
        _ => &[],
    };
    let found = options.iter().find(|option| option.id == id);
    found.map_or(id, |option| option.text.as_str()).to_owned()
}

fn item_text(question: &Question, id: &str) -> String {
    let Kind::Order(order) = &question.kind else {
        return id.to_owned();
    };
    let mut items = order.items.iter().chain(&order.distractors);
    let found = items.find(|item| item.id == id);
    found.map_or(id, |item| item.text.as_str()).to_owned()
}

fn right_options(options: &Options) -> String {
    let right = options.options.iter().filter(|option| option.right);
    right
        .map(|option| option.text.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

/// One order in which everything comes after what it has to come after; where two are free, as the deck has them.
fn right_order(order: &Order) -> Vec<&str> {
    let mut left: Vec<&OrderItem> = order.items.iter().collect();
    let mut placed = Vec::new();
    while !left.is_empty() {
        let waits = |item: &OrderItem| {
            let mut before = item.after.iter();
            before.any(|id| left.iter().any(|other| other.id == *id))
        };
        // The deck's reader refuses circles; if one came through, the rest stands as it is written.
        let next = left.iter().position(|item| !waits(item)).unwrap_or(0);
        placed.push(left.remove(next).text.as_str());
    }
    placed
}
