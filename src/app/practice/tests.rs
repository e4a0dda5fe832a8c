//! The command as a learner sees it.

use super::*;
use crate::cli::Cli;
use crate::term::{Captured, Ui};
use clap::Parser;
use serde_json::Value;
use std::sync::Arc;

struct Desk {
    _folder: tempfile::TempDir,
    context: Context,
    captured: Captured,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ui, captured) = Ui::captured(80);
        let globals = Cli::parse_from(["landfall"]).globals;
        Desk {
            context: Context::apart(globals, Arc::new(ui), folder.path()).unwrap(),
            _folder: folder,
            captured,
        }
    }

    fn run(&mut self, action: &PracticeAction, format: Format) -> Outcome {
        self.captured.clear();
        self.context.globals.format = Some(format);
        run(&mut self.context, action)
    }

    fn text(&mut self, action: &PracticeAction) -> String {
        assert_eq!(self.run(action, Format::Text), Ok(Exit::Passed));
        self.captured.out()
    }

    fn json(&mut self, action: &PracticeAction) -> Value {
        assert_eq!(self.run(action, Format::Json), Ok(Exit::Passed));
        serde_json::from_str(&self.captured.out()).unwrap()
    }

    fn confirmed(&self) -> Vec<String> {
        let snapshot = practice::empty_account(&self.context.chapter(), now());
        let kept = self
            .context
            .store
            .attestations(&Context::stack_key(&snapshot));
        kept.unwrap().into_keys().collect()
    }
}

fn apply(step: &str) -> PracticeAction {
    PracticeAction::Apply {
        step: Some(step.to_owned()),
        all: false,
    }
}

fn all() -> PracticeAction {
    PracticeAction::Apply {
        step: None,
        all: true,
    }
}

fn break_it(cause: &str) -> PracticeAction {
    PracticeAction::Break {
        cause: Some(cause.to_owned()),
    }
}

#[test]
fn applying_says_what_came_along_and_what_is_still_coming_up() {
    let mut desk = Desk::new();
    let text = desk.text(&apply("rds.instance"));
    assert_eq!(
        text,
        "Applied 3 steps:\n  iam-user.identity\n  rds.network\n  rds.instance\n\
         Still coming up:\n  the database (rds.instance): 6 seconds\n"
    );
    assert!(desk.captured.err().contains("verify --watch"));
    let status = desk.text(&PracticeAction::Status);
    assert!(status.contains("3 of 26 steps applied"), "{status}");
    assert!(
        status.contains("Next: landfall practice apply root-account.mfa"),
        "{status}"
    );
}

#[test]
fn applying_everything_confirms_what_no_api_shows() {
    let mut desk = Desk::new();
    let done = desk.json(&all());
    assert_eq!(done["applied"].as_array().unwrap().len(), 26);
    assert_eq!(done["account"]["waiting"], serde_json::json!([]));
    assert_eq!(desk.confirmed(), ["budget.email-read"]);
    let again = desk.text(&all());
    assert!(again.starts_with("Nothing to do"), "{again}");
}

#[test]
fn a_fault_is_named_with_how_to_find_and_repair_it() {
    let mut desk = Desk::new();
    desk.text(&all());
    let text = desk.text(&break_it("database-public"));
    assert!(
        text.contains("database-public: Gives the database a public address."),
        "{text}"
    );
    assert!(
        desk.captured
            .err()
            .contains("landfall practice apply rds.instance")
    );
    let status = desk.json(&PracticeAction::Status);
    assert_eq!(status["account"]["broken"][0]["cause"], "database-public");
    let repaired = desk.json(&apply("rds.instance"));
    assert_eq!(repaired["repaired"], serde_json::json!(["database-public"]));
    assert_eq!(repaired["account"]["broken"], serde_json::json!([]));
}

#[test]
fn a_mistyped_step_gets_a_suggestion_and_the_list() {
    let failure = Desk::new()
        .run(&apply("rds.instnace"), Format::Text)
        .unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert_eq!(failure.hints[0], "Did you mean rds.instance?");
    assert!(failure.hints[1].contains("teardown.leftovers"));
}

#[test]
fn a_lesson_in_place_of_a_step_gets_its_steps() {
    let failure = Desk::new().run(&apply("rds"), Format::Text).unwrap_err();
    assert_eq!(
        failure.hints,
        ["Its steps: rds.network, rds.instance, rds.inbound, rds.parameter."]
    );
}

