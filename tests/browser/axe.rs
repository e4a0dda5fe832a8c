//! axe-core (<https://github.com/dequelabs/axe-core>) on the page that is open. It comes out of a Python package, for a
//! package registry is the only place from which our tests take something, and Python is there already.

use super::chromium::Browser;
use super::python;
use serde_json::json;
use std::fs;
use std::path::Path;

/// Everything that the page does against WCAG 2.2 A and AA and against what is good practice: a line for each rule with the
/// elements. It looks at what is shown now.
pub fn violations(browser: &mut Browser) -> Vec<String> {
    if browser.value("typeof axe") != json!("object") {
        browser.value(&format!("{}; 0", script()));
    }
    let tags = json!([
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice"
    ]);
    let run = format!(
        "axe.run(document, {{runOnly: {tags}, resultTypes: ['violations']}}).then(found => {{ \
         if (found.passes.length < 10) throw new Error('only ' + found.passes.length + ' rules applied'); \
         return found.violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 5).map(node => \
         node.target.join(' ') + ' ' + node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | ')); }})"
    );
    let found = browser.value(&run);
    found
        .as_array()
        .expect("axe tells a list")
        .iter()
        .map(|rule| rule.as_str().unwrap_or_default().to_owned())
        .collect()
}

fn script() -> String {
    let pins = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/axe-requirements.txt");
    let folder = python::packages_alone("axe", &pins).join("lib");
    let file = fs::read_dir(folder)
        .unwrap()
        .map(|python| python.unwrap().path())
        .map(|python| python.join("site-packages/axe_playwright_python/axe.min.js"))
        .find(|file| file.is_file())
        .expect("the package carries axe.min.js");
    fs::read_to_string(file).unwrap()
}
