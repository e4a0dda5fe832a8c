//! A quiz without anybody at the terminal.

use super::*;
use crate::cli::Cli;
use crate::progress::Given;
use crate::term::{Captured, Ui};
use clap::Parser;
use std::sync::Arc;

struct Desk {
    folder: tempfile::TempDir,
    context: Context,
    captured: Captured,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ui, captured) = Ui::captured(80);
        let globals =
            Cli::parse_from(["landfall", "--account", "practice", "--format", "json"]).globals;
        Desk {
            context: Context::apart(globals, Arc::new(ui), folder.path()).unwrap(),
            folder,
            captured,
        }
    }

    fn answer(&mut self, text: &str) -> Outcome {
        let path = self.folder.path().join("answers.toml");
        std::fs::write(&path, text).unwrap();
        let args = QuizArgs {
            answers: Some(path),
            ..QuizArgs::default()
        };
        run(&mut self.context, &args)
    }

    fn kept(&self) -> Vec<crate::progress::Attempt> {
        self.context.store.attempts(DEFAULT_DECK).unwrap()
    }
}

#[test]
fn every_kind_can_be_answered_from_a_file_and_is_judged() {
    let mut desk = Desk::new();
    let answers = r#"
[[answer]]
question = "grace-period"
text = "A new task needs time to start; until then ECS ignores failing checks."
sure = "very"
said = ["warm-up"]
partly = ["ignored-failures"]

[[answer]]
question = "alb-purpose"

[[answer]]
question = "managed-data-tier.restore"
blank = { which = "new", address = "endpoint", when = "start" }

[[answer]]
question = "grace-period.predict"
value = "60"

[[answer]]
question = "grace-period.find"
lines = [1]
"#;
    assert_eq!(desk.answer(answers), Ok(Exit::Passed));
    let kept = desk.kept();
    assert_eq!(kept.len(), 5);
    let shares: Vec<Option<f64>> = kept.iter().map(|attempt| attempt.share).collect();
    assert_eq!(
        shares,
        [Some(0.375), None, Some(1.0), Some(1.0), Some(0.0)],
        "one and a half of four points; not known is no 0"
    );
    assert_eq!(kept[1].given, Given::NotKnown);
    let document: serde_json::Value = serde_json::from_str(&desk.captured.out()).unwrap();
    assert_eq!(document["schema"], 1);
    assert_eq!(document["result"]["questions"][0]["id"], "grace-period");
    assert_eq!(document["blank"], 0);
}

#[test]
fn of_a_file_that_is_not_understood_nothing_is_kept_and_every_mistake_is_named() {
    let mut desk = Desk::new();
    let answers = r#"
[[answer]]
question = "grace-perod"
text = "x"

[[answer]]
question = "alb-purpose"
text = "x"
said = ["tls", "hostname"]
sure = "certain"
"#;
    let failure = desk.answer(answers).unwrap_err();
    assert_eq!(failure.exit, Exit::Content);
    for part in [
        "`grace-perod`",
        "did you mean `grace-period`",
        "no point `hostname`",
        "answers.toml:9:",
        "`certain` is not one of: not_sure, fairly, very",
    ] {
        assert!(
            failure.message.contains(part),
            "{part}: {}",
            failure.message
        );
    }
    assert!(desk.kept().is_empty());
    assert_eq!(desk.captured.out(), "");
}
