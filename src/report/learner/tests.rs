use super::*;
use crate::account::{AccountId, Arn, Caller, Fact, Principal};
use crate::checks::{self, verify_all};
use crate::course::{CourseFiles, load};
use crate::practice::{self, State};

pub(in crate::report) fn course() -> Course {
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    load(&CourseFiles::embedded(), &known)
        .expect("the built-in course loads")
        .0
}

fn at() -> Timestamp {
    "2026-11-13T09:10:00Z".parse().unwrap()
}

/// The finished practice account with a public database, as if it were a real account.
fn snapshot(course: &Course) -> Snapshot {
    let mut state = State::default();
    practice::apply_all(&mut state, "2026-11-12T13:00:00Z".parse().unwrap());
    practice::break_cause(&mut state, "database-public", &course.chapter, at()).unwrap();
    let mut snapshot = practice::snapshot(&state, &course.chapter, at());
    snapshot.source = Source::Aws;
    snapshot.caller = Fact::Present(Caller {
        account: AccountId::from(practice::ACCOUNT),
        arn: Arn(format!(
            "arn:aws:iam::{}:user/news-admin",
            practice::ACCOUNT
        )),
        principal: Principal::User {
            name: "news-admin".into(),
        },
    });
    snapshot
}

/// A report with something of every kind.
pub(in crate::report) fn sample(number: AccountNumber) -> LearnerReport {
    let course = course();
    let mut snapshot = snapshot(&course);
    snapshot.chapter.has_domain = false;
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let verification = verify_all(&snapshot, &course, &attested);
    let input = ReportInput {
        snapshot: &snapshot,
        verification: &verification,
        left_out: &BTreeSet::from(["rds.instance".to_owned(), "rds.network".to_owned()]),
        quizzes: vec![crate::report::quiz::tests::sample_saying(practice::ACCOUNT)],
        looked_at_local: "13 Nov 2026 10:10 CET".into(),
        number,
    };
    learner_report(&course, input)
}

#[test]
fn the_patterns_come_in_the_order_of_the_course_each_with_what_it_says() {
    let report = sample(AccountNumber::Shortened);
    let ids: Vec<&str> = report
        .patterns
        .iter()
        .map(|pattern| pattern.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "root-locked",
            "tag-contract",
            "managed-state",
            "security-group-sources",
            "definition-is-deployment",
            "secrets-out-of-environment",
            "target-groups"
        ]
    );
    assert!(
        report
            .patterns
            .iter()
            .all(|pattern| !pattern.say.is_empty())
    );
    assert_eq!(report.patterns[2].verdict, Verdict::Failed);
}

#[test]
fn the_account_number_is_nowhere_in_a_shortened_report() {
    let number = practice::ACCOUNT;
    let full = report_json(&sample(AccountNumber::InFull));
    assert!(full.contains(number));
    let report = sample(AccountNumber::Shortened);
    for text in [
        report_json(&report),
        crate::report::markdown(&report),
        crate::report::html(&report),
    ] {
        assert!(!text.contains(number), "{text}");
    }
    let shown = format!("********{}", &number[8..]);
    assert_eq!(report.account.id, Some(shown));
}

#[test]
fn what_is_ruled_out_is_told_and_shortened_too() {
    let say = format!("The group of {} is fine.", practice::ACCOUNT);
    let mut report = sample(AccountNumber::InFull);
    let finding = report
        .lessons
        .iter_mut()
        .flat_map(|lesson| &mut lesson.steps)
        .flat_map(|step| &mut step.checks)
        .find(|finding| finding.verdict == crate::checks::Verdict::Failed)
        .expect("the sample has something wrong");
    finding.ruled_out = vec![say.clone()];
    let finding = finding.clone();
    assert!(crate::report::markdown(&report).contains("ruled out: The group of"));
    assert!(crate::report::html(&report).contains("<dt>Ruled out</dt><dd>The group of"));
    let hides = Discretion::of(&snapshot(&course()), AccountNumber::Shortened);
    assert!(!hides.finding(&finding).ruled_out[0].contains(practice::ACCOUNT));
}

#[test]
fn what_was_left_out_keeps_its_verdict_and_what_passed_was_not_left_out() {
    let report = sample(AccountNumber::Shortened);
    let step = |id: &str| {
        report
            .steps_in_order()
            .find(|step| step.id.as_str() == id)
            .unwrap()
    };
    assert!(step("rds.instance").left_out);
    assert_eq!(step("rds.instance").verdict, Verdict::Failed);
    assert!(!step("rds.network").left_out);
    assert_eq!(report.steps.left_out, 1);
    assert_eq!(
        report.steps.sum(),
        report.steps.done + report.steps.open + 1
    );
}

#[test]
fn each_finding_is_told_in_the_one_place_where_it_belongs() {
    let report = sample(AccountNumber::Shortened);
    let ids = |wanted: fn(&Finding) -> bool| -> Vec<&'static str> {
        let found = report.findings(wanted).flat_map(|(_, found)| found);
        found.map(|finding| finding.check.as_str()).collect()
    };
    assert_eq!(ids(is_confirmed), ["budget.email-read"]);
    assert!(ids(is_skipped).contains(&"acm.issued"));
    assert!(ids(is_to_do).contains(&"rds.private"));
    for id in ids(is_to_do) {
        assert!(
            !ids(is_skipped).contains(&id) && !ids(is_remark).contains(&id),
            "{id}"
        );
    }
}

#[test]
fn json_says_what_the_report_says() {
    let json: serde_json::Value =
        serde_json::from_str(&report_json(&sample(AccountNumber::Shortened))).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["account"]["shortened"], true);
    assert_eq!(json["looked_at"], "2026-11-13T09:10:00Z");
    assert_eq!(json["patterns"].as_array().unwrap().len(), 7);
    assert_eq!(json["lessons"][3]["steps"][1]["left_out"], true);
    assert_eq!(json["root_cause"]["check"], "rds.private");
    assert_eq!(json["quizzes"][0]["result"]["deck"], "small");
}
