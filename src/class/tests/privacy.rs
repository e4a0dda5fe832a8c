//! What is not told.

use super::*;

fn a_class() -> Class {
    let mut public = real(1, &broken("database-public"));
    if let Fact::Present(caller) = &mut public.caller {
        caller.arn = Arn(format!("arn:aws:iam::{}:user/zoe-adams", account(1)));
        caller.principal = Principal::User {
            name: "zoe-adams".to_owned(),
        };
    }
    let mut second = bundle(real(2, &good()));
    second.intact = false;
    let evidence = vec![
        file("Zoe_Adams/landfall-bundle.json", bundle(public)),
        file(&format!("Ann_Lee_{}.json", account(2)), second),
        spoilt("login0001-Zoe_Adams.json", Trouble::Empty),
        file("Caro Díaz stray.json", bundle(real(40, &good()))),
        refused(3),
    ];
    let mut class = class(rows(4), evidence);
    class.overrides.all = vec![
        Override {
            score: Some(50.0),
            reason: "Zoe was ill".to_owned(),
            ..decision("Zoe Adams")
        },
        decision("Nemo Clarke"),
    ];
    class
}

#[test]
fn no_account_is_told_in_full_unless_it_is_asked_for() {
    let text = whole(&a_class().report());
    for number in [1, 2, 3, 40] {
        assert!(!text.contains(&account(number)), "{number}");
    }
    assert!(text.contains("********0001"));
    let mut class = a_class();
    class.full_accounts = true;
    assert!(whole(&class.report()).contains(&account(1)));
}

#[test]
fn anonymous_students_are_numbers_and_nothing_else_of_the_roster_or_the_files_is_left() {
    let mut class = a_class();
    class.anonymise = true;
    class.full_accounts = true;
    let report = class.report();
    let text = whole(&report).to_lowercase();
    for word in [
        "zoe",
        "adams",
        "ann lee",
        "ann_lee",
        "bo chen",
        "caro",
        "díaz",
        "lms000",
        "sis000",
        "login000",
        "person000",
        "key-1",
        "landfall-bundle",
        "nemo",
        "ill",
        "70000000000",
        "********0",
    ] {
        // "still", "will" and the like.
        if word == "ill" {
            assert!(!text.contains("was ill"));
            continue;
        }
        let told = text
            .find(word)
            .map(|at| text[at..].chars().take(80).collect::<String>());
        assert!(told.is_none(), "{word} is told after {told:?}");
    }
    let names: Vec<&str> = report
        .students
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Student 1",
            "Student 2",
            "Student 3",
            "Student 4",
            "Student 5"
        ]
    );
    assert_eq!(report.students[0].key, "student-1");
    assert!(report.students.iter().any(|one| one.score == Some(50.0)));
    assert!(
        report
            .students
            .iter()
            .all(|one| one.account.is_none() && one.file.is_none())
    );
    assert_eq!(report.stuck[0].students.len(), 1);
    assert!(report.stuck[0].students[0].starts_with("student-"));
    assert_eq!(report.remarks.len(), 2);
}

#[test]
fn the_numbers_do_not_follow_the_roster() {
    let mut class = class(rows(12), Vec::new());
    for row in &mut class.rows {
        row.section = Some(row.key.0.clone());
    }
    class.anonymise = true;
    let sections: Vec<String> = class
        .report()
        .students
        .iter()
        .filter_map(|student| student.section.clone())
        .collect();
    let in_order: Vec<String> = (1..=12).map(|number| format!("key-{number}")).collect();
    assert_ne!(sections, in_order);
}

#[test]
fn no_expected_values_means_neither_what_was_expected_nor_what_to_do() {
    let mut class = a_class();
    class.detail = Detail::NoExpectedValues;
    let report = class.report();
    let student = &report.students[0];
    let map = student.map.as_ref().unwrap();
    let on_the_map = map.nodes.iter().flat_map(|node| &node.checks);
    let in_steps = student.findings.iter().flat_map(|step| &step.findings);
    let mut seen = 0;
    for finding in in_steps.chain(on_the_map) {
        assert!(finding.fix.is_empty() && finding.advice.is_none());
        assert!(finding.evidence.iter().all(|one| one.expected.is_empty()));
        assert!(!finding.summary.is_empty());
        seen += finding
            .evidence
            .iter()
            .filter(|one| !one.observed.is_empty())
            .count();
    }
    assert!(seen > 10);
    assert_eq!(
        student.stuck.as_ref().unwrap().cause.as_deref(),
        Some("database-public")
    );
}

#[test]
fn verdict_only_means_verdicts_alone() {
    let mut class = a_class();
    class.detail = Detail::VerdictOnly;
    let report = class.report();
    let student = &report.students[0];
    assert!(student.map.is_none());
    for finding in student.findings.iter().flat_map(|step| &step.findings) {
        assert!(finding.summary.is_empty() && finding.cause.is_none());
        assert!(
            finding.evidence.is_empty() && finding.fix.is_empty() && finding.ruled_out.is_empty()
        );
        assert!(finding.advice.is_none() && finding.missing_permission.is_none());
    }
    let stuck = student.stuck.as_ref().unwrap();
    assert_eq!((&stuck.cause, &stuck.summary), (&None, &None));
    assert_eq!(report.stuck[0].cause, None);
    assert!(!whole(&report).contains("database-public"));
    assert_eq!(student.steps["rds.instance"].verdict, Verdict::Failed);
}
