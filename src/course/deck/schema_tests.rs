//! The schema that editors use says what the reader reads.

use super::DECK_SCHEMA;
use crate::course::question::{Kind, Level, Mutation, PredictKey, SampleKind};
use crate::course::table::asked;
use crate::course::testing::{EVERY_KIND, read_deck};
use crate::course::{CourseFiles, SourceText};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Items for single points of the kinds that the deck of each kind leaves out.
const MORE_RETRIES: &str = r#"
[[retry]]
id = "grace.ignored"
was = []
rev = 1
kind = "multi"
prompt = "Which?"
option = [{ id = "a", text = "A", right = true, why = "w" }, { id = "b", text = "B", why = "w" }]

[[retry]]
id = "grace.sizing"
kind = "cloze"
prompt = "Fill in."
text = "{{x}}"
blank = [{ id = "x", accept = ["1"] }]
why = "w"
"#;

const PART: &str = "schema = 1\npart_of = \"every-kind\"\n";

fn schema() -> Value {
    serde_json::from_str(DECK_SCHEMA).expect("the schema is JSON")
}

/// The schema of what a table of the deck holds: `question.point`.
fn at(path: &str) -> Value {
    let schema = schema();
    let mut at = schema.clone();
    for key in path.split('.').filter(|key| !key.is_empty()) {
        at = at["properties"][key].clone();
        if at["type"] == "array" {
            at = at["items"].clone();
        }
        if let Some(name) = at["$ref"].as_str() {
            let pointer = name.trim_start_matches('#');
            at = schema
                .pointer(pointer)
                .expect("the definition is there")
                .clone();
        }
    }
    at
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn the_schema_knows_every_key_that_the_reader_asks_for_and_no_other() {
    let source = |name: &str, text: String| SourceText {
        name: name.to_owned(),
        text,
    };
    let part = source("quizzes/part.toml", PART.to_owned());
    let deck = source(
        "quizzes/every-kind.toml",
        EVERY_KIND.replace("parts = []", "parts = [\"part\"]") + MORE_RETRIES,
    );
    let asked = asked::during(|| {
        super::read(&deck, &|_| Some(&part));
    });
    assert!(asked.contains_key("question.artifact") && asked.contains_key("retry.blank"));
    for (path, asked) in asked {
        assert_eq!(keys(&at(&path)["properties"]), asked, "[{path}]");
        assert_eq!(at(&path)["additionalProperties"], json!(false), "[{path}]");
    }
}

#[test]
fn every_key_says_what_it_is_for() {
    fn look(schema: &Value, path: &str) {
        for (name, inner) in schema.as_object().into_iter().flatten() {
            if name == "properties" && !path.contains("/oneOf") && !path.contains("/allOf") {
                for (key, value) in inner.as_object().expect("properties") {
                    let said = value["description"]
                        .as_str()
                        .or_else(|| value["$ref"].as_str());
                    assert!(said.is_some_and(|said| said.len() > 4), "{path}/{key}");
                }
            }
            look(inner, &format!("{path}/{name}"));
        }
    }
    look(&schema(), "");
    for (name, definition) in schema()["$defs"].as_object().expect("definitions") {
        assert!(definition["description"].is_string(), "{name}");
    }
}

fn consts(of: &Value) -> Vec<&str> {
    of.as_array()
        .expect("alternatives")
        .iter()
        .map(|one| one["const"].as_str().expect("a word"))
        .collect()
}

#[test]
fn words_are_those_that_the_reader_takes() {
    let question = at("question");
    assert_eq!(
        consts(&question["properties"]["kind"]["oneOf"]),
        Kind::WORDS
    );
    assert_eq!(
        question["properties"]["level"]["enum"],
        json!(Level::ALL.map(Level::word))
    );
    assert_eq!(
        at("question.sample")["properties"]["kind"]["enum"],
        json!(SampleKind::ALL.map(SampleKind::word))
    );
    let mutations: Vec<&str> = Mutation::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(
        consts(&at("question.artifact")["properties"]["mutate"]["items"]["oneOf"]),
        mutations
    );
    let mut offered = BTreeSet::new();
    for one in at("question.key")["oneOf"].as_array().expect("calls") {
        let account = one["properties"]["account"]["const"]
            .as_str()
            .expect("a call");
        for path in one["properties"]["path"]["enum"].as_array().expect("paths") {
            offered.insert(format!("{account} {}", path.as_str().expect("a path")));
        }
    }
    let known: BTreeSet<String> = PredictKey::ALL
        .iter()
        .map(|key| key.word().to_owned())
        .collect();
    assert_eq!(offered, known);
}

/// As editors see TOML: dates are texts.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, as_json(value)))
            .collect(),
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
    }
}

