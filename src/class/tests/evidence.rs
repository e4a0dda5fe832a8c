//! How students stand by what there is of them.

use super::*;

#[test]
fn eleven_of_twenty_four_are_stuck_at_the_same_place() {
    let evidence = (1..=24)
        .map(|number| match number {
            1..=11 => handed_in(number, &broken("task-port-closed-to-alb")),
            12..=14 => handed_in(number, &broken("database-public")),
            15..=20 => handed_in(number, &half_built()),
            _ => handed_in(number, &good()),
        })
        .collect();
    let report = class(rows(24), evidence).report();
    let places: Vec<(usize, usize, Option<&str>)> = report
        .stuck
        .iter()
        .map(|place| (place.students.len(), place.of, place.cause.as_deref()))
        .collect();
    assert_eq!(
        places,
        [
            (11, 24, Some("task-port-closed-to-alb")),
            (3, 24, Some("database-public")),
        ]
    );
    assert_eq!(report.stuck[0].students[0], "key-1");
    assert_eq!(report.standings.stuck, 14);
    assert_eq!(report.standings.under_way, 6);
    assert_eq!(report.standings.done, 4);
    assert!(report.alike.is_empty(), "{:?}", report.alike);
    assert!(report.remarks.is_empty(), "{:?}", report.remarks);
}

#[test]
fn places_with_as_many_students_come_in_the_order_of_the_course() {
    let evidence = vec![
        handed_in(1, &broken("task-port-closed-to-alb")),
        handed_in(2, &broken("database-public")),
    ];
    let report = class(rows(2), evidence).report();
    let causes: Vec<_> = report
        .stuck
        .iter()
        .map(|place| place.cause.clone())
        .collect();
    assert_eq!(
        causes,
        [
            Some("database-public".to_owned()),
            Some("task-port-closed-to-alb".to_owned())
        ]
    );
}

#[test]
fn every_row_keeps_its_student_and_nothing_unreadable_becomes_a_zero() {
    let evidence = vec![
        handed_in(1, &good()),
        handed_in(2, &empty()),
        spoilt("login0003.json", Trouble::Truncated),
        refused(4),
    ];
    let report = class(rows(5), evidence).report();
    let names: Vec<&str> = report
        .students
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Zoe Adams",
            "Ann Lee",
            "Bo Chen",
            "Caro Díaz",
            "Student of row 5"
        ]
    );
    let standings: Vec<Standing> = report.students.iter().map(|one| one.standing).collect();
    assert_eq!(
        standings,
        [
            Standing::Done,
            Standing::NothingYet,
            Standing::Unreadable,
            Standing::CannotTell,
            Standing::NotSubmitted
        ]
    );
    let scores: Vec<bool> = report
        .students
        .iter()
        .map(|one| one.score.is_some())
        .collect();
    assert_eq!(scores, [true, true, false, false, false]);
    assert_eq!(report.students[0].score, Some(100.0));
    assert_eq!(
        report.students[2].trouble.as_deref(),
        Some(
            "The file ends in the middle. Ask for the file again: a part of it was lost on the way."
        )
    );
    assert_eq!(
        report.students[3].trouble.as_deref(),
        Some("The role does not let you in. Ask for its external id.")
    );
    assert!(report.students[4].trouble.is_none());
    assert!(report.students[2].steps.is_empty() && report.students[2].looked_at.is_none());
}

#[test]
fn an_empty_account_is_nothing_yet_and_not_stuck_at_the_root_user() {
    let report = class(rows(1), vec![handed_in(1, &empty())]).report();
    let student = only(&report);
    assert_eq!(student.standing, Standing::NothingYet);
    assert!(student.stuck.is_none() && report.stuck.is_empty());
    assert!(student.at_step.is_some());
}

#[test]
fn a_stack_that_was_taken_down_is_no_zero() {
    let mut whole = bundle(real(1, &empty()));
    whole.bundle.teardown_begun = true;
    let report = class(rows(1), vec![file("a.json", whole)]).report();
    assert_ne!(only(&report).standing, Standing::NothingYet);
}

