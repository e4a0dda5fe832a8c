//! A watch of the practice account, which waits like AWS, only shorter.

use super::*;
use crate::cli::Cli;
use crate::practice;
use crate::term::{Captured, Ui};
use clap::Parser;
use std::sync::Arc;

fn context() -> (tempfile::TempDir, Context, Captured) {
    let folder = tempfile::tempdir().unwrap();
    let (ui, captured) = Ui::captured(80);
    let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
    let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
    (folder, context, captured)
}

fn apply(store: &practice::PracticeStore, step: &str) {
    let (applied, _) = store
        .change(|state| practice::apply(state, step, now()))
        .unwrap();
    applied.unwrap();
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_watch_ends_by_itself_and_keeps_a_look_only_when_something_changed() {
    let (_folder, mut context, captured) = context();
    let store = evidence::practice_store(&context).unwrap();
    apply(&store, "rds.instance");
    let asked = evidence::asked(&context, &["rds".to_owned()]).unwrap();
    let first = evidence::look_and_judge(&mut context, &asked).unwrap();
    let key = first.key.clone();
    assert_eq!(context.store.looks(&key).unwrap(), 1);
    let watched = watch(&mut context, &asked, first, "landfall verify rds --watch").unwrap();
    assert_eq!(watched.ending, Ending::Settled);
    assert_eq!(watched.exit(), Exit::Unfinished, "the parameter is missing");
    assert_eq!(context.store.looks(&key).unwrap(), 2);
    let last = context.store.last_verdicts(&key).unwrap();
    assert_eq!(last["rds.available"].verdict, Verdict::Passed);
    let talk = flat(&captured.err());
    assert!(talk.starts_with("Watching. So far: "), "{talk}");
    assert!(talk.contains("… in progress RDS: creating, "), "{talk}");
    assert!(
        talk.contains("✔ ok news-api-db is available. (rds.available)"),
        "{talk}"
    );
    assert!(
        talk.ends_with("Nothing that you asked about is in progress now."),
        "{talk}"
    );
}

#[test]
fn where_nothing_is_in_progress_it_is_over_at_once() {
    let (_folder, mut context, captured) = context();
    let asked = evidence::asked(&context, &["rds".to_owned()]).unwrap();
    let first = evidence::look_and_judge(&mut context, &asked).unwrap();
    let watched = watch(&mut context, &asked, first, "landfall verify rds --watch").unwrap();
    assert_eq!(watched.exit(), Exit::Unfinished);
    assert_eq!(
        flat(&captured.err()),
        "Nothing that you asked about is in progress now."
    );
}

#[test]
fn credentials_of_another_account_end_it() {
    let (_folder, mut context, _) = context();
    let store = evidence::practice_store(&context).unwrap();
    apply(&store, "rds.instance");
    let asked = evidence::asked(&context, &["rds".to_owned()]).unwrap();
    let mine = evidence::look_and_judge(&mut context, &asked).unwrap();
    let mut other = evidence::look_and_judge(&mut context, &asked).unwrap();
    assert!(same_account(&mine, &other).is_ok());
    let Fact::Present(caller) = &mut other.look.snapshot.caller else {
        panic!("the practice account has a user by now");
    };
    caller.account = "999999999999".into();
    let failure = same_account(&mine, &other).unwrap_err();
    assert_eq!(failure.exit, Exit::Unreadable);
    assert!(failure.message.contains("999999999999"), "{failure}");
}
