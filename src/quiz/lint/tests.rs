//! One small bad deck for each rule, and what is said of it.

mod revisions;

use super::*;
use crate::course::hostile::{after as spoil, mishaps, nasty};
use crate::course::testing::{EVERY_KIND, every_kind, read_deck, with_deck};
use crate::course::{Places, Severity, SourceText};
use jiff::civil::date;
use proptest::prelude::*;

fn lint_with(text: &str, known: &LintContext<'_>) -> Vec<Diagnostic> {
    let deck = read_deck(text).unwrap_or_else(|problems| {
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the deck does not load: {}", shown.join("\n"))
    });
    let files = with_deck(text);
    lint(&deck, &Places::of(&files), known)
}

/// What is said of the good deck after one change of its text.
#[track_caller]
fn after(old: &str, new: &str) -> Vec<Diagnostic> {
    assert!(EVERY_KIND.contains(old), "the deck does not hold {old}");
    let known = LintContext {
        today: Some(date(2026, 11, 26)),
        revisions: None,
    };
    lint_with(&EVERY_KIND.replacen(old, new, 1), &known)
}

/// The one thing that is said, as printed.
#[track_caller]
fn only(old: &str, new: &str) -> String {
    match after(old, new).as_slice() {
        [one] => one.to_string(),
        found => panic!("not one finding: {found:#?}"),
    }
}

#[track_caller]
fn nothing(old: &str, new: &str) {
    assert_eq!(after(old, new), [], "{new}");
}

#[test]
fn the_good_deck_gives_none_of_it() {
    nothing("schema = 1", "schema = 1");
}

#[test]
fn a_question_that_turns_on_not_is_named() {
    insta::assert_snapshot!(only(
        "What do you look at first?",
        "Which of these is NOT a cause?"
    ));
    for asked in [
        "Which of these does not help?",
        "Which of these doesn’t help?",
        "All of these help except which?",
    ] {
        let shown = only("What do you look at first?", asked);
        assert!(shown.contains("warning[negative-stem]"), "{shown}");
    }
    nothing("its log is empty.", "it does not answer.");
}

#[test]
fn an_option_that_points_at_others_is_wrong_only_when_they_are_shuffled() {
    let old = "The list of connections of the database";
    insta::assert_snapshot!(only(old, "All of the above"));
    for text in [
        "A and B",
        "Both A and C",
        "None of these",
        "Neither A nor B",
    ] {
        let shown = only(old, text);
        assert!(shown.contains("error[leaning-option]"), "{text}: {shown}");
    }
    nothing(old, "A record of DNS and a port");
    nothing("The tasks', on 8000", "All of the above"); // `shuffle = false` there
}

#[test]
fn a_right_option_that_is_clearly_the_longest_is_named() {
    let old = "The reason for which ECS says it stopped";
    let long = "The reason for which ECS says it stopped, because that is the only witness before the app could write a line";
    insta::assert_snapshot!(only(old, long));
    nothing("The health check of the target group", long);
    nothing(
        "Time to load and connect\"",
        "Time to load what it needs and connect\"",
    );
}

#[test]
fn an_empty_reason_is_named_wherever_it_stands() {
    insta::assert_snapshot!(only("why = \"Nothing has connected yet.\"", "why = \" \""));
    for (old, place) in [
        ("why = \"It is a blueprint.\"", "why"),
        (
            "why = \"A group as the source follows its members.\"",
            "why",
        ),
        (
            "harm = \"Whoever may describe the definition can read it.\"",
            "harm",
        ),
        (
            "because = \"They run; only ECS's decision waits.\"",
            "because",
        ),
        ("why = \"The app listens there.\"", "why"),
        (
            "why = \"It is what the service restores after every loss.\"",
            "why",
        ),
        ("why = \"The balancer calls it by its IP address.\"", "why"),
    ] {
        let shown = only(old, &format!("{place} = \"\""));
        assert!(
            shown.contains("warning[empty-reason]") && shown.contains(&format!("{place} = \"\"")),
            "{shown}"
        );
    }
}

#[test]
fn a_phrase_that_the_question_holds_is_named() {
    insta::assert_snapshot!(only(
        "\"warm up\"",
        "\"warm up\", \"health check|checks service\""
    ));
    nothing("\"warm up\"", "\"warm up\", \"health boot\"");
}

#[test]
fn a_phrase_of_empty_words_is_never_heard() {
    insta::assert_snapshot!(only("\"warm up\"", "\"warm up\", \"> it is|was\""));
    let shown = only("\"warm up\"", "\"warm up\", \"|\"");
    assert!(shown.contains("phrase-never"), "{shown}");
}

#[test]
fn a_phrase_of_two_points_is_named_with_the_other_one() {
    insta::assert_snapshot!(only(
        "\"failures ignored|uncounted\"",
        "\"failures ignored\", \"boots|start times\""
    ));
    let shown = only("\"checks off|disabled\"", "\"warm up\"");
    assert!(
        shown.contains("`warm up` belongs to the point `warm-up` as well"),
        "{shown}"
    );
    nothing("\"warm up\"", "\"warm up\", \"> up warm\"");
}

#[test]
fn one_word_is_not_enough_to_say_how_things_hang_together() {
    insta::assert_snapshot!(only("\"warm up\"", "\"warm up\", \"boot\""));
    // A term of the glossary, an identifier, the point's own name.
    let text = EVERY_KIND
        .replace("[glossary]", "[glossary]\nboot = [\"starting up\"]")
        .replace("\"warm up\"", "\"warm up\", \"boot\"");
    assert_eq!(lint_with(&text, &LintContext::default()), []);
    nothing("\"warm up\"", "\"warm up\", \"startPeriod|start-period\"");
    nothing(
        "\"failures ignored|uncounted\"",
        "\"failures ignored|uncounted\", \"ignores\"",
    );
}

