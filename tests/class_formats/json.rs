//! The report as JSON.

use crate::is_quiet;
use crate::sample::{class_of, hostile_names};
use landfall::class::json;
use serde_json::Value;

#[test]
fn every_name_is_read_back_letter_by_letter_and_none_reaches_a_terminal() {
    let names = hostile_names();
    let document = json(&class_of(&names));
    assert!(is_quiet(&document));
    let value: Value = serde_json::from_str(&document).unwrap();
    let students = value["students"].as_array().unwrap();
    for (name, student) in names.iter().zip(students) {
        assert_eq!(student["name"].as_str(), Some(name.as_str()));
    }
}

#[test]
fn the_layout_is_number_one_and_what_is_not_known_is_null() {
    let names: Vec<String> = (0..7).map(|number| format!("Student {number}")).collect();
    let value: Value = serde_json::from_str(&json(&class_of(&names))).unwrap();
    assert_eq!(value["schema"], 1);
    let fields: Vec<&String> = value.as_object().unwrap().keys().collect();
    let mut expected = [
        "alike",
        "anonymised",
        "course",
        "deadline",
        "detail",
        "landfall",
        "made_at",
        "quizzes",
        "remarks",
        "schema",
        "standings",
        "steps",
        "stuck",
        "students",
    ];
    expected.sort_unstable();
    let mut fields = fields;
    fields.sort_unstable();
    assert_eq!(fields, expected);
    assert_eq!(value["students"][0]["score"], 100.0 / 3.0);
    assert_eq!(value["students"][3]["score"], 0.0);
    for unread in 4..7 {
        assert!(value["students"][unread]["score"].is_null());
        assert!(value["students"][unread]["looked_at"].is_null());
    }
    assert_eq!(value["students"][0]["standing"], "stuck");
    assert_eq!(value["students"][6]["standing"], "not_submitted");
    assert_eq!(
        value["students"][0]["steps"]["alb.targets"]["verdict"],
        "failed"
    );
    assert!(value["students"][0].get("map").is_none());
}
