//! Questions whose answer is typed: a short answer for one gap, embedded answers for several.

use super::xml::Xml;
use crate::course::{Blank, Cloze, Question};
use crate::quiz::exchange::gaps::filled;
use crate::quiz::exchange::html::html;
use crate::quiz::exchange::loss::Loss;
use crate::quiz::exchange::solution::solution;
use crate::quiz::exchange::text::one_line;

/// A text with gaps.
pub(super) fn cloze(xml: &mut Xml, question: &Question, cloze: &Cloze) -> Vec<Loss> {
    let id = question.id.as_str();
    let mut lost = Vec::new();
    let feedback = solution(question);
    let prompt = html(&question.prompt);
    if let [blank] = &cloze.blanks[..] {
        let text = filled(cloze, html, |_, _| "_____".to_owned());
        let text = format!("{prompt}<br><br>{text}");
        xml.question(question, "shortanswer", (&text, &feedback), 1.0, |xml| {
            xml.value("usecase", "0");
            for word in &blank.accept {
                // A star stands for any text unless a backslash is before it.
                xml.typed_answer(&word.replace('*', "\\*"), &html(&cloze.why));
            }
        });
    } else {
        let text = filled(cloze, around, embedded);
        let text = format!("{}<br><br>{text}", around(&question.prompt));
        let marks = cloze.blanks.iter().map(|_| 1.0).sum();
        xml.question(question, "cloze", (&text, &feedback), marks, |_| {});
        lost.push(Loss::new(
            id,
            "its ID number may get lost",
            "Moodle's importer skips it for embedded answers in some versions",
        ));
    }
    if cloze.blanks.iter().any(|blank| !blank.exact) {
        lost.push(Loss::new(
            id,
            "answers are compared letter by letter",
            "Moodle does not know the stems of words",
        ));
    }
    lost
}

/// Text around embedded answers: a brace in it begins none.
fn around(text: &str) -> String {
    html(text).replace('{', "&#123;").replace('}', "&#125;")
}

/// `{1:SHORTANSWER:=5432~=five}`.
fn embedded(blank: &Blank, _number: usize) -> String {
    let answers: Vec<String> = blank
        .accept
        .iter()
        .map(|word| format!("={}", one_answer(word)))
        .collect();
    format!("{{1:SHORTANSWER:{}}}", answers.join("~"))
}

/// Every sign as a numbered entity: Moodle splits at `~`, `#` and `}` first, and decodes entities then.
fn one_answer(word: &str) -> String {
    let mut safe = String::new();
    for letter in one_line(word).chars() {
        match letter {
            '*' => safe.push_str("&#92;&#42;"),
            _ if letter.is_ascii_punctuation() => {
                safe.push_str(&format!("&#{};", u32::from(letter)));
            }
            _ => safe.push(letter),
        }
    }
    safe
}
