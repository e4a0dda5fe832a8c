//! Questions that a person marks: essays, with the key points and the model answer for that person.

use super::xml::Xml;
use crate::course::{Inspect, Open, Question};
use crate::quiz::exchange::html::{html, list};
use crate::quiz::exchange::loss::Loss;
use crate::quiz::exchange::solution::{for_graders, page, solution};

/// An open question.
pub(super) fn essay(xml: &mut Xml, question: &Question, open: &Open) -> Vec<Loss> {
    let marks: f64 = open
        .points
        .iter()
        .filter(|point| !point.bonus)
        .map(|point| point.weight)
        .sum();
    let points: Vec<String> = open
        .points
        .iter()
        .map(|point| {
            let worth = match point.bonus {
                true => "bonus, not needed for full marks".to_owned(),
                false => format!("worth {}", point.weight),
            };
            format!("{} ({worth})", html(&point.says))
        })
        .collect();
    let guide = format!(
        "One mark for each key point that the answer says, half for one that it says in part:{}{}",
        list(&points),
        for_graders(question, open)
    );
    write(xml, question, &html(&question.prompt), marks, &guide);
    let mut lost = no_hint(question);
    if !open.samples.is_empty() || open.points.iter().any(|point| !point.heard.is_empty()) {
        lost.push(Loss::new(
            question.id.as_str(),
            "the phrases that are listened for and the labelled answers are left out",
            "a Moodle essay is marked by a person",
        ));
    }
    lost
}

/// Faults in a text of the deck.
pub(super) fn inspect(xml: &mut Xml, question: &Question, inspect: &Inspect) -> Vec<Loss> {
    let text = format!(
        "{}{}",
        html(&question.prompt),
        page(inspect).unwrap_or_default()
    );
    let marks = inspect.faults.iter().map(|_| 1.0).sum();
    write(xml, question, &text, marks, &solution(question));
    let mut lost = no_hint(question);
    lost.push(Loss::new(
        question.id.as_str(),
        "it becomes an essay, and the lines cannot be picked",
        "Moodle has no question about the lines of a text",
    ));
    lost
}

fn no_hint(question: &Question) -> Vec<Loss> {
    let why = "Moodle gives none with an essay";
    let hint = question.hint.as_ref();
    hint.map(|_| Loss::new(question.id.as_str(), "the hint is left out", why))
        .into_iter()
        .collect()
}

/// The grader's notes are seen by graders only; the learner gets the whole solution as feedback.
fn write(xml: &mut Xml, question: &Question, text: &str, marks: f64, guide: &str) {
    let feedback = solution(question);
    xml.question(question, "essay", (text, &feedback), marks, |xml| {
        xml.value("responseformat", "editor");
        xml.value("responserequired", "1");
        xml.value("responsefieldlines", "10");
        xml.value("attachments", "0");
        xml.value("attachmentsrequired", "0");
        xml.html("graderinfo", guide);
        xml.html("responsetemplate", "");
    });
}
