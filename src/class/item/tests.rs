use super::*;
use crate::class::testing::{at, course};
use crate::progress::{AttemptId, Confidence, Confirmation, Given, Hearing, Mode, Said, SittingId};
use jiff::Timestamp;

fn deck() -> &'static Deck {
    &course().decks[0]
}

/// A first answer to the deck's question of that place.
fn answer(question: usize, share: Option<f64>) -> Attempt {
    let question = &deck().questions[question];
    Attempt {
        id: AttemptId::numbered(1),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: question.id.to_string(),
        rev: question.rev,
        given: Given::Text {
            text: String::new(),
        },
        confidence: None,
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share,
        at: at("2026-11-20T10:00:00Z"),
        seconds: Some(60),
    }
}

fn learner(attempts: Vec<Attempt>) -> Answers {
    answers([(deck().id.to_string(), attempts)].into_iter())
}

fn later(mut attempt: Attempt) -> Attempt {
    attempt.at = at("2026-11-21T10:00:00Z");
    attempt
}

#[test]
fn under_thirty_learners_there_are_counts_and_intervals_alone() {
    let learners: Vec<Answers> = (0..ENOUGH - 1)
        .map(|at| learner(vec![answer(0, Some(if at < 20 { 1.0 } else { 0.0 }))]))
        .collect();
    let quizzes = quizzes(course(), &learners);
    let [quiz] = &quizzes[..] else {
        panic!("{quizzes:?}");
    };
    assert!(quiz.counts_only);
    assert_eq!(quiz.learners, 29);
    let [item] = &quiz.questions[..] else {
        panic!("{:?}", quiz.questions);
    };
    assert_eq!((item.n, item.right), (29, 20));
    assert_eq!((item.facility, item.discrimination), (None, None));
    assert!(item.points.iter().all(|point| point.facility.is_none()));
    let (low, high) = item.interval.unwrap();
    assert!(
        (low - 0.507).abs() < 0.001 && (high - 0.827).abs() < 0.001,
        "{low} {high}"
    );
}

#[test]
fn from_thirty_on_a_question_tells_the_strong_from_the_weak() {
    // The first question follows the rest, the second goes against it, the third is right for everybody.
    let learners: Vec<Answers> = (0..40)
        .map(|at| {
            let strong = f64::from(u8::from(at % 2 == 0));
            learner(vec![
                answer(0, Some(strong)),
                answer(1, Some(1.0 - strong)),
                answer(2, Some(1.0)),
                answer(3, Some(strong)),
                answer(4, Some(strong)),
            ])
        })
        .collect();
    let quizzes = quizzes(course(), &learners);
    let items = &quizzes[0].questions;
    assert!(!quizzes[0].counts_only);
    assert_eq!(items[0].facility, Some(0.5));
    assert!(items[0].discrimination.unwrap() > 0.9, "{:?}", items[0]);
    assert!(items[1].discrimination.unwrap() < -0.9, "{:?}", items[1]);
    assert_eq!(items[2].facility, Some(1.0));
    assert_eq!(items[2].discrimination, None, "nobody differs");
}

#[test]
fn a_question_that_few_of_many_answered_has_counts_alone() {
    let learners: Vec<Answers> = (0..40)
        .map(|at| {
            let mut attempts = vec![answer(0, Some(1.0))];
            if at < 5 {
                attempts.push(answer(1, Some(0.0)));
            }
            learner(attempts)
        })
        .collect();
    let quizzes = quizzes(course(), &learners);
    assert_eq!(quizzes[0].questions[0].facility, Some(1.0));
    assert_eq!(quizzes[0].questions[1].n, 5);
    assert_eq!(quizzes[0].questions[1].facility, None);
    assert_eq!(
        quizzes[0].questions.len(),
        2,
        "what nobody answered is left out"
    );
}

#[test]
fn the_first_answer_counts_and_one_that_is_in_two_bundles_counts_once() {
    let twice = [
        (deck().id.to_string(), vec![later(answer(0, Some(1.0)))]),
        (
            deck().id.to_string(),
            vec![answer(0, Some(0.0)), later(answer(0, Some(1.0)))],
        ),
    ];
    let answers = answers(twice.into_iter());
    assert_eq!(answers[deck().id.as_str()].len(), 2);
    let quizzes = quizzes(course(), std::slice::from_ref(&answers));
    assert_eq!(quizzes[0].questions[0].right, 0);
    assert_eq!(
        sum(course(), &answers),
        Some(QuizSum {
            answered: 1,
            share: 0.0
        })
    );
}

#[test]
fn a_share_that_is_none_counts_for_nothing() {
    let shares = [f64::NAN, f64::INFINITY, -3.0, 1e300];
    for share in shares {
        let mut attempt = answer(0, Some(share));
        attempt.at = Timestamp::MAX;
        attempt.seconds = Some(u32::MAX);
        attempt.rev = deck().questions[0].rev;
        let learners = [learner(vec![attempt])];
        assert_eq!(sum(course(), &learners[0]), None);
        let quizzes = quizzes(course(), &learners);
        let item = &quizzes[0].questions[0];
        assert_eq!((item.n, item.right, item.interval), (0, 0, None));
    }
}

#[test]
fn points_and_errors_of_the_confident_are_counted() {
    let open = deck()
        .questions
        .iter()
        .position(|question| !question.points().is_empty())
        .unwrap();
    let point = deck().questions[open].points()[0].id.clone();
    let mut attempt = answer(open, Some(0.2));
    attempt.confidence = Some(Confidence::Very);
    attempt.confirmed.insert(
        point.clone(),
        Confirmation {
            said: Said::Partly,
            evidence: None,
            at: attempt.at,
        },
    );
    let quizzes = quizzes(course(), &[learner(vec![attempt])]);
    let item = &quizzes[0].questions[0];
    assert_eq!((item.confident_errors, item.judged), (1, 1));
    let told = item.points.iter().find(|one| one.point == point).unwrap();
    assert_eq!(
        (told.n, told.said, told.partly, told.not_said),
        (1, 0, 1, 0)
    );
}

#[test]
fn an_interval_never_leaves_nought_and_one() {
    let (low, high) = wilson(0, 5).unwrap();
    assert!(
        low.abs() < 1e-12 && (high - 0.434).abs() < 0.001,
        "{low} {high}"
    );
    let (low, high) = wilson(5, 5).unwrap();
    assert!(
        (low - 0.566).abs() < 0.001 && (high - 1.0).abs() < 1e-12,
        "{low} {high}"
    );
    assert_eq!(wilson(0, 0), None);
}
