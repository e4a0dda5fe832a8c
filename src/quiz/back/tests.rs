use super::testing::*;
use super::*;
use crate::progress::{Confidence, Given, Mode, Said, SittingId};
use crate::quiz::judge::{Outcome, Part};
use crate::quiz::schedule::State;

fn one(attempt: &crate::progress::Attempt) -> AnswerBack {
    AnswerBack::of(&deck(), attempt).expect("the deck has it")
}

const ALL_SAID: [(&str, Said); 4] = [
    ("replace", Said::Said),
    ("stop", Said::Said),
    ("healthy", Said::Said),
    ("drain", Said::Said),
];

#[test]
fn what_the_learner_says_and_what_the_machine_heard_stand_apart() {
    let said = [
        ("replace", Said::Said),
        ("stop", Said::Said),
        ("healthy", Said::NotSaid),
    ];
    let answer = one(&settled(
        opened(1, "x", &["replace", "healthy"], &said),
        Confidence::Very,
        2.0 / 3.0,
    ));
    assert_eq!(
        answer.came,
        "said by you 2 of 3 (1 of them also heard by the machine), 1 not said"
    );
    let tally = answer.tally.unwrap();
    assert_eq!(
        (
            tally.heard,
            tally.heard_but_denied,
            tally.said_though_not_heard
        ),
        (2, 1, 1)
    );
    assert_eq!(answer.judged_by, JudgedBy::Learner);
    let overrides = tally.overrides().unwrap();
    assert!(
        overrides.starts_with("1 heard by the machine"),
        "{overrides}"
    );
}

#[test]
fn the_bonus_is_told_and_never_asked_for() {
    let answer = one(&settled(
        opened(1, "x", &[], &ALL_SAID),
        Confidence::Very,
        1.0,
    ));
    assert_eq!(
        answer.came,
        "said by you 3 of 3 (none of them heard by the machine), and 1 bonus point"
    );
    assert_eq!(answer.review, Review::Right);
}

#[test]
fn not_known_is_never_an_error_however_sure_somebody_was() {
    let mut attempt = attempt("source", 1, Given::NotKnown);
    attempt.confidence = Some(Confidence::Very);
    attempt.share = Some(0.0);
    let back = sitting(&deck(), &[attempt]);
    assert_eq!(back.questions[0].review, Review::NotKnown);
    assert_eq!(back.share, None);
    assert_eq!((back.totals.all.of, back.totals.not_known), (0, 1));
    assert_eq!(back.calibration.answers(), 0);
}

#[test]
fn an_exams_open_answer_is_provisional_and_in_no_score() {
    let mut open = settled(
        opened(1, "x", &["replace"], &ALL_SAID),
        Confidence::Very,
        1.0,
    );
    let mut closed = settled(attempt("source", 2, picked("group")), Confidence::Very, 1.0);
    (open.mode, closed.mode) = (Mode::Exam, Mode::Exam);
    let back = sitting(&deck(), &[open, closed]);
    let answer = &back.questions[0];
    assert_eq!(answer.came, "heard 1 of 3 points; a person has to confirm");
    assert_eq!(
        (answer.attempt, answer.review),
        (Reached::Provisional, Review::Waiting)
    );
    assert_eq!(answer.share, None);
    assert_eq!((back.totals.all.of, back.totals.provisional), (1, 1));
    assert_eq!(back.totals.points, Tally::default());
    assert_eq!(back.totals.provisional_points.heard, 1);
    assert_eq!(back.calibration.very, Band { right: 1, of: 1 });
}

#[test]
fn an_answer_that_waits_for_its_points_is_in_no_score_and_the_sitting_is_not_finished() {
    let mut waiting = opened(1, "x", &[], &[("replace", Said::Said)]);
    waiting.confidence = Some(Confidence::Very);
    let back = sitting(&deck(), &[waiting]);
    assert!(!back.finished);
    assert_eq!(back.questions[0].review, Review::Waiting);
    assert_eq!(back.totals.all.of, 0);
    assert!(
        back.questions[0].came.ends_with("2 not confirmed yet"),
        "{}",
        back.questions[0].came
    );
}

#[test]
fn the_surest_errors_come_first_and_an_error_without_confidence_is_a_plain_miss() {
    let wrong =
        |number, confidence| settled(attempt("source", number, picked("range")), confidence, 0.0);
    let back = sitting(
        &deck(),
        &[
            wrong(1, Confidence::NotSure),
            wrong(2, Confidence::Fairly),
            wrong(3, Confidence::Very),
        ],
    );
    let first: Vec<_> = back
        .part(Review::ConfidentError)
        .iter()
        .map(|one| one.confidence)
        .collect();
    assert_eq!(first, [Some(Confidence::Very), Some(Confidence::Fairly)]);
    assert_eq!(back.part(Review::Missed).len(), 1);
}

