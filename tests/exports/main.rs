//! Exports opened by the programs that they are for: Anki itself; a reader that follows Moodle's importer, and
//! `moodle-xml-parser`; Python's `csv`.
//!
//! These tests need Python 3.10 or later, and the first run downloads the readers from PyPI: they are ignored unless asked
//! for (`cargo test --locked --test exports -- --ignored`).

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod environment;
#[path = "../python/mod.rs"]
mod python;

use environment::read_by;
use landfall::checks;
use landfall::course::{self, CourseFiles, Deck, SourceText};
use landfall::progress::{Attempt, AttemptId, Given, Hearing, Mode, SittingId};
use landfall::quiz::exchange;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The decks of a course of our lessons.
fn decks(files: &CourseFiles) -> Vec<Deck> {
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    course::load(files, &known).unwrap().0.decks
}

fn chapter_review() -> Deck {
    decks(&CourseFiles::embedded()).remove(0)
}

/// One question of every kind, with the signs that other programs trip over.
fn every_kind() -> Deck {
    let mut files = CourseFiles::embedded();
    files
        .files
        .retain(|file| !file.name.starts_with("quizzes/") && !file.name.ends_with("ids.lock"));
    for file in &mut files.files {
        file.text = file.text.replace("\"chapter-review\"", "\"every-kind\"");
    }
    files.files.push(SourceText {
        name: "quizzes/every-kind.toml".to_owned(),
        text: include_str!("every-kind.toml").to_owned(),
    });
    decks(&files).remove(0)
}

fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter().map(|one| one.as_str().unwrap()).collect()
}

#[test]
#[ignore = "needs Python, and downloads Anki"]
fn anki_takes_every_note_and_a_second_import_makes_no_second_one() {
    for (deck, title) in [
        (every_kind(), "Landfall::Every kind: a/b & <c>"),
        (
            chapter_review(),
            "Landfall::Chapter review: from Compose to AWS",
        ),
    ] {
        let exported = exchange::anki(&deck);
        let mut deck_later = deck.clone();
        deck_later.questions[0].prompt = "Asked in other words?".to_owned();
        let changed = exchange::anki(&deck_later);
        let rows = exported
            .document
            .lines()
            .filter(|line| line.starts_with("landfall:"))
            .count();
        let read = read_by("anki", &[&exported.document, &changed.document]);
        let [first, second] = &read["runs"].as_array().unwrap()[..] else {
            panic!("two runs")
        };
        assert_eq!(first["new"], rows);
        assert_eq!(first["refused"], 0, "{first}");
        assert_eq!(first["notes"], rows);
        assert_eq!((&second["new"], &second["refused"]), (&json!(0), &json!(0)));
        assert_ne!(second["updated"], 0);
        assert_eq!(second["notes"], rows, "importing again updates");
        assert_eq!(second["cards"], first["cards"]);
        let first_note = &read["notes"][format!("landfall:{}:{}", deck.id, deck.questions[0].id)];
        assert_eq!(first_note["fields"][0], "Asked in other words?");
        for (guid, note) in read["notes"].as_object().unwrap() {
            assert!(guid.starts_with(&format!("landfall:{}:", deck.id)));
            assert_eq!(note["deck"], title);
            assert!(texts(&note["tags"]).contains(&"landfall"));
        }
    }
}

#[test]
#[ignore = "needs Python, and downloads Anki"]
fn anki_shows_what_the_deck_says_with_every_sign() {
    let read = read_by("anki", &[&exchange::anki(&every_kind()).document]);
    let notes = &read["notes"];
    let open = &notes["landfall:every-kind:grace-period"];
    assert_eq!(
        texts(&open["questions"]),
        [
            "Why does healthCheckGracePeriodSeconds matter when p95 > 5s & the app is \"slow\"?\n  It's {1:SHORTANSWER:=no} <b>not</b> [sound:x.mp3] \\(x\\) =1+1"
        ]
    );
    let choice = &notes["landfall:every-kind:which-port"];
    assert_eq!(choice["type"], "Basic");
    let back = texts(&choice["answers"])[0];
    assert!(
        back.contains("Wrong: =HYPERLINK(\"https://example.com\")\nNo port."),
        "{back}"
    );
    assert!(
        back.contains("Right: 5432 <Postgres>\nPostgres & friends."),
        "{back}"
    );
    let cloze = &notes["landfall:every-kind:rule"];
    assert_eq!(cloze["type"], "Cloze");
    assert_eq!(
        texts(&cloze["questions"]),
        [
            "Fill the rule {x}.\n\nPort [...] admits the tasks' group; a } alone, a # and a ~ stay.",
            "Fill the rule {x}.\n\nPort 5432 admits [...]; a } alone, a # and a ~ stay."
        ]
    );
    assert!(
        texts(&cloze["answers"])[1].contains("the tasks' group or a~b#c}d\\ or x::y}} or R& or *")
    );
    assert_eq!(
        notes["landfall:every-kind:grace-period.predict"],
        Value::Null
    );
}

