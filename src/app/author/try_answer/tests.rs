use super::*;
use crate::cli::Cli;
use crate::term::{Captured, Reply, ScriptedPrompter, Ui};
use clap::Parser;
use serde_json::Value;
use std::sync::Arc;

fn context(line: &[&str], width: usize) -> (Context, Captured, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (ui, captured) = Ui::captured(width);
    let whole = ["landfall", "author", "try"].iter().chain(line);
    let globals = Cli::parse_from(whole).globals;
    let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
    (context, captured, folder)
}

fn tried(question: &str, answer: &str, width: usize) -> (Outcome, String) {
    let (context, captured, _folder) = context(&[question], width);
    let outcome = run(&context, question, Some(answer));
    (outcome, captured.out())
}

const ANSWER: &str = "The ALB does not stop sending requests. The load balancer restarts the container, \
                      and ECS launches a new task. It passes something.";

#[test]
fn every_point_is_shown_with_its_words_and_phrase() {
    let (outcome, out) = tried("failed-check-recovery", ANSWER, 80);
    assert_eq!(outcome, Ok(Exit::Passed));
    insta::assert_snapshot!(out);
}

#[test]
fn a_narrow_terminal_shows_the_same() {
    let (_, out) = tried("failed-check-recovery", ANSWER, 40);
    insta::assert_snapshot!(out);
}

#[test]
fn a_row_of_key_words_is_called_so() {
    let (_, out) = tried(
        "managed-data-tier",
        "automated backups automatic failover patching storage autoscaling operational burden",
        80,
    );
    assert!(out.contains("Key words in a row"), "{out}");
    assert!(!out.contains("\nheard: "), "{out}");
}

#[test]
fn programs_get_the_same_as_a_document() {
    let (context, captured, _folder) = context(&["x", "--format", "json"], 80);
    let outcome = run(&context, "failed-check-recovery", Some(ANSWER));
    assert_eq!(outcome, Ok(Exit::Passed));
    let document: Value = serde_json::from_str(&captured.out()).unwrap();
    assert_eq!(document["question"], "failed-check-recovery");
    let points = document["points"].as_array().unwrap();
    let of = |id: &str| points.iter().find(|point| point["point"] == id).unwrap();
    assert_eq!(of("replace")["said"], "heard");
    assert_eq!(of("replace")["quote"], "launches a new task");
    assert_eq!(of("out-of-rotation")["said"], "unclear");
    assert_eq!(of("out-of-rotation")["why"], "negated");
    assert_eq!(of("drain")["said"], "not_detected");
    assert_eq!(
        document["wrong"][0]["say"],
        "The balancer restarts the container."
    );
    assert_eq!(document["notice"], Value::Null);
}

#[test]
fn a_question_that_is_not_there_and_an_empty_answer_are_usage() {
    let (outcome, _) = tried("grace-perid", "x", 80);
    let failure = outcome.unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert_eq!(failure.hints, ["Did you mean `grace-period`?"]);
    let (outcome, out) = tried("grace-period", " \n", 80);
    assert_eq!(outcome.unwrap_err().exit, Exit::Usage);
    assert_eq!(out, "");
}

#[test]
fn at_a_terminal_the_question_is_asked() {
    let (context, captured, _folder) = context(&["grace-period"], 80);
    let (_, question) = find(&context, "grace-period").unwrap();
    let mut prompter = ScriptedPrompter::new([Reply::Type("slow boot".to_owned())]);
    assert_eq!(
        typed(&context, question, &mut prompter),
        Ok(Some("slow boot".to_owned()))
    );
    assert!(
        captured
            .err()
            .contains("health-check grace period of 60 seconds")
    );
    let mut prompter = ScriptedPrompter::new([Reply::Interrupt]);
    assert_eq!(typed(&context, question, &mut prompter), Ok(None));
    let mut prompter = ScriptedPrompter::new([]);
    assert_eq!(
        typed(&context, question, &mut prompter).unwrap_err().exit,
        Exit::Usage
    );
}

#[test]
fn what_is_piped_in_need_not_be_text_and_control_characters_never_reach_the_screen() {
    assert_eq!(piped(&b"slow \xff boot"[..]).unwrap(), "slow \u{fffd} boot");
    let (_, out) = tried(
        "failed-check-recovery",
        "ECS launches \u{1b}a new\u{202e} task.",
        80,
    );
    assert!(out.contains("heard: replace"), "{out}");
    assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
}
