//! What AWS sends is somebody else's text. Every field of every answer gets a secret, and then something that acts on a
//! terminal: neither may be seen in what is kept or shown.

use super::context::Context;
use crate::account::{Area, Snapshot, Source};
use crate::aws::whole_account::{patient_reader, whole_account_with};
use crate::aws::{Collected, collect};
use crate::checks::{Asked, Stack, Verification, verify};
use crate::cli::Cli;
use crate::report::{self, AccountNumber, ReportInput, learner_report};
use crate::term::overview::{Detail, overview};
use crate::term::{Ui, to_text};
use clap::Parser;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Several at once, made up; whoever finds "hunter2" found one.
fn secrets() -> String {
    [
        "postgresql://news:hunter2secret@db.example.com:5432/newsapi",
        "https://hunter2hunter2@github.com/ann/news.git",
        &["AKIA", "IOSFODNN7HUNTER2"].concat(),
        &["ghp", "_0123456789abcdefHUNTER20123456789abc"].concat(),
        "DB_PASSWORD=hunter2secret",
        &[
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJzdWIiOiJodW50ZXIyIn0",
            "hunter2hunter2",
        ]
        .join("."),
    ]
    .join(" ")
}

/// An escape sequence, its one-character form, a direction override, an invisible letter.
const CONTROLS: &str = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{200b}";

/// Names of the fields that hold text, in the order in which they first stand there.
fn fields(body: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    match serde_json::from_str::<Value>(body) {
        Ok(json) => json_fields(&json, "", &mut add),
        Err(_) => {
            for (name, _) in xml_texts(body) {
                add(&name);
            }
        }
    }
    names
}

fn json_fields(value: &Value, name: &str, add: &mut impl FnMut(&str)) {
    match value {
        Value::String(_) => add(name),
        Value::Array(items) => items.iter().for_each(|item| json_fields(item, name, add)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, inner)| json_fields(inner, name, add)),
        _ => {}
    }
}

/// Elements that hold nothing but text: name, and where the text ends.
fn xml_texts(body: &str) -> Vec<(String, usize)> {
    body.match_indices("</")
        .filter_map(|(end, _)| {
            let name = body[end + 2..].split('>').next()?;
            let text = body[..end].rsplit('>').next()?;
            let opened = body[..end - text.len()].ends_with(&format!("<{name}>"));
            (opened && !text.trim().is_empty()).then(|| (name.to_owned(), end))
        })
        .collect()
}

/// The body with the plant behind the text of every field of that name.
fn planted(body: &str, field: &str, plant: &str) -> String {
    if let Ok(mut json) = serde_json::from_str::<Value>(body) {
        plant_json(&mut json, "", field, plant);
        return json.to_string();
    }
    let mut body = body.to_owned();
    let escaped = quick_xml::escape::escape(plant).into_owned();
    for (name, end) in xml_texts(&body).into_iter().rev() {
        if name == field {
            body.insert_str(end, &format!(" {escaped}"));
        }
    }
    body
}

fn plant_json(value: &mut Value, name: &str, field: &str, plant: &str) {
    match value {
        Value::String(text) if name == field => text.push_str(&format!(" {plant}")),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| plant_json(item, name, field, plant)),
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(name, inner)| plant_json(inner, name, field, plant)),
        _ => {}
    }
}

/// The whole account with the plant in the field of that number of every answer; the answers are read in one go.
/// `None` when no answer has so many.
async fn look(number: usize, plant: &str) -> Option<Collected> {
    let any = std::sync::atomic::AtomicBool::new(false);
    let server = whole_account_with(|operation, body| {
        // Who is asking has to be known, or nothing else is read.
        match fields(&body).get(number) {
            Some(field) if operation != "GetCallerIdentity" => {
                any.store(true, std::sync::atomic::Ordering::SeqCst);
                planted(&body, field, plant)
            }
            _ => body,
        }
    });
    if !any.into_inner() {
        return None;
    }
    let areas: BTreeSet<Area> = Area::USUAL.into_iter().chain([Area::Leftovers]).collect();
    let chapter = crate::practice::test_chapter();
    Some(collect(&patient_reader(&server), &chapter, &areas, None).await)
}

/// Everything that is printed or kept of a look, but the snapshot's own JSON.
fn shown(context: &Context, snapshot: &Snapshot) -> Vec<(&'static str, String)> {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: true,
    };
    let verification: Verification = verify(&stack, &context.course, &Asked::All);
    let input = || ReportInput {
        snapshot,
        verification: &verification,
        left_out: &nothing,
        quizzes: Vec::new(),
        looked_at_local: "today".to_owned(),
        number: AccountNumber::InFull,
    };
    let report = learner_report(&context.course, input());
    vec![
        (
            "text",
            to_text(&overview(&verification, Detail::Everything, 80)),
        ),
        (
            "json",
            report::verify_json(snapshot, &verification, None, Some(&[])),
        ),
        ("junit", report::junit(&verification)),
        ("html", report::html(&report)),
        ("markdown", report::markdown(&report)),
        ("report.json", report::report_json(&report)),
        ("saved", report::sanitize::json_document(snapshot)),
    ]
}

fn context(folder: &tempfile::TempDir) -> Context {
    let (ui, _) = Ui::captured(80);
    let globals = Cli::parse_from(["landfall"]).globals;
    Context::apart(globals, Arc::new(ui), folder.path()).unwrap()
}

#[tokio::test]
async fn no_secret_in_any_field_of_any_answer_is_kept() {
    let plant = secrets();
    let mut looks = 0;
    while let Some(got) = look(looks, &plant).await {
        assert_eq!(got.snapshot.source, Source::Aws);
        let text = serde_json::to_string(&got.snapshot).unwrap();
        if let Some(at) = text.to_lowercase().find("hunter2") {
            panic!(
                "field {looks}: ...{}...",
                &text[at.saturating_sub(200)..(at + 60).min(text.len())]
            );
        }
        let log = serde_json::to_string(&got.calls).unwrap();
        assert!(!log.to_lowercase().contains("hunter2"), "{log}");
        looks += 1;
    }
    assert!(looks > 15, "{looks}");
}

#[tokio::test]
async fn nothing_in_any_field_of_any_answer_acts_on_a_terminal_or_becomes_markup() {
    const MARKUP: &str = "<script>alert(1)</script>";
    let folder = tempfile::tempdir().unwrap();
    let context = context(&folder);
    let mut looks = 0;
    let mut reached = false;
    while let Some(got) = look(looks, &format!("{CONTROLS} {MARKUP}")).await {
        reached |= serde_json::to_string(&got.snapshot)
            .unwrap()
            .contains(MARKUP);
        for (format, text) in shown(&context, &got.snapshot) {
            let bad = text.chars().find(|letter| {
                (letter.is_control() && *letter != '\n') || "\u{202e}\u{200b}".contains(*letter)
            });
            assert_eq!(bad, None, "field {looks} in {format}");
            let is_markup = match format {
                "html" | "junit" => text.contains("<script>"),
                "markdown" => has_markup(&text, "script"),
                _ => false,
            };
            assert!(!is_markup, "field {looks} in {format}");
        }
        looks += 1;
    }
    assert!(
        looks > 15 && reached,
        "the plants got as far as the snapshot"
    );
}

/// As a renderer would see it: an element of that name outside of code.
fn has_markup(markdown: &str, name: &str) -> bool {
    use pulldown_cmark::Event;
    pulldown_cmark::Parser::new(markdown).any(|event| {
        matches!(event, Event::Html(markup) | Event::InlineHtml(markup) if markup.contains(name))
    })
}
