//! `rows.toml`: the mistakes that learners make, and an account for each way in which one shows.

use crate::fixture::Fixture;
use landfall::account::Snapshot;
use landfall::checks::Verdict;
use landfall::practice::{self, State, TEARDOWN, test_chapter};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::{fs, path::Path};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Counted through; a number is never given twice.
    pub number: u32,
    /// What the learner did, or what happened to them.
    pub mistake: String,
    /// Each way in which it shows.
    #[serde(default)]
    pub case: Vec<Case>,
    /// Why there is none.
    pub not_covered: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Tells the cases of a row apart.
    pub way: Option<String>,
    /// The fault of the practice account that makes it, in a finished one...
    pub practice: Option<String>,
    /// ...or the account as data, a file in `tests/checks`.
    pub account: Option<String>,
    /// The check that has to say it.
    pub check: String,
    #[serde(default = "failed")]
    pub verdict: Verdict,
    pub cause: Option<String>,
    /// Words that must be on the screen.
    #[serde(default)]
    pub says: Vec<String>,
}

const fn failed() -> Verdict {
    Verdict::Failed
}

/// All of them.
pub fn rows() -> Vec<Row> {
    #[derive(Deserialize)]
    struct All {
        row: Vec<Row>,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes/rows.toml");
    let all: All = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    all.row
}

/// An account with the mistake in it.
pub struct Account {
    pub snapshot: Snapshot,
    pub attested: BTreeSet<String>,
    pub torn_down: bool,
}

impl Case {
    pub fn account(&self) -> Account {
        match (&self.practice, &self.account) {
            (Some(cause), None) => practised(cause),
            (None, Some(file)) => {
                let fixture = Fixture::named(file);
                Account {
                    snapshot: fixture.snapshot(),
                    attested: fixture.attested(),
                    torn_down: false,
                }
            }
            _ => panic!("{self:?}: either practice or account"),
        }
    }
}

fn practised(cause: &str) -> Account {
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    let chapter = test_chapter();
    let mut state = State::default();
    practice::apply_all(&mut state, now);
    let torn_down = practice::causes().any(|one| one.id == cause && one.after.contains(&TEARDOWN));
    if torn_down {
        practice::apply(&mut state, TEARDOWN, now).unwrap();
    }
    practice::break_cause(&mut state, cause, &chapter, now).unwrap();
    Account {
        snapshot: practice::snapshot(&state, &chapter, now),
        attested: BTreeSet::from(["budget.email-read".to_owned()]),
        torn_down,
    }
}
