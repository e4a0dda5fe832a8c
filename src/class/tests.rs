//! Whole classes, drawn up from what was handed in and read.

mod decisions;
mod evidence;
mod hostile;
mod likeness;
mod privacy;
mod time;

use super::dossier::Whose;
use super::draw_up::{ClassInput, Evidence, Found, Rules, drawn};
use super::overrides::{Override, Overrides};
use super::report::*;
use super::result::{Outcome, RowResult, Run, RunRow};
use super::roster::StudentKey;
use super::testing::{at, broken, course, empty, good, half_built, moment, noon};
use crate::account::{AccountId, Arn, Caller, Fact, Principal, SeenBy, Snapshot, Source, Why};
use crate::bundle::{Bundle, BundledDeck, CourseVersion, Tool, Trouble, Whole};
use crate::checks::Verdict;
use crate::practice::ACCOUNT;
use crate::progress::Attempt;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Account numbers of students: `700000000007`.
fn account(number: usize) -> String {
    format!("7{number:011}")
}

/// The practice account as if it were the real one of student `number`, with ids of its own.
fn real(number: usize, snapshot: &Snapshot) -> Snapshot {
    let mut text = serde_json::to_string(snapshot).unwrap();
    text = text
        .replace(ACCOUNT, &account(number))
        .replace("sg-0", &format!("sg-{number:03}0"));
    let ids: BTreeSet<String> = snapshot
        .balancers
        .present()
        .into_iter()
        .flatten()
        .map(|balancer| &balancer.arn)
        .chain(
            snapshot
                .target_groups
                .present()
                .into_iter()
                .flatten()
                .map(|group| &group.arn),
        )
        .filter_map(|arn| arn.as_str().rsplit('/').next().map(str::to_owned))
        .collect();
    for id in ids {
        text = text.replace(&id, &format!("{number:04}{}", &id[4..]));
    }
    let mut snapshot: Snapshot = serde_json::from_str(&text).unwrap();
    snapshot.source = Source::Aws;
    snapshot.caller = Fact::Present(Caller {
        account: AccountId(account(number)),
        arn: Arn(format!("arn:aws:iam::{}:user/news-admin", account(number))),
        principal: Principal::User {
            name: "news-admin".to_owned(),
        },
    });
    snapshot
}

fn bundle(snapshot: Snapshot) -> Whole {
    let digest = format!("sha256:{:?}{}", snapshot.account(), snapshot.collected_at);
    Whole {
        bundle: Bundle {
            schema: Bundle::SCHEMA,
            made_at: snapshot.collected_at + SignedDuration::from_secs(5),
            made_with: Tool {
                landfall: env!("CARGO_PKG_VERSION").to_owned(),
                system: "linux".to_owned(),
            },
            course: CourseVersion {
                id: course().id.clone(),
                content: "c0ffee".to_owned(),
            },
            fingerprint: crate::bundle::fingerprint(&snapshot),
            nonce: None,
            attested: BTreeSet::from(["budget.email-read".to_owned()]),
            teardown_begun: false,
            snapshot,
            verdicts: Vec::new(),
            history: Vec::new(),
            left_out: BTreeMap::new(),
            quiz: Vec::new(),
            calls: Vec::new(),
        },
        digest,
        intact: true,
    }
}

fn file(name: &str, whole: Whole) -> Evidence {
    Evidence {
        file: name.to_owned(),
        what: Ok(Found::Bundle(Box::new(whole))),
    }
}

/// A bundle of student `number` as a file of theirs.
fn handed_in(number: usize, snapshot: &Snapshot) -> Evidence {
    file(
        &format!("bundles/s{number}.json"),
        bundle(real(number, snapshot)),
    )
}

fn spoilt(name: &str, trouble: Trouble) -> Evidence {
    Evidence {
        file: name.to_owned(),
        what: Err(trouble),
    }
}

fn through_role(mut snapshot: Snapshot) -> Snapshot {
    snapshot.seen_by = SeenBy::Instructor;
    let account = snapshot.account().unwrap().clone();
    let arn = Arn(format!(
        "arn:aws:sts::{account}:assumed-role/course-verifier/x"
    ));
    snapshot.caller = Fact::Present(Caller {
        account,
        principal: Principal::from_arn(&arn),
        arn,
    });
    snapshot.workplace.definition_file = Fact::not_asked();
    snapshot.workplace.git = Fact::not_asked();
    snapshot
}

