//! Rules of hearing, shown on answers to the deck's own questions.

mod denial;

use super::*;
use crate::course::{Course, CourseFiles, load};
use crate::progress::{Heard, Notice, Unclear};

/// The course that is compiled in.
pub(super) fn course() -> Course {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&CourseFiles::embedded(), &known)
        .expect("the built-in course loads")
        .0
}

pub(super) fn question<'a>(deck: &'a Deck, id: &str) -> &'a Question {
    deck.question(id).expect("the deck has it")
}

fn heard_by(id: &str, answer: &str) -> Hearing {
    let course = course();
    let deck = &course.decks[0];
    hear(deck, question(deck, id), answer)
}

/// The points that are heard without a doubt.
pub(super) fn clear(hearing: &Hearing) -> Vec<&str> {
    hearing
        .points
        .iter()
        .filter(|(_, heard)| matches!(heard, Heard::Heard { .. }))
        .map(|(id, _)| id.as_str())
        .collect()
}

fn why(hearing: &Hearing, point: &str) -> Option<Unclear> {
    match hearing.points.get(point) {
        Some(Heard::Unclear { why, .. }) => Some(*why),
        _ => None,
    }
}

#[test]
fn a_point_is_heard_in_the_learners_own_words() {
    let hearing = heard_by(
        "failed-check-recovery",
        "Well, then ECS launches a new task (because two are wanted).",
    );
    assert_eq!(
        hearing.points.get("replace"),
        Some(&Heard::Heard {
            quote: "launches a new task".to_owned()
        })
    );
    assert_eq!(clear(&hearing), ["replace"], "and nothing else");
    assert_eq!(hearing.notice, None);
}

#[test]
fn key_words_in_a_row_are_heard_in_nothing() {
    let hearing = heard_by(
        "managed-data-tier",
        "automated backups automatic failover patching storage autoscaling operational burden",
    );
    assert_eq!(hearing.notice, Some(Notice::Stuffed));
    assert!(clear(&hearing).is_empty(), "{hearing:?}");
    assert!(hearing.wrong.is_empty());
    assert_eq!(why(&hearing, "backups"), Some(Unclear::ListLike));
    let list = heard_by(
        "managed-data-tier",
        "snapshots, failover, patching, disk growth",
    );
    assert_eq!(list.notice, None, "a list with commas is a terse answer");
    assert_eq!(clear(&list).len(), 4);
}

#[test]
fn a_row_of_key_words_after_a_sentence_is_still_a_row() {
    let hearing = heard_by(
        "managed-data-tier",
        "I have been working with this for a while and I think that it is a good idea. \
         automated backups automatic failover patching storage autoscaling operational burden",
    );
    assert!(clear(&hearing).is_empty(), "{hearing:?}");
}

#[test]
fn the_question_given_back_earns_nothing() {
    let course = course();
    let deck = &course.decks[0];
    for question in deck.questions.iter().filter(|one| one.open().is_some()) {
        let hearing = hear(deck, question, &question.prompt);
        assert_eq!(hearing.notice, Some(Notice::Echo), "{}", question.id);
        assert!(clear(&hearing).is_empty(), "{}: {hearing:?}", question.id);
        assert!(hearing.wrong.is_empty(), "{}: {hearing:?}", question.id);
    }
}

#[test]
fn a_copied_model_answer_is_labelled_and_not_punished() {
    let course = course();
    let deck = &course.decks[0];
    for question in deck.questions.iter() {
        let Some(open) = question.open() else {
            continue;
        };
        let hearing = hear(deck, question, &open.model);
        assert_eq!(hearing.notice, Some(Notice::CopiedModel), "{}", question.id);
        for point in &open.points {
            assert!(
                clear(&hearing).contains(&point.id.as_str()),
                "the model answer of {} does not earn `{}`",
                question.id,
                point.id
            );
        }
        assert!(
            hearing.wrong.is_empty(),
            "{}: {:?}",
            question.id,
            hearing.wrong
        );
    }
}

