use super::*;
use crate::course::{CourseFiles, load};
use crate::quiz::back::testing;

fn course() -> Course {
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    load(&CourseFiles::embedded(), &known)
        .expect("the built-in course loads")
        .0
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn said(check: &str, verdict: Verdict, second: i64) -> VerdictRecord {
    VerdictRecord {
        check: check.to_owned(),
        verdict,
        summary: format!("{check} is {}", verdict.id()),
        at: at(second),
        until: at(second),
    }
}

/// Every check that counts, passed at second 0, then these.
fn all_passed_then(course: &Course, later: &[VerdictRecord]) -> Vec<VerdictRecord> {
    course
        .steps()
        .flat_map(|(_, step)| &step.checks)
        .map(|id| said(id, Verdict::Passed, 0))
        .chain(later.iter().cloned())
        .collect()
}

struct Desk {
    course: Course,
    history: Vec<VerdictRecord>,
    attested: BTreeSet<String>,
    left_out: BTreeSet<String>,
    position: Option<&'static str>,
    teardown_begun: bool,
    looked: Timestamp,
    looks: KeptLooks,
}

impl Desk {
    fn with(history: impl FnOnce(&Course) -> Vec<VerdictRecord>, looked: i64) -> Self {
        let course = course();
        let history = history(&course);
        Desk {
            course,
            history,
            attested: BTreeSet::from(["budget.email-read".to_owned()]),
            left_out: BTreeSet::new(),
            position: None,
            teardown_begun: false,
            looked: at(looked),
            looks: KeptLooks::default(),
        }
    }

    fn status(&self) -> Status {
        let kept = Kept {
            stack: StackKey {
                source: Source::Practice,
                account: "practice".into(),
                region: "us-east-1".into(),
            },
            looked: self.looked,
            history: &self.history,
            attested: &self.attested,
            left_out: &self.left_out,
            position: self.position,
            teardown_begun: self.teardown_begun,
            looks: &self.looks,
        };
        status(&self.course, Some(&kept), vec![], "")
    }
}

fn step<'a>(status: &'a Status, id: &str) -> &'a StepProgress {
    status
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .find(|step| step.id.as_str() == id)
        .unwrap()
}

#[test]
fn before_the_first_look_nothing_is_said_of_any_step() {
    let status = status(&course(), None, vec![], "");
    assert_eq!(status.account, None);
    assert_eq!(status.next.kind, NextKind::Begin);
    assert!(status.steps.done == 0 && status.steps.open > 20);
    for lesson in &status.lessons {
        assert_eq!(lesson.verdict, None);
        assert!(lesson.steps.iter().all(|step| step.verdict.is_none()));
    }
}

#[test]
fn a_step_of_which_a_check_was_never_looked_at_is_not_called_done() {
    let desk = Desk::with(
        |_| {
            vec![
                said("rds.available", Verdict::Passed, 0),
                said("ecs.cluster", Verdict::Failed, 0),
            ]
        },
        0,
    );
    let status = desk.status();
    assert_eq!(step(&status, "rds.instance").verdict, None);
    assert_eq!(step(&status, "rds.instance").state, StepState::Open);
    // What is wrong is wrong, whatever the rest may be.
    assert_eq!(
        step(&status, "ecs-service.cluster").verdict,
        Some(Verdict::Failed)
    );
}

#[test]
fn advice_keeps_no_step_open() {
    let mut desk = Desk::with(|course| all_passed_then(course, &[]), 0);
    desk.history
        .retain(|record| record.check != "rds.database-name");
    let status = desk.status();
    assert_eq!(step(&status, "rds.instance").verdict, Some(Verdict::Passed));
    assert_eq!(status.steps.open, 0);
}

#[test]
fn a_step_back_is_told_with_both_times_as_long_as_it_lasts() {
    let mut desk = Desk::with(
        |course| {
            all_passed_then(
                course,
                &[
                    said("rds.private", Verdict::Unknown, 50),
                    said("rds.private", Verdict::Failed, 100),
                ],
            )
        },
        900,
    );
    let status = desk.status();
    let [change] = status.changes.as_slice() else {
        panic!("{:?}", status.changes)
    };
    assert_eq!(change.kind, ChangeKind::Regression);
    assert_eq!((change.before_at, change.since), (at(0), at(100)));
    assert_eq!(status.next.step, Some("rds.instance".into()));

    desk.history.push(said("rds.private", Verdict::Passed, 900));
    let status = desk.status();
    assert_eq!(status.changes[0].kind, ChangeKind::Change);
    assert_eq!(status.changes[0].now, Verdict::Passed);
}

