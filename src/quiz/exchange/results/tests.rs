use super::*;
use crate::progress::{
    AttemptId, Confidence, Confirmation, Given, Heard, HeardWrong, Hearing, Mode, Said, SittingId,
    Unclear,
};
use crate::quiz::exchange::sample::every_kind;
use jiff::Timestamp;
use std::collections::BTreeMap;

fn at(minute: u32) -> Timestamp {
    format!("2026-11-20T09:{minute:02}:00Z").parse().unwrap()
}

fn attempt(item: &str, rev: u32, minute: u32, given: Given) -> Attempt {
    Attempt {
        id: AttemptId::numbered(i64::from(minute)),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: item.to_owned(),
        rev,
        given,
        confidence: Some(Confidence::Very),
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share: Some(0.0),
        at: at(minute),
        seconds: Some(40),
    }
}

fn picked(item: &str, minute: u32, option: &str) -> Attempt {
    let options = vec![option.to_owned()];
    attempt(item, 1, minute, Given::Picked { options })
}

/// `loop` was heard and denied, `warm-up` confirmed though nothing was detected, `extra` unclear and confirmed in part.
fn open() -> Attempt {
    let quote = "in a loop".to_owned();
    let heard = Heard::Heard {
        quote: quote.clone(),
    };
    let unclear = Heard::Unclear {
        quote,
        why: Unclear::Negated,
    };
    let said = |said| Confirmation {
        said,
        evidence: None,
        at: at(5),
    };
    Attempt {
        hearing: Hearing {
            points: BTreeMap::from([("loop".to_owned(), heard), ("extra".to_owned(), unclear)]),
            ..Hearing::default()
        },
        confirmed: BTreeMap::from([
            ("warm-up".to_owned(), said(Said::Said)),
            ("loop".to_owned(), said(Said::NotSaid)),
            ("extra".to_owned(), said(Said::Partly)),
        ]),
        share: Some(0.5),
        ..attempt(
            "grace-period",
            2,
            4,
            Given::Text {
                text: "my own secret words".to_owned(),
            },
        )
    }
}

fn some_attempts() -> Vec<Attempt> {
    vec![
        // Not in the order of time, as a caller may have them.
        Attempt {
            share: Some(1.0),
            ..picked("which-port", 3, "postgres")
        },
        Attempt {
            seconds: None,
            ..picked("which-port", 2, "formula")
        },
        Attempt {
            confidence: None,
            share: None,
            ..attempt("rule", 1, 1, Given::NotKnown)
        },
        open(),
        picked("asked-last-year", 6, "a"),
    ]
}

pub(super) fn one_of_each() -> Vec<Record> {
    records(&every_kind(), &some_attempts())
}

fn lines(document: &str) -> Vec<serde_json::Value> {
    document
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn question<'l>(lines: &'l [serde_json::Value], kind: &str, id: &str) -> &'l serde_json::Value {
    lines
        .iter()
        .find(|line| line["type"] == kind && line["question"] == id)
        .unwrap()
}

