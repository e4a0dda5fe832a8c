//! Whatever the text, reading it ends, panics nowhere, and every problem has a place inside its file.

use super::hostile::{after, mishaps, nasty_text};
use super::testing::{EVERY_KIND, with_deck};
use super::*;
use crate::practice::test_chapter;
use proptest::prelude::*;
use proptest::sample::Index;
use std::time::{Duration, Instant};

/// Far more than any of these texts needs, also on a busy machine; far less than for ever.
const PATIENCE: Duration = Duration::from_secs(20);

const SETTINGS: &str = r#"
region = "eu-west-1"
host = "api.example.com"   # mine
port = 8080
health_path = "/health"
architecture = "arm64"
desired_count = 3
vpc = "vpc-1"

[endpoint]
url = "https://api.example.com"

[database]
instance = "mine"
backup_days = 7

[groups]
alb = "a"
tasks = "b"

[service]
cluster = "c"
cpu = 512
memory = 1024
"#;

fn known_checks() -> Vec<&'static str> {
    crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect()
}

/// Holds a problem against the file it names.
fn assert_placed(problem: &Diagnostic, files: &[SourceText]) {
    let shown = problem.to_string();
    let Some(file) = files.iter().find(|file| file.name == problem.file) else {
        panic!("{shown}\nnames a file that there is not");
    };
    let line = file
        .text
        .split('\n')
        .nth(problem.line - 1)
        .unwrap_or_else(|| panic!("{shown}\nnames a line that there is not"));
    let columns = line.chars().count() + 1;
    assert!(
        (1..=columns).contains(&problem.column),
        "{shown}\nnames column {} of {columns}",
        problem.column
    );
    assert!(problem.caret.1 >= 1, "{shown}\nmarks nothing");
    let odd: Vec<char> = shown
        .chars()
        .filter(|one| *one != '\n' && one.is_control())
        .collect();
    assert!(odd.is_empty(), "{shown:?}\nholds {odd:?}");
}

fn source(name: &str, text: impl Into<String>) -> SourceText {
    SourceText {
        name: name.to_owned(),
        text: text.into(),
    }
}

fn assert_overlay_holds(text: String) {
    let began = Instant::now();
    let file = source("landfall.toml", text);
    if let Err(problems) = overlay(&test_chapter(), &file) {
        assert!(!problems.is_empty());
        for problem in &problems {
            assert_placed(problem, std::slice::from_ref(&file));
        }
    }
    assert!(began.elapsed() < PATIENCE);
}

fn deck() -> Deck {
    let (course, _) = load(&CourseFiles::embedded(), &known_checks()).unwrap();
    course.decks[0].clone()
}

fn answers_file(deck: &Deck) -> String {
    let mut text = String::new();
    for question in deck.questions.iter().take(4) {
        let said: Vec<String> = question
            .points()
            .iter()
            .map(|one| format!("\"{}\"", one.id))
            .collect();
        text.push_str(&format!(
            "[[answer]]\nquestion = \"{}\"\ntext = \"\"\"\nsome words\n\"\"\"\nsaid = [{}]\npartly = []\n\n",
            question.id,
            said.join(", ")
        ));
    }
    text
}

