//! Every labelled answer of the deck is a test.

use super::tests::{clear, course};
use super::*;
use crate::course::SampleKind;
use crate::progress::Notice;

/// Said, and not heard: the machine's limits, known and kept in sight. Anything else that is missed is a step back.
const NOT_HEARD: [(&str, usize, &str); 3] = [
    // "saving a modified one gives you :2, :3 and so on"
    ("ecs-hierarchy", 1, "revisions"),
    // The revision is named inside the wrong answer "registering deploys it".
    ("ecs-hierarchy", 4, "revisions"),
    // Has to be inferred from three rules.
    ("separate-sgs", 3, "adjacent-only"),
];

#[test]
fn every_labelled_answer_is_heard_as_labelled() {
    let course = course();
    let deck = &course.decks[0];
    let mut wrong = Vec::new();
    let mut samples = 0;
    for question in &deck.questions {
        let Some(open) = question.open() else {
            continue;
        };
        let ear = Ear::of(deck, question);
        for (sample, number) in open.samples.iter().zip(1..) {
            samples += 1;
            let hearing = ear.hear(&sample.text);
            let heard = clear(&hearing);
            for point in &open.points {
                let id = point.id.as_str();
                let limit = NOT_HEARD.contains(&(question.id.as_str(), number, id));
                let expected = sample.hit.iter().any(|hit| hit == id) && !limit;
                if heard.contains(&id) != expected {
                    wrong.push(format!(
                        "{} sample {number} ({}), point {id}: {} heard\n    {}",
                        question.id,
                        sample.kind.word(),
                        if expected { "not" } else { "is" },
                        sample.text
                    ));
                }
            }
        }
    }
    assert!(samples >= 72, "{samples} samples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_an_echo_is_called_one_and_only_a_row_of_key_words_stuffed() {
    let course = course();
    let deck = &course.decks[0];
    for question in &deck.questions {
        let Some(open) = question.open() else {
            continue;
        };
        let ear = Ear::of(deck, question);
        for (sample, number) in open.samples.iter().zip(1..) {
            let expected = match sample.kind {
                SampleKind::Echo => Some(Notice::Echo),
                SampleKind::Stuffed => Some(Notice::Stuffed),
                _ => None,
            };
            let notice = ear.hear(&sample.text).notice;
            assert_eq!(
                notice, expected,
                "{} sample {number}: {}",
                question.id, sample.text
            );
        }
    }
    let words =
        "The ALB group admits the internet, the tasks admit the ALB, the data stores the tasks.";
    let question = deck.question("separate-sgs").expect("a question");
    assert_eq!(
        hear(deck, question, words).notice,
        None,
        "words that an answer has to use"
    );
}

#[test]
fn what_is_said_of_the_limits_is_true() {
    let course = course();
    let deck = &course.decks[0];
    for (id, number, point) in NOT_HEARD {
        let question = deck.question(id).expect("a question");
        let sample = &question.open().expect("open").samples[number - 1];
        assert!(
            sample.hit.iter().any(|hit| hit == point),
            "{id} {number} {point}"
        );
    }
}

#[test]
fn the_rubrics_keep_to_their_targets() {
    let course = course();
    let deck = &course.decks[0];
    let trials: Vec<Trial> = deck
        .questions
        .iter()
        .filter_map(|question| try_question(deck, question))
        .collect();
    let faults: Vec<&Fault> = trials.iter().flat_map(|trial| &trial.faults).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let summary = Summary::of(&trials);
    let precision = summary.all.tally.precision().expect("something is heard");
    assert!(precision >= 0.95, "precision of heard: {precision}");
    let wrong = summary.wrong;
    assert!(wrong.false_alarms * 50 <= wrong.without, "{wrong:?}");
    for question in &deck.questions {
        let Some(open) = question.open() else {
            continue;
        };
        for kind in [SampleKind::Echo, SampleKind::Wrong, SampleKind::Good] {
            assert!(
                open.samples.iter().any(|sample| sample.kind == kind),
                "{} has no {} sample",
                question.id,
                kind.word()
            );
        }
    }
}

#[test]
fn a_rubric_that_credits_what_it_may_not_is_found_out() {
    let course = course();
    let mut deck = course.decks[0].clone();
    let question = &mut deck.questions[0];
    let crate::course::Kind::Open(open) = &mut question.kind else {
        panic!("it is open")
    };
    open.points[0].heard = vec!["nicer".to_owned()];
    let trial = try_question(&deck, &deck.questions[0]).expect("open");
    let said = format!("{:?}", trial.faults);
    assert!(said.contains("ModelLacks { point: \"backups\" }"), "{said}");
    assert!(
        said.contains("Negated, point: \"backups\", quote: \"nicer\""),
        "{said}"
    );
}
