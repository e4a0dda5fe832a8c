//! The instructor's own decisions.

use super::*;

#[test]
fn a_decision_changes_cell_and_score_and_leaves_the_findings() {
    let step = |verdict| Override {
        step: Some("rds.instance".to_owned()),
        verdict: Some(verdict),
        ..decision("ZOE ADAMS ")
    };
    let report = |overrides| {
        let mut class = class(rows(1), vec![handed_in(1, &broken("database-public"))]);
        class.overrides = Overrides { all: overrides };
        class.report()
    };
    let plain = report(Vec::new());
    let decided = report(vec![step(Verdict::Passed)]);
    let (plain, decided) = (only(&plain), only(&decided));
    let cell = &decided.steps["rds.instance"];
    assert_eq!((cell.verdict, cell.overridden), (Verdict::Passed, true));
    assert_eq!(plain.steps["rds.instance"].verdict, Verdict::Failed);
    assert_eq!(decided.done, plain.done + 1);
    assert_eq!(decided.findings[10].findings, plain.findings[10].findings);
    assert_eq!(decided.totals, plain.totals);
    assert!(decided.stuck.is_none(), "{:?}", decided.stuck);
    assert_eq!(decided.standing, Standing::Done);
    assert_eq!(plain.standing, Standing::Stuck);
    assert!(
        decided.overrides[0].ends_with("ok (shown in the lab)"),
        "{:?}",
        decided.overrides
    );
}

#[test]
fn a_student_is_found_by_whatever_names_them() {
    for name in [
        "LMS0001",
        "sis0001",
        "login0001",
        "Person0001@Example.com",
        "700000000001",
        "key-1",
    ] {
        let mut class = class(rows(2), vec![handed_in(2, &good())]);
        class.overrides.all = vec![Override {
            score: Some(140.0),
            ..decision(name)
        }];
        let report = class.report();
        assert_eq!(report.students[0].score, Some(100.0), "{name}");
        assert_eq!(report.students[0].standing, Standing::NotSubmitted);
        assert!(report.remarks.is_empty());
    }
}

#[test]
fn a_decision_that_fits_nobody_two_or_no_step_is_remarked_on() {
    let mut class = class(rows(3), Vec::new());
    class.rows[2].student = "Ann Lee".to_owned();
    class.overrides.all = vec![
        decision("Zoe Adam"),
        decision("ann lee"),
        Override {
            step: Some("rds.instanse".to_owned()),
            verdict: Some(Verdict::Passed),
            ..decision("Zoe Adams")
        },
        Override {
            score: Some(f64::NAN),
            ..decision("Zoe Adams")
        },
    ];
    let report = class.report();
    assert_eq!(
        report.remarks,
        [
            "The override for \"Zoe Adam\" fits nobody. Is it meant for \"Zoe Adams\"?",
            "The override for \"ann lee\" fits more than one student: name an id or an e-mail address.",
            "The override for \"Zoe Adams\" names the step rds.instanse, which the course does not have. Is it rds.instance?",
        ]
    );
    assert_eq!(report.students[0].score, None);
}

#[test]
fn lateness_is_excused_or_measured_against_a_deadline_of_ones_own() {
    let mut class = class(
        rows(3),
        (1..=3).map(|number| handed_in(number, &good())).collect(),
    );
    class.deadline = Some(noon() - SignedDuration::from_hours(1));
    class.overrides.all = vec![
        Override {
            late: Some(false),
            ..decision("key-1")
        },
        Override {
            deadline: Some(noon() + SignedDuration::from_hours(1)),
            ..decision("key-2")
        },
    ];
    let report = class.report();
    let late: Vec<Option<bool>> = report.students.iter().map(|one| one.late).collect();
    assert_eq!(late, [Some(false), Some(false), Some(true)]);
    assert_eq!(
        report.students[0].overrides,
        ["lateness excused (shown in the lab)"]
    );
    assert_eq!(
        report.students[1].overrides,
        ["deadline 2026-11-22 14:00 (shown in the lab)"]
    );
}