fn assert_answers_hold(deck: &Deck, text: String) {
    let file = source("answers.toml", text);
    if let Err(problems) = answers(deck, &file) {
        assert!(!problems.is_empty());
        for problem in &problems {
            assert_placed(problem, std::slice::from_ref(&file));
        }
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_course_with_a_spoilt_file_is_refused_with_places_or_loads(
        which in any::<Index>(),
        mishaps in mishaps(),
    ) {
        let mut files = CourseFiles::embedded();
        let at = which.index(files.files.len());
        files.files[at].text = after(&files.files[at].text, &mishaps);
        let began = Instant::now();
        let problems = match load(&files, &known_checks()) {
            Ok((_, warnings)) => warnings,
            Err(problems) => {
                prop_assert!(problems.iter().any(|one| one.severity == Severity::Error));
                problems
            }
        };
        for problem in &problems {
            assert_placed(problem, &files.files);
        }
        prop_assert!(began.elapsed() < PATIENCE);
    }

    #[test]
    fn a_spoilt_deck_of_every_kind_is_refused_with_places_or_loads(mishaps in mishaps()) {
        let files = with_deck(&after(EVERY_KIND, &mishaps));
        let began = Instant::now();
        let problems = match load(&files, &known_checks()) {
            Ok((_, warnings)) => warnings,
            Err(problems) => problems,
        };
        for problem in &problems {
            assert_placed(problem, &files.files);
        }
        prop_assert!(began.elapsed() < PATIENCE);
    }

    #[test]
    fn a_lesson_or_deck_of_nothing_but_trouble_is_refused_with_places(
        which in any::<Index>(),
        text in nasty_text(),
        front in any::<bool>(),
    ) {
        let mut files = CourseFiles::embedded();
        let at = which.index(files.files.len());
        files.files[at].text = if front { format!("+++\n{text}\n+++\n{text}") } else { text };
        if let Err(problems) = load(&files, &known_checks()) {
            for problem in &problems {
                assert_placed(problem, &files.files);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_spoilt_landfall_toml_is_refused_with_places_or_read(mishaps in mishaps()) {
        assert_overlay_holds(after(SETTINGS, &mishaps));
    }

    #[test]
    fn any_text_as_landfall_toml_is_refused_with_places_or_read(text in nasty_text()) {
        assert_overlay_holds(text);
    }

    #[test]
    fn code_blocks_and_placeholders_are_found_in_any_text(text in nasty_text()) {
        for fence in fences(&text) {
            prop_assert!(text.is_char_boundary(fence.at));
        }
        for (name, range) in placeholders(&text) {
            prop_assert!(text[range].contains(name));
        }
        // Putting back what was there changes nothing.
        let names: Vec<String> = placeholders(&text)
            .into_iter()
            .map(|(_, range)| text[range].to_owned())
            .collect();
        let next = std::cell::Cell::new(0);
        let same = fill(&text, |_| {
            next.set(next.get() + 1);
            names[next.get() - 1].clone()
        });
        prop_assert_eq!(same, text);
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_spoilt_file_of_answers_is_refused_with_places_or_read(
        mishaps in mishaps(),
        text in nasty_text(),
    ) {
        let deck = deck();
        assert_answers_hold(&deck, after(&answers_file(&deck), &mishaps));
        assert_answers_hold(&deck, text);
    }
}

#[test]
fn nesting_without_end_is_refused_and_ends_nothing() {
    for deep in [
        format!("a = {}", "[".repeat(30_000)),
        format!("a = {}{}", "[".repeat(30_000), "]".repeat(30_000)),
        format!("a = {}", "{a=".repeat(20_000)),
        format!("{} = 1", vec!["a"; 30_000].join(".")),
        format!("[{}]\nb = 1", vec!["a"; 30_000].join(".")),
    ] {
        assert_overlay_holds(deep);
    }
}

#[test]
fn placeholders_are_looked_for_once() {
    let began = Instant::now();
    let text = "{{ a b ".repeat(200_000) + "}}";
    assert_eq!(placeholders(&text), []);
    assert!(began.elapsed() < PATIENCE);
}

#[test]
fn what_editors_on_windows_do_to_a_file_changes_nothing() {
    for spoil in [
        (|text: &str| format!("\u{feff}{text}")) as fn(&str) -> String,
        |text| text.replace('\n', "\r\n"),
    ] {
        let mut files = CourseFiles::embedded();
        for file in &mut files.files {
            file.text = spoil(&file.text);
        }
        let (_, warnings) = load(&files, &known_checks()).unwrap_or_else(|problems| {
            let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", shown.join("\n"))
        });
        assert_eq!(warnings, []);
        let read = |text: String| overlay(&test_chapter(), &source("landfall.toml", text)).unwrap();
        assert_eq!(read(spoil(SETTINGS)), read(SETTINGS.to_owned()));
        let deck = deck();
        let text = answers_file(&deck);
        let given = answers(&deck, &source("answers.toml", spoil(&text))).unwrap();
        assert_eq!(given.len(), 4);
    }
}