/// What a validator says of a deck.
fn validated(text: &str) -> Result<(), String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler
        .add_resource("https://example.com/deck.json", schema())
        .expect("the schema is taken");
    compiler.enable_format_assertions();
    let index = compiler
        .compile("https://example.com/deck.json", &mut schemas)
        .expect("the schema is one of 2020-12");
    let deck = as_json(toml::from_str(text).expect("it is TOML"));
    schemas
        .validate(&deck, index)
        .map_err(|error| format!("{error:#}"))
}

#[test]
fn the_decks_that_load_are_valid() {
    for file in CourseFiles::embedded().files {
        if file.name.starts_with("quizzes/") && file.name.ends_with(".toml") {
            validated(&file.text).unwrap_or_else(|problem| panic!("{}: {problem}", file.name));
        }
    }
    validated(EVERY_KIND).unwrap_or_else(|problem| panic!("{problem}"));
    validated(&format!("{EVERY_KIND}{MORE_RETRIES}")).unwrap_or_else(|problem| panic!("{problem}"));
    validated(PART).unwrap_or_else(|problem| panic!("{problem}"));
}

#[test]
fn a_deck_that_is_refused_is_invalid_too() {
    for (old, new) in [
        ("schema = 1", "schema = 2"),
        ("deck = \"every-kind\"\n", ""),
        ("parts = []", "part_of = \"every-kind\""),
        ("share = 0.8", "share = 1.5"),
        ("rev = 2", "rev = 0"),
        ("kind = \"open\"", "kind = \"opne\""),
        ("kind = \"open\"", "kind = \"choice\""),
        ("level = \"explain\"", "level = \"explian\""),
        ("hint = ", "hnt = "),
        ("model = \"", "modell = \""),
        ("checked = 2026-08-01, stale_days = 365, ", ""),
        ("weight = 2.0", "weight = 0"),
        ("weight = 2.0", "weigt = 2.0"),
        ("bonus = true", "bonus = \"yes\""),
        ("kind = \"terse\"", "kind = \"short\""),
        ("right = true", "right = false"),
        ("right = false", "right = true"),
        ("shuffle = true", "shuffle = true\npair = []"),
        ("why = \"Nothing has connected yet.\"", ""),
        ("pick = 2", "pick = \"two\""),
        ("why = \"Only a task that runs has an address.\"", ""),
        ("why = \"It starts and stops nothing.\"", ""),
        ("left = \"service\"", "lft = \"service\""),
        ("accept = [\"5432\"]", "accept = []"),
        ("mutate = [\"no-grace\"]", "mutate = [\"no-grce\"]"),
        (
            "mutate = [\"no-grace\"]",
            "mutate = [\"no-grace\"], text = \"x\"",
        ),
        ("harm = \"A slow", "harmm = \"A slow"),
        ("at = \"latest\"\n", ""),
        (
            "path = \"desiredCount\"",
            "path = \"BackupRetentionPeriod\"",
        ),
        ("key = {", "kee = {"),
    ] {
        let text = EVERY_KIND.replacen(old, new, 1);
        assert_ne!(text, EVERY_KIND, "{old}");
        assert!(read_deck(&text).is_err(), "the reader takes {new}");
        assert!(validated(&text).is_err(), "the schema takes {new}");
    }
}
