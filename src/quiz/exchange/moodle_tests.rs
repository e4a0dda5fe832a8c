use super::*;
use crate::course::hostile::nasty_text;
use crate::quiz::exchange::html::text_of;
use crate::quiz::exchange::sample::every_kind;
use crate::quiz::exchange::text::clean;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

/// Every text of the document with the names of the elements around it: `quiz/question/name/text`.
fn texts(document: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(document);
    let mut path: Vec<String> = Vec::new();
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                path.push(start.name().0.to_owned());
                text.clear();
            }
            Event::End(_) => {
                texts.push((path.join("/"), std::mem::take(&mut text)));
                path.pop();
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => match name.resolve_char_ref().unwrap() {
                Some(letter) => text.push(letter),
                None => text.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap()),
            },
            Event::Eof => return texts,
            _ => {}
        }
    }
}

/// The part of the document that is one question.
fn question<'d>(document: &'d str, id: &str) -> &'d str {
    let number = format!("<idnumber>{id}</idnumber>");
    document
        .split("<question ")
        .find(|part| part.contains(&number))
        .unwrap_or_else(|| panic!("{id} is not there"))
}

fn fractions(question: &str) -> Vec<&str> {
    question
        .split("fraction=\"")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0)
        .collect()
}

#[test]
fn every_kind_becomes_the_type_that_moodle_has_for_it() {
    let exported = moodle(&every_kind());
    for (id, kind) in [
        ("grace-period", "essay"),
        ("which-port", "multichoice"),
        ("which-sources", "multichoice"),
        ("release", "ordering"),
        ("who-does-what", "matching"),
        ("rule", "cloze"),
        ("find-the-fault", "essay"),
        ("grace-period.warm-up", "shortanswer"),
    ] {
        let found = question(&exported.document, id);
        assert!(
            found.starts_with(&format!("type=\"{kind}\"")),
            "{id}: {found}"
        );
    }
    assert_eq!(exported.written, 8);
    assert!(
        exported
            .document
            .contains("<text>$course$/top/Landfall/Every kind: a//b &amp; &lt;c&gt;</text>")
    );
}

#[test]
fn rights_share_the_mark_and_each_wrong_one_takes_a_share_away() {
    let exported = moodle(&every_kind());
    let multi = question(&exported.document, "which-sources");
    assert_eq!(fractions(multi), ["50", "50", "-50"]);
    assert!(multi.contains("<single>false</single>"));
    let choice = question(&exported.document, "which-port");
    assert_eq!(fractions(choice), ["0", "100", "0"]);
    assert!(choice.contains("<shuffleanswers>false</shuffleanswers>"));
    assert!(
        choice.contains("<text>Postgres &amp;amp; friends.</text>"),
        "HTML inside XML"
    );
}

#[test]
fn an_essay_gives_the_grader_the_points_and_their_worth() {
    let exported = moodle(&every_kind());
    let essay = question(&exported.document, "grace-period");
    let guide = essay.split("<graderinfo").nth(1).unwrap();
    let guide = guide.split("</graderinfo>").next().unwrap();
    assert!(guide.contains("(worth 2.5)") && guide.contains("bonus, not needed"));
    assert!(
        guide.contains("The target group does not."),
        "the model answer"
    );
    assert!(
        essay.contains("<defaultgrade>3.5000000</defaultgrade>"),
        "1 and 2.5, the bonus apart"
    );
    let asked = essay.split("</questiontext>").next().unwrap();
    assert!(
        !asked.contains("The target group does not."),
        "nothing is given away"
    );
}

#[test]
fn a_spare_right_side_has_no_left_one() {
    let exported = moodle(&every_kind());
    let matching: Vec<(String, String)> = texts(&exported.document)
        .into_iter()
        .filter(|(path, _)| path.contains("/subquestion/") && path.ends_with("/text"))
        .collect();
    let words: Vec<&str> = matching.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        words,
        [
            "Target group",
            "Asks /health & judges",
            "ECS",
            "Replaces <tasks>",
            "",
            "Nothing at all"
        ]
    );
}

#[test]
fn signs_that_part_embedded_answers_are_entities() {
    let exported = moodle(&every_kind());
    let (_, text) = texts(&exported.document)
        .into_iter()
        .find(|(path, text)| path.ends_with("questiontext/text") && text.contains("admits"))
        .unwrap();
    assert!(
        text.contains("<code>{1:SHORTANSWER:=5432~=5432&#47;tcp}</code>"),
        "{text}"
    );
    assert!(text.contains("~=a&#126;b&#35;c&#125;d&#92;~="), "{text}");
    assert!(text.contains("~=&#92;&#42;}"), "a star is a star: {text}");
    assert_eq!(
        text.matches('{').count(),
        2,
        "no brace of the text is left: {text}"
    );
}

#[test]
fn a_star_that_is_typed_stands_for_itself() {
    let exported = moodle(&every_kind());
    let short = question(&exported.document, "grace-period.warm-up");
    assert!(short.contains("<text>\\*60\\*</text>"));
    assert!(short.contains("ECS ignores failed checks for _____ seconds."));
}

#[test]
fn eleven_right_options_have_no_fraction_and_are_said_to_be_left_out() {
    let mut deck = every_kind();
    let Kind::Multi(options) = &mut deck.questions[2].kind else {
        panic!("a multi question")
    };
    let one = options.options[0].clone();
    options.options = vec![one; 11];
    let exported = moodle(&deck);
    assert!(!exported.document.contains("which-sources"));
    assert!(exported.losses.iter().any(|loss| {
        loss.to_string() == "which-sources: left out, because 11 options are right, and Moodle knows no such fraction of the mark."
    }));
}

#[test]
fn losses_are_sentences_about_one_question_each() {
    let exported = moodle(&every_kind());
    let said: Vec<String> = exported.losses.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"));
}

proptest! {
    #[test]
    fn any_text_in_a_deck_comes_back_from_the_xml(prompt in nasty_text(), right in nasty_text(), key in nasty_text()) {
        let mut deck = every_kind();
        deck.questions[1].prompt.clone_from(&prompt);
        let Kind::Match(matching) = &mut deck.questions[4].kind else { panic!("a matching question") };
        matching.pairs[0].right.clone_from(&right);
        let Kind::Cloze(cloze) = &mut deck.questions[5].kind else { panic!("a cloze") };
        cloze.blanks[0].accept = vec!["a".to_owned(), key];
        let exported = moodle(&deck);
        let texts = texts(&exported.document);
        let of = |end: &str| -> Vec<&str> {
            texts.iter().filter(|(path, _)| path.ends_with(end)).map(|(_, text)| text.as_str()).collect()
        };
        // Deck order: open, choice.
        prop_assert_eq!(text_of(of("question/questiontext/text")[1]), clean(&prompt));
        prop_assert_eq!(of("subquestion/answer/text")[0], one_line(&right));
        let cloze = of("question/questiontext/text").into_iter().find(|text| text.contains("admits")).unwrap();
        prop_assert_eq!(cloze.matches('{').count(), 2, "{}", cloze);
        prop_assert_eq!(cloze.matches('}').count(), 2, "{}", cloze);
        prop_assert_eq!(cloze.matches("~=").count(), 5, "{}", cloze);
    }
}
