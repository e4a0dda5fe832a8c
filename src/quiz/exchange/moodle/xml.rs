//! Writing Moodle XML: every text goes through an XML writer, so no text can end its own element.

use crate::course::Question;
use crate::quiz::exchange::html::html;
use crate::quiz::exchange::text::{clean, one_line};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

/// Longer names do not fit Moodle's column.
const LONGEST_NAME: usize = 255;

impl Xml {
    /// Begins the quiz.
    pub(super) fn begin() -> Self {
        let mut xml = Xml {
            writer: Writer::new_with_indent(Vec::new(), b' ', 2),
        };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.event(Event::Start(BytesStart::new("quiz")));
        xml
    }

    /// Ends it.
    pub(super) fn end(mut self) -> String {
        self.event(Event::End(BytesEnd::new("quiz")));
        let mut document =
            String::from_utf8(self.writer.into_inner()).expect("text goes in, so text comes out");
        document.push('\n');
        document
    }

    /// The questions after this one go there.
    pub(super) fn category(&mut self, path: &str) {
        self.element("question", &[("type", "category")], |xml| {
            xml.element("category", &[], |xml| xml.text(path));
            xml.element("info", &[("format", "html")], |xml| xml.text(""));
        });
    }

    /// A question with what all types have: name, text, feedback, mark, ID number, tags. `text` and `feedback` are HTML.
    pub(super) fn question(
        &mut self,
        question: &Question,
        kind: &str,
        (text, feedback): (&str, &str),
        mark: f64,
        rest: impl FnOnce(&mut Xml),
    ) {
        self.element("question", &[("type", kind)], |xml| {
            let name: String = one_line(question.id.as_str())
                .chars()
                .take(LONGEST_NAME)
                .collect();
            xml.element("name", &[], |xml| xml.text(&name));
            xml.html("questiontext", text);
            xml.html("generalfeedback", feedback);
            xml.value("defaultgrade", &format!("{mark:.7}"));
            // No deduction for another try.
            xml.value("penalty", "0");
            xml.value("hidden", "0");
            xml.value("idnumber", &one_line(question.id.as_str()));
            rest(xml);
            if let Some(hint) = &question.hint {
                xml.html("hint", &html(hint));
            }
            xml.tags(question);
        });
    }

    fn tags(&mut self, question: &Question) {
        let mut tags = vec![
            "landfall".to_owned(),
            format!("level: {}", question.level.word()),
        ];
        if let Some(pattern) = &question.pattern {
            tags.push(format!("pattern: {}", one_line(pattern.as_str())));
        }
        if let Some(lesson) = &question.lesson {
            tags.push(format!("lesson: {}", one_line(lesson.as_str())));
        }
        self.element("tags", &[], |xml| {
            for tag in &tags {
                xml.element("tag", &[], |xml| xml.text(tag));
            }
        });
    }

    /// An answer with its share of the mark in percent, and its feedback; both are HTML.
    pub(super) fn answer(&mut self, fraction: &str, text: &str, feedback: &str) {
        let attributes = [("fraction", fraction), ("format", "html")];
        self.element("answer", &attributes, |xml| {
            xml.text(text);
            if !feedback.is_empty() {
                xml.html("feedback", feedback);
            }
        });
    }

    /// An answer that is compared letter by letter: no HTML.
    pub(super) fn typed_answer(&mut self, text: &str, feedback: &str) {
        let attributes = [("fraction", "100"), ("format", "plain_text")];
        self.element("answer", &attributes, |xml| {
            xml.text(&one_line(text));
            xml.html("feedback", feedback);
        });
    }

    /// An element that holds HTML.
    pub(super) fn html(&mut self, name: &str, html: &str) {
        self.element(name, &[("format", "html")], |xml| xml.text(html));
    }

    /// An element that holds one word.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.event(Event::Start(BytesStart::new(name)));
        self.event(Event::Text(BytesText::new(&clean(value))));
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// `<text>...</text>`.
    pub(super) fn text(&mut self, text: &str) {
        self.value("text", text);
    }

    /// An element around others.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Xml),
    ) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer
            .write_event(event)
            .expect("memory takes everything that is written");
    }
}
