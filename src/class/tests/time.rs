//! Since when, what went back, what came late.

use super::*;
use crate::bundle::BundledChange;

fn change(check: &str, verdict: Verdict, from: &str, until: &str) -> BundledChange {
    BundledChange {
        check: check.to_owned(),
        verdict,
        at: at(from),
        until: at(until),
    }
}

fn public_since_friday() -> Whole {
    let mut whole = bundle(real(1, &broken("database-public")));
    whole.bundle.history = vec![
        change(
            "rds.private",
            Verdict::Missing,
            "2026-11-10T08:00:00Z",
            "2026-11-11T08:00:00Z",
        ),
        change(
            "rds.private",
            Verdict::Passed,
            "2026-11-12T08:00:00Z",
            "2026-11-19T08:00:00Z",
        ),
        change(
            "rds.private",
            Verdict::Failed,
            "2026-11-20T13:03:00Z",
            "2026-11-22T12:20:00Z",
        ),
    ];
    whole
}

#[test]
fn the_students_own_history_says_since_when_and_what_passed_before() {
    let report = class(rows(1), vec![file("a.json", public_since_friday())]).report();
    let student = only(&report);
    let friday = Some(at("2026-11-20T13:03:00Z"));
    assert_eq!(student.stuck.as_ref().unwrap().since, friday);
    assert_eq!(student.steps["rds.instance"].since, friday);
    assert_eq!(report.stuck[0].since, friday);
    assert_eq!(
        student.drift,
        ["\"the database is not public\" passed 2026-11-19 09:00, fails since 2026-11-20 14:03."]
            .map(|sentence| sentence.replace(
                "the database is not public",
                crate::checks::check("rds.private").unwrap().title
            ))
    );
}

#[test]
fn without_earlier_evidence_nobody_knows_since_when() {
    let report = class(rows(1), vec![handed_in(1, &broken("database-public"))]).report();
    let student = only(&report);
    assert_eq!(student.stuck.as_ref().unwrap().since, None);
    assert!(student.steps.values().all(|cell| cell.since.is_none()));
    assert!(student.drift.is_empty());
}

#[test]
fn a_history_that_contradicts_its_own_look_says_nothing() {
    let mut whole = public_since_friday();
    whole.bundle.history = vec![change(
        "rds.private",
        Verdict::Passed,
        "2026-11-12T08:00:00Z",
        "2026-11-22T13:00:00Z",
    )];
    let report = class(rows(1), vec![file("a.json", whole)]).report();
    assert_eq!(only(&report).stuck.as_ref().unwrap().since, None);
}

#[test]
fn older_files_reach_back_as_far_as_they_all_say_the_same() {
    let public = broken("database-public");
    let evidence = vec![
        handed_in(1, &public),
        file("b.json", bundle(earlier(real(1, &public), 24))),
        file("c.json", bundle(earlier(real(1, &public), 48))),
        file("d.json", bundle(earlier(real(1, &good()), 72))),
        file("e.json", bundle(earlier(real(1, &public), 96))),
    ];
    let report = class(rows(1), evidence).report();
    let student = only(&report);
    let since = noon() - SignedDuration::from_hours(48);
    assert_eq!(student.stuck.as_ref().unwrap().since, Some(since));
    let [drift] = &student.drift[..] else {
        panic!("{:?}", student.drift);
    };
    assert!(
        drift.contains("passed 2026-11-19 13:00, fails since 2026-11-20 13:00: "),
        "{drift}"
    );
    assert!(drift.contains("public"), "{drift}");
    // What is all right is so since the oldest file.
    let oldest = noon() - SignedDuration::from_hours(96);
    assert_eq!(student.steps["ecr-push.repository"].since, Some(oldest));
}

#[test]
fn the_look_of_another_account_is_nobodys_past() {
    let evidence = vec![
        handed_in(1, &broken("database-public")),
        file("login0001.json", bundle(earlier(real(8, &good()), 24))),
    ];
    let report = class(rows(1), evidence).report();
    assert!(only(&report).drift.is_empty());
    assert_eq!(only(&report).stuck.as_ref().unwrap().since, None);
}

#[test]
fn verdicts_alone_do_not_say_what_changed() {
    let evidence = || {
        vec![
            handed_in(1, &broken("database-public")),
            file("d.json", bundle(earlier(real(1, &good()), 72))),
        ]
    };
    let mut only_verdicts = class(rows(1), evidence());
    only_verdicts.detail = Detail::VerdictOnly;
    let report = only_verdicts.report();
    assert_eq!(only(&report).drift.len(), 1);
    assert!(
        !only(&report).drift[0].contains(": "),
        "{:?}",
        only(&report).drift
    );
}

#[test]
fn the_look_is_late_and_not_the_file() {
    let mut early = bundle(earlier(real(1, &good()), 48));
    early.bundle.made_at = noon() + SignedDuration::from_hours(20);
    let late = bundle(real(2, &good()));
    let mut class = class(rows(3), vec![file("a", early), file("b", late)]);
    class.deadline = Some(noon() - SignedDuration::from_hours(1));
    let report = class.report();
    let late: Vec<Option<bool>> = report.students.iter().map(|one| one.late).collect();
    assert_eq!(late, [Some(false), Some(true), None]);
}

#[test]
fn without_a_deadline_nothing_is_late() {
    let report = class(rows(1), vec![handed_in(1, &good())]).report();
    assert_eq!(only(&report).late, None);
}