#[test]
fn a_mix_up_that_was_meant_is_an_error_even_with_all_points_said() {
    let all = |meant, confidence| {
        one(&mixed_up(
            settled(opened(1, "x", &[], &ALL_SAID), confidence, 1.0),
            meant,
        ))
        .review
    };
    assert_eq!(all(Some(true), Confidence::Very), Review::ConfidentError);
    assert_eq!(all(Some(true), Confidence::NotSure), Review::Missed);
    assert_eq!(all(Some(false), Confidence::Very), Review::Right);
    assert_eq!(
        all(None, Confidence::Very),
        Review::Right,
        "a machine's guess alone is nothing"
    );
}

#[test]
fn small_items_and_second_tries_are_practice_and_lift_no_score() {
    let back = sitting(
        &deck(),
        &[
            settled(
                attempt("source", 1, picked("range")),
                Confidence::Fairly,
                0.0,
            ),
            settled(
                attempt("recovery.replace", 2, picked("group")),
                Confidence::Very,
                1.0,
            ),
            settled(attempt("source", 3, picked("group")), Confidence::Very, 1.0),
        ],
    );
    assert_eq!(back.share, Some(0.0));
    assert_eq!((back.totals.closed.of, back.totals.practised.of), (1, 2));
    assert!(back.questions[1].retry);
}

#[test]
fn who_judged_is_told_by_kind_and_the_sums_agree() {
    let back = sitting(&deck(), &attempts());
    let totals = &back.totals;
    assert_eq!((totals.closed.of, totals.closed.right), (2, 1));
    assert_eq!((totals.open.of, totals.open.right), (1, 0));
    assert_eq!(
        totals.all.of,
        totals.closed.of + totals.open.of + totals.mixed.of
    );
    let mean = (1.0 + 0.0 + 1.0 / 3.0) / 3.0;
    assert!((back.share.unwrap() - mean).abs() < 1e-9);
    assert_eq!(totals.points.points, 3, "the bonus is not among them");
}

#[test]
fn answers_and_keys_are_told_in_the_decks_words() {
    let source = one(&attempt("source", 1, picked("range")));
    assert_eq!(source.given, "The range of the VPC");
    assert_eq!(source.right.as_deref(), Some("The tasks' security group"));
    let items = vec!["build".to_owned(), "stop".to_owned()];
    let release = one(&attempt("release", 1, Given::Ordered { items }));
    assert_eq!(release.given, "Build the image, then Stop all tasks");
    assert_eq!(
        release.right.as_deref(),
        Some("Build the image, then Register the definition, then Update the service")
    );
    let backups = one(&foretold(1, "3"));
    assert_eq!(
        (backups.given.as_str(), backups.right.as_deref()),
        ("3", Some("7"))
    );
    let evidence = backups.evidence.unwrap();
    assert!(evidence.read.contains("BackupRetentionPeriod = 7"));
    assert_eq!(evidence.whose(), "the practice account");
    let none = one(&attempt("source", 1, Given::Picked { options: vec![] }));
    assert_eq!(none.given, "nothing");
}

#[test]
fn the_parts_of_a_judged_answer_are_kept_with_their_reasons() {
    let part = |outcome| Part {
        id: "build".into(),
        text: "Build the image".into(),
        outcome,
        given: None,
        key: None,
        why: "because".into(),
    };
    let deck = deck();
    let items = vec!["build".to_owned()];
    let release = settled(
        attempt("release", 1, Given::Ordered { items }),
        Confidence::Very,
        0.0,
    );
    let parts = vec![part(Outcome::Wrong), part(Outcome::LeftAlone)];
    let answer = AnswerBack::with(&deck, &deck.questions[2], &release, parts.clone());
    assert_eq!(
        answer.came,
        "1 of 2 parts as they should be, judged by Landfall"
    );
    assert_eq!(answer.parts[0].why, "because");
    let source = settled(attempt("source", 1, picked("range")), Confidence::Very, 0.0);
    let answer = AnswerBack::with(&deck, &deck.questions[1], &source, parts);
    assert_eq!(answer.came, "judged by Landfall");
}

#[test]
fn an_answer_to_another_meaning_of_the_question_says_so() {
    let mut attempt = settled(attempt("source", 1, picked("group")), Confidence::Very, 1.0);
    attempt.rev = 7;
    let answer = one(&attempt);
    assert!(answer.changed_since && answer.parts.is_empty());
}

#[test]
fn an_answer_to_a_question_that_is_gone_is_counted_and_not_guessed() {
    let back = sitting(&deck(), &[attempt("nobody", 1, picked("x"))]);
    assert_eq!((back.gone, back.questions.len()), (1, 0));
}

