//! Answers that no phrase was tuned on. Their figures are reported apart: `cargo test heldout -- --nocapture`.

use super::tests::{clear, course, question};
use super::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    answer: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Labelled {
    question: String,
    text: String,
    hit: Vec<String>,
}

#[test]
fn little_that_was_not_said_is_heard_in_answers_never_tuned_on() {
    let file: File = toml::from_str(include_str!("heldout.toml")).expect("the file is TOML");
    let course = course();
    let deck = &course.decks[0];
    let (mut right, mut flattered, mut said, mut alarms) = (0_u32, 0_u32, 0_u32, 0_u32);
    for answer in &file.answer {
        let question = question(deck, &answer.question);
        for hit in &answer.hit {
            assert!(
                question.points().iter().any(|point| point.id == *hit),
                "{hit}"
            );
        }
        let hearing = hear(deck, question, &answer.text);
        let heard = clear(&hearing);
        let agreed = heard
            .iter()
            .filter(|id| answer.hit.iter().any(|hit| hit == *id));
        let agreed = u32::try_from(agreed.count()).expect("few points");
        right += agreed;
        flattered += u32::try_from(heard.len()).expect("few points") - agreed;
        said += u32::try_from(answer.hit.len()).expect("few points");
        alarms += u32::from(!hearing.wrong.is_empty());
    }
    let figures = format!(
        "{} answers, {said} points said: {right} heard, {flattered} heard and not said \
         (precision {:.3}, recall {:.3}), false alarms {alarms}",
        file.answer.len(),
        f64::from(right) / f64::from(right + flattered),
        f64::from(right) / f64::from(said),
    );
    #[expect(clippy::print_stdout, reason = "this is where the figures are read")]
    {
        println!("held-out: {figures}");
    }
    assert_eq!(file.answer.len(), 16);
    assert!(flattered * 20 <= right + flattered, "{figures}");
    assert_eq!(alarms, 0, "{figures}");
    assert!(right * 2 >= said, "recall fell by far: {figures}");
}
