//! Every question of the deck, as it is put and answered, on a wide and on a narrow terminal.

use super::*;
use crate::account::Chapter;
use crate::course::{Course, CourseFiles, Deck, Kind, load};
use crate::practice;
use crate::progress::{Attempt, AttemptId, Given, Hearing, Mode, Posed, SittingId};
use crate::quiz::judge::{judge, to_confirm};
use crate::quiz::shown::shown;
use crate::quiz::sitting::At;
use crate::quiz::stack::{Ground, pose};
use crate::term::Line;
use jiff::Timestamp;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

fn course() -> Course {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&CourseFiles::embedded(), &known).unwrap().0
}

fn finished(chapter: &Chapter) -> crate::account::Snapshot {
    let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, now);
    practice::snapshot(&state, chapter, now)
}

/// Every item of the deck, with what an account question shows.
fn items(deck: &Deck, chapter: &Chapter) -> Vec<(crate::course::Question, Option<Posed>)> {
    let practice = finished(chapter);
    let ground = Ground {
        own: Some(&practice),
        practice: &practice,
    };
    deck.questions
        .iter()
        .chain(&deck.retries)
        .map(|question| (question.clone(), pose(question, &ground)))
        .collect()
}

fn attempt(question: &crate::course::Question, given: Given, posed: Option<Posed>) -> Attempt {
    Attempt {
        id: AttemptId::numbered(1),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: question.id.0.clone(),
        rev: question.rev,
        given,
        confidence: None,
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed,
        share: None,
        at: Timestamp::UNIX_EPOCH,
        seconds: None,
    }
}

/// Lines that are wider than the terminal, but for addresses and words that have no place to break.
fn too_wide(lines: &[Line], width: usize) -> Vec<String> {
    lines
        .iter()
        .map(Line::to_text)
        .filter(|line| line.width() > width)
        .filter(|line| {
            line.split_whitespace()
                .all(|word| word.width() <= width / 2)
        })
        .collect()
}

#[test]
fn no_question_is_wider_than_the_terminal_and_none_shows_its_key() {
    let course = course();
    let deck = &course.decks[0];
    for (question, posed) in items(deck, &course.chapter) {
        let at = At {
            question: &question,
            number: 1,
            of: 10,
            comes_back: false,
        };
        let head = Head {
            at,
            mode: Mode::Exam,
            flagged: true,
            minutes_used: 3,
            minutes: Some(60),
        };
        for width in [40, 80] {
            let lines = super::question(&head, &shown(&question, 7), posed.as_ref(), width);
            let wide = too_wide(&lines, width);
            assert!(wide.is_empty(), "{}: {wide:#?}", question.id);
            let text: String = lines.iter().map(|line| line.to_text() + "\n").collect();
            assert!(!text.contains("{{"), "{}: a gap's name", question.id);
            assert!(!text.contains('\u{1b}'));
            if let Kind::Choice(options) | Kind::Multi(options) = &question.kind {
                for option in &options.options {
                    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(!flat.contains(&option.why), "{}: a reason", question.id);
                }
            }
        }
    }
}

#[test]
fn columns_of_a_page_stay_under_each_other() {
    let course = course();
    let deck = &course.decks[0];
    let question = deck.question("sg-least-privilege.rules-page").unwrap();
    let practice = finished(&course.chapter);
    let ground = Ground {
        own: None,
        practice: &practice,
    };
    let posed = pose(question, &ground);
    let head = Head {
        at: At {
            question,
            number: 1,
            of: 1,
            comes_back: false,
        },
        mode: Mode::Practice,
        flagged: false,
        minutes_used: 0,
        minutes: None,
    };
    let lines = super::question(&head, &shown(question, 7), posed.as_ref(), 80);
    let columns: Vec<usize> = lines
        .iter()
        .map(Line::to_text)
        .filter(|line| line.contains(" tcp ") || line.contains(" PROTOCOL "))
        .filter_map(|line| line.find("tcp").or(line.find("PROTOCOL")))
        .collect();
    assert_eq!(columns.len(), 7);
    assert!(columns.iter().all(|column| *column == columns[0]));
    let text: String = lines.iter().map(Line::to_text).collect();
    assert!(
        !text.contains("practice account"),
        "the text is nobody's stack"
    );
}

