//! A deck for Moodle's question bank: Moodle XML.
//!
//! Every question carries our id as its ID number. Moodle does not update by it: a second import makes second questions.
//! A question's parts are what Moodle's importer reads (`question/format/xml`), no more.

mod closed;
mod open;
mod words;
mod xml;

use super::loss::{Exchanged, Loss};
use super::text::one_line;
use crate::course::{Artifact, Deck, Inspect, Kind, Question};
use xml::Xml;

/// The deck for Moodle.
pub fn moodle(deck: &Deck) -> Exchanged {
    let mut xml = Xml::begin();
    let mut losses = Vec::new();
    let mut written = 0;
    // A slash parts categories; two stand for one.
    let title = one_line(&deck.title).replace('/', "//");
    let groups = [
        (format!("$course$/top/Landfall/{title}"), &deck.questions),
        (
            format!("$course$/top/Landfall/{title}/Single points"),
            &deck.retries,
        ),
    ];
    for (category, questions) in groups {
        if questions.is_empty() {
            continue;
        }
        xml.category(&category);
        for question in questions {
            match one(&mut xml, question) {
                Ok(lost) => {
                    written += 1;
                    losses.extend(lost);
                }
                Err(left_out) => losses.push(left_out),
            }
        }
    }
    Exchanged {
        document: xml.end(),
        written,
        losses,
    }
}

/// Writes one question; what is lost of it, or why it is left out as a whole.
fn one(xml: &mut Xml, question: &Question) -> Result<Vec<Loss>, Loss> {
    Ok(match &question.kind {
        Kind::Open(asked) => open::essay(xml, question, asked),
        Kind::Choice(options) => closed::choice(xml, question, options),
        Kind::Multi(options) => closed::multi(xml, question, options)?,
        Kind::Order(order) => closed::order(xml, question, order),
        Kind::Match(matching) => closed::matching(xml, question, matching),
        Kind::Cloze(cloze) => words::cloze(xml, question, cloze),
        Kind::Inspect(
            inspect @ Inspect {
                artifact: Artifact::Text(_),
                ..
            },
        ) => open::inspect(xml, question, inspect),
        Kind::Inspect(_) | Kind::Predict(_) => {
            return Err(Loss::new(
                question.id.as_str(),
                "left out",
                "its key is read from an account, and Moodle sees none",
            ));
        }
    })
}

#[cfg(test)]
#[path = "moodle_tests.rs"]
mod tests;