#[test]
fn what_never_passed_is_no_step_back() {
    let desk = Desk::with(
        |_| {
            vec![
                said("rds.private", Verdict::Missing, 0),
                said("rds.private", Verdict::Failed, 10),
            ]
        },
        20,
    );
    assert!(desk.status().changes.is_empty());
}

#[test]
fn taking_the_stack_down_is_no_step_back() {
    let mut desk = Desk::with(
        |course| all_passed_then(course, &[said("rds.available", Verdict::Missing, 10)]),
        900,
    );
    assert_eq!(desk.status().changes.len(), 1);
    desk.teardown_begun = true;
    assert!(desk.status().changes.is_empty());
}

#[test]
fn what_was_left_out_is_neither_open_nor_done_until_it_passes() {
    let mut desk = Desk::with(
        |course| {
            let mut all = all_passed_then(course, &[]);
            all.push(said("dns.points-to-balancer", Verdict::Missing, 5));
            all
        },
        5,
    );
    desk.left_out = BTreeSet::from(["alb.name".to_owned(), "rds.instance".to_owned()]);
    let status = desk.status();
    assert_eq!(step(&status, "alb.name").state, StepState::LeftOut);
    assert_eq!(step(&status, "rds.instance").state, StepState::Done);
    assert_eq!((status.steps.left_out, status.steps.open), (1, 0));
}

#[test]
fn a_confirmation_counts_from_the_moment_it_is_given_until_it_is_taken_back() {
    let mut desk = Desk::with(
        |course| all_passed_then(course, &[said("budget.email-read", Verdict::Missing, 5)]),
        5,
    );
    assert_eq!(
        step(&desk.status(), "root-account.budget").state,
        StepState::Done
    );
    desk.attested.clear();
    desk.history
        .push(said("budget.email-read", Verdict::Attested, 6));
    assert_eq!(
        step(&desk.status(), "root-account.budget").state,
        StepState::Open
    );
}

#[test]
fn next_is_what_broke_then_where_the_guide_stopped_then_what_is_open() {
    let missing = |id: &str| said(id, Verdict::Missing, 1);
    let mut desk = Desk::with(
        |course| {
            all_passed_then(
                course,
                &[
                    missing("ecr.repository"),
                    missing("ssm.redis-url"),
                    said("rds.private", Verdict::Failed, 1),
                ],
            )
        },
        1,
    );
    desk.position = Some("elasticache.parameter");
    assert_eq!(desk.status().next.step, Some("rds.instance".into()));
    desk.history.push(said("rds.private", Verdict::Passed, 2));
    assert_eq!(
        desk.status().next.command,
        "landfall guide elasticache.parameter"
    );
    desk.position = None;
    assert_eq!(desk.status().next.step, Some("ecr-push.repository".into()));
}

#[test]
fn what_aws_still_works_on_is_waited_for_only_when_nothing_else_is_open() {
    let mut desk = Desk::with(
        |course| all_passed_then(course, &[said("rds.available", Verdict::Pending, 1)]),
        1,
    );
    let next = desk.status().next;
    assert_eq!(next.kind, NextKind::Wait);
    assert_eq!(next.command, "landfall verify rds.instance --watch");
    desk.history.push(said("ecs.cluster", Verdict::Missing, 1));
    assert_eq!(desk.status().next.step, Some("ecs-service.cluster".into()));
}