#[test]
#[ignore = "needs Python, and downloads a reader"]
fn moodle_takes_every_question_with_its_answers_and_feedback() {
    for deck in [every_kind(), chapter_review()] {
        let exported = exchange::moodle(&deck);
        let read = read_by("moodle", &[&exported.document]);
        assert_eq!(read["problems"], json!([]));
        let questions = read["questions"].as_array().unwrap();
        assert_eq!(questions.len(), exported.written);
        for question in questions {
            let id = question["idnumber"].as_str().unwrap();
            assert!(deck.item(id).is_some(), "{id}");
            assert!(
                question["category"]
                    .as_str()
                    .unwrap()
                    .starts_with("$course$/top/Landfall/")
            );
            assert_ne!(question["feedback"], "");
        }
    }
}

#[test]
#[ignore = "needs Python, and downloads a reader"]
fn moodle_reads_back_what_the_deck_says_with_every_sign() {
    let read = read_by("moodle", &[&exchange::moodle(&every_kind()).document]);
    let question = |id: &str| {
        let questions = read["questions"].as_array().unwrap();
        questions.iter().find(|one| one["idnumber"] == id).unwrap()
    };
    assert_eq!(
        question("rule")["gaps"],
        json!([
            ["5432", "5432/tcp"],
            ["the tasks' group", "a~b#c}d\\", "x::y}}", "R&", "\\*"]
        ])
    );
    assert_eq!(
        question("grace-period.warm-up")["answers"],
        json!([
            [100.0, "60", "That is the period."],
            [100.0, "\\*60\\*", "That is the period."]
        ])
    );
    assert_eq!(
        question("who-does-what")["pairs"],
        json!([
            ["Target group", "Asks /health & judges"],
            ["ECS", "Replaces <tasks>"],
            ["", "Nothing at all"]
        ])
    );
    let order: Vec<&Value> = question("release")["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| &answer[1])
        .collect();
    assert_eq!(
        order,
        [
            "Push the &lt;image&gt;",
            "Register the revision",
            "Update the service &amp; wait"
        ]
    );
    let guide = question("grace-period")["guide"].as_str().unwrap();
    assert!(
        guide.contains("that&#39;s ]]&gt; &quot;endless&quot;. (worth 2.5)"),
        "{guide}"
    );
    // The other reader sees the same options.
    assert_eq!(
        read["other"]["multichoice"][0],
        json!({
            "name": "which-port",
            "single": true,
            "options": [
                ["6379 \"Redis\"", 0.0, "That is Redis. \u{a0}\u{a0}\u{a0}With a tab."],
                ["5432 <Postgres>", 100.0, "Postgres & friends."],
                ["=HYPERLINK(\"https://example.com\")", 0.0, "No port."]
            ]
        })
    );
    assert_eq!(read["other"]["multichoice"][1]["options"][2][1], -50.0);
    assert_eq!(read["other"]["cloze"][0]["name"], "rule");
}

#[test]
#[ignore = "needs Python"]
fn a_spreadsheet_gets_a_table_without_a_formula() {
    let attempt = |item: &str, option: &str| Attempt {
        id: AttemptId::numbered(1),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: item.to_owned(),
        rev: 1,
        given: Given::Picked {
            options: vec![option.to_owned()],
        },
        confidence: None,
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share: Some(0.0),
        at: "2026-11-20T09:30:00Z".parse().unwrap(),
        seconds: Some(12),
    };
    let attempts = [
        attempt("which-port", "formula"),
        attempt("@SUM(A1),\"\r\nx", "a"),
    ];
    let read = read_by("csv", &[&exchange::csv(&every_kind(), &attempts).document]);
    let rows = read.as_array().unwrap();
    let kinds: Vec<&str> = rows
        .iter()
        .map(|row| row["record"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["attempt", "attempt", "question"]);
    assert_eq!(rows[1]["question"], "'@SUM(A1),\" x");
    assert_eq!(rows[2]["most_chosen_wrong"], "formula");
    for row in rows {
        for cell in row.as_object().unwrap().values() {
            assert!(
                !cell.as_str().unwrap().starts_with(['=', '+', '-', '@']),
                "{cell}"
            );
        }
    }
}
