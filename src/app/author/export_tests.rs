//! Export and import as an author sees them.

use super::*;
use crate::app::author::import;
use crate::cli::Cli;
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
        let (ui, captured) = Ui::captured(100);
        let globals = Cli::parse_from(["landfall"]).globals;
        Desk {
            context: Context::apart(globals, Arc::new(ui), folder.path()).unwrap(),
            folder,
            captured,
        }
    }

    fn export(&self, to: ExportFormat) -> (String, String) {
        assert_eq!(run(&self.context, to, None), Ok(Exit::Passed));
        (self.captured.out(), self.captured.err())
    }

    fn import(&self, name: &str, text: &str) -> Outcome {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        import::run(&self.context.globals, &self.context.ui, &file)
    }
}

#[test]
fn the_document_goes_to_stdout_and_what_is_lost_to_stderr() {
    let desk = Desk::new();
    let (out, err) = desk.export(ExportFormat::Anki);
    assert!(out.starts_with("#separator:tab\n"));
    assert!(out.contains("landfall:chapter-review:managed-data-tier/backups\t"));
    assert!(!out.contains("questions written"));
    assert!(err.contains(" questions written.\n"), "{err}");
    assert!(
        err.contains(" lose something:\n  - the phrases that are listened for and the labelled answers are left out,"),
        "{err}"
    );
}

#[test]
fn where_nothing_is_lost_that_is_said() {
    let desk = Desk::new();
    let (out, err) = desk.export(ExportFormat::Csv);
    assert!(out.starts_with("record,deck,question,"));
    assert_eq!(err, "0 answers written.\nNothing is lost.\n");
}

#[test]
fn a_deck_that_is_none_is_refused_with_the_nearest() {
    let desk = Desk::new();
    let refused = run(&desk.context, ExportFormat::Moodle, Some("chapter-reviw")).unwrap_err();
    assert_eq!(refused.exit, Exit::Usage);
    assert_eq!(refused.hints, ["Did you mean `chapter-review`?"]);
    assert_eq!(desk.captured.out(), "");
}

#[test]
fn an_imported_quiz_is_a_deck_called_like_its_file() {
    let desk = Desk::new();
    let quiz = "[[questions]]\nid = \"port\"\ntype = \"ShortAnswer\"\nprompt.prompt = \"Port?\"\nanswer.answer = \"5432\"\ncontext = \"So.\"\n";
    assert_eq!(desk.import("Rust Basics.toml", quiz), Ok(Exit::Passed));
    let (out, err) = (desk.captured.out(), desk.captured.err());
    assert!(
        out.contains("deck = \"rust-basics\"\ntitle = \"Rust basics\"\n"),
        "{out}"
    );
    assert!(
        err.starts_with(
            "1 question written.\n1 loses something:\n  - the deck does not load before"
        ),
        "{err}"
    );
    assert!(err.contains(": rust-basics\n"), "{err}");
}

#[test]
fn a_file_that_is_no_quiz_is_shown_with_its_place_and_nothing_is_printed() {
    let desk = Desk::new();
    let refused = desk
        .import("quiz.toml", "[[questions]]\ntype = \n")
        .unwrap_err();
    assert_eq!(refused.exit, Exit::Content);
    assert!(
        refused.message.contains("quiz.toml:2:8"),
        "{}",
        refused.message
    );
    assert_eq!(desk.captured.out(), "");
}
