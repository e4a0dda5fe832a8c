//! Sorting and filtering.

use super::Open;
use super::sample::{class, class_of};
use serde_json::json;

const DONE: &str = "#students thead th:nth-child(4) button";
const SORTED: &str = "[...document.querySelectorAll('#students [aria-sort]')].map(head => \
    head.textContent + ' ' + head.getAttribute('aria-sort'))";

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_press_on_a_heading_sorts_by_it_and_back_to_the_order_of_the_report() {
    let mut open = Open::new(&class());
    let roster = open.names();
    assert_eq!(roster.len(), 12);
    assert_eq!(open.value(SORTED), json!([]));

    open.browser.click(DONE);
    let rising = open.names();
    assert_eq!(open.value(SORTED), json!(["Done ascending"]));
    assert_eq!(rising[..3], ["Fay Nkosi", "Eli Novák", "Kim Larsen"]);
    // Of whom nothing is known stands last, and never as a zero.
    assert_eq!(rising[9..], ["Gus Berg", "Hal Ito", "Ida Moreau"]);
    assert_eq!(
        open.value("document.getElementById('sorted').textContent"),
        "Sorted by Done, ascending."
    );

    open.browser.click(DONE);
    let falling = open.names();
    assert_eq!(open.value(SORTED), json!(["Done descending"]));
    assert_eq!(falling[0], "Zoë Adler");
    assert_eq!(falling[8], "Fay Nkosi");
    assert_eq!(falling[9..], ["Gus Berg", "Hal Ito", "Ida Moreau"]);

    open.browser.click(DONE);
    assert_eq!(open.value(SORTED), json!([]));
    assert_eq!(open.names(), roster);
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn every_column_sorts_from_the_keyboard_too() {
    let mut open = Open::new(&class());
    let columns = open.value("document.querySelectorAll('#students thead button').length");
    let columns = columns.as_u64().unwrap();
    assert_eq!(columns, 9 + 27);
    for column in 0..columns {
        let focus = format!("document.querySelector('[data-column=\"{column}\"]').focus()");
        open.value(&focus);
        open.browser.press("Enter", 13);
        let sorted = open.value(
            "[...document.querySelectorAll('[aria-sort] button')].map(button => button.dataset.column)",
        );
        assert_eq!(sorted, json!([column.to_string()]));
        assert_eq!(open.names().len(), 12);
    }
    // By name, as people read it, and by standing, the most urgent first.
    open.browser.click("[data-column='0']");
    assert_eq!(open.names()[0], "Bo Chen");
    assert_eq!(open.names()[11], "Zoë Adler");
    open.browser.click("[data-column='2']");
    assert_eq!(open.names()[0], "Bo Chen");
    assert_eq!(open.names()[11], "Zoë Adler");
    // By when somebody got stuck: whoever has been there for the longest comes first.
    open.browser.click("[data-column='5']");
    assert_eq!(open.names()[..2], ["Lea Rossi", "Bo Chen"]);
    // By a step: where it is wrong comes first.
    let heads = "[...document.querySelectorAll('.step button')].find(button => \
        button.textContent.startsWith('Open the database')).dataset.column";
    let column = open.value(heads);
    open.browser
        .click(&format!("[data-column='{}']", column.as_str().unwrap()));
    assert_eq!(open.names()[..3], ["Bo Chen", "Caro Díaz", "Jan Kowalski"]);
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_word_narrows_the_table_and_how_many_are_left_is_said() {
    let mut open = Open::new(&class());
    assert_eq!(open.shown(), "12 students shown.");
    open.browser.click("#find");
    // Without its accent, as somebody types it.
    open.browser.type_text("novak");
    assert_eq!(open.names(), ["Eli Novák"]);
    assert_eq!(open.shown(), "1 of 12 students shown.");
    open.browser.click("#all");
    assert_eq!(open.names().len(), 12);
    assert_eq!(open.value("document.getElementById('find').value"), "");
    for (words, name) in [
        ("4003", "Caro Díaz"),
        ("9012", "Lea Rossi"),
        ("s2@example.com", "Bo Chen"),
    ] {
        open.browser.click("#all");
        open.browser.click("#find");
        open.browser.type_text(words);
        assert_eq!(open.names(), [name], "{words}");
    }
    open.browser.type_text("nobody");
    assert_eq!(open.shown(), "0 of 12 students shown.");
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_standing_and_a_place_narrow_the_table_and_a_second_press_takes_it_back() {
    let mut open = Open::new(&class());
    let stuck = ".standings [data-value='stuck']";
    let pressed =
        "document.querySelector(\".standings [data-value='stuck']\").getAttribute('aria-pressed')";
    assert_eq!(open.value(pressed), "false");
    open.browser.click(stuck);
    assert_eq!(open.value(pressed), "true");
    assert_eq!(
        open.names(),
        [
            "Bo Chen",
            "Caro Díaz",
            "Dee Okafor",
            "Jan Kowalski",
            "Lea Rossi"
        ]
    );
    assert_eq!(open.shown(), "5 of 12 students shown.");
    open.browser.click(stuck);
    assert_eq!(open.value(pressed), "false");
    assert_eq!(open.names().len(), 12);

    open.browser
        .click("#stuck ~ .wide [data-by='stuck'][data-value='0']");
    assert_eq!(open.names(), ["Bo Chen", "Caro Díaz", "Jan Kowalski"]);
    assert_eq!(open.value("document.getElementById('by-stuck').value"), "0");

    // A number of the second chart: who is wrong at one step.
    open.browser
        .click("[data-by='step'][data-verdicts='failed']");
    let wrong = open.names();
    let number = open.value("parseInt(document.querySelector(\"[data-by='step'][data-verdicts='failed']\").textContent)");
    assert_eq!(json!(wrong.len()), number);
    assert!(!wrong.contains(&"Zoë Adler".to_owned()), "{wrong:?}");
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn every_list_of_choices_narrows_the_table() {
    let mut open = Open::new(&class());
    let choose = |open: &mut Open, id: &str, value: &str| {
        open.value(&format!(
            "(() => {{ const list = document.getElementById('{id}'); list.value = '{value}'; \
             list.dispatchEvent(new Event('input', {{bubbles: true}})); return list.value; }})()"
        ))
    };
    for (id, value, left) in [
        ("by-standing", "not-submitted", vec!["Ida Moreau"]),
        ("by-stuck", "1", vec!["Dee Okafor", "Lea Rossi"]),
        (
            "by-time",
            "late",
            vec!["Caro Díaz", "Dee Okafor", "Eli Novák"],
        ),
    ] {
        open.browser.click("#all");
        assert_eq!(choose(&mut open, id, value), value);
        assert_eq!(
            open.names()[..left.len().min(3)],
            left[..left.len().min(3)],
            "{id}"
        );
    }
    open.browser.click("#all");
    choose(&mut open, "by-section", "1");
    assert_eq!(open.names().len(), 6);
    assert_eq!(open.names()[0], "Bo Chen");
    // What is not judged is neither done nor wrong.
    open.browser.click("#all");
    choose(&mut open, "by-verdict", "passed attested");
    assert_eq!(open.names().len(), 9);
    choose(&mut open, "by-verdict", "failed");
    assert_eq!(open.names().len(), 5);
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_class_of_two_hundred_opens_and_sorts_without_a_wait() {
    let class = class_of(200);
    let bytes = landfall::class::html(&class).len();
    assert!(bytes < 8_000_000, "{bytes}");
    // Counting begins before the page is opened.
    let (mut open, seen) = Open::with(&class, |browser| {
        browser.worked();
    });
    assert_eq!(seen.errors, [""; 0]);
    assert_eq!(open.names().len(), 200);
    let opened = open.browser.worked();
    open.value(
        "document.querySelector(\"[data-column='20']\").click(); document.body.offsetHeight",
    );
    let sorted = open.browser.worked();
    open.value(
        "document.querySelector(\"[data-value='stuck']\").click(); document.body.offsetHeight",
    );
    let filtered = open.browser.worked();
    assert!(open.names().len() < 200);
    // Seconds of its own work: 1.3, 0.6 and less were seen.
    for (what, seconds, most) in [
        ("open", opened, 2.5),
        ("sort", sorted - opened, 1.5),
        ("filter", filtered - sorted, 1.5),
    ] {
        assert!(seconds < most, "{what}: {seconds} s");
    }
}