#[test]
fn an_account_whose_caller_is_unknown_gives_no_verdict_either_way() {
    let mut snapshot = Snapshot::blank(
        Source::Aws,
        course().chapter.clone(),
        course().chapter.region.clone(),
        noon(),
    );
    snapshot.caller = Fact::Unknown(Why::Offline);
    let report = class(rows(1), vec![file("login0001.json", bundle(snapshot))]).report();
    let student = only(&report);
    assert_eq!(student.standing, Standing::CannotTell);
    assert_eq!(student.score, None);
    assert!(student.trouble.as_deref().unwrap().contains("new bundle"));
    assert!(student.stuck.is_none());
}

#[test]
fn a_step_that_could_not_be_read_is_told_beside_the_score() {
    let mut snapshot = real(1, &good());
    snapshot.databases = Fact::Unknown(Why::TimedOut);
    let report = class(rows(1), vec![file("a.json", bundle(snapshot))]).report();
    let student = only(&report);
    assert!(
        student
            .notes
            .iter()
            .any(|note| note.contains("could not be read: done are at least")),
        "{:?}",
        student.notes
    );
    assert_ne!(student.standing, Standing::Done);
}

#[test]
fn the_finished_practice_account_is_not_overlooked_and_gives_no_score() {
    let report = class(rows(1), vec![file("login0001.json", bundle(good()))]).report();
    let student = only(&report);
    assert_eq!(student.score, None);
    assert!(
        student
            .trouble
            .as_deref()
            .unwrap()
            .contains("practice account")
    );
}

#[test]
fn ones_own_account_counts_before_a_newer_bundle_of_the_practice_account() {
    let evidence = vec![
        file("login0001/practice.json", bundle(good())),
        file(
            "login0001/own.json",
            bundle(earlier(real(1, &half_built()), 5)),
        ),
    ];
    let report = class(rows(1), evidence).report();
    assert_eq!(only(&report).file.as_deref(), Some("login0001/own.json"));
    assert!(only(&report).score.is_some());
}

#[test]
fn the_newest_bundle_counts_and_a_spoilt_one_beside_it_is_told() {
    let evidence = vec![
        file("a/old.json", bundle(earlier(real(1, &half_built()), 30))),
        handed_in(1, &good()),
        spoilt("login0001.json", Trouble::Empty),
    ];
    let report = class(rows(1), evidence).report();
    let student = only(&report);
    assert_eq!(student.standing, Standing::Done);
    assert!(
        student
            .notes
            .iter()
            .any(|note| note.contains("login0001.json cannot be used")),
        "{:?}",
        student.notes
    );
}

#[test]
fn a_live_look_takes_from_the_bundle_what_only_the_students_machine_knows() {
    let evidence = vec![
        looked(1, through_role(real(1, &good()))),
        handed_in(1, &good()),
    ];
    let report = class(rows(1), evidence).report();
    let student = only(&report);
    assert_eq!(student.evidence, Some(EvidenceKind::LiveAndBundle));
    assert_eq!(student.totals.unknown, 0);
    let verdict = |check: &str| {
        student
            .findings
            .iter()
            .flat_map(|step| &step.findings)
            .find(|finding| finding.check.as_str() == check)
            .unwrap()
            .verdict
    };
    assert_eq!(verdict("taskdef.matches-file"), Verdict::Passed);
    assert_eq!(verdict("ecr.sha-in-git"), Verdict::Passed);
    assert_eq!(verdict("budget.email-read"), Verdict::Attested);
    assert_eq!(verdict("caller.not-root"), Verdict::Skipped);

    let alone = class(rows(1), vec![looked(1, through_role(real(1, &good())))]).report();
    let skipped = only(&alone).totals.skipped;
    assert!(skipped > student.totals.skipped);
    assert_eq!(only(&alone).evidence, Some(EvidenceKind::Live));
}

