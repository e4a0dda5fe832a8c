//! A class to set in every format: one student of each standing and a few more, with everything that a report may hold.
//! Values are written down, not drawn up, so that a format's test fails for the format alone.

use super::item::{ClassQuiz, PointItem, QuestionItem};
use super::moment::Moment;
use super::report::*;
use crate::account::Snapshot;
use crate::checks::{self, Finding, Stack, Verdict, Verification, check, verify_all};
use crate::course::{Course, CourseFiles, load};
use crate::practice::{self, State};
use crate::report::map;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A name that would do harm wherever it is set without care: markup, a formula, a control character, a direction
/// override, quotes and the separators of tables.
pub(crate) const HOSTILE_NAME: &str = "=cmd|'/C calc'!A0</script><img src=x onerror=alert(1)>\u{1b}[31m\u{202e}gpj.\"exe\",`x`|y\n# z";

/// The built-in course, read once.
pub(crate) fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| {
        let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
        load(&CourseFiles::embedded(), &known)
            .expect("the built-in course loads")
            .0
    })
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// In a zone an hour ahead of UTC, so that a test sees whose clock is shown.
pub(crate) fn moment() -> Moment {
    Moment {
        zone: TimeZone::fixed(jiff::tz::offset(1)),
        now: at("2026-11-24T09:00:00Z"),
    }
}

/// The finished account of the practice with one fault (`database-public`, `task-port-closed-to-alb`...).
pub(crate) fn broken(cause: &str) -> Snapshot {
    let mut state = State::default();
    practice::apply_all(&mut state, noon() - SignedDuration::from_hours(1));
    practice::break_cause(&mut state, cause, &course().chapter, noon()).expect("a known fault");
    practice::snapshot(
        &state,
        &course().chapter,
        noon() + SignedDuration::from_mins(20),
    )
}

/// The finished account.
pub(crate) fn good() -> Snapshot {
    practice::good_account(&course().chapter, noon())
}

/// After the lesson about the database.
pub(crate) fn half_built() -> Snapshot {
    let steps: Vec<&str> = practice::STEPS
        .iter()
        .map(|step| step.id)
        .take_while(|id| !id.starts_with("elasticache."))
        .collect();
    practice::account_after(&steps, &course().chapter, noon())
}

/// Nothing done.
pub(crate) fn empty() -> Snapshot {
    practice::empty_account(&course().chapter, noon())
}

/// The time of every look.
pub(crate) fn noon() -> Timestamp {
    at("2026-11-22T12:00:00Z")
}

/// One student: `snapshot` judged, as far as the standing says that there is something to judge.
pub(crate) fn student(
    number: usize,
    name: &str,
    standing: Standing,
    snapshot: Option<&Snapshot>,
) -> StudentReport {
    let mut student = StudentReport {
        key: format!("student-{number}"),
        name: name.to_owned(),
        email: Some(format!("s{number}@example.com")),
        id: Some(format!("{}", 4000 + number)),
        sis_id: Some(format!("SIS-{number}")),
        login: Some(format!("login{number}")),
        section: Some(
            if number.is_multiple_of(2) {
                "Mon"
            } else {
                "Tue"
            }
            .to_owned(),
        ),
        account: Some(format!("********{:04}", 9000 + number)),
        region: Some("us-east-1".to_owned()),
        standing,
        trouble: None,
        evidence: None,
        file: None,
        looked_at: None,
        late: None,
        steps: BTreeMap::new(),
        totals: crate::checks::Totals::default(),
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
    };
    if let Some(snapshot) = snapshot {
        judged(&mut student, snapshot);
    }
    student
}

fn judged(student: &mut StudentReport, snapshot: &Snapshot) {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let verification = verify_all(snapshot, course(), &attested);
    let since = Some(at("2026-11-20T13:03:00Z"));
    student.evidence = Some(EvidenceKind::Bundle);
    student.file = Some(format!("bundles/{}.json", student.key));
    student.looked_at = Some(snapshot.collected_at);
    student.late = Some(false);
    student.totals = verification.totals;
    for step in verification.lessons.iter().flat_map(|lesson| &lesson.steps) {
        let cell = StepCell {
            verdict: step.verdict,
            since,
            overridden: false,
        };
        student.steps.insert(step.id.to_string(), cell);
        let optional = course()
            .step(step.id.as_str())
            .is_some_and(|(_, step)| step.optional);
        let is_done = matches!(step.verdict, Verdict::Passed | Verdict::Attested);
        if step.verdict != Verdict::Skipped && (is_done || !optional) {
            student.of += 1;
            student.done += usize::from(is_done);
        }
        student.findings.push(StepFindings {
            step: step.id.to_string(),
            title: step.title.clone(),
            findings: step.checks.clone(),
        });
    }
    #[allow(clippy::cast_precision_loss, reason = "a few dozen steps")]
    {
        student.score = Some(100.0 * student.done as f64 / student.of as f64);
    }
    student.stuck = stuck(&verification, since);
    student.at_step = at_step(&verification);
    student.map = Some(map::map(
        &Stack {
            snapshot,
            attested: &attested,
            teardown_begun: false,
        },
        &verification,
    ));
}

