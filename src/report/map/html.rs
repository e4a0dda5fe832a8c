//! `map --format html`: the picture, and below it what the checks say of each part. One page that loads nothing and needs no
//! script: a part of the picture is a link, and the browser opens the details that it leads to.

use super::svg::{Links, picture};
use super::{Begin, Edge, Map, Node, Part};
use crate::checks::{Finding, Verdict};
use crate::report::fit::truncate;
use crate::report::page::{self, Page, escaped};
use crate::report::wording;

const STYLE: &str = "
.picture { overflow-x: auto; } .picture svg { min-width: 48rem; width: 100%; height: auto; display: block; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .5rem 1rem; }
summary { cursor: pointer; font-weight: 600; } details > div { scroll-margin-top: 4rem; }
main { max-width: 78rem; }
";

/// The page.
pub fn map_html(map: &Map) -> String {
    let mut page = Page::new(&format!("Landfall map: {}", map.head.region), "map");
    page.style(STYLE);
    page.text("h1", "Landfall: the stack as a picture");
    head(&mut page, map);
    if let Some(begin) = &map.begin {
        page.raw(&format!(
            "<p class=\"begin\"><strong>Begin here:</strong> {} <span class=\"id\">({})</span></p>",
            escaped(&wording::sentence(&begin.summary)),
            escaped(begin.check.as_str())
        ));
        page.raw(&what_to_do(begin));
    }
    page.raw("<div class=\"picture\" tabindex=\"0\" role=\"region\" aria-label=\"The picture\">");
    page.raw(&picture(map, Links::ToDetails));
    page.raw("</div>");
    page.heading("ways", "The way of a request, and what the tasks use");
    for edge in &map.edges {
        details(
            &mut page,
            map,
            Part::Edge(edge.id),
            &facts_of_edge(edge),
            &edge.checks,
        );
    }
    page.heading("parts", "The parts");
    for node in &map.nodes {
        details(
            &mut page,
            map,
            Part::Node(node.id),
            &facts_of_node(node),
            &node.checks,
        );
    }
    page.finish()
}

/// A link to the part where it is said; the step, when the picture does not show it.
fn what_to_do(begin: &Begin) -> String {
    match begin.broken {
        Some(part) => format!("<p><a href=\"#part-{}\">What to do</a></p>", part.id()),
        None => format!(
            "<p>What to do: <code>landfall verify {}</code></p>",
            escaped(begin.step.as_str())
        ),
    }
}

fn head(page: &mut Page, map: &Map) {
    let source = match map.head.source {
        crate::account::Source::Practice => "practice account",
        crate::account::Source::Aws => "AWS",
        crate::account::Source::Snapshot => "a saved look",
    };
    let looked = map
        .head
        .collected_at
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string();
    let facts = [
        (
            "Account",
            map.head.account.as_deref().unwrap_or("not known"),
        ),
        ("Source", source),
        ("Region", &map.head.region),
        ("Looked at", &looked),
    ];
    page.facts(facts.into_iter());
}

fn facts_of_node(node: &Node) -> Vec<String> {
    node.name.iter().chain(&node.facts).cloned().collect()
}

fn facts_of_edge(edge: &Edge) -> Vec<String> {
    let mut facts = edge.facts.clone();
    facts.extend(edge.role.as_ref().map(|role| format!("as {role}")));
    facts
}

/// The findings of a part; open when there is something to do.
fn details(page: &mut Page, map: &Map, part: Part, facts: &[String], findings: &[Finding]) {
    let Some(verdict) = map.verdict(part) else {
        return;
    };
    let open = if matches!(verdict, Verdict::Failed | Verdict::Unknown) {
        " open"
    } else {
        ""
    };
    let begin = if map.first_broken() == Some(part) {
        " (begin here)"
    } else {
        ""
    };
    page.raw(&format!(
        "<details{open}><summary>{} {}{begin}</summary><div id=\"part-{}\" tabindex=\"-1\">",
        escaped(&capital(&truncate(&map.words(part), 160))),
        page::verdict(verdict),
        part.id()
    ));
    if !facts.is_empty() {
        page.text("p", &facts.join(" · "));
    }
    let (first, then): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.verdict == Verdict::Failed);
    for finding in first.into_iter().chain(then) {
        page.raw("<div class=\"finding\">");
        page::finding(page, finding);
        page.raw("</div>");
    }
    page.raw("</div></details>");
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
