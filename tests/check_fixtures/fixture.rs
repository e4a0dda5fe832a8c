//! One account as data, and what a check must say of it.

use super::edit::Change;
use landfall::account::{Chapter, Snapshot};
use landfall::checks::Verdict;
use landfall::practice::{self, STEPS, TEARDOWN, account_after, test_chapter};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of all fixtures: one folder per check, and `harmless` for changes that are nobody's fault.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks")
}

/// `tests/checks/<check>/<name>.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixture {
    /// Where it lies: `rds.private/public.toml`.
    #[serde(skip)]
    pub file: String,
    /// The folder: the check it is about.
    #[serde(skip)]
    pub check: String,
    /// What it shows, in a sentence.
    pub about: String,
    /// What the changes begin from.
    pub from: Base,
    /// With `from = "until"`: the last step that was done.
    pub step: Option<String>,
    /// With `from = "steps"`: exactly these steps were done.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Faults of the practice account put in first, with their consequences.
    #[serde(default)]
    pub breaks: Vec<String>,
    /// Checks that the learner confirmed by hand, besides the budget's e-mail.
    #[serde(default)]
    pub attested: Vec<String>,
    /// The budget's e-mail has not been confirmed.
    #[serde(default)]
    pub not_attested: bool,
    #[serde(default, rename = "change")]
    pub changes: Vec<Change>,
    #[serde(default)]
    pub expect: Option<Expect>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Everything done, nothing wrong.
    Good,
    /// The same for a learner without a domain.
    GoodWithoutDomain,
    /// Nothing done.
    Empty,
    /// Everything done up to and with `step`.
    Until,
    /// Exactly `steps` done.
    Steps,
    /// Everything done, then taken down.
    TornDown,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub verdict: Verdict,
    #[serde(default)]
    pub cause: Option<String>,
    #[serde(default)]
    pub blocked_by: Option<String>,
    #[serde(default)]
    pub missing_permission: Option<String>,
    /// How the evidence says the resource was found: `relation`, `name`, `only_one`, `fixed`.
    #[serde(default)]
    pub found_by: Option<String>,
    /// Parts of the sentence, the fixes, the commands, the evidence or the advice.
    #[serde(default)]
    pub says: Vec<String>,
    /// What must appear in none of them.
    #[serde(default)]
    pub never: Vec<String>,
    /// Whether there is a remark; not looked at when left out.
    #[serde(default)]
    pub advice: Option<bool>,
    /// Further causes that failed checks may name, where one change breaks two things.
    #[serde(default)]
    pub also: Vec<String>,
    /// The root cause, where it is not `cause`.
    #[serde(default)]
    pub root_cause: Option<String>,
}

impl Fixture {
    /// All of them, in the order of their names.
    pub fn all() -> Vec<Fixture> {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files.extend(
                    fs::read_dir(&path)
                        .unwrap()
                        .map(|file| file.unwrap().path()),
                );
            }
        }
        files.sort();
        files.iter().map(|path| Fixture::read(path)).collect()
    }

    /// One of them, by where it lies: `rds.private/public.toml`.
    #[allow(dead_code, reason = "for `tests/mistakes`")]
    pub fn named(file: &str) -> Fixture {
        Fixture::read(&folder().join(file))
    }

    fn read(path: &Path) -> Fixture {
        let text = fs::read_to_string(path).unwrap();
        let file = path.strip_prefix(folder()).unwrap();
        let mut fixture: Fixture =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let check = file.parent().unwrap().to_str().unwrap();
        fixture.check = check.to_owned();
        fixture.file = format!("{check}/{}", file.file_name().unwrap().to_str().unwrap());
        fixture
    }

    /// Whether it says of a good account that something is wrong with it.
    pub fn is_fault_of_a_good_account(&self) -> bool {
        matches!(self.from, Base::Good | Base::GoodWithoutDomain)
            && self
                .expect
                .as_ref()
                .is_some_and(|expect| expect.verdict == Verdict::Failed)
    }

    /// The account before the changes.
    pub fn base(&self) -> Snapshot {
        let now: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let chapter = Chapter {
            has_domain: self.from != Base::GoodWithoutDomain,
            ..test_chapter()
        };
        let all: Vec<&str> = STEPS
            .iter()
            .map(|step| step.id)
            .filter(|id| *id != TEARDOWN)
            .collect();
        let done: Vec<&str> = match self.from {
            Base::Empty => Vec::new(),
            Base::Good | Base::GoodWithoutDomain | Base::TornDown => all,
            Base::Steps => self.steps.iter().map(String::as_str).collect(),
            Base::Until => {
                let last = self.step.as_deref().expect("`until` wants a step");
                let at = all
                    .iter()
                    .position(|id| *id == last)
                    .unwrap_or_else(|| panic!("{}: there is no step {last}", self.file));
                all[..=at].to_vec()
            }
        };
        if self.breaks.is_empty() && self.from != Base::TornDown {
            return account_after(&done, &chapter, now);
        }
        let mut state = practice::State::default();
        for step in done {
            practice::apply(&mut state, step, now).unwrap();
        }
        state.settle(now);
        if self.from == Base::TornDown {
            practice::apply(&mut state, TEARDOWN, now).unwrap();
        }
        for cause in &self.breaks {
            practice::break_cause(&mut state, cause, &chapter, now)
                .unwrap_or_else(|error| panic!("{}: {error}", self.file));
        }
        practice::snapshot(&state, &chapter, now)
    }

    /// The account it describes.
    pub fn snapshot(&self) -> Snapshot {
        let mut json = serde_json::to_value(self.base()).unwrap();
        for change in &self.changes {
            change
                .make(&mut json)
                .unwrap_or_else(|error| panic!("{}: {error}", self.file));
        }
        serde_json::from_value(json).unwrap_or_else(|error| panic!("{}: {error}", self.file))
    }

    pub fn attested(&self) -> BTreeSet<String> {
        let mut attested: BTreeSet<String> = self.attested.iter().cloned().collect();
        if !self.not_attested {
            attested.insert("budget.email-read".to_owned());
        }
        attested
    }
}
