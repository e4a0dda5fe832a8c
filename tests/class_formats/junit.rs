//! JUnit's XML, held against Jenkins' schema: jenkinsci/xunit-plugin,
//! `src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd` (MIT), 2026-11. The rules below are its
//! elements, their attributes and what they may hold.

use crate::is_quiet;
use crate::sample::{class_of, hostile_names};
use landfall::class::{ClassReport, Detail, junit};
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;

type Names = &'static [&'static str];

/// An element: what it may stand in, the attributes that it must have, and those that it may have.
const ELEMENTS: [(&str, Names, Names, Names); 6] = [
    (
        "testsuites",
        &[""],
        &[],
        &["name", "time", "tests", "failures", "errors"],
    ),
    (
        "testsuite",
        &["testsuites", "testsuite"],
        &["name", "tests", "failures", "errors"],
        &[
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        ],
    ),
    (
        "testcase",
        &["testsuite"],
        &["name"],
        &["time", "classname", "group"],
    ),
    ("failure", &["testcase"], &[], &["type", "message"]),
    ("error", &["testcase"], &[], &["type", "message"]),
    ("skipped", &["testcase"], &[], &["type", "message"]),
];

#[derive(Debug, Default, Clone, PartialEq)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    inside: Vec<Element>,
}

/// Reads a document, and holds every element against the rules.
fn parse(document: &str) -> Element {
    // XML 1.0, `Char`: no escape lets any other character in.
    assert!(document.chars().all(|letter| matches!(
        letter,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}'
    )));
    let mut reader = Reader::from_str(document);
    let mut open = vec![Element::default()];
    loop {
        let (start, closes) = match reader.read_event().unwrap() {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().inside.push(done);
                continue;
            }
            Event::Text(text) => {
                open.last_mut().unwrap().text += &text;
                continue;
            }
            Event::GeneralRef(name) => {
                open.last_mut().unwrap().text += &format!("&{};", &*name);
                continue;
            }
            Event::Eof => break,
            Event::Decl(_) => continue,
            other => panic!("{other:?}"),
        };
        let name = start.name().as_ref().to_owned();
        let attributes: BTreeMap<String, String> = start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let key = attribute.key.as_ref().to_owned();
                (
                    key,
                    attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .unwrap()
                        .into_owned(),
                )
            })
            .collect();
        let (_, parents, must, may) = ELEMENTS
            .iter()
            .find(|(known, ..)| *known == name)
            .unwrap_or_else(|| panic!("{name} is no element"));
        assert!(
            parents.contains(&open.last().unwrap().name.as_str()),
            "{name}"
        );
        for key in *must {
            assert!(attributes.contains_key(*key), "{name} has no {key}");
        }
        for key in attributes.keys() {
            assert!(
                must.contains(&key.as_str()) || may.contains(&key.as_str()),
                "{name}: {key}"
            );
        }
        let element = Element {
            name,
            attributes,
            ..Element::default()
        };
        if closes {
            open.last_mut().unwrap().inside.push(element);
        } else {
            open.push(element);
        }
    }
    assert_eq!(open.len(), 1);
    let [root] = open[0].inside.as_slice() else {
        panic!("one root");
    };
    root.clone()
}

fn told(report: &ClassReport) -> Vec<Element> {
    parse(&junit(report)).inside
}

#[test]
fn every_student_is_a_suite_and_its_numbers_add_up() {
    let names = hostile_names();
    let suites = told(&class_of(&names));
    assert_eq!(suites.len(), names.len());
    for suite in &suites {
        let number = |key: &str| suite.attributes[key].parse::<usize>().unwrap();
        let count = |element: &str| {
            let cases = suite
                .inside
                .iter()
                .filter(|case| case.inside.iter().any(|one| one.name == element));
            cases.count()
        };
        assert_eq!(number("tests"), suite.inside.len());
        assert_eq!(number("failures"), count("failure"));
        assert_eq!(number("errors"), count("error"));
        assert_eq!(number("skipped"), count("skipped"));
        assert!(!suite.inside.is_empty() && !suite.attributes["name"].is_empty());
    }
    assert_eq!(suites[8].attributes["name"], "<script>alert(1)</script>");
    assert_eq!(suites[9].attributes["name"], "]]><failure message=\"x\">");
    assert_eq!(suites[10].attributes["name"], "&lt;b&gt; &#61;1");
    assert_eq!(
        suites[21].attributes["name"], "student-22",
        "no name, so its key"
    );
}

#[test]
fn wrong_is_a_failure_unread_an_error_and_the_rest_is_skipped_in_words() {
    let names: Vec<String> = (0..7).map(|number| format!("Student {number}")).collect();
    let suites = told(&class_of(&names));
    let outcomes = |suite: &Element| -> Vec<(String, String, String)> {
        let outcome = |case: &Element| {
            let inside = case.inside.first();
            (
                case.attributes["name"].clone(),
                inside.map(|one| one.name.clone()).unwrap_or_default(),
                inside
                    .map(|one| one.attributes["message"].clone())
                    .unwrap_or_default(),
            )
        };
        suite.inside.iter().map(outcome).collect()
    };
    let stuck = outcomes(&suites[0]);
    let expected = [
        (
            "alb.targets",
            "failure",
            "wrong: the group Student 0 lets nobody in",
        ),
        (
            "alb.https",
            "skipped",
            "not yet: the group Student 0 lets nobody in",
        ),
        ("rds.network", "", ""),
        (
            "rds.inbound",
            "error",
            "cannot tell: the group Student 0 lets nobody in",
        ),
    ];
    assert_eq!(
        stuck,
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
    let failure = &suites[0].inside[0].inside[0];
    assert_eq!(failure.attributes["type"], "target-port-closed");
    assert!(failure.text.contains("expected Student 0, seen Student 0"));
    assert_eq!(suites[0].inside[0].attributes["classname"], "student-1");
    assert_eq!(outcomes(&suites[2])[1].1, "skipped");
    assert!(outcomes(&suites[2])[1].2.starts_with("does not apply"));
    assert_eq!(outcomes(&suites[4])[0].1, "error");
    assert_eq!(outcomes(&suites[5])[0].1, "error");
    assert!(outcomes(&suites[5])[0].2.starts_with("unreadable: "));
    assert_eq!(outcomes(&suites[6])[0].1, "skipped");
    assert!(outcomes(&suites[6])[0].2.starts_with("not handed in"));
}

#[test]
fn verdicts_alone_are_told_without_a_sentence() {
    let mut report = class_of(&["Ann".to_owned()]);
    report.detail = Detail::VerdictOnly;
    let student = &mut report.students[0];
    student.findings.clear();
    let stuck = student.stuck.as_mut().unwrap();
    (stuck.cause, stuck.summary) = (None, None);
    let suites = told(&report);
    let failure = &suites[0].inside[0].inside[0];
    assert_eq!(failure.attributes["message"], "wrong");
    assert_eq!(failure.text, "");
    assert!(!failure.attributes.contains_key("type"));
}

#[test]
fn a_part_left_out_of_the_evidence_leaves_no_hole_in_a_sentence() {
    let mut report = class_of(&["Ann".to_owned()]);
    for finding in report.students[0]
        .findings
        .iter_mut()
        .flat_map(|step| &mut step.findings)
    {
        finding.evidence[0].expected.clear();
        finding.fix.clear();
    }
    let text = junit(&report);
    assert!(text.contains("Ann IpPermissions: seen Ann"), "{text}");
    assert!(!text.contains("expected"));
    assert!(is_quiet(&text));
}
