//! A class at the stub: its roster, what is wrong in whose account, and what has to come out for each.

use super::class::{Class, Member, external_id};
use super::http::{Plan, Stub};
use super::look::verdicts;
use super::{Account, Fault, course, recorded_at};
use landfall::account::Why;
use landfall::checks::{Asked, Stack, Verdict, verify};
use landfall::class::{Outcome, RowResult};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What is with one student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    Good,
    /// The tasks crash: the one case in which somebody has made a mistake.
    Crashing,
    /// The role is another one's.
    DeniedAtTheDoor,
    /// The role may not read databases.
    DeniedWithin,
    ThrottledAtTheDoor,
    /// Told to slow down once, and then answered.
    ThrottledAtFirst,
    /// Told to slow down for ever, when the images are asked for.
    ThrottledWithin,
    /// Whoever asks is hung up on.
    Dead,
}

/// How many of each; the rest is good.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub students: usize,
    pub crashing: usize,
    pub denied: usize,
    pub throttled: usize,
    pub dead: usize,
}

/// A class, with its stub running.
pub struct Classroom {
    pub stub: Stub,
    /// In the order of the roster.
    pub students: Vec<(String, Case)>,
    home: tempfile::TempDir,
}

impl Classroom {
    pub fn start(sizes: Sizes, delay: Duration) -> Self {
        Classroom::start_with(sizes, delay, None)
    }

    /// The instructor's own session runs out after so many roles.
    pub fn start_with(sizes: Sizes, delay: Duration, expires_after: Option<usize>) -> Self {
        let students: Vec<(String, Case)> = cases(sizes)
            .into_iter()
            .enumerate()
            .map(|(place, case)| (format!("1111{:08}", 10_000 + place), case))
            .collect();
        let members = students
            .iter()
            .map(|(account, case)| (account.clone(), member(*case)))
            .collect();
        let stub = Stub::start(Plan {
            delay,
            class: Some(Class {
                members,
                expires_after,
            }),
            ..Plan::default()
        });
        let room = Classroom {
            stub,
            students,
            home: tempfile::tempdir().unwrap(),
        };
        std::fs::write(room.roster(), room.roster_text()).unwrap();
        room
    }

    pub fn roster(&self) -> PathBuf {
        self.home.path().join("roster.csv")
    }

    fn roster_text(&self) -> String {
        let mut text = "student,id,role,external id,region\n".to_owned();
        for (place, (account, _)) in self.students.iter().enumerate() {
            text += &format!(
                "{},{},arn:aws:iam::{account}:role/course-verifier,{},us-east-1\n",
                self.name(place),
                1_000 + place,
                external_id(account)
            );
        }
        text
    }

    /// What a student is called.
    pub fn name(&self, place: usize) -> String {
        format!("Student Number {}", place + 1)
    }