#[test]
fn figures_are_of_first_attempts_whatever_order_they_come_in() {
    let lines = lines(&jsonl(&every_kind(), &some_attempts()).document);
    let port = question(&lines, "question", "which-port");
    assert_eq!(port["attempts"], 2);
    assert_eq!(port["n"], 1);
    assert_eq!(
        port["facility"], 0.0,
        "the second attempt was right and does not count"
    );
    assert_eq!(port["most_chosen_wrong"], "formula");
    assert_eq!(
        (&port["sure"], &port["confident_errors"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        port["median_seconds"],
        serde_json::Value::Null,
        "not known of the first"
    );
}

#[test]
fn not_knowing_is_counted_apart_and_lowers_no_mean() {
    let lines = lines(&jsonl(&every_kind(), &some_attempts()).document);
    let rule = question(&lines, "question", "rule");
    assert_eq!(rule["not_known"], 1);
    assert_eq!(rule["n"], 0);
    assert_eq!(rule["facility"], serde_json::Value::Null);
    assert_eq!(question(&lines, "attempt", "rule")["attempted"], false);
}

#[test]
fn a_learner_who_overrides_the_grader_is_counted_both_ways() {
    let lines = lines(&jsonl(&every_kind(), &some_attempts()).document);
    let open = question(&lines, "question", "grace-period");
    assert_eq!(open["judged"], 3);
    assert_eq!(open["overridden"], 2, "an unclear point overrides nothing");
    let points: Vec<&serde_json::Value> = lines
        .iter()
        .filter(|line| line["type"] == "point")
        .collect();
    let facilities: Vec<_> = points
        .iter()
        .map(|point| point["facility"].as_f64())
        .collect();
    assert_eq!(facilities, [Some(1.0), Some(0.0), Some(0.5)]);
    assert_eq!(points[0]["confirmed_not_heard"], 1);
    assert_eq!(points[1]["heard_but_denied"], 1);
}

#[test]
fn a_mix_up_that_was_meant_is_a_confident_error_whatever_the_share() {
    let mut answer = Attempt {
        share: Some(0.9),
        ..open()
    };
    let counted = |answer: &Attempt| {
        let lines = lines(&jsonl(&every_kind(), std::slice::from_ref(answer)).document);
        question(&lines, "question", "grace-period")["confident_errors"].clone()
    };
    assert_eq!(counted(&answer), 0);
    answer.hearing.wrong = vec![HeardWrong {
        say: "It delays traffic.".to_owned(),
        quote: "delays".to_owned(),
        meant: Some(true),
    }];
    assert_eq!(counted(&answer), 1);
    answer.confidence = Some(Confidence::NotSure);
    assert_eq!(counted(&answer), 0, "nobody was sure");
}

#[test]
fn an_earlier_revision_has_attempts_and_no_figures() {
    let mut early = open();
    early.rev = 1;
    let lines = lines(&jsonl(&every_kind(), &[early]).document);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["type"], "attempt");
}

#[test]
fn two_learners_have_two_first_attempts() {
    let one = picked("which-port", 1, "formula");
    let other = picked("which-port", 1, "redis");
    let again = picked("which-port", 9, "redis");
    let right = Attempt {
        share: Some(1.0),
        ..picked("which-port", 2, "postgres")
    };
    let learners: [&[&Attempt]; 3] = [&[&one], &[&other, &again], &[&right]];
    let (questions, _) = figures::of(&every_kind(), &learners);
    assert_eq!((questions[0].attempts, questions[0].n), (4, 3));
    assert_eq!(questions[0].facility, Some(1.0 / 3.0));
    assert_eq!(
        questions[0].most_chosen_wrong.as_deref(),
        Some("redis"),
        "the earlier one of the deck"
    );
    assert_eq!(questions[0].most_chosen_wrong_times, Some(1));
}

#[test]
fn a_question_that_is_gone_is_listed_and_said() {
    let exported = csv(&every_kind(), &some_attempts());
    assert_eq!(exported.written, 5);
    assert!(
        exported
            .document
            .contains("attempt,every-kind,asked-last-year,1,,")
    );
    let said: Vec<String> = exported.losses.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "asked-last-year: its attempts are listed, but there are no figures of it, because the deck has no such question any more."
        ]
    );
}

#[test]
fn the_table_holds_every_record_and_none_of_the_learners_words() {
    let document = csv(&every_kind(), &some_attempts()).document;
    assert!(!document.contains("secret words") && !document.contains("in a loop"));
    assert!(!document.starts_with('\u{feff}'));
    assert_eq!(
        document.matches("\r\n").count(),
        document.matches('\n').count()
    );
    insta::assert_snapshot!(document.replace("\r\n", "\n"));
}

#[test]
fn a_cell_of_a_table_that_looks_like_a_formula_is_text() {
    let mut gone = picked("=HYPERLINK(\"x\")", 1, "a");
    gone.mode = Mode::Exam;
    let document = csv(&every_kind(), &[gone]).document;
    let mut reader = ::csv::Reader::from_reader(document.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    assert!(document.contains("\"'=HYPERLINK(\"\"x\"\")\""));
}

#[test]
fn without_attempts_there_is_a_head_and_nothing_else() {
    assert_eq!(csv(&every_kind(), &[]).document.lines().count(), 1);
    assert_eq!(jsonl(&every_kind(), &[]).document, "");
}