#[test]
fn somebody_who_does_not_know_sees_the_answer_and_its_reason_for_every_item() {
    let course = course();
    let deck = &course.decks[0];
    for (question, posed) in items(deck, &course.chapter) {
        for width in [40, 80] {
            let lines = not_known(&question, posed.as_ref(), width);
            let wide = too_wide(&lines, width);
            assert!(wide.is_empty(), "{}: {wide:#?}", question.id);
            assert!(lines.len() > 3, "{}: {lines:#?}", question.id);
            let text: String = lines.iter().map(Line::to_text).collect();
            assert!(!text.contains("not right"), "{}: no blame", question.id);
        }
    }
}

#[test]
fn after_an_answer_every_option_has_its_mark_word_and_reason() {
    let course = course();
    let deck = &course.decks[0];
    let mut seen = 0;
    for (question, posed) in items(deck, &course.chapter) {
        let (Kind::Choice(options) | Kind::Multi(options)) = &question.kind else {
            continue;
        };
        seen += 1;
        let wrong = options.options.iter().find(|option| !option.right).unwrap();
        let given = Given::Picked {
            options: vec![wrong.id.clone()],
        };
        let attempt = attempt(&question, given, posed);
        let judged = judge(&question, &attempt.given, None, &attempt.confirmed).unwrap();
        let lines = feedback(&question, &attempt, &judged, 80);
        let flat = lines
            .iter()
            .map(Line::to_text)
            .collect::<Vec<_>>()
            .join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for option in &options.options {
            let why = option.why.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(&why), "{}: {why}", question.id);
        }
        assert!(flat.contains("✘ not so: "), "{}: {flat}", question.id);
        assert!(flat.contains("missed: "), "{}: {flat}", question.id);
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn what_was_not_detected_is_never_called_missed() {
    let course = course();
    let question = course.decks[0].question("grace-period").unwrap();
    let given = Given::Text {
        text: "something else".to_owned(),
    };
    let attempt = attempt(question, given, None);
    let open = to_confirm(question, &attempt.given, None, &attempt.confirmed);
    let mut lines = reveal(question, &attempt, 80);
    for (at, one) in open.iter().enumerate() {
        lines.extend(point(question, &attempt, one, open.len() - at, 80));
    }
    let text: String = lines.iter().map(|line| line.to_text() + "\n").collect();
    assert!(text.contains("· not detected: which says nothing; you decide"));
    assert!(text.contains("| something else"));
    for blame in ["missed", "wrong", "✘", "forgot"] {
        let shown = text.split("A model answer").next().unwrap_or_default();
        assert!(!shown.contains(blame), "{blame}: {shown}");
        let points = text.split("Now ").last().unwrap_or_default();
        assert!(!points.contains(blame), "{blame}: {points}");
    }
}

#[test]
fn how_many_faults_were_found_and_how_many_picks_were_right_stand_apart() {
    let course = course();
    let question = course.decks[0]
        .question("sg-least-privilege.rules-page")
        .unwrap();
    let practice = finished(&course.chapter);
    let ground = Ground {
        own: None,
        practice: &practice,
    };
    let given = Given::Inspected {
        lines: vec![2, 6],
        why: "the tasks are left outside".to_owned(),
    };
    let attempt = attempt(question, given, pose(question, &ground));
    let lines = reveal(question, &attempt, 80);
    let text: String = lines.iter().map(|line| line.to_text() + "\n").collect();
    assert!(
        text.contains("Of 2 faults you found 1; of 2 places that you picked, 1 was right to pick."),
        "{text}"
    );
    assert!(text.contains("· not found: line 5") && text.contains("✘ line 2 is right"));
}