#[test]
fn an_open_question_without_a_known_wrong_answer_is_named() {
    let wrong = "[[question.wrong]]\nsay = \"Checks are switched off.\"\nheard = [\"checks off|disabled\"]\nbecause = \"They run; only ECS's decision waits.\"\n";
    insta::assert_snapshot!(only(wrong, ""));
}

#[test]
fn phrases_are_tried_with_three_answers_and_one_that_must_not_be_heard() {
    let terse =
        "[[question.sample]]\ntext = \"Time to boot.\"\nhit = [\"warm-up\"]\nkind = \"terse\"\n";
    insta::assert_snapshot!(only(terse, ""));
    insta::assert_snapshot!(only("kind = \"negated\"", "kind = \"partial\""));
}

#[test]
fn facts_go_out_of_date() {
    let old = "facts = { checked = 2026-08-01, stale_days = 365, cite = [\"https";
    insta::assert_snapshot!(only(
        old,
        "facts = { checked = 2025-08-01, stale_days = 365, cite = [\"https"
    ));
    let shown = only(
        old,
        "facts = { checked = 2027-01-01, stale_days = 365, cite = [\"https",
    );
    assert!(shown.contains("still to come"), "{shown}");
    // 117 days have passed: the last good day is the one on which they end.
    nothing(
        old,
        "facts = { checked = 2026-08-01, stale_days = 117, cite = [\"https",
    );
    let shown = only(
        old,
        "facts = { checked = 2026-08-01, stale_days = 116, cite = [\"https",
    );
    assert!(shown.contains("hold for 116 days"), "{shown}");
    let nobody_asks = LintContext::default();
    let text = EVERY_KIND.replace("2026-08-01, stale_days = 365", "2016-08-01, stale_days = 1");
    assert_eq!(lint_with(&text, &nobody_asks), []);
}

#[test]
fn a_citation_is_an_address_with_https() {
    insta::assert_snapshot!(only(
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/Welcome.html",
        "the ECS manual"
    ));
}

#[test]
fn a_text_of_a_deck_holds_no_password_and_nobody_s_account() {
    let old = "environment: DATABASE_URL";
    insta::assert_snapshot!(only(
        old,
        "environment: DATABASE_URL=postgresql://news:hunter2-Xq9@db.example.com/news"
    ));
    insta::assert_snapshot!(only(
        "image: news-api:latest",
        "image: 482915037264.dkr.ecr.us-east-1.amazonaws.com/news-api:latest"
    ));
    nothing(
        "image: news-api:latest",
        "image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/news-api:latest",
    );
    nothing(old, "environment: DATABASE_URL, 1234567890123");
}

#[test]
fn everything_right_teaches_nothing() {
    let text = EVERY_KIND
        .replace("pick = 2\n", "")
        .replace(
            "text = \"The tasks', on 8000\"",
            "text = \"The tasks', on 8000\"\nright = true",
        )
        .replace(
            "text = \"The database's, on 5432\"",
            "text = \"The database's, on 5432\"\nright = true",
        );
    let found = lint_with(&text, &LintContext::default());
    insta::assert_snapshot!(
        found
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

fn lock(text: &str) -> SourceText {
    SourceText {
        name: "quizzes/revisions.lock".to_owned(),
        text: text.to_owned(),
    }
}

fn locked() -> SourceText {
    let lines = lock_lines(every_kind());
    lock(&format!(
        "# id, revision, fingerprint
{lines}"
    ))
}

fn against(lock: &SourceText, text: &str) -> Vec<Diagnostic> {
    let known = LintContext {
        today: None,
        revisions: Some(lock),
    };
    lint_with(text, &known)
}

/// Any text where the deck has a text, in one line of it.
fn spoilt() -> impl Strategy<Value = String> {
    (any::<prop::sample::Index>(), nasty()).prop_map(|(which, nasty)| {
        let ends: Vec<usize> = EVERY_KIND.match_indices("\"\n").map(|(at, _)| at).collect();
        let at = ends[which.index(ends.len())];
        let escaped: String = nasty
            .escape_unicode()
            .collect::<String>()
            .replace("\\u{", "{");
        let written: String = escaped
            .split('{')
            .filter_map(|code| code.strip_suffix('}'))
            .map(|code| format!("\\U{code:0>8}"))
            .collect();
        format!("{}{written}{}", &EVERY_KIND[..at], &EVERY_KIND[at..])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_deck_that_loads_says_every_finding_stands_in_its_file(
        mishaps in mishaps(),
        spoilt in spoilt(),
        lock_mishaps in mishaps(),
    ) {
        let lock = lock(&spoil(&locked().text, &lock_mishaps));
        let known = LintContext { today: Some(date(2026, 11, 26)), revisions: Some(&lock) };
        for text in [spoil(EVERY_KIND, &mishaps), spoilt] {
            let files = with_deck(&text);
            let Ok(deck) = read_deck(&text) else { continue };
            for found in lint(&deck, &Places::of(&files), &known) {
                let file = files.files.iter().chain([&lock]).find(|file| file.name == found.file);
                let line = file.and_then(|file| file.text.split('\n').nth(found.line - 1));
                prop_assert!(line.is_some_and(|line| found.column <= line.chars().count() + 1), "{found}");
                let shown = found.to_string();
                prop_assert!(!shown.chars().any(|c| c != '\n' && c.is_control()), "{shown:?}");
            }
        }
    }
}
