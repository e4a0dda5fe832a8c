//! Classes to open in a browser: accounts of the practice, judged by the real checks.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use landfall::account::Snapshot;
use landfall::checks::{self, Stack, Totals, Verdict, check, verify_all};
use landfall::class::{
    Alike, AlikeWhy, AtStep, ClassQuiz, ClassReport, Detail, EvidenceKind, Moment, QuestionItem,
    QuizSum, Standing, Standings, StepCell, StepColumn, StepFindings, Stuck, StuckPlace,
    StudentReport,
};
use landfall::course::{self, Course, CourseFiles};
use landfall::practice;
use landfall::report::map::map;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Names of people who want to get into the page. Whatever runs sets a flag that the tests look at.
pub const HOSTILE: [&str; 5] = [
    "<img src=x onerror=\"window.executed=1\">",
    "</script><script>window.executed=1</script>",
    "\" onmouseover=\"window.executed=1\" autofocus onfocus='window.executed=1",
    "\u{202e}gpj.exe\u{2066}\u{1b}[31m مرحبا",
    "javascript:window.executed=1//]]>--></style></title></svg>&lt;b&gt;",
];

pub fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| {
        let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
        course::load(&CourseFiles::embedded(), &known).unwrap().0
    })
}

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn deadline() -> Timestamp {
    "2026-11-22T22:59:00Z".parse().unwrap()
}

fn looked_at() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn broken(cause: &str) -> Snapshot {
    let chapter = &course().chapter;
    let mut state = practice::State::default();
    practice::apply_all(&mut state, looked_at() - SignedDuration::from_hours(1));
    practice::break_cause(&mut state, cause, chapter, looked_at()).unwrap();
    practice::snapshot(&state, chapter, looked_at() + SignedDuration::from_mins(20))
}

fn half_built(steps: usize) -> Snapshot {
    let steps: Vec<&str> = practice::STEPS
        .iter()
        .map(|step| step.id)
        .take(steps)
        .collect();
    practice::account_after(&steps, &course().chapter, looked_at())
}

/// A student of whom nothing is known yet.
fn student(number: usize, name: &str, standing: Standing) -> StudentReport {
    StudentReport {
        key: format!("s-{number}"),
        name: name.to_owned(),
        email: Some(format!("s{number}@example.com")),
        id: Some(format!("{}", 4000 + number)),
        sis_id: None,
        login: Some(format!("login{number}")),
        section: Some(
            if number.is_multiple_of(2) {
                "Monday"
            } else {
                "Tuesday"
            }
            .to_owned(),
        ),
        account: Some(format!("********{:04}", 9000 + number)),
        region: None,
        standing,
        trouble: None,
        evidence: None,
        file: Some(format!("bundles/{number}.json")),
        looked_at: None,
        late: None,
        steps: BTreeMap::new(),
        totals: Totals::default(),
        done: 0,
        of: 0,
        score: None,
        stuck: None,
        at_step: None,
        drift: Vec::new(),
        overrides: Vec::new(),
        notes: Vec::new(),
        findings: Vec::new(),
        map: None,
        quiz: None,
    }
}

