use super::{export, import};
use crate::course::hostile::nasty_text;
use crate::course::{Deck, DeckId, Diagnostic, Kind, Options, SourceText};
use crate::quiz::exchange::sample::{deck, every_kind};
use crate::quiz::exchange::text::clean;
use crate::quiz::exchange::{Exchanged, Loss};
use jiff::civil::date;
use proptest::prelude::*;

/// The example of mdbook-quiz's own book, and two questions of a book that uses it.
const EXAMPLE: &str = include_str!("fixtures/example.toml");
const MATCH: &str = include_str!("fixtures/match.toml");

fn imported(text: &str) -> Result<Exchanged, Vec<Diagnostic>> {
    let source = SourceText {
        name: "quiz.toml".to_owned(),
        text: text.to_owned(),
    };
    import(&source, &DeckId::from("from-a-book"), date(2026, 11, 20))
}

/// The deck after an author named the sources, through the loader.
fn loaded(document: &str) -> Deck {
    let text = document.replace("cite = []", "cite = [\"https://example.com\"]");
    match deck("from-a-book", &text) {
        Ok(deck) => deck,
        Err(problems) => panic!(
            "{document}\n{}",
            problems
                .iter()
                .map(|one| one.to_string() + "\n")
                .collect::<String>()
        ),
    }
}

fn said(losses: &[Loss]) -> String {
    losses.iter().map(|loss| loss.to_string() + "\n").collect()
}

