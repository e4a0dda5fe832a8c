//! Rosters as a learning platform exports them, with names that students chose.

use super::class::Class;
use super::documents::{FORMATS, sound, unsound};
use super::good::good;
use super::run::try_report;
use serde_json::Value;
use std::fs;

/// Names that a roster may hold.
const NAMES: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "=HYPERLINK(\"http://example.com/\",\"Ann\")",
    "+1 Ann",
    "-2 Ann",
    "@Ann",
    "Ann | Lee | `x`",
    "[Ann](javascript:alert(1))",
    "Lee, \"Ann\" O'Neil; Jr.",
    "\u{645}\u{631}\u{64a}\u{645} \u{5d9}\u{5e2}\u{5dc}",
    "&lt;b&gt;&amp;&#60;",
];

#[test]
fn a_name_is_only_a_name_in_every_document() {
    let class = class_of(&NAMES);
    for format in FORMATS {
        let run = sound(class.path(), format, &["--roster", "roster.csv"]);
        assert!(!run.stdout.is_empty(), "{format}");
    }
    let run = sound(class.path(), "json", &["--roster", "roster.csv"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let students = report["students"].as_array().unwrap();
    let found: Vec<&str> = students
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(found, NAMES, "as they are, in JSON");
    assert_eq!(
        students[0]["standing"], "stuck",
        "the bundle is found by its id"
    );
}

#[test]
fn nobody_is_named_in_an_anonymous_document() {
    let class = class_of(&["Ann Lee", "Bo Diaz", "Chi Okafor"]);
    for format in FORMATS {
        let line = ["--roster", "roster.csv", "--anonymise"];
        let run = if format == "canvas" {
            // A gradebook without names is of no use: it may be refused.
            let Ok(run) = try_report(class.path(), &[&line[..], &["--format", format]].concat())
            else {
                continue;
            };
            run
        } else {
            sound(class.path(), format, &line)
        };
        for told in ["Ann", "Diaz", "Okafor", "s001", "s002", "school.test"] {
            assert!(!run.stdout.contains(told), "{format}: {told}");
        }
    }
}

#[test]
fn what_no_name_can_hold_is_either_harmless_or_refused_by_line() {
    let long = "n".repeat(10_000);
    for name in [
        "\u{1b}[2J\u{1b}]8;;http://example.com\u{7}Ann",
        "Ann\u{202e}eeL",
        "Ann\nLee",
        "Ann\0Lee",
        "Ann\u{8}\u{8}\u{8}Lee",
        "\u{feff}",
        &long,
    ] {
        let class = class_of(&["Bo Diaz", name]);
        for format in FORMATS {
            let line = ["--roster", "roster.csv", "--format", format];
            match try_report(class.path(), &line) {
                Ok(run) => {
                    assert_eq!(unsound(format, &run.stdout), None, "{format} {name:?}");
                    assert_eq!(unsound("text", &run.stderr), None, "{format} {name:?}");
                }
                Err(said) => {
                    assert_eq!(unsound("text", &said), None, "{format} {name:?}");
                    assert!(said.contains('3'), "which line? {said}");
                }
            }
        }
    }
}

#[test]
fn a_file_that_is_no_roster_is_refused_and_said_to_be_none() {
    for bytes in [
        b"".to_vec(),
        b"\x00\x01\x02\xff".to_vec(),
        b"PK\x03\x04".repeat(1_000),
        b"<!DOCTYPE html><html></html>".to_vec(),
        b"student".to_vec().repeat(1_000_000),
        b"a,b,c\n1,2\n".to_vec(),
        b"student,account\nAnn,12\nAnn,12\n".to_vec(),
        b"student\n\"Ann".to_vec(),
        good().bundle.clone().into(),
    ] {
        let class = class_of(&["Ann Lee"]);
        fs::write(class.path().join("roster.csv"), &bytes).unwrap();
        let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        match try_report(class.path(), &["--roster", "roster.csv"]) {
            Ok(run) => panic!("{begin:?} is taken for a roster: {}", run.stdout),
            Err(said) => {
                assert_eq!(unsound("text", &said), None, "{begin:?}");
                assert!(said.contains("roster"), "{begin:?}: {said}");
                assert!(said.len() < 20_000, "{begin:?}: {} bytes", said.len());
            }
        }
    }
}

/// Students of these names; the first has handed something in.
fn class_of(names: &[&str]) -> Class {
    let class = Class::new();
    fs::write(class.path().join("bundles/s001.json"), &good().bundle).unwrap();
    let mut roster = csv::Writer::from_writer(Vec::new());
    roster
        .write_record(["student", "id", "email", "section"])
        .unwrap();
    for (number, name) in (1..).zip(names) {
        let (id, email) = (format!("s{number:03}"), format!("s{number:03}@school.test"));
        roster
            .write_record([*name, id.as_str(), email.as_str(), "A"])
            .unwrap();
    }
    let bytes = roster.into_inner().unwrap();
    fs::write(class.path().join("roster.csv"), bytes).unwrap();
    class
}
