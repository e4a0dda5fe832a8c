//! Decks against their lock.

use super::*;

#[test]
fn a_published_deck_agrees_with_its_lock() {
    assert_eq!(against(&locked(), EVERY_KIND), []);
}

#[test]
fn wording_and_order_may_change_without_a_new_revision() {
    let spelled = EVERY_KIND
        .replace("A task stops at once", "A task of yours stops at once")
        .replace("Nothing has connected yet.", "Nobody has connected yet.")
        .replace("weight = 2.0", "weight = 3.0")
        .replace("\"warm up\"", "\"warms up\"");
    assert_ne!(spelled, EVERY_KIND);
    assert_eq!(against(&locked(), &spelled), []);
    let was = EVERY_KIND.replace(
        "id = \"own-count\"",
        "id = \"count\"\nwas = [\"own-count\"]",
    );
    assert_eq!(against(&locked(), &was), []);
}

#[test]
fn a_changed_key_needs_a_new_revision() {
    for (old, new) in [
        ("id = \"sizing\"", "id = \"length\""),
        ("bonus = true", "bonus = false"),
        (
            "text = \"Time to load and connect\"\nright = true",
            "text = \"Time to load and connect\"",
        ),
        ("after = [\"healthy\"]", "after = [\"register\"]"),
        (
            "right = \"says what to run\"",
            "right = \"says what may run\"",
        ),
        ("accept = [\"5432\"]", "accept = [\"6379\"]"),
        ("path = \"desiredCount\"", "path = \"maximumPercent\""),
        ("id = \"secret\"", "id = \"password\""),
        ("id = \"reboot\"", "id = \"restart\""),
    ] {
        let mut text = EVERY_KIND.replace(old, new);
        assert_ne!(text, EVERY_KIND, "{old}");
        if new == "text = \"Time to load and connect\"" {
            text = text.replace(
                "text = \"An address of its own in DNS\"",
                "text = \"An address of its own in DNS\"\nright = true",
            );
        }
        let found = against(&locked(), &text);
        assert!(
            found.len() == 1
                && found[0].rule == "revision-unchanged"
                && found[0].severity == Severity::Error,
            "{new}: {found:#?}"
        );
    }
    let text = EVERY_KIND.replace("id = \"sizing\"", "id = \"length\"");
    insta::assert_snapshot!(against(&locked(), &text)[0].to_string());
    // The line that the help gives makes it good.
    let renewed = locked().text.replace(
        locked()
            .text
            .lines()
            .nth(1)
            .expect("the first question's line"),
        lock_lines(&read_deck(&text).expect("loads"))
            .lines()
            .next()
            .expect("the first"),
    );
    assert_eq!(against(&lock(&renewed), &text), []);
}

#[test]
fn a_raised_revision_asks_for_its_new_line_and_a_lowered_one_is_wrong() {
    let raised = EVERY_KIND
        .replace("rev = 2", "rev = 3")
        .replace("id = \"sizing\"", "id = \"length\"");
    insta::assert_snapshot!(against(&locked(), &raised)[0].to_string());
    let lowered = EVERY_KIND.replace("rev = 2", "rev = 1");
    insta::assert_snapshot!(against(&locked(), &lowered)[0].to_string());
}

#[test]
fn a_new_question_is_named_with_the_line_to_add() {
    let without: String = locked()
        .text
        .lines()
        .filter(|line| !line.starts_with("own-count"))
        .map(|line| format!("{line}\r\n"))
        .collect();
    let found = against(&lock(&format!("\u{feff}{without}")), EVERY_KIND);
    insta::assert_snapshot!(
        found
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn a_line_of_the_lock_that_says_nothing_is_marked_in_the_lock() {
    let broken = format!("{}grace two\n", locked().text);
    insta::assert_snapshot!(against(&lock(&broken), EVERY_KIND)[0].to_string());
}
