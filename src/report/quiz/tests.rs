use super::*;
use crate::progress::{Confidence, Said};
use crate::quiz::back::testing::{
    TODAY, attempt, attempts, deck, deck_back, patterns, picked, settled, sitting_back, standings,
    text,
};
use crate::quiz::back::{self, OWN_MARKS};
use crate::report::page::Page;

/// What a page or document says of the sample's deck.
pub(in crate::report) fn sample() -> QuizReport {
    let at: Timestamp = "2026-11-13T09:10:00Z".parse().unwrap();
    QuizReport::of(
        Some((at, "13 Nov 2026 10:10 CET".into())),
        sitting_back(),
        deck_back(),
    )
}

/// The same, with these words in every answer.
pub(in crate::report) fn sample_saying(words: &str) -> QuizReport {
    sample().reworded(|text| format!("{text} {words}"))
}

fn page(quiz: &QuizReport) -> String {
    let mut page = Page::new("t", "report");
    html(&mut page, quiz);
    page.finish()
}

fn document(quiz: &QuizReport) -> String {
    let mut document = String::new();
    markdown(&mut document, quiz);
    document
}

#[test]
fn every_form_says_that_the_marks_of_open_questions_are_the_learners_own() {
    assert!(page(&sample()).contains(OWN_MARKS));
    assert!(document(&sample()).contains(OWN_MARKS));
}

#[test]
fn scores_stand_apart_by_who_says_so_and_together() {
    let words = sample().sitting_words();
    assert_eq!(
        words,
        "Last finished 13 Nov 2026 10:10 CET. Right answers: judged by Landfall 1 of 2 (50 %); \
         confirmed by you 0 of 1 (33 %); together 1 of 3 (44 %)."
    );
    let open = QuizReport::of(None, back::sitting(&deck(), &[]), deck_back());
    assert_eq!(open.sitting_words(), "Not finished yet.");
    assert!(!open.result.finished);
}

#[test]
fn bars_are_read_out_as_numbers_and_come_with_them() {
    let page = page(&sample());
    assert!(
        page.contains(
            "<span class=\"spark\" role=\"img\" aria-label=\"40 %, 80 %, 33 %\">▄▇▃</span> \
             <span aria-hidden=\"true\">40\u{a0}%, 80\u{a0}%, 33\u{a0}%</span>"
        ),
        "{page}"
    );
    assert!(!document(&sample()).contains('▄'), "numbers only");
}

#[test]
fn what_was_sure_and_wrong_stands_before_every_table() {
    for (text, first_table) in [(page(&sample()), "<table>"), (document(&sample()), "|---|")] {
        let error = text.find("Sure, and not right").unwrap();
        assert!(error < text.find(first_table).unwrap(), "{text}");
        assert!(text.contains("landfall guide ecs"), "{text}");
    }
}

#[test]
fn numbers_of_the_patterns_are_set_to_the_right() {
    let page = page(&sample());
    assert!(page.contains("<th scope=\"row\">Security group"), "{page}");
    assert!(page.contains("<td class=\"num\">1</td>"), "{page}");
    assert!(document(&sample()).contains("|--:|"));
}

#[test]
fn an_answer_cannot_become_markup() {
    let hostile =
        "</dd></dl><script>alert(1)</script> [x](https://example.org) | y \u{1b}[31m\u{202e}";
    let mut all = attempts();
    let said = [("replace", Said::NotSaid)];
    let mut open = back::testing::opened(9, hostile, &[], &said);
    open.given = text(hostile);
    all.push(settled(open, Confidence::Very, 0.0));
    all.push(settled(
        attempt("source", 10, picked(hostile)),
        Confidence::Very,
        0.0,
    ));
    let standing = back::overview(&deck(), &patterns(), &all, &standings(), TODAY);
    assert_eq!(standing.confident_errors[0].given, hostile);
    let quiz = QuizReport::of(None, back::sitting(&deck(), &all), standing);
    let (page, document) = (page(&quiz), document(&quiz));
    assert!(
        !page.contains("<script") && page.contains("&lt;script&gt;"),
        "{page}"
    );
    for event in pulldown_cmark::Parser::new_ext(&document, pulldown_cmark::Options::all()) {
        use pulldown_cmark::{Event, Tag};
        assert!(
            !matches!(
                event,
                Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. })
            ),
            "{event:?}"
        );
    }
    for text in [&page, &document] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn json_has_the_sitting_and_where_the_learner_stands() {
    let json = serde_json::to_value(sample()).unwrap();
    assert_eq!(json["result"]["deck"], "small");
    assert_eq!(json["standing"]["counts"]["due"], 1);
    assert_eq!(json["standing"]["patterns"][1]["id"], "groups");
    assert_eq!(json["standing"]["questions"][0]["due"], "2026-11-26");
    assert_eq!(json["finished_at"], "2026-11-13T09:10:00Z");
}
