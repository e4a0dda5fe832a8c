//! The command as a learner sees it, on the practice account.

use super::*;
use crate::account::{Fact, Source};
use crate::cli::Cli;
use crate::practice::{self, State};
use crate::progress::{Given, Hearing, Mode, NewAttempt, NewSitting};
use crate::term::{Captured, Ui, to_text};
use clap::Parser;
use std::fs;
use std::path::PathBuf;
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
        let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
        Desk {
            context: Context::apart(globals, Arc::new(ui), folder.path()).unwrap(),
            folder,
            captured,
        }
    }

    /// Everything built, an hour ago.
    fn built() -> Self {
        let desk = Desk::new();
        let mut state = State::default();
        practice::apply_all(&mut state, now() - jiff::SignedDuration::from_hours(1));
        let store = crate::app::evidence::practice_store(&desk.context).unwrap();
        store.save(&state).unwrap();
        desk
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ann.json")
    }

    fn run(&mut self, change: impl FnOnce(&mut BundleArgs)) -> Outcome {
        let mut args = BundleArgs {
            out: Some(self.file()),
            show: false,
            from: None,
            nonce: None,
        };
        change(&mut args);
        run(&mut self.context, &args)
    }

    fn written(&self) -> bundle::Whole {
        bundle::read(&fs::read(self.file()).unwrap()).unwrap()
    }

    fn answer(&mut self, mode: Mode) {
        let deck = self.context.course.decks[0].id.to_string();
        let item = self.context.course.decks[0].questions[0].id.to_string();
        let sitting = self
            .context
            .store
            .begin_sitting(
                &deck,
                &NewSitting {
                    mode,
                    scope: "mixed".to_owned(),
                    planned: vec![item.clone()],
                    seed: 1,
                    minutes: None,
                },
                now(),
            )
            .unwrap();
        let text = "hunter2words".to_owned();
        self.context
            .store
            .answer(
                sitting.id,
                &NewAttempt {
                    item,
                    rev: 1,
                    given: Given::Text { text },
                    confidence: None,
                    hinted: false,
                    hearing: Hearing::default(),
                    posed: None,
                    share: None,
                    seconds: Some(9),
                },
                now(),
            )
            .unwrap();
    }
}

#[test]
fn it_writes_a_whole_look_and_says_what_is_in_the_file() {
    let mut desk = Desk::built();
    desk.answer(Mode::Practice);
    assert_eq!(desk.run(|_| {}), Ok(Exit::Passed));
    let out = desk.captured.out().replace('\n', " ");
    for words in [
        "ann.json is your bundle of the practice account,",
        "24 of 25 steps done, quiz: 1 answer.",
        "See all that is in it: landfall bundle --show --from ",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(!out.contains("wrong") && !out.contains("The word"), "{out}");
    assert!(
        desk.captured
            .err()
            .contains("Looking at the practice account")
    );
    let whole = desk.written();
    assert!(whole.intact);
    let made = whole.bundle;
    assert_eq!(made.snapshot.source, Source::Practice);
    assert!(made.calls.is_empty() && made.nonce.is_none());
    assert!(
        made.history.len() > 50,
        "the look was kept, and its verdicts are the history"
    );
    assert_eq!(made.quiz[0].attempts.len(), 1);
    assert!(!fs::read_to_string(desk.file()).unwrap().contains("hunter2"));
    let key = Context::stack_key(&made.snapshot);
    assert_eq!(desk.context.store.looks(&key).unwrap(), 1);
}

#[test]
fn an_exam_that_is_not_handed_in_is_not_in_it() {
    let mut desk = Desk::built();
    desk.answer(Mode::Exam);
    desk.run(|_| {}).unwrap();
    assert!(desk.captured.out().contains("no quiz answers"));
    assert_eq!(desk.written().bundle.quiz, []);
}

#[test]
fn nothing_but_an_earlier_bundle_is_written_over() {
    let mut desk = Desk::new();
    fs::write(desk.file(), "my thesis").unwrap();
    let refused = desk.run(|_| {}).unwrap_err();
    assert_eq!(refused.exit, Exit::Usage);
    assert!(
        refused.message.contains("is there and is no bundle"),
        "{refused}"
    );
    assert!(refused.hints[0].contains("--out FILE"));
    assert_eq!(fs::read_to_string(desk.file()).unwrap(), "my thesis");
    assert_eq!(desk.captured.err(), "", "and nothing was looked at");

    fs::remove_file(desk.file()).unwrap();
    desk.run(|_| {}).unwrap();
    let first = desk.written().digest;
    desk.run(|_| {}).unwrap();
    assert_ne!(desk.written().digest, first);

    let folder = desk.folder.path().to_path_buf();
    let refused = desk
        .run(|args| args.out = Some(folder.clone()))
        .unwrap_err();
    assert!(refused.message.ends_with("is a folder."), "{refused}");
    let nowhere = folder.join("none").join("b.json");
    let refused = desk.run(|args| args.out = Some(nowhere)).unwrap_err();
    assert!(
        refused.message.starts_with("There is no folder"),
        "{refused}"
    );
    let left: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().starts_with(".tmp")),
        "{left:?}"
    );
}

#[test]
fn a_word_that_is_none_is_a_usage_error() {
    let mut desk = Desk::new();
    for word in ["abc", "two words", "$(reboot)"] {
        let refused = desk
            .run(|args| args.nonce = Some(word.to_owned()))
            .unwrap_err();
        assert_eq!(refused.exit, Exit::Usage, "{word}");
    }
    assert!(!desk.file().exists());
}