    /// `landfall class verify roster.csv ...`, as the instructor, on a machine with nothing on it.
    pub fn command(&self, more: &[&str]) -> Command {
        let home = self.home.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        command
            .args(["class", "verify", "roster.csv"])
            .args(more)
            .current_dir(home)
            .env_clear()
            .env("HOME", home)
            .env("LANDFALL_HOME", home.join("landfall"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_ACCESS_KEY_ID", "AKIDINSTRUCTOR")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_ENDPOINT_URL", &self.stub.url)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("LANDFALL_DNS", super::names::no_names().to_string());
        command
    }

    /// Everything that is kept under a folder of runs, by account.
    pub fn kept(&self, folder: &str) -> BTreeMap<String, RowResult> {
        let mut found = BTreeMap::new();
        for path in files(&self.home.path().join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            let Ok(result) = serde_json::from_str::<RowResult>(&text) else {
                continue;
            };
            let account = self.account_of(&result);
            let twice = found.insert(account, result);
            assert!(twice.is_none(), "{} is a second one", path.display());
        }
        found
    }

    /// By the id of the roster, which is a part of the key.
    fn account_of(&self, result: &RowResult) -> String {
        let place = (0..self.students.len())
            .find(|place| {
                let id = (1_000 + place).to_string();
                result.key.0.split('-').any(|piece| piece == id)
            })
            .or_else(|| {
                // A key may be made of the name.
                (0..self.students.len())
                    .find(|place| result.key.0.ends_with(&format!("-{}", place + 1)))
            })
            .unwrap_or_else(|| panic!("whose is {}?", result.key.0));
        self.students[place].0.clone()
    }

    /// The accounts whose role was asked for, in order.
    pub fn entered(&self) -> Vec<String> {
        self.stub
            .heard()
            .iter()
            .filter(|one| one.call == "sts:AssumeRole")
            .map(|one| {
                let form = super::class::form(&one.asked);
                form["RoleArn"].split(':').nth(4).unwrap().to_owned()
            })
            .collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    found
}

/// Spread over the roster.
fn cases(sizes: Sizes) -> Vec<Case> {
    let mut special = Vec::new();
    for at in 0..sizes.denied {
        special.push([Case::DeniedAtTheDoor, Case::DeniedWithin][at % 2]);
    }
    for at in 0..sizes.throttled {
        let kinds = [
            Case::ThrottledAtFirst,
            Case::ThrottledAtTheDoor,
            Case::ThrottledWithin,
        ];
        special.push(kinds[at % 3]);
    }
    special.extend(std::iter::repeat_n(Case::Dead, sizes.dead));
    special.extend(std::iter::repeat_n(Case::Crashing, sizes.crashing));
    let mut all = vec![Case::Good; sizes.students];
    let step = sizes.students / special.len().max(1);
    for (at, case) in special.into_iter().enumerate() {
        all[at * step] = case;
    }
    all
}

fn member(case: Case) -> Member {
    let mut member = Member::default();
    match case {
        Case::Good => {}
        Case::Crashing => member.account = Account::Crashing,
        Case::DeniedAtTheDoor => member.at_the_door = Some(Fault::Denied),
        Case::DeniedWithin => {
            member.within = Some(("rds:DescribeDBInstances", Fault::Denied));
        }
        Case::ThrottledAtTheDoor => member.at_the_door = Some(Fault::ThrottledForever),
        Case::ThrottledAtFirst => {
            member.within = Some(("ecs:DescribeServices", Fault::ThrottledAtFirst(1)));
        }
        Case::ThrottledWithin => {
            member.within = Some(("ecr:DescribeImages", Fault::ThrottledForever));
        }
        Case::Dead => member.at_the_door = Some(Fault::HungUp),
    }
    member
}

/// What is not right about a result; `None` when it is as it has to be.
pub fn wrong_about(case: Case, account: &str, result: &RowResult) -> Option<String> {
    let snapshot = match (&result.outcome, case) {
        (Outcome::NotLooked { why, say }, _) => {
            let right = match case {
                Case::DeniedAtTheDoor => {
                    matches!(why, Why::Denied { action, .. } if action == "sts:AssumeRole")
                        && say.contains("external id")
                }
                Case::ThrottledAtTheDoor => *why == Why::Throttled,
                Case::Dead => *why == Why::Offline,
                _ => false,
            };
            let tells = say.contains(account) || say.contains(&external_id(account));
            return (!right || tells).then(|| format!("{why:?}: {say}"));
        }
        (Outcome::Looked(_), Case::DeniedAtTheDoor | Case::ThrottledAtTheDoor | Case::Dead) => {
            return Some("it was looked at".to_owned());
        }
        (Outcome::Looked(snapshot), _) => snapshot,
    };
    if snapshot.account().map(|account| account.0.as_str()) != Some(account) {
        return Some(format!("another account: {:?}", snapshot.account()));
    }
    // What depends on the time is judged as of when it was recorded.
    let mut snapshot = (**snapshot).clone();
    snapshot.collected_at = recorded_at();
    let verification = verify(
        &Stack {
            snapshot: &snapshot,
            attested: &BTreeSet::new(),
            teardown_begun: false,
        },
        course(),
        &Asked::All,
    );
    let found = verdicts(&verification);
    // What is asked from this machine: there is nobody at the other end.
    let from_here = |check: &str| check.starts_with("dns.") || check.starts_with("endpoint.");
    let all = |verdict: Verdict| -> Vec<&str> {
        found
            .iter()
            .filter(|(check, finding)| finding.verdict == verdict && !from_here(check))
            .map(|(check, _)| *check)
            .collect()
    };
    let (failed, unknown) = (all(Verdict::Failed), all(Verdict::Unknown));
    let says = |check: &str| found[check].missing_permission.as_deref();
    let right = match case {
        Case::Good | Case::ThrottledAtFirst => failed.is_empty() && unknown.is_empty(),
        Case::Crashing => failed.contains(&"ecs.steady") && unknown.is_empty(),
        Case::DeniedWithin => {
            failed.is_empty()
                && unknown.contains(&"rds.available")
                && says("rds.available") == Some("rds:DescribeDBInstances")
        }
        Case::ThrottledWithin => {
            failed.is_empty() && !unknown.is_empty() && unknown.iter().all(|id| says(id).is_none())
        }
        _ => false,
    };
    (!right).then(|| format!("failed {failed:?}, unknown {unknown:?}"))
}
