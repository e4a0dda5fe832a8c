//! The quiz as sections of the document.

use super::{
    QuizReport, calibration_sentence, calibration_words, counts_words, left_unsaid, stands,
};
use crate::quiz::back::{DeckBack, OWN_MARKS, confidence_words, in_words, percent};
use crate::report::markdown::escape::{item, line, text};

/// One deck, in the order of the page.
pub fn markdown(page: &mut String, quiz: &QuizReport) {
    let standing = &quiz.standing;
    line(page, &format!("## {}", text(&standing.title)));
    line(page, &text(&counts_words(standing)));
    line(page, &text(&quiz.sitting_words()));
    line(page, &text(OWN_MARKS));
    confident_errors(page, standing);
    patterns(page, standing);
    questions(page, standing);
    calibration(page, standing);
}

fn confident_errors(page: &mut String, standing: &DeckBack) {
    if standing.confident_errors.is_empty() {
        return;
    }
    line(page, "### Sure, and not right when last asked");
    for answer in &standing.confident_errors {
        let share = answer.share.map_or_else(String::new, percent);
        let sure = answer.confidence.map_or("", confidence_words);
        page.push_str(&format!(
            "- {} - {}, {sure}\n",
            text(&answer.prompt),
            text(&share)
        ));
        item(page, "your answer", &answer.given);
        for mix_up in answer.mix_ups.iter().filter(|one| one.meant == Some(true)) {
            let because = mix_up.because.as_deref().unwrap_or_default();
            item(page, "mixed up", &format!("\"{}\" {because}", mix_up.say));
        }
        if let Some(right) = &answer.right {
            item(page, "right", right);
        }
        for point in left_unsaid(answer) {
            item(page, "not said", point);
        }
        for part in answer.parts.iter().filter(|part| !part.why.is_empty()) {
            item(page, "why", &format!("{}: {}", part.text, part.why));
        }
        if let Some(step) = &answer.lesson {
            item(page, "to read again", &format!("landfall guide {step}"));
        }
    }
    page.push('\n');
}

fn patterns(page: &mut String, standing: &DeckBack) {
    if standing.patterns.is_empty() {
        return;
    }
    line(page, "### Mastery, pattern by pattern");
    line(page, &text(&standing.mastered_means));
    page.push_str("| Pattern | Mastered | Due | Learning | New |\n|---|--:|--:|--:|--:|\n");
    for pattern in &standing.patterns {
        let counts = pattern.counts;
        page.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            text(&pattern.title),
            counts.mastered,
            counts.due,
            counts.learning,
            counts.new
        ));
    }
    page.push('\n');
}

fn questions(page: &mut String, standing: &DeckBack) {
    line(page, "### Questions");
    page.push_str("| Question | Shares, oldest first | Stands |\n|---|---|---|\n");
    for question in &standing.questions {
        let shares = if question.shares.is_empty() {
            "none".to_owned()
        } else {
            in_words(&question.shares)
        };
        page.push_str(&format!(
            "| {} | {} | {} |\n",
            text(&question.prompt),
            text(&shares),
            text(&stands(question))
        ));
    }
    page.push('\n');
}

fn calibration(page: &mut String, standing: &DeckBack) {
    if standing.calibration.answers() == 0 {
        return;
    }
    line(page, "### How sure you were");
    for (name, words) in calibration_words(&standing.calibration) {
        page.push_str(&format!("- {name}: {words}\n"));
    }
    page.push('\n');
    line(page, &text(calibration_sentence(&standing.calibration)));
}
