//! Our pages in a real browser: no error on the console, nothing asked for from outside, and what the keyboard does.
//! They need Chromium, so `.ci/run` installs it and runs them; `cargo test` leaves them out.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod axe;
mod chromium;
#[path = "../python/mod.rs"]
mod python;

use chromium::{Browser, Seen};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use landfall::account::Snapshot;
use landfall::checks::{self, Stack, verify_all};
use landfall::course::{self, Course, CourseFiles};
use landfall::practice;
use landfall::progress::{Attempt, AttemptId, Confidence, Given, Hearing, Mode, SittingId};
use landfall::quiz::back;
use landfall::quiz::schedule::{Today, standings};
use landfall::report::map::{map, map_html, map_svg};
use landfall::report::{AccountNumber, QuizReport, ReportInput, html, learner_report};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn course() -> Course {
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    course::load(&CourseFiles::embedded(), &known).unwrap().0
}

/// The finished practice account with a fault.
fn broken(course: &Course, cause: &str) -> Snapshot {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, now);
    practice::break_cause(&mut state, cause, &course.chapter, now).unwrap();
    practice::snapshot(&state, &course.chapter, now)
}

const PLANT: &str = "\"'><script>console.error('in')</script><img src=https://example.com/x onerror=alert(1)>\u{202e}\u{1b}[31m]]>";

/// Names of somebody who wants to get into the page.
fn hostile(course: &Course) -> Snapshot {
    let mut snapshot = broken(course, "database-closed-to-tasks");
    let text = serde_json::to_string(&snapshot).unwrap();
    for name in [
        "news-api-alb",
        "news-api-tg",
        "news-api-db",
        "ecsTaskExecutionRole",
    ] {
        assert!(text.contains(name), "{name}");
        let planted = serde_json::to_string(&format!("{name}{PLANT}")).unwrap();
        let text = serde_json::to_string(&snapshot).unwrap();
        snapshot = serde_json::from_str(&text.replace(&format!("\"{name}\""), &planted)).unwrap();
    }
    snapshot
}

struct Pages {
    folder: tempfile::TempDir,
    browser: Browser,
}

impl Pages {
    fn new() -> Self {
        Pages {
            folder: tempfile::tempdir().unwrap(),
            browser: Browser::start(),
        }
    }

    fn open(&mut self, name: &str, text: &str) -> Seen {
        let file: PathBuf = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        self.browser.open(&file)
    }
}