/// Judged by the checks, stuck for so many hours.
fn judged(mut student: StudentReport, snapshot: &Snapshot, hours: i64) -> StudentReport {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    let verification = verify_all(snapshot, course(), &attested);
    let since = Some(now() - SignedDuration::from_hours(hours));
    student.evidence = Some(EvidenceKind::Bundle);
    student.region = Some("us-east-1".to_owned());
    student.looked_at = Some(now() - SignedDuration::from_hours(hours / 2));
    student.late = student.looked_at.map(|at| at > deadline());
    student.totals = verification.totals;
    for step in verification.lessons.iter().flat_map(|lesson| &lesson.steps) {
        let cell = StepCell {
            verdict: step.verdict,
            since,
            overridden: false,
        };
        student.steps.insert(step.id.to_string(), cell);
        let done = matches!(step.verdict, Verdict::Passed | Verdict::Attested);
        student.of += usize::from(step.verdict != Verdict::Skipped);
        student.done += usize::from(done);
        student.findings.push(StepFindings {
            step: step.id.to_string(),
            title: step.title.clone(),
            findings: step.checks.clone(),
        });
        let root = verification.root_cause.as_ref();
        if let Some(root) =
            root.filter(|root| step.checks.iter().any(|one| one.check == root.check))
            && student.standing == Standing::Stuck
            && student.stuck.is_none()
        {
            student.stuck = Some(Stuck {
                step: step.id.to_string(),
                check: root.check.to_string(),
                title: check(root.check.as_str()).unwrap().title.to_owned(),
                cause: Some(root.cause.to_string()),
                summary: Some(root.summary.clone()),
                since,
            });
        }
        if student.at_step.is_none() && !step.verdict.is_done() {
            student.at_step = Some(AtStep {
                step: step.id.to_string(),
                title: step.title.clone(),
                verdict: step.verdict,
            });
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a few dozen steps")]
    let score = 100.0 * student.done as f64 / student.of as f64;
    student.score = Some(score);
    student.map = Some(map(&stack, &verification));
    student
}

/// Twelve students: every standing, three at one place and two at another.
pub fn class() -> ClassReport {
    let good = practice::good_account(&course().chapter, looked_at());
    let closed = broken("database-closed-to-tasks");
    let health = broken("health-path-not-served");
    let mut all = vec![
        judged(student(1, "Zoë Adler", Standing::Done), &good, 100),
        judged(student(2, "Bo Chen", Standing::Stuck), &closed, 75),
        judged(student(3, "Caro Díaz", Standing::Stuck), &closed, 30),
        judged(student(4, "Dee Okafor", Standing::Stuck), &health, 5),
        judged(
            student(5, "Eli Novák", Standing::UnderWay),
            &half_built(9),
            60,
        ),
        judged(
            student(6, "Fay Nkosi", Standing::NothingYet),
            &half_built(0),
            20,
        ),
        student(7, "Gus Berg", Standing::CannotTell),
        student(8, "Hal Ito", Standing::Unreadable),
        student(9, "Ida Moreau", Standing::NotSubmitted),
        judged(student(10, "Jan Kowalski", Standing::Stuck), &closed, 50),
        judged(
            student(11, "Kim Larsen", Standing::UnderWay),
            &half_built(14),
            12,
        ),
        judged(student(12, "Lea Rossi", Standing::Stuck), &health, 90),
    ];
    all[0].quiz = Some(QuizSum {
        answered: 12,
        share: 0.875,
    });
    all[1].drift = vec!["\"The database lets the tasks in\" passed 2026-11-19 09:12 and fails since: a rule was taken away".to_owned()];
    all[2].notes = vec!["The file was changed after it was made. Ask why".to_owned()];
    all[4].overrides = vec!["the step \"rds.network\": ok (shown in the lab on Monday)".to_owned()];
    if let Some(cell) = all[4].steps.get_mut("rds.network") {
        cell.overridden = true;
        cell.verdict = Verdict::Passed;
    }
    all[6].trouble = Some("AWS refused the role. Ask for the role's external id".to_owned());
    all[6].evidence = Some(EvidenceKind::Live);
    all[7].trouble = Some("The file ends in the middle. Ask for the file again".to_owned());
    all[8].file = None;
    all[8].account = None;
    report(all)
}

/// So many, the judged ones of [`class`] over and over.
pub fn class_of(number: usize) -> ClassReport {
    let few = class().students;
    let all = few
        .iter()
        .filter(|student| student.map.is_some())
        .cycle()
        .take(number);
    report(
        all.enumerate()
            .map(|(at, student)| StudentReport {
                key: format!("s-{at}"),
                name: format!("{} {at}", student.name),
                ..student.clone()
            })
            .collect(),
    )
}

/// Every text that comes from somewhere else wants to get in, and one name is very long.
pub fn hostile() -> ClassReport {
    let mut class = class();
    let long = format!("{}<b>", "x".repeat(10_000));
    let plants = HOSTILE.iter().copied().chain([long.as_str(), ""]).cycle();
    for (student, plant) in class.students.iter_mut().zip(plants) {
        let plant = plant.to_owned();
        student.name.clone_from(&plant);
        for text in [
            &mut student.email,
            &mut student.id,
            &mut student.login,
            &mut student.section,
            &mut student.account,
            &mut student.region,
            &mut student.file,
            &mut student.trouble,
        ] {
            *text = Some(plant.clone());
        }
        student.drift = vec![plant.clone()];
        student.notes = vec![plant.clone()];
        student.overrides = vec![plant.clone()];
        if let Some(stuck) = &mut student.stuck {
            stuck.cause = Some(plant.clone());
            stuck.summary = Some(plant.clone());
            stuck.title = plant.clone();
        }
        let findings = student
            .findings
            .iter_mut()
            .flat_map(|step| &mut step.findings);
        for finding in findings {
            finding.summary.clone_from(&plant);
            for fix in &mut finding.fix {
                fix.command = Some(plant.clone());
            }
        }
        if let Some(map) = &mut student.map {
            map.head.region.clone_from(&plant);
            for node in &mut map.nodes {
                node.name = Some(plant.clone());
            }
        }
    }
    class.course = HOSTILE[1].to_owned();
    for place in &mut class.stuck {
        place.title = HOSTILE[0].to_owned();
        place.cause = Some(HOSTILE[1].to_owned());
    }
    class.remarks = HOSTILE.map(str::to_owned).to_vec();
    class.steps[0].title = HOSTILE[2].to_owned();
    class
}

fn report(students: Vec<StudentReport>) -> ClassReport {
    let mut standings = Standings::default();
    for student in &students {
        *match student.standing {
            Standing::Done => &mut standings.done,
            Standing::UnderWay => &mut standings.under_way,
            Standing::Stuck => &mut standings.stuck,
            Standing::NothingYet => &mut standings.nothing_yet,
            Standing::CannotTell => &mut standings.cannot_tell,
            Standing::Unreadable => &mut standings.unreadable,
            Standing::NotSubmitted => &mut standings.not_submitted,
        } += 1;
    }
    let alike: Vec<Alike> = students
        .get(1..3)
        .map(|two| Alike {
            students: two.iter().map(|one| one.key.clone()).collect(),
            why: AlikeWhy::SameAccount,
            say: "Bo Chen and Caro Díaz handed in the same account (********9012). Shared on purpose? Ask them"
                .to_owned(),
        })
        .into_iter()
        .collect();
    ClassReport {
        schema: ClassReport::SCHEMA,
        landfall: "0.1.0",
        course: course().title.clone(),
        made_at: now(),
        detail: Detail::Full,
        anonymised: false,
        deadline: Some(deadline()),
        steps: course()
            .steps()
            .map(|(lesson, step)| StepColumn {
                id: step.id.to_string(),
                title: step.title.clone(),
                lesson: lesson.id.to_string(),
                lesson_title: lesson.title.clone(),
                optional: step.optional,
            })
            .collect(),
        stuck: places(&students),
        standings,
        students,
        alike,
        quizzes: vec![quiz()],
        remarks: vec!["The file bundles/somebody.json belongs to nobody on the roster".to_owned()],
        moment: Moment {
            zone: TimeZone::UTC,
            now: now(),
        },
    }
}

fn places(students: &[StudentReport]) -> Vec<StuckPlace> {
    let of = students
        .iter()
        .filter(|student| !student.steps.is_empty())
        .count();
    let mut places: Vec<StuckPlace> = Vec::new();
    for student in students {
        let Some(stuck) = &student.stuck else {
            continue;
        };
        let known = places
            .iter_mut()
            .find(|place| place.check == stuck.check && place.cause == stuck.cause);
        if let Some(place) = known {
            place.students.push(student.key.clone());
            place.since = place.since.min(stuck.since);
        } else {
            places.push(StuckPlace {
                step: stuck.step.clone(),
                check: stuck.check.clone(),
                title: stuck.title.clone(),
                cause: stuck.cause.clone(),
                students: vec![student.key.clone()],
                of,
                since: stuck.since,
            });
        }
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.students.len()));
    places
}

fn quiz() -> ClassQuiz {
    let question = |question: &str, right| QuestionItem {
        question: question.to_owned(),
        kind: "choice",
        n: 8,
        not_known: 1,
        right,
        interval: Some((0.306, 0.863)),
        facility: None,
        discrimination: None,
        confident_errors: 2,
        most_chosen_wrong: Some(("the-range".to_owned(), 2)),
        median_seconds: Some(74.5),
        judged: 0,
        overridden: 0,
        points: Vec::new(),
    };
    ClassQuiz {
        deck: "chapter-review".to_owned(),
        title: "Chapter review".to_owned(),
        learners: 9,
        counts_only: true,
        questions: vec![question("two-zones", 5), question("which-source", 2)],
    }
}
