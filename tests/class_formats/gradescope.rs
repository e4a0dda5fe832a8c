//! `results.json`, held against "Autograder Specifications" of Gradescope (gradescope-autograders.readthedocs.io/en/latest/specs,
//! 2026-11), written down as a JSON Schema beside this file.

use crate::is_quiet;
use crate::sample::{class, class_of, hostile_names, student};
use landfall::class::{Standing, gradescope, gradescope_files};
use serde_json::Value;

const SCHEMA: &str = include_str!("gradescope.schema.json");

/// Reads a document, and holds it against the schema.
fn valid(document: &str) -> Value {
    let value: Value = serde_json::from_str(document).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let schema = serde_json::from_str(SCHEMA).unwrap();
    compiler.add_resource("results", schema).unwrap();
    let index = compiler.compile("results", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&value, index) {
        panic!("{error:#}");
    }
    value
}

fn only(standing: Standing) -> Value {
    valid(&gradescope(&class(vec![student(0, "Ann", standing)])).unwrap())
}

#[test]
fn every_document_is_as_published_and_every_text_is_plain() {
    let names = hostile_names();
    let files = gradescope_files(&class_of(&names));
    assert_eq!(files.len(), names.len());
    for (at, (path, document)) in files.iter().enumerate() {
        assert_eq!(*path, format!("student-{}/results.json", at + 1));
        assert!(is_quiet(document));
        let value = valid(document);
        assert_eq!(value["output_format"], "text");
        for test in value["tests"].as_array().into_iter().flatten() {
            assert_eq!(
                (&test["name_format"], &test["output_format"]),
                (&"text".into(), &"text".into())
            );
        }
    }
}

#[test]
fn a_step_that_counts_is_a_test_and_an_optional_one_only_when_it_is_done() {
    let value = only(Standing::Stuck);
    assert_eq!(value["score"], 33.33);
    let tests = value["tests"].as_array().unwrap();
    let told: Vec<(&str, Option<&str>, Option<f64>)> = tests
        .iter()
        .map(|test| {
            (
                test["name"].as_str().unwrap(),
                test.get("status").and_then(Value::as_str),
                test.get("score").and_then(Value::as_f64),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("The step alb.targets", Some("failed"), Some(0.0)),
            ("The step rds.network", Some("passed"), Some(33.33)),
            ("The step rds.inbound", None, None),
        ],
        "what could not be read is neither failed nor zero"
    );
    assert_eq!(tests[0]["output"], "wrong: the group Ann lets nobody in");
    assert!(
        value["output"]
            .as_str()
            .unwrap()
            .contains("1 step could not be read")
    );
    assert_eq!(only(Standing::Done)["tests"].as_array().unwrap().len(), 4);
    assert_eq!(only(Standing::NothingYet)["score"], 0.0);
}

#[test]
fn without_a_verdict_there_is_no_score_and_it_says_so() {
    for standing in [
        Standing::CannotTell,
        Standing::Unreadable,
        Standing::NotSubmitted,
    ] {
        let value = only(standing);
        assert!(value.get("score").is_none() && value.get("tests").is_none());
        let output = value["output"].as_str().unwrap();
        assert!(output.starts_with("There is no verdict: "), "{output}");
        assert!(output.contains("this is not a zero"));
        assert_eq!(value["visibility"], "visible");
    }
    let mut excused = student(0, "Ann", Standing::NotSubmitted);
    excused.score = Some(80.0);
    let value = valid(&gradescope(&class(vec![excused])).unwrap());
    assert_eq!(value["score"], 80.0);
    assert!(!value["output"].as_str().unwrap().contains("zero"));
}

#[test]
fn several_students_are_no_single_document() {
    let two = [0, 1].map(|number| student(number, "Ann", Standing::Done));
    assert_eq!(gradescope(&class(two.to_vec())), None);
    assert_eq!(gradescope(&class(Vec::new())), None);
}

#[test]
fn what_is_for_the_instructor_is_not_told_to_the_student() {
    let mut one = student(0, "Ann", Standing::Stuck);
    one.notes = vec!["The file was changed after it was made.".to_owned()];
    let document = gradescope(&class(vec![one])).unwrap();
    for private in ["was changed", "shares an account", "example.com", "9012"] {
        assert!(!document.contains(private), "{private}");
    }
}