#[test]
fn words_far_apart_are_unclear_and_words_of_two_sentences_are_nothing() {
    let near = "The scheduler then kills that task.";
    let far = "The scheduler, after looking twice, thrice and again elsewhere, kills it.";
    let apart = "There is a scheduler. Something kills it.";
    let heard = |answer| heard_by("failed-check-recovery", answer);
    assert!(clear(&heard(near)).contains(&"stop-task"));
    assert_eq!(why(&heard(far), "stop-task"), Some(Unclear::FarApart));
    assert!(!heard(apart).points.contains_key("stop-task"));
}

#[test]
fn one_wrong_letter_in_a_long_word_is_forgiven_and_a_digit_never_is() {
    let heard = |answer| heard_by("managed-data-tier", answer);
    assert!(clear(&heard("It has automatic faiolver.")).contains(&"failover"));
    assert!(clear(&heard("It makes snapshts at night.")).contains(&"backups"));
    assert!(
        !clear(&heard("It makes snpshts at night.")).contains(&"backups"),
        "two letters"
    );
    let groups = |answer| heard_by("separate-sgs", answer);
    assert!(clear(&groups("5432 from the tasks")).contains(&"data-from-ecs"));
    assert!(!clear(&groups("5423 from the tasks")).contains(&"data-from-ecs"));
}

#[test]
fn a_word_of_the_deck_is_never_read_as_another_one() {
    let course = course();
    let deck = &course.decks[0];
    let question = question(deck, "separate-sgs");
    let open = question.open().expect("it is open");
    let phrases = open.points.iter().flat_map(|point| &point.heard);
    let vocabulary = vocabulary::Vocabulary::of(deck, phrases.map(String::as_str));
    let token = |word: &str| vocabulary.single(vocabulary.corrected(word));
    for (one, other) in [
        ("ingress", "egress"),
        ("healthy", "unhealthy"),
        ("internal", "internet"),
        ("encrypted", "unencrypted"),
        ("container", "contains"),
        ("containers", "contain"),
        ("stateful", "state"),
        ("secure", "security"),
        ("register", "registry"),
    ] {
        assert_ne!(token(one), token(other), "{one} and {other}");
    }
    for (one, other) in [
        ("kept", "keeps"),
        ("rebuilt", "rebuilding"),
        ("built", "builds"),
        ("registration", "registers"),
        ("containers", "container"),
    ] {
        assert_eq!(token(one), token(other), "{one} and {other}");
    }
}

#[test]
fn a_question_of_another_kind_hears_nothing() {
    let course = course();
    let deck = &course.decks[0];
    let mut question = deck.questions[0].clone();
    question.kind = crate::course::Kind::Order(crate::course::Order {
        items: Vec::new(),
        distractors: Vec::new(),
    });
    assert_eq!(
        hear(deck, &question, "automated backups"),
        Hearing::default()
    );
}

#[test]
fn an_explanation_names_the_phrase_or_what_is_lacking() {
    let course = course();
    let deck = &course.decks[0];
    let ear = Ear::of(deck, question(deck, "failed-check-recovery"));
    let explained = ear.explain("ECS kills the task. It passes something.");
    let said = |id: &str| {
        &explained
            .points
            .iter()
            .find(|point| point.id == id)
            .expect("a point")
            .said
    };
    assert!(
        matches!(said("stop-task"), Said::Detected { phrase, .. } if phrase.contains("ecs|service|scheduler")),
        "{explained:?}"
    );
    let Said::NotDetected {
        nearest: Some(near),
    } = said("rejoin")
    else {
        panic!("{explained:?}")
    };
    assert_eq!(near.lacks, ["healthcheck|checks|threshold|consecutive"]);
    assert_eq!(explained.points.len(), 6, "every point has its line");
}

#[test]
fn ten_thousand_characters_are_heard_in_a_moment() {
    let course = course();
    let deck = &course.decks[0];
    let question = question(deck, "failed-check-recovery");
    let open = question.open().expect("it is open");
    let ear = Ear::of(deck, question);
    let no_end = "new task starts replacement healthy traffic after requests stop ";
    for text in [
        open.model.as_str(),
        no_end,
        "a",
        "alb ",
        "\u{301}",
        "->",
        "1.",
        "not ",
    ] {
        let long = text.repeat(10_000 / text.len() + 1);
        let begun = std::time::Instant::now();
        let _ = ear.hear(&long);
        let took = begun.elapsed();
        assert!(
            took.as_millis() < 3_000,
            "{text:?} took {took:?}, unoptimised"
        );
    }
}
