//! Questions whose answer is picked: multiple choice, ordering, matching.

use super::xml::Xml;
use crate::course::{Matching, Options, Order, Question};
use crate::quiz::exchange::html::html;
use crate::quiz::exchange::loss::Loss;
use crate::quiz::exchange::order::{free_neighbours, one_order};
use crate::quiz::exchange::solution::{solution, told_picks};
use crate::quiz::exchange::text::one_line;

/// One of several.
pub(super) fn choice(xml: &mut Xml, question: &Question, options: &Options) -> Vec<Loss> {
    let fraction = |right| if right { "100" } else { "0" };
    multichoice(xml, question, options, "true", fraction);
    Vec::new()
}

/// Some of several, as Landfall counts them: what is rightly picked less what is wrongly picked, of all that is right.
///
/// # Errors
/// More right options than Moodle has fractions for.
pub(super) fn multi(
    xml: &mut Xml,
    question: &Question,
    options: &Options,
) -> Result<Vec<Loss>, Loss> {
    let right = options.options.iter().filter(|option| option.right).count();
    let Some(share) = share(right) else {
        return Err(Loss::new(
            question.id.as_str(),
            "left out",
            format!("{right} options are right, and Moodle knows no such fraction of the mark"),
        ));
    };
    let taken = format!("-{share}");
    let fraction = |right| if right { share } else { taken.as_str() };
    multichoice(xml, question, options, "false", fraction);
    Ok(Vec::new())
}

/// Moodle takes these fractions of a mark and refuses a file with others.
fn share(right: usize) -> Option<&'static str> {
    [
        "100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10",
    ]
    .get(right.checked_sub(1)?)
    .copied()
}

fn multichoice<'f>(
    xml: &mut Xml,
    question: &Question,
    options: &Options,
    single: &str,
    fraction: impl Fn(bool) -> &'f str,
) {
    let mut text = html(&question.prompt);
    if let Some(picks) = told_picks(options) {
        text.push_str(&format!("<br><br>{picks}"));
    }
    // Moodle shows an option's feedback only where it was picked: the whole list follows in the general feedback.
    let feedback = solution(question);
    xml.question(question, "multichoice", (&text, &feedback), 1.0, |xml| {
        xml.value("single", single);
        xml.value(
            "shuffleanswers",
            if options.shuffle { "true" } else { "false" },
        );
        xml.value("answernumbering", "abc");
        xml.value("showstandardinstruction", "1");
        combined_feedback(xml);
        for option in &options.options {
            xml.answer(
                fraction(option.right),
                &html(&option.text),
                &html(&option.why),
            );
        }
    });
}

/// Moodle's importer looks for all three.
fn combined_feedback(xml: &mut Xml) {
    for name in [
        "correctfeedback",
        "partiallycorrectfeedback",
        "incorrectfeedback",
    ] {
        xml.html(name, "");
    }
}

/// Moodle's ordering question, part of Moodle since 4.4 (before, it is a plugin).
pub(super) fn order(xml: &mut Xml, question: &Question, order: &Order) -> Vec<Loss> {
    let text = html(&question.prompt);
    let feedback = solution(question);
    xml.question(question, "ordering", (&text, &feedback), 1.0, |xml| {
        xml.value("layouttype", "VERTICAL");
        xml.value("selecttype", "ALL");
        xml.value("selectcount", "0");
        // Every item against every other: the nearest to pairs that have to be kept.
        xml.value("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT");
        xml.value("showgrading", "SHOW");
        combined_feedback(xml);
        for (item, place) in one_order(order).into_iter().zip(1..) {
            xml.answer(&format!("{place}.0000000"), &html(&item.text), "");
        }
    });
    let id = question.id.as_str();
    let mut lost = Vec::new();
    if free_neighbours(order) > 0 {
        lost.push(Loss::new(
            id,
            "one of several right orders becomes the only one",
            "Moodle compares with one order",
        ));
    }
    if !order.distractors.is_empty() {
        lost.push(Loss::new(
            id,
            "what does not belong into the order is left out",
            "Moodle wants every item placed",
        ));
    }
    lost
}

/// What belongs to what. A right side without a left one is a spare.
pub(super) fn matching(xml: &mut Xml, question: &Question, matching: &Matching) -> Vec<Loss> {
    let text = html(&question.prompt);
    let feedback = solution(question);
    xml.question(question, "matching", (&text, &feedback), 1.0, |xml| {
        xml.value("shuffleanswers", "true");
        combined_feedback(xml);
        let pairs = matching
            .pairs
            .iter()
            .map(|pair| (html(&pair.left), &pair.right));
        let spare = matching.spare.iter().map(|spare| (String::new(), spare));
        for (left, right) in pairs.chain(spare) {
            xml.element("subquestion", &[("format", "html")], |xml| {
                xml.text(&left);
                // Shown in a list of choices, as plain text.
                xml.element("answer", &[], |xml| xml.text(&one_line(right)));
            });
        }
    });
    Vec::new()
}