fn live(number: usize, outcome: Outcome, ended_at: Timestamp) -> Evidence {
    Evidence {
        file: "run-20261122T120000Z".to_owned(),
        what: Ok(Found::Live {
            run: Run {
                schema: Run::SCHEMA,
                landfall: "0.1.0".to_owned(),
                started_at: ended_at,
                shard: None,
                rows: rows(number),
            },
            result: Box::new(RowResult {
                schema: Run::SCHEMA,
                key: StudentKey(format!("key-{number}")),
                began_at: ended_at,
                ended_at,
                outcome,
                calls: Vec::new(),
            }),
        }),
    }
}

fn looked(number: usize, snapshot: Snapshot) -> Evidence {
    let ended = snapshot.collected_at;
    live(number, Outcome::Looked(Box::new(snapshot)), ended)
}

fn refused(number: usize) -> Evidence {
    let outcome = Outcome::NotLooked {
        why: Why::TimedOut,
        say: "The role does not let you in. Ask for its external id.".to_owned(),
    };
    live(number, outcome, noon() + SignedDuration::from_hours(1))
}

const NAMES: [&str; 4] = ["Zoe Adams", "Ann Lee", "Bo Chen", "Caro Díaz"];

fn rows(number: usize) -> Vec<RunRow> {
    (1..=number)
        .map(|number| RunRow {
            key: StudentKey(format!("key-{number}")),
            student: NAMES.get(number - 1).map_or_else(
                || format!("Student of row {number}"),
                |name| (*name).to_owned(),
            ),
            id: Some(format!("LMS{number:04}")),
            sis_id: Some(format!("SIS{number:04}")),
            login: Some(format!("login{number:04}")),
            email: Some(format!("person{number:04}@example.com")),
            section: Some("Mon".to_owned()),
            account: Some(account(number)),
        })
        .collect()
}

/// By the login in the path, else by the account.
fn whose(rows: &[RunRow], file: &str, account: Option<&str>) -> Whose {
    let place = |fits: &dyn Fn(&RunRow) -> bool| rows.iter().position(fits);
    let by_account = place(&|row| account.is_some() && row.account.as_deref() == account);
    let by_login = place(&|row| {
        row.login
            .as_deref()
            .is_some_and(|login| file.contains(login))
    });
    match (by_account, by_login) {
        (Some(account), Some(at)) if at != account => Whose::RowButNotItsAccount {
            at,
            account_of: rows[account].student.clone(),
        },
        (Some(at), _) | (None, Some(at)) => Whose::Row(at),
        (None, None) => Whose::Nobody("its path names nobody".to_owned()),
    }
}

/// What a test asks for besides a plain full report.
struct Class {
    rows: Vec<RunRow>,
    evidence: Vec<Evidence>,
    overrides: Overrides,
    deadline: Option<Timestamp>,
    detail: Detail,
    anonymise: bool,
    full_accounts: bool,
}

fn class(rows: Vec<RunRow>, evidence: Vec<Evidence>) -> Class {
    Class {
        rows,
        evidence,
        overrides: Overrides::default(),
        deadline: None,
        detail: Detail::Full,
        anonymise: false,
        full_accounts: false,
    }
}

impl Class {
    fn report(self) -> ClassReport {
        let no_answers = |_: &BundledDeck| Vec::<Attempt>::new();
        self.report_with(&no_answers)
    }

    fn report_with(self, attempts: &dyn Fn(&BundledDeck) -> Vec<Attempt>) -> ClassReport {
        drawn(
            course(),
            ClassInput {
                rows: &self.rows,
                evidence: self.evidence,
                overrides: &self.overrides,
                deadline: self.deadline,
                detail: self.detail,
                anonymise: self.anonymise,
                full_accounts: self.full_accounts,
                moment: moment(),
            },
            Rules {
                whose: &whose,
                attempts,
            },
        )
    }
}

fn decision(student: &str) -> Override {
    Override {
        student: student.to_owned(),
        step: None,
        verdict: None,
        score: None,
        late: None,
        deadline: None,
        reason: "shown in the lab".to_owned(),
    }
}

fn only(report: &ClassReport) -> &StudentReport {
    let [student] = &report.students[..] else {
        panic!("{} students", report.students.len());
    };
    student
}

/// Everything that the report says, as one text.
fn whole(report: &ClassReport) -> String {
    let maps: Vec<String> = report
        .students
        .iter()
        .map(|student| format!("{:?}", student.map))
        .collect();
    serde_json::to_string(report).unwrap() + &maps.concat()
}

/// As it was this many hours earlier.
fn earlier(mut snapshot: Snapshot, hours: i64) -> Snapshot {
    snapshot.collected_at = noon() - SignedDuration::from_hours(hours);
    snapshot
}
