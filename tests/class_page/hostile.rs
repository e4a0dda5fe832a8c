//! Names of people who want to get into the page.

use super::Open;
use super::sample::{HOSTILE, hostile};

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn no_name_is_anything_but_text() {
    let mut open = Open::new(&hostile());
    let executed = "window.executed === undefined";
    assert_eq!(open.value(executed), true);
    assert_eq!(open.value("document.querySelectorAll('img, iframe, b, [onerror], [onfocus], [onmouseover]').length"), 0);
    assert_eq!(open.value("document.scripts.length"), 1);
    assert_eq!(
        open.value(
            "[...document.links].filter(link => !link.getAttribute('href').startsWith('#')).length"
        ),
        0
    );
    let names = open.names();
    assert_eq!(names.len(), 12);
    for (name, plant) in names.iter().zip(HOSTILE).take(3) {
        assert_eq!(name, plant);
    }
    // What turns the direction of a line is taken out; letters of every script stay.
    assert_eq!(names[3], "gpj.exe[31m مرحبا");
    assert!(
        names[5].starts_with("xxxxx") && names[5].len() == 10_003,
        "{}",
        names[5].len()
    );
    // A link always has words.
    assert_eq!(names[6], "(no name)");
    // Nobody makes the table wider or a row higher than the others are.
    let high = "Math.max(...[...document.querySelectorAll('#students tbody th')].map(one => one.clientHeight)) < 300";
    assert_eq!(open.value(high), true);
    assert_eq!(
        open.value("document.scrollingElement.scrollWidth <= innerWidth"),
        true
    );

    // Everything that the script does with them.
    open.browser.click("#find");
    open.browser.type_text("<img src=x");
    assert_eq!(open.names()[0], HOSTILE[0]);
    assert!(open.names().len() < 12);
    open.browser.click("#all");
    for column in [0, 1, 4, 9] {
        open.browser.click(&format!("[data-column='{column}']"));
    }
    for number in 1..=12 {
        open.value(&format!("location.hash = '#student-s-{number}'"));
        open.browser.until(&format!(
            "document.querySelector('#sheet #student-s-{number}') !== null"
        ));
    }
    assert_eq!(open.value(executed), true);
    assert_eq!(
        open.value("document.querySelectorAll('img, iframe, b').length"),
        0
    );
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn another_script_would_not_run_even_if_it_got_in() {
    let mut open = Open::new(&hostile());
    open.value(
        "(() => { const one = document.createElement('script'); one.textContent = 'window.executed = 1'; document.body.append(one); \
         const two = document.createElement('div'); two.setAttribute('onclick', 'window.executed = 1'); document.body.append(two); \
         two.click(); })()",
    );
    assert_eq!(open.value("window.executed === undefined"), true);
}