fn stuck(verification: &Verification, since: Option<Timestamp>) -> Option<Stuck> {
    let root = verification.root_cause.as_ref()?;
    let step = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .find(|step| step.checks.iter().any(|one| one.check == root.check))?;
    Some(Stuck {
        step: step.id.to_string(),
        check: root.check.to_string(),
        title: check(root.check.as_str())
            .expect("a check of the registry")
            .title
            .to_owned(),
        cause: Some(root.cause.to_string()),
        summary: Some(root.summary.clone()),
        since,
    })
}

fn at_step(verification: &Verification) -> Option<AtStep> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .find(|step| {
            !step.verdict.is_done()
                && course()
                    .step(step.id.as_str())
                    .is_some_and(|(_, step)| !step.optional)
        })
        .map(|step| AtStep {
            step: step.id.to_string(),
            title: step.title.clone(),
            verdict: step.verdict,
        })
}

/// Every standing once, two students more at the most crowded place, and one with a hostile name: ten.
pub(crate) fn report() -> ClassReport {
    let good = good();
    let public = broken("database-public");
    let mut ann = student(1, "Ann Lee", Standing::Done, Some(&good));
    ann.evidence = Some(EvidenceKind::LiveAndBundle);
    ann.quiz = Some(QuizSum {
        answered: 12,
        share: 0.875,
    });
    let mut bo = student(2, "Bo Chen", Standing::Stuck, Some(&public));
    bo.drift = vec![
        "\"The database is private\" passed 2026-11-19 09:12, fails since 2026-11-20 14:03: news-api-db is public (was private)."
            .to_owned(),
    ];
    bo.late = Some(true);
    let caro = student(3, "Caro Díaz", Standing::Stuck, Some(&public));
    let mut dee = student(
        4,
        "Dee Okafor",
        Standing::Stuck,
        Some(&broken("task-port-closed-to-alb")),
    );
    dee.evidence = Some(EvidenceKind::Live);
    dee.file = Some("run-2026-11-24".to_owned());
    dee.notes = vec!["The file was changed after it was made. Ask why.".to_owned()];
    let mut eli = student(5, "Eli Novák", Standing::UnderWay, Some(&half_built()));
    eli.overrides = vec!["the step \"rds.network\": ok (shown in the lab on Monday)".to_owned()];
    if let Some(cell) = eli.steps.get_mut("rds.network") {
        cell.verdict = Verdict::Passed;
        cell.overridden = true;
    }
    let mut fay = student(6, "Fay Nkosi", Standing::NothingYet, Some(&empty()));
    fay.stuck = None;
    fay.score = Some(0.0);
    let mut gus = student(7, "Gus Berg", Standing::CannotTell, None);
    gus.trouble =
        Some("The role cannot be used: AWS refused. Ask for the role's external id.".to_owned());
    gus.evidence = Some(EvidenceKind::Live);
    gus.looked_at = Some(at("2026-11-24T08:30:00Z"));
    let mut hal = student(8, "Hal Ito", Standing::Unreadable, None);
    hal.trouble = Some(
        "The file ends in the middle. Ask for the file again: a part of it was lost on the way."
            .to_owned(),
    );
    hal.file = Some("bundles/hal_ito.json".to_owned());
    let mut ida = student(9, "Ida Moreau", Standing::NotSubmitted, None);
    ida.account = None;
    ida.region = None;
    let mut hostile = student(10, HOSTILE_NAME, Standing::Stuck, Some(&public));
    hostile.file = Some(format!("bundles/{HOSTILE_NAME}.json"));
    hostile.email = Some("@SUM(1+1)*cmd".to_owned());
    hostile.login = Some("+1".to_owned());
    hostile.section = Some("-2+3".to_owned());
    hostile.notes = vec![HOSTILE_NAME.to_owned()];
    of(vec![ann, bo, caro, dee, eli, fay, gus, hal, ida, hostile])
}

/// A class of so many, the students of [`report`] over and over.
pub(crate) fn report_of(number: usize) -> ClassReport {
    let few = report();
    let students = few.students.iter().cycle().take(number).enumerate();
    let students = students
        .map(|(at, student)| StudentReport {
            key: format!("student-{}", at + 1),
            name: format!("{} {}", student.name, at + 1),
            ..student.clone()
        })
        .collect();
    of(students)
}

