//! The quiz as sections of the page. What learners typed and decks say is escaped like everything that is not ours.

use super::{
    QuizReport, calibration_sentence, calibration_words, counts_words, left_unsaid, stands,
};
use crate::quiz::back::{
    AnswerBack, DeckBack, OWN_MARKS, QuestionBack, confidence_words, in_words, percent, sparkline,
};
use crate::report::page::{Page, escaped};

/// One deck: what was sure and wrong first, then the patterns, the questions, and how sure the learner was.
pub fn html(page: &mut Page, quiz: &QuizReport) {
    let standing = &quiz.standing;
    page.heading(&format!("quiz-{}", standing.deck), &standing.title);
    page.text("p", &counts_words(standing));
    page.text("p", &quiz.sitting_words());
    page.raw(&format!("<p class=\"soft\">{}</p>", escaped(OWN_MARKS)));
    confident_errors(page, standing);
    patterns(page, standing);
    questions(page, standing);
    calibration(page, standing);
}

fn confident_errors(page: &mut Page, standing: &DeckBack) {
    if standing.confident_errors.is_empty() {
        return;
    }
    page.text("h3", "Sure, and not right when last asked");
    for answer in &standing.confident_errors {
        page.raw("<div class=\"finding\">");
        confident_error(page, answer);
        page.raw("</div>");
    }
}

fn confident_error(page: &mut Page, answer: &AnswerBack) {
    page.raw(&format!(
        "<p><strong>{}</strong></p>",
        escaped(&answer.prompt)
    ));
    let share = answer.share.map_or_else(String::new, percent);
    let sure = answer.confidence.map_or("", confidence_words);
    let mut facts = vec![
        ("Share", format!("{share}, {sure}; {}", answer.came)),
        ("Your answer", answer.given.clone()),
    ];
    for mix_up in answer.mix_ups.iter().filter(|one| one.meant == Some(true)) {
        let because = mix_up.because.as_deref().unwrap_or_default();
        facts.push(("Mixed up", format!("\"{}\" {because}", mix_up.say)));
    }
    if let Some(right) = &answer.right {
        facts.push(("Right", right.clone()));
    }
    for point in left_unsaid(answer) {
        facts.push(("Not said", point.to_owned()));
    }
    for part in answer.parts.iter().filter(|part| !part.why.is_empty()) {
        facts.push(("Why", format!("{}: {}", part.text, part.why)));
    }
    if let Some(evidence) = &answer.evidence {
        let read = format!("{}: {}", evidence.whose(), evidence.read);
        facts.push(("Read from", read));
    }
    page.facts(facts.iter().map(|(name, value)| (*name, value.as_str())));
    if let Some(step) = &answer.lesson {
        page.command(&format!("landfall guide {step}"));
    }
}

fn patterns(page: &mut Page, standing: &DeckBack) {
    if standing.patterns.is_empty() {
        return;
    }
    page.text("h3", "Mastery, pattern by pattern");
    page.text("p", &standing.mastered_means);
    page.table(
        "How many questions of each pattern stand where",
        &["Pattern", "Mastered", "Due", "Learning", "New"],
        |page| {
            for pattern in &standing.patterns {
                let numbers = pattern.counts.named().map(|(_, number)| number.to_string());
                page.numbers(&pattern.title, &numbers);
            }
        },
    );
}

fn questions(page: &mut Page, standing: &DeckBack) {
    page.text("h3", "Questions");
    page.table(
        "Each question with its last share, all shares from the oldest to the newest, and when it comes back",
        &["Question", "Last", "Shares", "Stands"],
        |page| {
            for question in &standing.questions {
                let last = question.last_share.map_or_else(|| "none".to_owned(), percent);
                page.row(
                    &question.prompt,
                    &[escaped(&last), shares(question), escaped(&stands(question))],
                );
            }
        },
    );
}

/// The bars are read out as the numbers that stand beside them, once.
fn shares(question: &QuestionBack) -> String {
    if question.shares.is_empty() {
        return "none".to_owned();
    }
    let words = in_words(&question.shares);
    // A number and its sign stay on one line.
    let shown = words.replace(" %", "\u{a0}%");
    format!(
        "<span class=\"spark\" role=\"img\" aria-label=\"{words}\">{}</span> <span aria-hidden=\"true\">{shown}</span>",
        sparkline(&question.shares)
    )
}

fn calibration(page: &mut Page, standing: &DeckBack) {
    if standing.calibration.answers() == 0 {
        return;
    }
    page.text("h3", "How sure you were");
    let bands = calibration_words(&standing.calibration);
    page.facts(bands.iter().map(|(name, words)| (*name, words.as_str())));
    page.text("p", calibration_sentence(&standing.calibration));
}
