//! What a document of each format must be, whatever was handed in: whole, of one shape, and without anything that acts.

use super::run::{Run, report};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use std::path::Path;

/// Gradescope takes a file for each student, so there is no one document of a class.
pub const FORMATS: [&str; 7] = ["text", "json", "csv", "junit", "markdown", "html", "canvas"];

/// A class's report in this format, which is sound; gives the document.
pub fn sound(folder: &Path, format: &str, rest: &[&str]) -> Run {
    let line: Vec<&str> = rest.iter().chain(&["--format", format]).copied().collect();
    let run = report(folder, &line);
    let wrong = unsound(format, &run.stdout);
    assert_eq!(wrong, None, "--format {format} {rest:?}");
    let wrong = unsound("text", &run.stderr);
    assert_eq!(
        wrong, None,
        "--format {format} {rest:?}: what it says on stderr"
    );
    run
}

/// What is wrong with a document, if something is.
pub fn unsound(format: &str, document: &str) -> Option<String> {
    if let Some(bad) = document.chars().find(|c| acts_on_a_terminal(*c)) {
        let at = document.find(bad).unwrap();
        let around: String = document[..at].chars().rev().take(60).collect();
        let around: String = around.chars().rev().collect();
        return Some(format!("{bad:?} after {around:?}"));
    }
    match format {
        "json" => serde_json::from_str::<Value>(document)
            .err()
            .map(|error| error.to_string()),
        "csv" | "canvas" => unsound_table(document),
        "junit" => unsound_xml(document),
        "markdown" => live_markdown(document),
        "html" => live_page(document),
        _ => None,
    }
}

/// Escapes, other controls, and what turns the direction of what follows; a document's lines end with `\n` or `\r\n`.
fn acts_on_a_terminal(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\r'))
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Rows of one length, and no cell that a spreadsheet takes for a formula. Source: OWASP, "CSV Injection" (2026-11).
fn unsound_table(document: &str) -> Option<String> {
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(false)
        .from_reader(document.as_bytes());
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => return Some(error.to_string()),
        };
        for cell in &row {
            let is_number = cell.parse::<f64>().is_ok();
            if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
                return Some(format!("the cell {cell:?} begins a formula"));
            }
        }
    }
    None
}

fn unsound_xml(document: &str) -> Option<String> {
    let mut reader = Reader::from_str(document);
    let (mut open, mut cases) = (0_usize, 0);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) if open > 0 => return Some("it ends in the middle".to_owned()),
            Ok(Event::Eof) if cases == 0 => return Some("it has no case".to_owned()),
            Ok(Event::Eof) => return None,
            Ok(Event::Start(start)) => {
                open += 1;
                cases += usize::from(start.name().as_ref() == "testcase");
            }
            Ok(Event::Empty(empty)) => {
                cases += usize::from(empty.name().as_ref() == "testcase");
            }
            Ok(Event::End(_)) => open -= 1,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// A page has our own script, an empty icon, and nothing else that runs or loads.
fn live_page(document: &str) -> Option<String> {
    const ICON: &str = "<link rel=\"icon\" href=\"data:,\"/>";
    let lower = document.to_lowercase().replacen(ICON, "", 1);
    let found = lower.matches("<script").count();
    if found > 1 {
        return Some(format!("{found} scripts"));
    }
    for element in [
        "<img", "<iframe", "<object", "<embed", "<base", "<form", "<link",
    ] {
        if lower.contains(element) {
            return Some(format!("a live {element}>"));
        }
    }
    ["href=\"javascript:", "src=\"http"]
        .iter()
        .find(|act| lower.contains(**act))
        .map(|act| format!("it holds {act}"))
}

/// Markdown becomes a page: no markup may come through, and no link but one to a place in the document.
fn live_markdown(document: &str) -> Option<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    Parser::new_ext(document, Options::all()).find_map(|event| match event {
        Event::Html(markup) | Event::InlineHtml(markup) => Some(format!("live {markup}")),
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
            if !dest_url.starts_with('#') =>
        {
            Some(format!("a link to {dest_url}"))
        }
        _ => None,
    })
}

#[test]
fn a_document_that_acts_is_noticed() {
    for (format, document) in [
        ("text", "a\u{1b}[2Jb"),
        ("text", "a\u{202e}b"),
        ("json", "{\"a\": "),
        ("csv", "a,b\n1,=2\n"),
        ("csv", "a,b\n1\n"),
        ("canvas", "a,b\n@x,2\n"),
        ("junit", "<testsuite><testcase></testsuite>"),
        ("junit", "<testsuite></testsuite>"),
        ("markdown", "a <script>"),
        ("markdown", "[a](javascript:b)"),
        ("html", "<script></script><SCRIPT>"),
        ("html", "<p><img src=x onerror=y>"),
        ("html", "<link rel=\"stylesheet\" href=\"x\"/>"),
    ] {
        assert!(
            unsound(format, document).is_some(),
            "{format}: {document:?}"
        );
    }
    for (format, document) in [
        ("text", "a\nb"),
        ("csv", "a,b\r\n1,-2.5\r\n'=x,\"a\"\"b\"\r\n"),
        ("junit", "<testsuite><testcase name=\"a\"/></testsuite>"),
        ("html", "<script>x</script>&lt;img"),
        ("markdown", "a \\<script>, [here](#there)"),
    ] {
        assert_eq!(unsound(format, document), None, "{format}");
    }
}
