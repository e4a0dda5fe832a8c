//! What `class verify` says of each student, what it asks AWS for it, and what a bundle adds.

use super::class::{
    self, ALL, DONE, EMPTY, INSTRUCTOR, NO_ROLE, OTHER_WORD, PUBLIC, Way, class_verify, finding,
    findings, row,
};
use super::emulator::{ACCOUNT, Emulator};
use super::learner::Learner;
use landfall::aws::calls;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

#[test]
#[ignore = "needs Python, and the network once"]
fn every_row_of_a_class_says_how_its_account_stands() {
    let emulator = Emulator::start();
    let mut ann = class::finished(&emulator, &DONE);
    let mut bora = class::finished(&emulator, &PUBLIC);
    bora.must(
        "aws rds modify-db-instance --db-instance-identifier news-api-db --publicly-accessible \
         --apply-immediately",
    );
    class::make_role(&mut ann, DONE.external_id, Way::Commands);
    class::make_role(&mut bora, PUBLIC.external_id, Way::Stack);
    let mut chi = class::student(&emulator, &EMPTY);
    class::make_role(&mut chi, EMPTY.external_id, Way::Commands);
    let mut dee = class::student(&emulator, &OTHER_WORD);
    class::make_role(&mut dee, "news-dee-mistyped", Way::Commands);
    let instructor = class::instructor(&emulator);

    let before = emulator.signed().len();
    let (answer, report) = class_verify(&instructor);
    let signed = emulator.signed().split_off(before);

    assert_eq!(answer.code, 1, "one is wrong: {}", answer.stderr);
    let names: Vec<&Value> = report["students"]
        .as_array()
        .unwrap()
        .iter()
        .map(|student| &student["name"])
        .collect();
    assert_eq!(names, ALL.map(|row| row.name), "the roster's order");
    whoever_is_done_is_blamed_for_nothing(row(&report, DONE.name));
    a_public_database_is_found(row(&report, PUBLIC.name));
    an_empty_account_is_nothing_yet(row(&report, EMPTY.name));
    for closed in [&OTHER_WORD, &NO_ROLE] {
        what_is_closed_is_no_verdict(row(&report, closed.name));
    }
    nothing_but_reads_was_asked(&signed);
    nothing_of_the_roster_that_opens_an_account_is_kept(&instructor);
    a_bundle_adds_the_students_own_machine(&instructor, &ann);
}

fn whoever_is_done_is_blamed_for_nothing(ann: &Value) {
    assert_eq!(ann["evidence"], "live");
    assert_eq!(ann["trouble"], Value::Null);
    assert_eq!(ann["totals"]["failed"], 0, "{:#}", ann["findings"]);
    for one in findings(ann) {
        let (id, verdict) = (
            one["id"].as_str().unwrap(),
            one["verdict"].as_str().unwrap(),
        );
        // From here the balancer's name leads nowhere, and whether the email was read is the student's word.
        let open = ["endpoint.responds", "budget.email-read"].contains(&id);
        let settled = ["passed", "attested", "skipped"].contains(&verdict);
        assert!(settled || (open && verdict != "failed"), "{id}: {one:#}");
    }
    for check in ["caller.not-root", "caller.is-daily-user"] {
        let found = finding(ann, check);
        assert_eq!(found["verdict"], "skipped", "{check}");
        assert_eq!(found["summary"], "seen through the instructor's role");
    }
    for check in ["taskdef.matches-file", "ecr.sha-in-git"] {
        let found = finding(ann, check);
        assert_eq!(found["verdict"], "skipped", "{check}");
        assert_eq!(found["summary"], "only on the learner's machine");
    }
    for check in [
        "user.mfa",
        "user.bounded",
        "user.key-age",
        "rds.private",
        "tg.targets-healthy",
    ] {
        assert_eq!(finding(ann, check)["verdict"], "passed", "{check}");
    }
}

fn a_public_database_is_found(bora: &Value) {
    assert_eq!(bora["standing"], "stuck");
    let found = finding(bora, "rds.private");
    assert_eq!(found["verdict"], "failed");
    assert_eq!(found["cause"], "database-public");
    assert_eq!(bora["stuck"]["check"], "rds.private");
    assert_eq!(bora["stuck"]["cause"], "database-public");
    let failed: Vec<&Value> = findings(bora)
        .into_iter()
        .filter(|one| one["verdict"] == "failed")
        .map(|one| &one["id"])
        .collect();
    assert_eq!(failed, ["rds.private"], "and nothing else is wrong");
}