fn quiet(seen: &Seen, page: &str) {
    assert_eq!(seen.errors, [""; 0], "{page}");
    assert_eq!(seen.requests, [""; 0], "{page}");
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn the_map_opens_without_an_error_and_asks_for_nothing() {
    let course = course();
    let mut pages = Pages::new();
    for (name, snapshot) in [
        ("fault", broken(&course, "database-closed-to-tasks")),
        ("hostile", hostile(&course)),
    ] {
        let nothing = BTreeSet::new();
        let stack = Stack {
            snapshot: &snapshot,
            attested: &nothing,
            teardown_begun: false,
        };
        let map = map(&stack, &verify_all(&snapshot, &course, &nothing));
        let page = map_html(&map);
        quiet(&pages.open(&format!("{name}.html"), &page), name);
        let picture =
            "document.querySelector('svg.landfall-map').getBoundingClientRect().width > 300";
        assert_eq!(pages.browser.value(picture), true, "{name}: no picture");
        let foreign = pages
            .browser
            .value("document.querySelectorAll('script, img').length");
        assert_eq!(foreign, 0, "{name}: a foreign element");

        let seen = pages.open(&format!("{name}.svg"), &map_svg(&map));
        quiet(&seen, name);
        let root = pages.browser.value("document.documentElement.localName");
        assert_eq!(root, "svg", "{name}: not well formed");
    }
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_part_of_the_map_is_reached_with_the_keyboard_and_opens_what_is_said_of_it() {
    let course = course();
    let snapshot = broken(&course, "database-closed-to-tasks");
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot: &snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let map = map(&stack, &verify_all(&snapshot, &course, &nothing));
    let mut pages = Pages::new();
    pages.open("map.html", &map_html(&map));
    let is_open = "document.getElementById('part-balancer').parentElement.open";
    assert_eq!(pages.browser.value(is_open), false);
    let mut reached = false;
    for _ in 0..40 {
        pages.browser.press("Tab", 9);
        let at = "document.activeElement.getAttribute('href')";
        reached = pages.browser.value(at) == "#part-balancer";
        if reached {
            break;
        }
    }
    assert!(reached, "Tab leads to the load balancer");
    pages.browser.press("Enter", 13);
    assert_eq!(pages.browser.value(is_open), true);

    let paper = "getComputedStyle(document.querySelector('.landfall-map .paper')).fill";
    pages.browser.prefer("light");
    assert_eq!(pages.browser.value(paper), "rgb(255, 255, 255)");
    pages.browser.prefer("dark");
    assert_eq!(pages.browser.value(paper), "rgb(13, 17, 23)");
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn the_report_opens_without_an_error_and_asks_for_nothing() {
    let course = course();
    let snapshot = broken(&course, "database-public");
    let nothing = BTreeSet::new();
    let report = learner_report(
        &course,
        ReportInput {
            snapshot: &snapshot,
            verification: &verify_all(&snapshot, &course, &nothing),
            left_out: &nothing,
            quizzes: vec![quiz(&course)],
            looked_at_local: "today".to_owned(),
            number: AccountNumber::InFull,
        },
    );
    let mut pages = Pages::new();
    quiet(&pages.open("report.html", &html(&report)), "report");
    let foreign = pages
        .browser
        .value("document.querySelectorAll('script, img, svg').length");
    assert_eq!(foreign, 0, "an answer is text");
    let bars = pages
        .browser
        .value("document.querySelector('.spark').getAttribute('aria-label')");
    assert_eq!(bars, "40 %, 100 %");
}

/// A sitting in which somebody wants to get into the page: sure, and wrong.
fn quiz(course: &Course) -> QuizReport {
    let deck = &course.decks[0];
    let question = &deck.questions[0];
    let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
    let attempt = Attempt {
        id: AttemptId::numbered(1),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: question.id.0.clone(),
        rev: question.rev,
        given: Given::Text {
            text: PLANT.to_owned(),
        },
        confidence: Some(Confidence::Very),
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share: Some(0.0),
        at: now,
        seconds: None,
    };
    let today = Today {
        now,
        zone: TimeZone::UTC,
        course_ends: None,
    };
    let mut standings = standings(deck, &[], &today);
    standings[0].shares = vec![0.4, 1.0];
    let attempts = [attempt];
    QuizReport::of(
        Some((now, "today".to_owned())),
        back::sitting(deck, &attempts),
        back::overview(
            deck,
            &course.patterns,
            &attempts,
            &standings,
            now.to_zoned(TimeZone::UTC).date(),
        ),
    )
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn what_is_wrong_with_a_page_is_seen() {
    let mut pages = Pages::new();
    let seen = pages.open("log.html", "<script>console.error('no')</script>");
    assert_eq!(seen.errors.len(), 1, "{seen:?}");
    let seen = pages.open("throw.html", "<script>throw new Error('no')</script>");
    assert_eq!(seen.errors.len(), 1, "{seen:?}");
    let seen = pages.open("image.html", "<img src='https://example.com/x.png'>");
    assert_eq!(seen.requests, ["https://example.com/x.png"]);
    let seen = pages.open(
        "late.html",
        "<script>setTimeout(() => fetch('https://example.com/y'), 200)</script>",
    );
    assert_eq!(seen.requests, ["https://example.com/y"]);
    let policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"/>";
    let seen = pages.open(
        "policy.html",
        &format!("{policy}<img src='https://example.com/x.png'>"),
    );
    assert!(seen.errors.len() + seen.requests.len() > 0, "{seen:?}");
    quiet(
        &pages.open("good.html", "<link rel='icon' href='data:,'/><p>good"),
        "good",
    );
}

#[test]
#[ignore = "needs Chromium and Python; .ci/run runs it"]
fn axe_finds_nothing_to_object_to_in_the_report_and_the_map() {
    let course = course();
    let snapshot = broken(&course, "database-closed-to-tasks");
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot: &snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let verification = verify_all(&snapshot, &course, &nothing);
    let report = learner_report(
        &course,
        ReportInput {
            snapshot: &snapshot,
            verification: &verification,
            left_out: &nothing,
            quizzes: vec![quiz(&course)],
            looked_at_local: "today".to_owned(),
            number: AccountNumber::InFull,
        },
    );
    let mut pages = Pages::new();
    for (name, page) in [
        ("report.html", html(&report)),
        ("map.html", map_html(&map(&stack, &verification))),
    ] {
        pages.open(name, &page);
        for scheme in ["light", "dark"] {
            pages.browser.prefer(scheme);
            let found = axe::violations(&mut pages.browser);
            assert_eq!(found, [""; 0], "{name}, {scheme}");
        }
    }
}