#[test]
fn the_quiz_comes_after_the_steps_and_the_report_after_the_quiz() {
    let course = course();
    let deck = &course.decks[0];
    let desk = Desk::with(|course| all_passed_then(course, &[]), 0);
    let kept = |history| Kept {
        stack: StackKey {
            source: Source::Aws,
            account: StackKey::UNKNOWN_ACCOUNT.into(),
            region: "us-east-1".into(),
        },
        looked: at(0),
        history,
        attested: &desk.attested,
        left_out: &desk.left_out,
        position: None,
        teardown_begun: false,
        looks: &desk.looks,
    };
    let quiz = |open, finished| vec![QuizProgress::of(deck, &[], open, finished, "landfall quiz")];
    let with = |quizzes| {
        status(
            &course,
            Some(&kept(&desk.history)),
            quizzes,
            "--account practice",
        )
    };
    let begun = with(quiz(
        Some(OpenQuiz {
            answered: 0,
            asks: 8,
        }),
        None,
    ));
    assert_eq!(begun.quizzes[0].answered, Some(0));
    assert_eq!(begun.account.unwrap().id, None);
    assert_eq!(
        begun.next.command,
        "landfall --account practice quiz chapter-review"
    );
    let mut finished = quiz(None, Some((Some(0.5), at(3))));
    let done = with(finished.clone());
    assert_eq!(done.next.kind, NextKind::Report);
    finished[0].counts.due = 1;
    assert_eq!(
        with(finished).next.command,
        "landfall --account practice quiz chapter-review --due"
    );
}

#[test]
fn what_waits_or_cannot_be_told_now_is_no_step_back() {
    for now in [
        Verdict::Blocked,
        Verdict::Unknown,
        Verdict::Pending,
        Verdict::Skipped,
    ] {
        let desk = Desk::with(
            |course| all_passed_then(course, &[said("rds.private", now, 10)]),
            10,
        );
        let kinds: Vec<ChangeKind> = desk.status().changes.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [ChangeKind::Change], "{now:?}");
        let needed = looks_needed(&desk.course, &desk.history, false);
        assert!(needed.is_empty(), "{now:?}");
    }
}

#[test]
fn a_confirmation_that_was_taken_back_is_no_step_back() {
    let desk = Desk::with(
        |course| {
            all_passed_then(
                course,
                &[
                    said("budget.email-read", Verdict::Attested, 5),
                    said("budget.email-read", Verdict::Missing, 10),
                ],
            )
        },
        10,
    );
    assert!(desk.status().changes.is_empty());
}

#[test]
fn the_looks_to_compare_are_the_last_good_one_and_the_newest_bad_one() {
    let desk = Desk::with(
        |course| {
            let mut all = all_passed_then(course, &[]);
            for record in &mut all {
                record.until = at(40);
            }
            let mut wrong = said("rds.private", Verdict::Failed, 50);
            wrong.until = at(90);
            all.push(wrong);
            all
        },
        90,
    );
    let needed = looks_needed(&desk.course, &desk.history, false);
    assert_eq!(needed, BTreeSet::from([at(40), at(90)]));
    let change = &desk.status().changes[0];
    assert_eq!((change.before_at, change.before_until), (at(0), at(40)));
    // Without those looks the verdicts are told all the same.
    assert!(change.because.is_empty());
    assert!(looks_needed(&desk.course, &desk.history, true).is_empty());
}

#[test]
fn json_of_a_quiz_keeps_its_names_and_says_what_is_due() {
    let deck = testing::deck();
    let quiz = QuizProgress::of(
        &deck,
        &testing::standings(),
        Some(OpenQuiz {
            answered: 3,
            asks: 10,
        }),
        Some((Some(0.5), at(3))),
        "landfall quiz",
    );
    assert_eq!(quiz.due_words(), "1 question is due today, 1 mastered of 4");
    assert_eq!(
        quiz.stopped_words().as_deref(),
        Some("stopped at question 4 of 10")
    );
    let json = serde_json::to_value(&quiz).unwrap();
    assert_eq!(json["deck"], "small");
    assert_eq!(json["questions"], 4);
    assert_eq!(
        (&json["answered"], &json["share"]),
        (&3.into(), &0.5.into())
    );
    assert!(json["title"].is_string() && json["finished_at"].is_string());
    for name in ["due", "mastered", "learning", "new"] {
        assert_eq!(json[name], 1, "{name}");
    }
}

#[test]
fn a_deck_of_which_nothing_was_asked_is_all_new_and_not_begun() {
    let deck = testing::deck();
    let quiz = QuizProgress::of(&deck, &[], None, None, "landfall quiz");
    assert_eq!(quiz.counts.new, 4);
    assert!(!quiz.is_begun());
    assert_eq!(quiz.stopped_words(), None);
    assert_eq!(
        quiz.due_words(),
        "no question is due today, 0 mastered of 4"
    );
}
