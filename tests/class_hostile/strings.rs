//! Texts that are meant for a browser, a spreadsheet or a terminal, in every field of a bundle that takes any text.

use super::class::Class;
use super::documents::{FORMATS, sound};
use super::good::good;
use landfall::bundle::{digest_of, read};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const KINDS: &[(&str, &str)] = &[
    ("a script", "<script>alert(1)</script>"),
    ("an image", "\"'><img src=x onerror=alert(1)>"),
    (
        "the end of a script",
        "</script></style></title><script>alert(1)</script>",
    ),
    ("a comment", "<!-- --><script>alert(1)</script>]]>"),
    ("an entity", "&lt;script&gt;&#x0;&bogus;"),
    (
        "a link",
        "[a](javascript:alert(1)) ![b](http://example.com/x.png)",
    ),
    ("a table", "a | b\n|---|---|\r\n| `c` | **d** |"),
    ("a formula", "=HYPERLINK(\"http://example.com/\"&A1,\"a\")"),
    ("another formula", "+1+cmd|' /C calc'!A0"),
    ("a third formula", "@SUM(1)\t-2"),
    (
        "an escape",
        "\u{1b}[2J\u{1b}[31mred\u{1b}]8;;http://example.com\u{7}a\u{9b}31m",
    ),
    (
        "controls",
        "a\0b\u{8}\u{8}\u{7f}\r\u{85}\u{2028}\u{feff}\u{fffe}",
    ),
    (
        "another direction",
        "\u{202e}nosj.exe\u{202c}\u{2066}a\u{2069}\u{200f}",
    ),
    (
        "marks without end",
        "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}",
    ),
];

#[test]
fn no_field_of_a_bundle_acts_or_breaks_a_document() {
    let free = free_fields();
    assert!(free.len() >= 40, "only {} fields: {free:?}", free.len());
    let mut class = Class::new();
    let kinds = KINDS.iter().map(|(what, text)| (*what, (*text).to_owned()));
    let handed_in: Vec<(&str, String)> = kinds
        .map(|(what, text)| (what, class.hand_in(&with_text(&free, &text))))
        .collect();
    class.enrol();
    let run = sound(class.path(), "json", &["--roster", "roster.csv"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    for (what, name) in &handed_in {
        let students = report["students"].as_array().unwrap();
        let row = students.iter().find(|one| one["name"] == name.as_str());
        let row = row.unwrap_or_else(|| panic!("{what}: the row is lost"));
        assert_ne!(row["standing"], "unreadable", "{what}: {}", row["trouble"]);
    }
    for format in FORMATS {
        for detail in ["full", "verdict-only"] {
            let run = sound(
                class.path(),
                format,
                &["--roster", "roster.csv", "--detail", detail],
            );
            for name in &class.students {
                let is_there = run.stdout.contains(name.as_str());
                assert!(is_there || format == "canvas", "{format}: {name} is lost");
            }
        }
    }
}

/// Ten thousand characters in every field are a bundle of some megabytes.
#[test]
fn texts_without_end_are_cut_and_lose_nobody() {
    let free = free_fields();
    let mut class = Class::new();
    for text in [
        "many letters ".repeat(770),
        "\u{5bbd}".repeat(10_000),
        "x".repeat(10_000),
    ] {
        class.hand_in(&with_text(&free, &text));
    }
    class.enrol();
    for format in ["text", "html"] {
        let run = sound(class.path(), format, &["--roster", "roster.csv"]);
        assert!(run.stdout.len() < 2_000_000, "{format}: texts are cut");
        for name in &class.students {
            assert!(run.stdout.contains(name.as_str()), "{format}: {name}");
        }
    }
}

#[test]
fn numbers_out_of_all_bounds_break_no_document() {
    let mut class = Class::new();
    for number in [
        json!(-1),
        json!(0),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e308),
        json!(0.5),
    ] {
        let places = fields(&good().value(), |value| value.is_number());
        let places = reading(&places, &number);
        if !places.is_empty() {
            class.hand_in(&with_value(&places, &number));
        }
    }
    assert!(class.students.len() >= 2, "numbers that can be read");
    class.enrol();
    for format in FORMATS {
        sound(class.path(), format, &["--roster", "roster.csv"]);
    }
}

/// The places of a bundle, list items alike (`/evidence/calls/*/operation`), whose text can be any: the bundle can still be
/// read.
fn free_fields() -> BTreeSet<String> {
    let texts = fields(&good().value(), Value::is_string);
    reading(&texts, &json!("any text \u{202e}<b>"))
}

fn fields(whole: &Value, of_kind: fn(&Value) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(&mut whole.clone(), "", &mut |place, value| {
        if of_kind(value) && place.starts_with("/evidence") {
            found.insert(place.to_owned());
        }
    });
    found
}

/// Those of the places that this can stand in.
fn reading(places: &BTreeSet<String>, value: &Value) -> BTreeSet<String> {
    let one = |place: &String| {
        let alone = BTreeSet::from([place.clone()]);
        read(&with_value(&alone, value)).is_ok()
    };
    places.iter().filter(|place| one(place)).cloned().collect()
}

fn with_value(places: &BTreeSet<String>, with: &Value) -> Vec<u8> {
    let mut whole = good().value();
    walk(&mut whole, "", &mut |place, value| {
        if places.contains(place) {
            *value = with.clone();
        }
    });
    signed(whole)
}

/// The text in all these places, and as one more name in every table.
fn with_text(places: &BTreeSet<String>, text: &str) -> Vec<u8> {
    let mut whole: Value = serde_json::from_slice(&with_value(places, &json!(text))).unwrap();
    let short: String = text.chars().take(200).collect();
    let named = one_more_name(&whole, &short);
    if read(named.to_string().as_bytes()).is_ok() {
        whole = named;
    }
    signed(whole)
}

fn one_more_name(whole: &Value, name: &str) -> Value {
    match whole {
        Value::Array(all) => all.iter().map(|one| one_more_name(one, name)).collect(),
        Value::Object(all) => {
            let first = all.values().next().cloned();
            let more = first.map(|value| (name.to_owned(), value));
            let own = all
                .iter()
                .map(|(key, value)| (key.clone(), one_more_name(value, name)));
            Value::Object(own.chain(more).collect())
        }
        other => other.clone(),
    }
}

/// With a digest that fits: whoever can edit a file can make one.
fn signed(mut whole: Value) -> Vec<u8> {
    whole["digest"] = json!(digest_of(&whole["evidence"]));
    whole.to_string().into()
}

/// Every value that is neither a list nor an object, with its place.
fn walk(value: &mut Value, place: &str, see: &mut dyn FnMut(&str, &mut Value)) {
    match value {
        Value::Array(all) => {
            let place = format!("{place}/*");
            all.iter_mut().for_each(|one| walk(one, &place, see));
        }
        Value::Object(all) => {
            for (key, one) in all {
                walk(one, &format!("{place}/{key}"), see);
            }
        }
        _ => see(place, value),
    }
}