#[test]
fn a_mistyped_cause_gets_a_suggestion_and_the_way_to_the_list() {
    let failure = Desk::new()
        .run(&break_it("database-publik"), Format::Text)
        .unwrap_err();
    assert_eq!(failure.hints[0], "Did you mean database-public?");
    assert!(failure.hints[1].contains("landfall practice break"));
}

#[test]
fn a_fault_that_comes_too_early_says_which_step_is_first() {
    let failure = Desk::new()
        .run(&break_it("database-public"), Format::Text)
        .unwrap_err();
    assert_eq!(failure.exit, Exit::Unfinished);
    assert!(failure.message.contains("rds.instance"), "{failure}");
    assert!(failure.hints[0].contains("landfall practice apply rds.instance"));
}

#[test]
fn the_list_of_faults_tells_those_that_are_possible_now() {
    let mut desk = Desk::new();
    let nothing = PracticeAction::Break { cause: None };
    let empty = desk.text(&nothing);
    assert!(!empty.contains("Can be broken now"), "{empty}");
    assert!(empty.contains("(after rds.instance)"), "{empty}");
    desk.text(&all());
    let full = desk.json(&nothing);
    let possible = |id: &str| {
        let causes = full["causes"].as_array().unwrap();
        causes.iter().find(|cause| cause["cause"] == id).unwrap()["possible"].clone()
    };
    assert_eq!(possible("database-public"), true);
    assert_eq!(possible("leftovers-cost-money"), false);
}

#[test]
fn the_last_second_is_one_second() {
    let waiting = practice::Waiting {
        step: "rds.instance",
        what: "the database",
        seconds: 1,
    };
    let stand = practice::Status {
        applied: vec!["rds.instance"],
        open: vec![],
        waiting: vec![waiting],
        broken: vec![],
    };
    let chapter = practice::test_chapter();
    let text = crate::term::to_text(&words::status(&stand, &chapter));
    assert!(
        text.contains("the database (rds.instance): 1 second\n"),
        "{text}"
    );
    assert!(text.contains("1 of 1 step applied"), "{text}");
}

#[test]
fn taking_everything_down_begins_the_teardown_and_building_it_again_ends_it() {
    let mut desk = Desk::new();
    let begun = |desk: &Desk| {
        let snapshot = practice::empty_account(&desk.context.chapter(), now());
        evidence::teardown_begun(&desk.context, &Context::stack_key(&snapshot)).unwrap()
    };
    desk.text(&all());
    assert!(!begun(&desk));
    let text = desk.text(&apply("teardown.leftovers"));
    assert!(
        text.contains("Taken down what these steps had built:\n  ecr-push.repository"),
        "{text}"
    );
    assert!(begun(&desk));
    desk.text(&all());
    assert!(!begun(&desk));
}

#[test]
fn a_reset_forgets_confirmations_too() {
    let mut desk = Desk::new();
    desk.text(&all());
    let text = desk.text(&PracticeAction::Reset);
    assert!(
        text.starts_with("The practice account is empty again"),
        "{text}"
    );
    assert!(desk.confirmed().is_empty());
    let status = desk.json(&PracticeAction::Status);
    assert_eq!(status["account"]["applied"], serde_json::json!([]));
}

#[test]
fn an_unreadable_file_is_spoken_of_and_kept() {
    let mut desk = Desk::new();
    let folder = desk.context.practice_folder();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("practice.json"), "{\"schema\":1,").unwrap();
    desk.text(&PracticeAction::Status);
    let told = desk.captured.err().replace('\n', " ");
    assert!(told.contains("could not be read"), "{told}");
    assert!(told.contains("practice.unreadable-1.json"), "{told}");
}

#[test]
fn other_formats_are_refused() {
    let failure = Desk::new()
        .run(&PracticeAction::Status, Format::Html)
        .unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let mut desk = Desk::new();
    desk.text(&all());
    let listed = desk.text(&PracticeAction::Break { cause: None });
    let widest = listed.lines().max_by_key(|line| line.len()).unwrap();
    assert!(widest.len() <= 80, "{widest}");
    let goes_on = "    the budget cannot be read.";
    assert!(listed.lines().any(|line| line == goes_on), "{listed}");
}
