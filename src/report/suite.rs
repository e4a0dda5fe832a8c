//! Suites of cases as JUnit's XML, for CI systems that read it: the elements and attributes of Jenkins' schema
//! (jenkinsci/xunit-plugin, junit-10.xsd, 2026-11), which Maven's and Ant's readers take too.

use super::sanitize;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

type Xml = Writer<Vec<u8>>;

/// One suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    pub name: String,
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub class: String,
    pub name: String,
    pub came_to: CameTo,
}

/// What a case came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameTo {
    Passed,
    Failed(Said),
    /// Nothing can be said of it.
    Error(Said),
    Skipped(Said),
}

/// What is said of a case that did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub message: String,
    /// The attribute `type`.
    pub kind: Option<String>,
    /// Below the message, on lines of its own.
    pub text: String,
}

impl CameTo {
    fn element(&self) -> Option<(&'static str, &Said)> {
        match self {
            CameTo::Passed => None,
            CameTo::Failed(said) => Some(("failure", said)),
            CameTo::Error(said) => Some(("error", said)),
            CameTo::Skipped(said) => Some(("skipped", said)),
        }
    }
}

/// The document.
pub fn document(name: &str, suites: &[Suite]) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut xml, name, suites).expect("writing to memory does not fail");
    let mut text = String::from_utf8(xml.into_inner()).expect("the writer was given UTF-8 only");
    text.push('\n');
    text
}

fn write(xml: &mut Xml, name: &str, suites: &[Suite]) -> std::io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(
        BytesStart::new("testsuites").with_attributes([("name", attribute(name).as_str())]),
    ))?;
    for suite in suites {
        let count = |element: &str| {
            let cases = suite.cases.iter().filter_map(|case| case.came_to.element());
            cases.filter(|(of, _)| *of == element).count().to_string()
        };
        let start = BytesStart::new("testsuite").with_attributes([
            ("name", attribute(&suite.name).as_str()),
            ("tests", suite.cases.len().to_string().as_str()),
            ("failures", count("failure").as_str()),
            ("errors", count("error").as_str()),
            ("skipped", count("skipped").as_str()),
        ]);
        xml.write_event(Event::Start(start))?;
        for case in &suite.cases {
            write_case(xml, case)?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn write_case(xml: &mut Xml, case: &Case) -> std::io::Result<()> {
    let start = BytesStart::new("testcase").with_attributes([
        ("classname", attribute(&case.class).as_str()),
        ("name", attribute(&case.name).as_str()),
    ]);
    let Some((element, said)) = case.came_to.element() else {
        return xml.write_event(Event::Empty(start));
    };
    xml.write_event(Event::Start(start))?;
    let message = attribute(&said.message);
    let mut start = BytesStart::new(element).with_attributes([("message", message.as_str())]);
    if let Some(kind) = &said.kind {
        start.push_attribute(("type", attribute(kind).as_str()));
    }
    xml.write_event(Event::Start(start))?;
    xml.write_event(Event::Text(BytesText::new(&allowed(&sanitize::lines(
        &said.text,
    )))))?;
    xml.write_event(Event::End(BytesEnd::new(element)))?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

fn attribute(text: &str) -> String {
    allowed(&sanitize::one_line(text))
}

/// Without the two characters that are no control characters, and that XML 1.0 allows nowhere, not even escaped.
fn allowed(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "")
}
