use super::*;
use crate::course::hostile::nasty_text;
use crate::quiz::exchange::html::text_of;
use crate::quiz::exchange::sample::every_kind;
use crate::quiz::exchange::text::clean;
use proptest::prelude::*;

/// The rows as a reader of the format sees them: comments first, then tab-separated values.
fn rows(document: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .comment(Some(b'#'))
        .from_reader(document.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn row<'r>(rows: &'r [Vec<String>], guid: &str) -> &'r [String] {
    rows.iter().find(|row| row[0] == guid).unwrap()
}

#[test]
fn every_question_every_point_and_every_retry_item_is_a_note_of_its_own() {
    let exported = anki(&every_kind());
    let rows = rows(&exported.document);
    let guids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        guids,
        [
            "landfall:every-kind:grace-period",
            "landfall:every-kind:grace-period/warm-up",
            "landfall:every-kind:grace-period/loop",
            "landfall:every-kind:grace-period/extra",
            "landfall:every-kind:which-port",
            "landfall:every-kind:which-sources",
            "landfall:every-kind:release",
            "landfall:every-kind:who-does-what",
            "landfall:every-kind:rule",
            "landfall:every-kind:find-the-fault",
            "landfall:every-kind:grace-period.warm-up",
        ]
    );
    assert_eq!(exported.written, 8);
    assert!(
        rows.iter()
            .all(|row| row[2] == "Landfall::Every kind: a/b & <c>")
    );
}

#[test]
fn the_back_of_a_choice_gives_the_reason_of_every_option_and_the_front_none() {
    let exported = anki(&every_kind());
    let rows = rows(&exported.document);
    let row = row(&rows, "landfall:every-kind:which-port");
    assert!(row[3].contains("5432 &lt;Postgres&gt;"));
    assert!(!row[3].contains("Right") && !row[3].contains("That is Redis"));
    assert!(row[4].contains("<b>Right:</b> 5432 &lt;Postgres&gt;<br>Postgres &amp; friends."));
    assert!(row[4].contains("<b>Wrong:</b> 6379 &quot;Redis&quot;<br>That is Redis."));
    assert!(row[4].contains("https://example.com/ports"));
}

#[test]
fn a_points_card_asks_for_the_point_and_does_not_show_it() {
    let exported = anki(&every_kind());
    let rows = rows(&exported.document);
    let row = row(&rows, "landfall:every-kind:grace-period/warm-up");
    assert!(row[3].ends_with("Key point 1 of 3: <b>warm up</b>"));
    assert!(!row[3].contains("does not stop"));
    assert!(row[4].starts_with("ECS does not stop a task"));
    assert_eq!(
        row[5],
        "landfall landfall::deck::every-kind landfall::kind::open landfall::level::explain landfall::lesson::ecs-service.live"
    );
}

#[test]
fn a_cloze_note_has_one_card_for_each_gap_and_no_brace_of_the_text_is_one() {
    let exported = anki(&every_kind());
    let rows = rows(&exported.document);
    let row = row(&rows, "landfall:every-kind:rule");
    assert_eq!(row[1], "Cloze");
    assert!(
        row[3].contains(
            "<code>{{c1::5432}}</code> admits {{c2::the tasks&#39; group}}; a &#125; alone"
        )
    );
    assert_eq!(row[3].matches("{{").count(), 2);
    assert!(row[4].contains("5432 or 5432/tcp"));
}

#[test]
fn what_has_no_fixed_answer_is_left_out_and_said() {
    let exported = anki(&every_kind());
    let said: Vec<String> = exported.losses.iter().map(ToString::to_string).collect();
    for id in ["find-the-fault.mine", "grace-period.predict"] {
        let line = format!(
            "{id}: left out, because its key is read from an account, and a card has a fixed answer."
        );
        assert!(said.contains(&line), "{said:#?}");
        assert!(!exported.document.contains(&format!("every-kind:{id}\t")));
    }
    assert!(
        said.iter()
            .any(|line| line.starts_with("grace-period: the hint"))
    );
    assert!(
        !said.iter().any(|line| line.starts_with("who-does-what")),
        "nothing of it is lost"
    );
}

#[test]
fn the_same_deck_makes_the_same_file() {
    assert_eq!(anki(&every_kind()), anki(&every_kind()));
}

proptest! {
    #[test]
    fn any_text_in_a_deck_comes_back_from_the_file(prompt in nasty_text(), why in nasty_text(), key in nasty_text()) {
        let mut deck = every_kind();
        deck.questions[1].prompt.clone_from(&prompt);
        let Kind::Choice(options) = &mut deck.questions[1].kind else { panic!("a choice") };
        options.options[0].why.clone_from(&why);
        let Kind::Cloze(cloze) = &mut deck.questions[5].kind else { panic!("a cloze") };
        cloze.blanks[0].accept = vec![key];
        let exported = anki(&deck);
        let rows = rows(&exported.document);
        prop_assert_eq!(rows.len(), 11);
        prop_assert!(exported.document.lines().all(|line| line.starts_with('#') || line.matches('\t').count() == 5));
        let note = row(&rows, "landfall:every-kind:which-port");
        let (front, _) = note[3].split_once("<br><br><ul>").unwrap();
        prop_assert_eq!(text_of(front), clean(&prompt));
        let (_, back) = note[4].split_once("&quot;Redis&quot;<br>").unwrap();
        let (reason, _) = back.split_once("</li>").unwrap();
        prop_assert_eq!(text_of(reason), clean(&why));
        let cloze = row(&rows, "landfall:every-kind:rule");
        prop_assert_eq!(cloze[3].matches("{{").count(), 2);
        prop_assert_eq!(cloze[3].matches("}}").count(), 2);
        prop_assert_eq!(cloze[3].matches("::").count(), 2);
    }
}