/// The report of these students.
pub(crate) fn of(students: Vec<StudentReport>) -> ClassReport {
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
    let steps = course().steps();
    ClassReport {
        schema: ClassReport::SCHEMA,
        landfall: "0.1.0",
        course: course().title.clone(),
        made_at: moment().now,
        detail: Detail::Full,
        anonymised: false,
        deadline: Some(at("2026-11-22T22:59:00Z")),
        steps: steps
            .map(|(lesson, step)| StepColumn {
                id: step.id.to_string(),
                title: step.title.clone(),
                lesson: lesson.id.to_string(),
                lesson_title: lesson.title.clone(),
                optional: step.optional,
            })
            .collect(),
        stuck: places(&students),
        alike: alike(&students),
        standings,
        quizzes: vec![quiz()],
        remarks: vec![
            "The file bundles/somebody.json belongs to nobody on the roster: see whose it is."
                .to_owned(),
            format!("The override for \"{HOSTILE_NAME}\" fits nobody."),
        ],
        students,
        moment: moment(),
    }
}

fn places(students: &[StudentReport]) -> Vec<StuckPlace> {
    let mut places: Vec<StuckPlace> = Vec::new();
    let judged = students
        .iter()
        .filter(|student| !student.steps.is_empty())
        .count();
    for student in students {
        let Some(stuck) = &student.stuck else {
            continue;
        };
        if let Some(place) = places
            .iter_mut()
            .find(|place| place.check == stuck.check && place.cause == stuck.cause)
        {
            place.students.push(student.key.clone());
            continue;
        }
        places.push(StuckPlace {
            step: stuck.step.clone(),
            check: stuck.check.clone(),
            title: stuck.title.clone(),
            cause: stuck.cause.clone(),
            students: vec![student.key.clone()],
            of: judged,
            since: stuck.since,
        });
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.students.len()));
    places
}

fn alike(students: &[StudentReport]) -> Vec<Alike> {
    let [.., first, second] = students else {
        return Vec::new();
    };
    vec![Alike {
        students: vec![first.key.clone(), second.key.clone()],
        why: AlikeWhy::SameAccount,
        say: format!(
            "{} and {} handed in the same account (********9012). Shared on purpose? Ask them.",
            first.name, second.name
        ),
    }]
}

fn quiz() -> ClassQuiz {
    ClassQuiz {
        deck: "chapter-review".to_owned(),
        title: "Chapter review".to_owned(),
        learners: 9,
        counts_only: true,
        questions: vec![
            QuestionItem {
                question: "two-zones".to_owned(),
                kind: "open",
                n: 8,
                not_known: 1,
                right: 5,
                interval: Some((0.306, 0.863)),
                facility: None,
                discrimination: None,
                confident_errors: 2,
                most_chosen_wrong: None,
                median_seconds: Some(74.5),
                judged: 16,
                overridden: 3,
                points: vec![
                    PointItem {
                        point: "one-zone-fails".to_owned(),
                        n: 8,
                        said: 6,
                        partly: 1,
                        not_said: 1,
                        facility: None,
                    },
                    PointItem {
                        point: "balancer-reroutes".to_owned(),
                        n: 8,
                        said: 2,
                        partly: 1,
                        not_said: 5,
                        facility: None,
                    },
                ],
            },
            QuestionItem {
                question: "which-source".to_owned(),
                kind: "choice",
                n: 0,
                not_known: 2,
                right: 0,
                interval: None,
                facility: None,
                discrimination: None,
                confident_errors: 0,
                most_chosen_wrong: Some(("the-range".to_owned(), 2)),
                median_seconds: None,
                judged: 0,
                overridden: 0,
                points: Vec::new(),
            },
        ],
    }
}

/// The same report, told so little that only verdicts are left.
pub(crate) fn verdict_only() -> ClassReport {
    let mut report = report();
    report.detail = Detail::VerdictOnly;
    for student in &mut report.students {
        if let Some(stuck) = &mut student.stuck {
            stuck.cause = None;
            stuck.summary = None;
        }
        student.map = None;
        let findings = student
            .findings
            .iter_mut()
            .flat_map(|step| &mut step.findings);
        for finding in findings {
            *finding = Finding {
                summary: String::new(),
                cause: None,
                evidence: Vec::new(),
                ruled_out: Vec::new(),
                fix: Vec::new(),
                advice: None,
                missing_permission: None,
                ..finding.clone()
            };
        }
    }
    report.stuck = places(&report.students);
    report
}

/// The same report without anything that names a person.
pub(crate) fn anonymised() -> ClassReport {
    let mut report = report();
    report.anonymised = true;
    for (at, student) in report.students.iter_mut().enumerate() {
        student.name = format!("Student {}", at + 1);
        student.email = None;
        student.id = None;
        student.sis_id = None;
        student.login = None;
        student.account = None;
        student.file = None;
        student.notes.clear();
    }
    report.alike = alike(&report.students);
    report.remarks.clear();
    report
}

mod tests {
    use super::*;

    #[test]
    fn the_class_for_tests_holds_every_standing_and_what_it_counts_is_there() {
        let report = report();
        let standings = report.standings;
        assert_eq!(report.students.len(), 10);
        assert_eq!(
            (standings.done, standings.stuck, standings.under_way),
            (1, 4, 1)
        );
        assert_eq!(report.stuck[0].students.len(), 3);
        assert_eq!(report.students[0].score, Some(100.0));
        assert!(report.students[0].stuck.is_none());
    }
}