fn an_empty_account_is_nothing_yet(chi: &Value) {
    assert_eq!(chi["standing"], "nothing_yet", "{chi:#}");
    assert_eq!(chi["trouble"], Value::Null);
    assert_eq!(chi["totals"]["failed"], 0, "{:#}", chi["findings"]);
    assert_eq!(chi["totals"]["unknown"], 0, "{:#}", chi["findings"]);
    assert_eq!(finding(chi, "rds.postgres")["verdict"], "missing");
}

fn what_is_closed_is_no_verdict(student: &Value) {
    assert_eq!(student["standing"], "cannot_tell", "{student:#}");
    assert_eq!(student["score"], Value::Null, "not a zero");
    let trouble = student["trouble"]
        .as_str()
        .expect("the row says what is wrong");
    assert!(trouble.contains("external id"), "{trouble}");
    assert!(trouble.contains("landfall policy"), "what to do: {trouble}");
    assert_eq!(student["totals"]["failed"], 0);
    for (step, cell) in student["steps"].as_object().unwrap() {
        assert_eq!(cell["verdict"], "unknown", "{step}");
    }
}

/// Everything is a declared read, asked for by the role's session in the account that it belongs to; the instructor's own
/// keys only ask who they are and for the roles.
fn nothing_but_reads_was_asked(signed: &[Value]) {
    let declared: BTreeSet<String> = calls::ALL.iter().map(|call| call.api()).collect();
    let mut read = BTreeSet::new();
    let mut asked_for = BTreeSet::new();
    for one in signed {
        let text = |key: &str| one[key].as_str().unwrap_or_default();
        let (call, account, caller) = (text("call"), text("account"), text("caller"));
        if account == ACCOUNT {
            assert_eq!(caller, INSTRUCTOR);
            assert!(
                ["sts:AssumeRole", "sts:GetCallerIdentity"].contains(&call),
                "{call} in the instructor's own account"
            );
            asked_for.extend(one["role"].as_str());
            continue;
        }
        assert!(
            declared.contains(call),
            "{call} is not in the table of calls"
        );
        let session = format!("arn:aws:sts::{account}:assumed-role/course-verifier/");
        assert!(
            caller.starts_with(&session),
            "{call} in {account} by {caller}"
        );
        read.insert(account);
    }
    assert_eq!(
        read,
        BTreeSet::from([DONE.account, PUBLIC.account, EMPTY.account]),
        "accounts that were read"
    );
    let roles = ALL.map(|row| format!("arn:aws:iam::{}:role/course-verifier", row.account));
    assert_eq!(asked_for, roles.iter().map(String::as_str).collect());
}

fn nothing_of_the_roster_that_opens_an_account_is_kept(instructor: &Learner<'_>) {
    let kept = instructor.must("cat $(find landfall-class -type f)");
    for row in ALL {
        assert!(!kept.contains(row.external_id), "{}", row.external_id);
    }
    for no_key in ["ASIA", "SecretAccessKey", "SessionToken"] {
        assert!(!kept.contains(no_key), "{no_key}");
    }
}

fn a_bundle_adds_the_students_own_machine(instructor: &Learner<'_>, ann: &Learner<'_>) {
    let made = ann.landfall(&["bundle", "--out", "ann-lee.json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let bundle = fs::read_to_string(ann.path("app/ann-lee.json")).unwrap();
    for secret in ["not-a-secret", "postgresql://", "learner@example.com"] {
        assert!(!bundle.contains(secret), "{secret}");
    }
    fs::create_dir(instructor.path("app/bundles")).unwrap();
    fs::write(instructor.path("app/bundles/ann-lee.json"), bundle).unwrap();

    let asked = instructor.emulator.calls().len();
    let answer = instructor.landfall(&[
        "class",
        "report",
        "landfall-class",
        "bundles",
        "--roster",
        "roster.csv",
        "--format",
        "json",
    ]);
    assert_eq!(instructor.emulator.calls().len(), asked, "nobody was asked");
    let report = answer.json();
    let found = row(&report, DONE.name);
    assert_eq!(found["evidence"], "live_and_bundle");
    assert_eq!(found["totals"]["failed"], 0, "{:#}", found["findings"]);
    for check in ["taskdef.matches-file", "ecr.sha-in-git"] {
        assert_eq!(finding(found, check)["verdict"], "passed", "{check}");
    }
    let caller = finding(found, "caller.not-root");
    assert_ne!(caller["verdict"], "failed", "{caller:#}");
    assert_eq!(row(&report, PUBLIC.name)["evidence"], "live");
    assert_eq!(
        row(&report, PUBLIC.name)["stuck"]["cause"],
        "database-public"
    );
    assert_eq!(row(&report, OTHER_WORD.name)["standing"], "cannot_tell");
    assert_eq!(
        report["alike"],
        serde_json::json!([]),
        "one student's two looks are no copy"
    );
}