#[test]
fn an_open_exam_tells_nothing_and_everything_else_is_told() {
    let mut exam = attempts();
    for attempt in &mut exam {
        attempt.mode = Mode::Exam;
    }
    let (this, other) = (SittingId::numbered(1), SittingId::numbered(2));
    assert_eq!(told(&exam, Some(this)), []);
    assert_eq!(told(&exam, Some(other)).len(), exam.len());
    assert_eq!(told(&exam, None).len(), exam.len());
    assert_eq!(told(&attempts(), Some(this)).len(), exam.len());
}

#[test]
fn each_question_is_counted_once_and_in_its_pattern() {
    let back = deck_back();
    assert_eq!(
        back.counts,
        Counts {
            mastered: 1,
            due: 1,
            learning: 1,
            new: 1
        }
    );
    assert_eq!(back.counts.sum(), back.questions.len());
    let sum: usize = back
        .patterns
        .iter()
        .map(|pattern| pattern.counts.sum())
        .sum();
    assert_eq!(sum, back.questions.len());
    let titles: Vec<&str> = back.patterns.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(
        titles[3..],
        ["Root stays locked", "Questions of no single pattern"]
    );
    assert_eq!(back.patterns[0].counts.mastered, 1);
    assert_eq!(back.patterns[3].counts, Counts::default());
}

#[test]
fn due_days_and_the_last_share_are_told_of_each_question() {
    let back = deck_back();
    let words: Vec<&str> = back
        .questions
        .iter()
        .map(|one| one.due_words.as_str())
        .collect();
    assert_eq!(
        words,
        [
            "due today",
            "due tomorrow",
            "not asked yet",
            "due on 30 December"
        ]
    );
    assert_eq!(back.questions[2].last_share, None);
    assert_eq!(back.questions[2].state, State::New);
    assert_eq!(in_words(&back.questions[0].shares), "40 %, 80 %, 33 %");
}

#[test]
fn a_confident_error_stands_until_the_next_answer_to_that_question() {
    let mut all = attempts();
    let errors = |all: &[_]| -> Vec<String> {
        let back = overview(&deck(), &patterns(), all, &standings(), TODAY);
        back.confident_errors
            .into_iter()
            .map(|one| one.id)
            .collect()
    };
    assert_eq!(errors(&all), ["recovery", "source"]);
    all.push(settled(
        attempt("source", 9, picked("group")),
        Confidence::Very,
        1.0,
    ));
    assert_eq!(errors(&all), ["recovery"]);
}

#[test]
fn mastery_says_how_it_is_computed_with_the_decks_own_numbers() {
    let mut mastery = crate::course::Mastery::default();
    assert!(
        mastered_means(mastery).starts_with(
            "Mastered means 80 % or more on three different days, once without the hint"
        )
    );
    (mastery.share, mastery.days) = (0.9, 1);
    assert!(mastered_means(mastery).starts_with("Mastered means 90 % or more on one day,"));
    mastery.days = 12;
    assert!(mastered_means(mastery).contains("on 12 different days"));
}

#[test]
fn json_keeps_the_names_that_a_result_has_always_had() {
    let json = serde_json::to_value(sitting(&deck(), &attempts())).unwrap();
    for key in ["deck", "title", "finished", "share", "questions"] {
        assert!(json.get(key).is_some(), "{key}");
    }
    let open = &json["questions"][3];
    for key in ["id", "prompt", "attempt", "share", "points"] {
        assert!(open.get(key).is_some(), "{key}");
    }
    assert_eq!(open["attempt"], "done");
    assert_eq!(open["review"], "confident_error");
    assert_eq!(json["questions"][1]["attempt"], "not_known");
    assert_eq!(json["questions"][1]["share"], serde_json::Value::Null);
    for key in ["id", "says", "bonus", "said", "step"] {
        assert!(open["points"][0].get(key).is_some(), "{key}");
    }
    assert_eq!(open["points"][1]["said"], "not-said");
}

#[test]
fn a_page_of_the_deck_is_not_said_to_be_read_from_an_account() {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    let course = crate::course::load(&crate::course::CourseFiles::embedded(), &known)
        .unwrap()
        .0;
    let deck = &course.decks[0];
    let now: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let mut state = crate::practice::State::default();
    crate::practice::apply_all(&mut state, now);
    let practice = crate::practice::snapshot(&state, &course.chapter, now);
    let ground = crate::quiz::stack::Ground {
        own: None,
        practice: &practice,
    };
    let evidence = |id: &str| {
        let question = deck.question(id).unwrap();
        let mut attempt = attempts().remove(0);
        attempt.item = id.to_owned();
        attempt.posed = crate::quiz::stack::pose(question, &ground);
        AnswerBack::of(deck, &attempt).unwrap().evidence
    };
    assert_eq!(evidence("sg-least-privilege.rules-page"), None);
    assert!(evidence("sg-least-privilege.find").is_some());
}