fn options(deck: &Deck, at: usize) -> &Options {
    match &deck.questions[at].kind {
        Kind::Choice(options) | Kind::Multi(options) => options,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_example_of_mdbook_quiz_becomes_a_deck() {
    let exchanged = imported(EXAMPLE).unwrap();
    assert_eq!(exchanged.written, 3);
    let deck = loaded(&exchanged.document);
    let first = options(&deck, 0);
    assert_eq!(
        first.options[0].text,
        "`x` cannot be changed after being assigned to a value."
    );
    assert!(first.options[0].right && first.shuffle);
    assert_eq!(
        first.options[0].why,
        "Immutable means \"not mutable\", or not changeable."
    );
    assert!(
        first.options[1..]
            .iter()
            .all(|option| option.why.is_empty()),
        "no reason is made up"
    );
    let Kind::Cloze(cloze) = &deck.questions[1].kind else {
        panic!("a cloze")
    };
    assert_eq!(cloze.text, "{{answer}}");
    assert_eq!(
        (cloze.blanks[0].accept.as_slice(), cloze.blanks[0].exact),
        (["mut".to_owned()].as_slice(), false)
    );
    let third = options(&deck, 2);
    assert!(
        !third.options[0].right && third.options[1].right,
        "it does not compile"
    );
    assert_eq!(
        deck.questions[2].id.as_str(),
        "bba6a299-b20f-4685-934a-792a591df3c0"
    );
    insta::assert_snapshot!(said(&exchanged.losses));
}

#[test]
fn programs_in_a_prompt_keep_their_lines() {
    let exchanged = imported(MATCH).unwrap();
    let deck = loaded(&exchanged.document);
    assert!(
        deck.questions[0]
            .prompt
            .contains("\n    Location::Point(_) => -1,\n")
    );
    assert!(
        deck.questions[1]
            .prompt
            .contains("```\nimpl<T> Option<T> {\n  fn unwrap_or")
    );
}

#[test]
fn a_deck_without_sources_does_not_load_and_the_report_says_so() {
    let exchanged = imported(EXAMPLE).unwrap();
    let problems = deck("from-a-book", &exchanged.document).unwrap_err();
    assert!(
        problems.iter().all(|problem| problem.rule == "no-source"),
        "{problems:?}"
    );
    assert_eq!(problems.len(), 3);
    assert!(said(&exchanged.losses).contains(
        "from-a-book: the deck does not load before each question's `cite` names a source"
    ));
    assert!(
        exchanged.document.contains("checked = 2026-11-20"),
        "{}",
        exchanged.document
    );
}

#[test]
fn every_key_of_the_format_is_taken_over_or_told() {
    let exchanged = imported(
        r#"
[multipart]
program = "**Program 1:** `fn main() {}`"

[[questions]]
type = "MultipleChoice"
multipart = "program"
promptExplanation = true
prompt.prompt = "Which?"
prompt.distractors = ["c", "a"]
prompt.sortAnswers = true
answer.answer = ["b", "d"]

[[questions]]
id = "Which Port"
type = "MultipleChoice"
prompt.prompt = "Port?"
prompt.distractors = ["80", "443"]
prompt.answerIndex = 1
answer.answer = "5432"
context = "Postgres."
colour = "red"

[[questions]]
id = "gap"
type = "ShortAnswer"
prompt.prompt = "The default.\n\nPostgres listens on _____ here."
prompt.response = "short"
answer.answer = "5432"
answer.alternatives = ["5432/tcp"]
context = "So it is."

[[questions]]
id = "gap"
type = "ShortAnswer"
prompt.prompt = "Write `main`."
prompt.response = "code"
answer.answer = "fn main"

[[questions]]
type = "Drawing"
prompt.canvas = 3

[[questions]]
type = "MultipleChoice"
prompt.prompt = "Only one?"
prompt.distractors = []
answer.answer = "yes"
"#,
    )
    .unwrap();
    assert_eq!(exchanged.written, 4);
    let deck = loaded(&exchanged.document);
    let ids: Vec<&str> = deck
        .questions
        .iter()
        .map(|question| question.id.as_str())
        .collect();
    assert_eq!(ids, ["question-1", "which-port", "gap", "gap-2"]);
    assert_eq!(
        deck.questions[0].prompt,
        "**Program 1:** `fn main() {}`\n\nWhich?"
    );
    let sorted: Vec<(&str, bool)> = options(&deck, 0)
        .options
        .iter()
        .map(|option| (option.text.as_str(), option.right))
        .collect();
    assert_eq!(
        sorted,
        [("a", false), ("b", true), ("c", false), ("d", true)]
    );
    assert!(!options(&deck, 0).shuffle);
    let placed: Vec<&str> = options(&deck, 1)
        .options
        .iter()
        .map(|option| option.text.as_str())
        .collect();
    assert_eq!(placed, ["80", "5432", "443"]);
    let Kind::Cloze(gap) = &deck.questions[2].kind else {
        panic!("a cloze")
    };
    assert_eq!(deck.questions[2].prompt, "The default.");
    assert_eq!(gap.text, "Postgres listens on {{answer}} here.");
    assert!(gap.blanks[0].exact);
    let Kind::Cloze(code) = &deck.questions[3].kind else {
        panic!("a cloze")
    };
    assert!(code.blanks[0].exact, "code is compared to the letter");
    insta::assert_snapshot!(said(&exchanged.losses));
}

#[test]
fn a_file_that_is_no_quiz_is_refused_with_every_place() {
    let shown = |text: &str| -> Vec<String> {
        imported(text)
            .unwrap_err()
            .iter()
            .map(|problem| {
                format!(
                    "{}:{}:{} {}",
                    problem.file, problem.line, problem.column, problem.rule
                )
            })
            .collect()
    };
    assert_eq!(shown("[[questions]]\ntype = \n"), ["quiz.toml:2:8 toml"]);
    assert_eq!(shown("title = \"x\"\n"), ["quiz.toml:1:1 no-quiz"]);
    assert_eq!(
        shown(
            "[[questions]]\ntype = \"ShortAnswer\"\nprompt = \"Ok\"\n\n[[questions]]\ntype = \"Tracing\"\nprompt.program = \"\"\nanswer.doesCompile = 1\nmultipart = \"none\"\n"
        ),
        [
            "quiz.toml:1:1 missing-key",
            "quiz.toml:3:10 wrong-type",
            "quiz.toml:8:22 wrong-type",
            "quiz.toml:9:13 multipart"
        ]
    );
}

#[test]
fn what_mdbook_quiz_can_ask_is_written_and_the_rest_is_told() {
    let exported = export(&every_kind());
    assert_eq!(exported.written, 4);
    insta::assert_snapshot!(exported.document);
    insta::assert_snapshot!(
        "what_is_lost_on_the_way_to_mdbook_quiz",
        said(&exported.losses)
    );
}

#[test]
fn choices_and_single_gaps_are_the_same_questions_after_both_ways() {
    let before = every_kind();
    let after = loaded(&imported(&export(&before).document).unwrap().document);
    for id in ["which-port", "which-sources"] {
        let (before, after) = (before.item(id).unwrap(), after.item(id).unwrap());
        assert_eq!(before.prompt, after.prompt);
        let ((Kind::Choice(one), Kind::Choice(other)) | (Kind::Multi(one), Kind::Multi(other))) =
            (&before.kind, &after.kind)
        else {
            panic!("{id} became {}", after.kind.word())
        };
        let texts = |options: &Options| -> Vec<(String, bool)> {
            options
                .options
                .iter()
                .map(|option| (option.text.clone(), option.right))
                .collect()
        };
        assert_eq!(texts(one), texts(other), "{id}");
        assert_eq!(one.shuffle, other.shuffle);
    }
    let (before, after) = (
        before.item("grace-period.warm-up").unwrap(),
        after.item("grace-period.warm-up").unwrap(),
    );
    let (Kind::Cloze(one), Kind::Cloze(other)) = (&before.kind, &after.kind) else {
        panic!("a cloze")
    };
    assert_eq!(one.text.replace("seconds}}", "answer}}"), other.text);
    assert_eq!(
        (&one.blanks[0].accept, one.blanks[0].exact, &one.why),
        (&other.blanks[0].accept, other.blanks[0].exact, &other.why)
    );
    assert_eq!(before.prompt, after.prompt);
}

proptest! {
    #[test]
    fn any_text_comes_back_from_the_toml(prompt in nasty_text(), option in nasty_text(), why in nasty_text()) {
        let mut deck = every_kind();
        deck.questions[1].prompt.clone_from(&prompt);
        let Kind::Choice(options) = &mut deck.questions[1].kind else { panic!("a choice") };
        options.options[0].text.clone_from(&option);
        options.options[1].why.clone_from(&why);
        let written: toml::Table = toml::from_str(&export(&deck).document).unwrap();
        let question = &written["questions"][0];
        prop_assert_eq!(question["prompt"]["prompt"].as_str().unwrap(), clean(&prompt));
        prop_assert_eq!(question["prompt"]["distractors"][0].as_str().unwrap(), clean(&option));
        prop_assert!(question["context"].as_str().unwrap().contains(&clean(&why)));
        let back: toml::Table = toml::from_str(&imported(&export(&deck).document).unwrap().document).unwrap();
        let wanted = clean(&prompt);
        prop_assert_eq!(back["question"][0]["prompt"].as_str().unwrap(), wanted.trim());
    }

    #[test]
    fn whatever_the_file_is_there_is_a_deck_or_a_place(text in nasty_text()) {
        for text in [text.clone(), format!("{EXAMPLE}{text}"), EXAMPLE.replacen("mut", &text, 2)] {
            match imported(&text) {
                Ok(exchanged) => prop_assert!(toml::from_str::<toml::Table>(&exchanged.document).is_ok()),
                Err(problems) => prop_assert!(!problems.is_empty() && problems.iter().all(|problem| problem.line > 0)),
            }
        }
    }
}
