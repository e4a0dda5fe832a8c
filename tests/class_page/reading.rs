//! Who reads it: with axe-core, in light and dark, on a phone, on paper, without scripts.

use super::Open;
use super::axe::violations;
use super::sample::class;
use serde_json::json;

const NO_OVERFLOW: &str = "document.scrollingElement.scrollWidth <= innerWidth";

#[test]
#[ignore = "needs Chromium and Python; .ci/run runs it"]
fn axe_finds_nothing_to_object_to() {
    let mut open = Open::new(&class());
    for scheme in ["light", "dark"] {
        open.browser.prefer(scheme);
        assert_eq!(violations(&mut open.browser), [""; 0], "{scheme}");
        open.browser.click(".standings [data-value='stuck']");
        open.browser.click("[data-column='3']");
        assert_eq!(
            violations(&mut open.browser),
            [""; 0],
            "{scheme}, sorted and filtered"
        );
        open.browser.click("#students a[href='#student-s-2']");
        open.browser.until("document.getElementById('opened').open");
        assert_eq!(
            violations(&mut open.browser),
            [""; 0],
            "{scheme}, with a student open"
        );
        open.browser.press("Escape", 27);
        open.browser.until("!location.hash.startsWith('#student-')");
        open.browser.click("#all");
    }
    open.browser.window(320, 640);
    assert_eq!(violations(&mut open.browser), [""; 0], "at 320 pixels");
    open.browser.click("#students a[href='#student-s-2']");
    open.browser.until("document.getElementById('opened').open");
    assert_eq!(
        violations(&mut open.browser),
        [""; 0],
        "a student at 320 pixels"
    );
}

#[test]
#[ignore = "needs Chromium and Python; .ci/run runs it"]
fn axe_finds_nothing_without_scripts_of_the_page() {
    let (mut open, _) = Open::with(&class(), |browser| browser.without_scripts());
    assert_eq!(open.value("document.documentElement.className"), "");
    // axe itself may run now; the page's own script has not.
    open.browser.with_scripts();
    assert_eq!(violations(&mut open.browser), [""; 0]);
}

#[test]
#[ignore = "needs Chromium and Python; .ci/run runs it"]
fn axe_sees_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.html");
    std::fs::write(
        &file,
        "<p style='color:#ccc'>pale</p><input><table><tr><th></th></tr></table>",
    )
    .unwrap();
    let mut browser = super::Browser::start();
    browser.open(&file);
    let found = violations(&mut browser).join("\n");
    for rule in [
        "color-contrast",
        "label",
        "html-has-lang",
        "document-title",
        "page-has-heading-one",
    ] {
        assert!(found.contains(rule), "{rule}: {found}");
    }
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn without_scripts_everything_is_there_and_says_what_needs_them() {
    let (mut open, seen) = Open::with(&class(), |browser| browser.without_scripts());
    assert_eq!(seen.requests, [""; 0]);
    assert_eq!(open.names().len(), 12);
    assert_eq!(open.value("document.documentElement.className"), "");
    let shown = "[...document.querySelectorAll('section.student')].filter(one => one.getClientRects().length > 0).length";
    assert_eq!(open.value(shown), 12);
    let words = open.value("document.body.innerText");
    let words = words.as_str().unwrap();
    assert!(words.contains("need JavaScript"), "{words}");
    assert!(words.contains("3 of 9") && words.contains("database-closed-to-tasks"));
    // What does nothing is not offered.
    assert_eq!(
        open.value("document.querySelectorAll('main button:enabled:not(.scripted button)').length"),
        0
    );
    assert_eq!(
        open.value("document.getElementById('find').getClientRects().length"),
        0
    );
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn light_and_dark_follow_the_reader() {
    let mut open = Open::new(&class());
    let colours = "['body', '.matrix thead th', '.landfall-map .paper'].map(one => { const style = \
        getComputedStyle(document.querySelector(one)); return one.includes('paper') ? style.fill : style.backgroundColor; })";
    open.browser.prefer("light");
    assert_eq!(
        open.value(colours),
        json!([
            "rgb(255, 255, 255)",
            "rgb(246, 248, 250)",
            "rgb(255, 255, 255)"
        ])
    );
    open.browser.prefer("dark");
    assert_eq!(
        open.value(colours),
        json!(["rgb(13, 17, 23)", "rgb(22, 27, 34)", "rgb(13, 17, 23)"])
    );
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn on_a_phone_only_the_tables_scroll_sideways() {
    let mut open = Open::new(&class());
    // 320 pixels are also 1280 at a zoom of 400 %, and 640 at 200 %.
    for width in [320, 400, 640] {
        open.browser.window(width, 640);
        assert_eq!(open.value(NO_OVERFLOW), true, "{width}");
        let table = "(() => { const box = document.querySelector('.matrix'); return box.scrollWidth > box.clientWidth; })()";
        assert_eq!(open.value(table), true, "{width}");
    }
    open.browser.window(320, 640);
    open.browser.click("#students a[href='#student-s-2']");
    open.browser.until("document.getElementById('opened').open");
    let sheet = "(() => { const box = document.getElementById('opened'); return box.scrollWidth <= box.clientWidth; })()";
    assert_eq!(open.value(sheet), true);
    // The student's name stays in sight while the steps are looked at.
    open.browser.press("Escape", 27);
    open.browser.until("!location.hash.startsWith('#student-')");
    let stays = "(() => { const box = document.querySelector('.matrix'); box.scrollLeft = 600; const name = \
        document.querySelector('#students tbody th'); return Math.abs(name.getBoundingClientRect().left - \
        box.getBoundingClientRect().left) < 3; })()";
    assert_eq!(open.value(stays), true);
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn on_paper_the_matrix_fits_and_every_student_is_told_of() {
    let mut open = Open::new(&class());
    open.browser.as_printed();
    // A4 across, less the margins.
    open.browser.window(1047, 700);
    assert_eq!(open.value(NO_OVERFLOW), true);
    let fits = "document.getElementById('students').getBoundingClientRect().right <= innerWidth";
    assert_eq!(open.value(fits), true);
    let visible = |selector: &str| {
        format!(
            "[...document.querySelectorAll('{selector}')].filter(one => one.getClientRects().length > 0).length"
        )
    };
    assert_eq!(open.value(&visible("section.student")), 12);
    assert_eq!(open.value(&visible("section.student svg.landfall-map")), 9);
    assert_eq!(open.value(&visible("input, select, #all, dialog, nav")), 0);
    assert_eq!(open.value(&visible("#students tbody tr")), 12);
}

#[test]
#[ignore = "needs Chromium; .ci/run installs and runs it"]
fn an_open_student_is_printed_alone() {
    let mut open = Open::new(&class());
    open.browser.click("#students a[href='#student-s-2']");
    open.browser.until("document.getElementById('opened').open");
    open.browser.as_printed();
    assert_eq!(
        open.value("document.querySelector('main').getClientRects().length"),
        0
    );
    assert_eq!(
        open.value("document.querySelector('#sheet h3').getClientRects().length > 0"),
        true
    );
    assert_eq!(
        open.value("document.getElementById('next').getClientRects().length"),
        0
    );
}