#[test]
fn nothing_of_a_bundle_of_another_account_is_mixed_in() {
    let evidence = vec![
        looked(1, through_role(real(1, &broken("database-public")))),
        file("login0001.json", bundle(real(9, &good()))),
    ];
    let report = class(rows(1), evidence).report();
    let student = only(&report);
    assert_eq!(student.evidence, Some(EvidenceKind::Live));
    assert_eq!(student.standing, Standing::Stuck);
    assert!(
        student
            .notes
            .iter()
            .any(|note| note.contains("another account (********0009)")),
        "{:?}",
        student.notes
    );
}

#[test]
fn a_bundle_stands_in_for_a_run_that_did_not_get_in() {
    let report = class(rows(1), vec![refused(1), handed_in(1, &good())]).report();
    let student = only(&report);
    assert_eq!(student.standing, Standing::Done);
    assert_eq!(student.evidence, Some(EvidenceKind::Bundle));
    assert!(
        student
            .notes
            .iter()
            .any(|note| note.contains("does not let you in"))
    );
}

#[test]
fn what_belongs_to_nobody_is_a_student_of_its_own_and_is_remarked_on() {
    let report = class(
        rows(1),
        vec![handed_in(7, &good()), spoilt("x.json", Trouble::Empty)],
    )
    .report();
    let names: Vec<&str> = report
        .students
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Zoe Adams", "s7", "x"]);
    assert_eq!(report.students[1].standing, Standing::Done);
    assert!(report.students[1].notes[0].starts_with("On no row of the roster"));
    assert_eq!(report.students[2].standing, Standing::Unreadable);
    assert_eq!(report.remarks.len(), 2);
    assert!(report.remarks[0].contains("bundles/s7.json"));
}

#[test]
fn a_file_called_after_one_student_with_the_account_of_another_is_told_in_both_places() {
    let evidence = vec![file("login0002.json", bundle(real(1, &good())))];
    let report = class(rows(2), evidence).report();
    assert_eq!(report.students[0].standing, Standing::NotSubmitted);
    assert_eq!(report.students[1].standing, Standing::Done);
    let say = "login0002.json is called after Ann Lee, and its account is that of Zoe Adams on the roster. It is judged as Ann Lee's: see whose it is.";
    assert_eq!(report.remarks, [say]);
    assert_eq!(report.students[1].notes, [say]);
}

#[test]
fn without_a_roster_each_file_is_a_student_by_its_name() {
    let evidence = vec![
        file("zoe.json", bundle(real(1, &good()))),
        file("ann/landfall-bundle.json", bundle(real(2, &half_built()))),
    ];
    let report = class(Vec::new(), evidence).report();
    let names: Vec<&str> = report
        .students
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["ann", "zoe"]);
    assert!(report.remarks.is_empty());
    assert!(
        report
            .students
            .iter()
            .all(|student| student.email.is_none())
    );
}

#[test]
fn an_edited_file_another_version_and_odd_clocks_are_notes_and_no_verdicts() {
    let mut edited = bundle(real(1, &good()));
    edited.intact = false;
    edited.bundle.made_with.landfall = "0.0.1".to_owned();
    edited.bundle.made_at = noon() + SignedDuration::from_hours(30);
    let mut ahead = bundle(real(2, &good()));
    ahead.bundle.snapshot.collected_at = at("2031-01-01T00:00:00Z");
    let report = class(rows(2), vec![file("a", edited), file("b", ahead)]).report();
    let notes = report.students[0].notes.join(" ");
    assert!(notes.contains("was changed after it was made"), "{notes}");
    assert!(notes.contains("version 0.0.1"), "{notes}");
    assert!(notes.contains("the look's time counts"), "{notes}");
    assert_eq!(report.students[0].standing, Standing::Done);
    let notes = report.students[1].notes.join(" ");
    assert!(notes.contains("yet to come"), "{notes}");
}
