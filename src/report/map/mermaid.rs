//! `map --format mermaid`: a flowchart for READMEs and wikis. All that is foreign stands in quotes, every character that
//! means something to Mermaid or to HTML as its number: <https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters>.

use super::{Edge, Map, Node, Part};
use crate::checks::Verdict;
use crate::report::fit::truncate;
use crate::report::sanitize;

/// Longer names are cut: a box is no place to read them.
const WIDEST: usize = 80;

/// The flowchart.
pub fn map_mermaid(map: &Map) -> String {
    let mut text = String::from("flowchart LR\n");
    for node in &map.nodes {
        text.push_str(&self::node(map, node));
    }
    for edge in &map.edges {
        text.push_str(&self::edge(map, edge));
    }
    text.push_str("  classDef failed stroke:#b42318,stroke-width:3px\n");
    text.push_str("  classDef unknown stroke-dasharray:6 3\n");
    text.push_str("  classDef open stroke-dasharray:2 4\n");
    for (at, edge) in map.edges.iter().enumerate() {
        if edge.verdict == Verdict::Failed {
            text.push_str(&format!(
                "  linkStyle {at} stroke:#b42318,stroke-width:3px\n"
            ));
        }
    }
    text
}

fn node(map: &Map, node: &Node) -> String {
    let mut lines = vec![escaped(node.id.label())];
    lines.extend(node.name.iter().map(|name| escaped(name)));
    lines.extend(node.facts.iter().map(|fact| escaped(fact)));
    lines.push(mark(map, Part::Node(node.id), node.verdict));
    let class = match node.verdict {
        Verdict::Failed => ":::failed",
        Verdict::Unknown => ":::unknown",
        Verdict::Missing | Verdict::Pending | Verdict::Blocked => ":::open",
        Verdict::Passed | Verdict::Skipped | Verdict::Attested => "",
    };
    format!(
        "  {}[\"{}\"]{class}\n",
        name_of(node.id.id()),
        lines.join("<br/>")
    )
}

fn edge(map: &Map, edge: &Edge) -> String {
    let (from, to) = edge.id.ends();
    let mut lines: Vec<String> = edge.port.iter().map(|port| escaped(port)).collect();
    lines.push(mark(map, Part::Edge(edge.id), edge.verdict));
    let arrow = match edge.verdict {
        Verdict::Failed => "==>",
        Verdict::Missing | Verdict::Pending | Verdict::Blocked | Verdict::Unknown => "-.->",
        Verdict::Passed | Verdict::Skipped | Verdict::Attested => "-->",
    };
    format!(
        "  {} {arrow}|\"{}\"| {}\n",
        name_of(from.id()),
        lines.join("<br/>"),
        name_of(to.id())
    )
}

/// A hyphen could be read as the beginning of an arrow.
fn name_of(id: &str) -> String {
    id.replace('-', "_")
}

fn mark(map: &Map, part: Part, verdict: Verdict) -> String {
    let begin = if map.first_broken() == Some(part) {
        "<br/>begin here"
    } else {
        ""
    };
    format!("{} {}{begin}", verdict.symbol(), verdict.words())
}

fn escaped(text: &str) -> String {
    let clean = truncate(&sanitize::one_line(text), WIDEST);
    let mut safe = String::with_capacity(clean.len());
    for letter in clean.chars() {
        if letter.is_alphanumeric() || " -_./:,…".contains(letter) {
            safe.push(letter);
        } else {
            safe.push_str(&format!("#{};", u32::from(letter)));
        }
    }
    safe
}