#[test]
fn a_word_that_was_not_seen_is_said_with_the_command_that_sets_it() {
    let mut desk = Desk::built();
    desk.run(|args| args.nonce = Some("maple-7f3a".to_owned()))
        .unwrap();
    let out = desk.captured.out();
    assert!(
        out.contains("nothing of the practice account carries tags"),
        "{out}"
    );
    assert!(!out.contains("aws ec2"), "{out}");

    let mut made = desk.written().bundle;
    made.snapshot.source = Source::Aws;
    let said = |made: &Bundle| {
        to_text(&screen::written(
            Path::new("a b.json"),
            2000,
            made,
            Steps::default(),
            80,
        ))
    };
    let text = said(&made);
    assert!(
        text.contains("  aws ec2 create-tags --resources sg-0a1b2c3d4e5f60722 --tags Key=landfall-nonce,Value=maple-7f3a"),
        "{text}"
    );
    assert!(
        text.contains("--from \"a b.json\"") && !text.contains("practice"),
        "{text}"
    );
    if let Fact::Present(groups) = &mut made.snapshot.network.groups {
        groups
            .iter_mut()
            .for_each(|group| group.nonce = Some("maple-7f3a".to_owned()));
    }
    made.nonce = Some(bundle::nonce(&made.snapshot, "maple-7f3a"));
    let text = said(&made);
    assert!(
        text.contains("The word maple-7f3a was seen on sg-"),
        "{text}"
    );
    assert!(!text.contains("create-tags"), "{text}");
    made.nonce = Some(bundle::Nonce {
        asked: "maple-7f3a".to_owned(),
        seen: Vec::new(),
    });
    made.snapshot.network.groups = Fact::Absent;
    made.snapshot.databases = Fact::Absent;
    let text = said(&made);
    assert!(
        text.contains("Nothing is there yet that could carry it"),
        "{text}"
    );
}

#[test]
fn it_can_be_shown_before_and_after_and_nothing_is_written_then() {
    let mut desk = Desk::built();
    let show = |args: &mut BundleArgs| {
        args.show = true;
        args.out = None;
    };
    assert_eq!(desk.run(show), Ok(Exit::Passed));
    let out = desk.captured.out();
    assert!(
        out.starts_with("About the file\n  It is of the practice account"),
        "{out}"
    );
    assert!(out.contains("What is not in it"));
    assert!(!desk.file().exists() && !Path::new(FILE).exists());

    desk.run(|_| {}).unwrap();
    let file = desk.file();
    let edited = fs::read_to_string(&file)
        .unwrap()
        .replace("\"practice\"", "\"aws\"");
    fs::write(&file, edited).unwrap();
    desk.captured.clear();
    let from = file.clone();
    desk.run(|args| {
        show(args);
        args.from = Some(from);
    })
    .unwrap();
    assert!(desk.captured.err().contains("changed after it was made"));
    assert!(!desk.captured.out().contains("practice account"));

    desk.context.globals.format = Some(Format::Json);
    desk.captured.clear();
    let from = file.clone();
    desk.run(|args| {
        show(args);
        args.from = Some(from);
    })
    .unwrap();
    let json: serde_json::Value = serde_json::from_str(&desk.captured.out()).unwrap();
    assert_eq!(json["shared"][0]["heading"], "About the file");

    fs::write(&file, "<html>").unwrap();
    let failure = desk
        .run(|args| {
            show(args);
            args.from = Some(file);
        })
        .unwrap_err();
    assert_eq!(failure.exit, Exit::Unreadable);
    assert!(
        failure
            .message
            .ends_with("ann.json: it is no bundle but a web page."),
        "{failure}"
    );
}

#[test]
fn as_json_it_names_the_file_and_what_tells_it() {
    let mut desk = Desk::built();
    desk.context.globals.format = Some(Format::Json);
    desk.run(|args| args.nonce = Some("maple-7f3a".to_owned()))
        .unwrap();
    let json: serde_json::Value = serde_json::from_str(&desk.captured.out()).unwrap();
    let whole = desk.written();
    assert_eq!(json["digest"], whole.digest.as_str());
    assert_eq!(json["fingerprint"], whole.bundle.fingerprint.as_str());
    assert_eq!(json["bytes"], fs::metadata(desk.file()).unwrap().len());
    assert_eq!(json["source"], "practice");
    assert_eq!(
        json["nonce"],
        serde_json::json!({"asked": "maple-7f3a", "seen": []})
    );
    desk.context.globals.format = Some(Format::Html);
    assert_eq!(desk.run(|_| {}).unwrap_err().exit, Exit::Usage);
}

#[test]
fn without_a_new_look_the_last_whole_one_is_taken_and_said() {
    let mut desk = Desk::built();
    let local = LocalTime::here(now());
    let offline =
        || Failure::unreadable("AWS could not be reached from here.").hint("Check the connection.");
    let nothing = whole_look::kept(&desk.context).unwrap();
    let failed = whole_look::instead(&desk.context, offline(), nothing, "a bundle", &local);
    assert_eq!(failed.err(), Some(offline()));

    desk.run(|_| {}).unwrap();
    let first = desk.written().bundle;
    desk.captured.clear();
    let kept = whole_look::kept(&desk.context).unwrap();
    let seen = whole_look::instead(&desk.context, offline(), kept, "a bundle", &local).unwrap();
    let err = desk.captured.err();
    assert!(err.contains("AWS could not be reached from here."), "{err}");
    assert!(
        err.contains("This is a bundle of your last whole look, "),
        "{err}"
    );
    assert_eq!(seen.snapshot, first.snapshot);
    assert_eq!(seen.calls, []);
}
