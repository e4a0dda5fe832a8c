//! `map --format svg`: one file that loads nothing, for light and dark backgrounds, with words for screen readers.

mod drawing;

use super::{Edge, EdgeId, Map, Node, NodeId, Part};
use crate::checks::Verdict;
use crate::report::fit::truncate;
use crate::report::{page, sanitize};
use drawing::{Column, HEIGHT, SHORT, WIDTH, column, edge_words, lane};

/// The rules of every picture; a page with many of them states them once.
pub const STYLE: &str = include_str!("map.css");

/// What a part leads to when it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// The picture stands by itself.
    None,
    /// Below the picture are details.
    ToDetails,
}

/// Where a picture stands, which decides about its ids and its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place<'a> {
    /// No other one is in the same document.
    Alone,
    /// Among others, under this key; the document has the style.
    Among(&'a str),
}

/// The picture by itself.
pub fn map_svg(map: &Map) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
        picture(map, Links::None)
    )
}

/// One picture of many in a page, which has [`STYLE`] in its head. `key` (letters, digits, hyphens) keeps the ids apart.
pub fn map_among(map: &Map, key: &str) -> String {
    drawn(map, Links::None, Place::Among(key))
}

/// The picture's element.
pub(super) fn picture(map: &Map, links: Links) -> String {
    drawn(map, links, Place::Alone)
}

fn drawn(map: &Map, links: Links, place: Place<'_>) -> String {
    // Links inside of an image are no links to a screen reader.
    let role = match links {
        Links::None => "img",
        Links::ToDetails => "group",
    };
    let height = if map.begin.is_some() { HEIGHT } else { SHORT };
    let (suffix, style, title) = match place {
        Place::Alone => (
            String::new(),
            format!("<style>{STYLE}</style>\n"),
            title(map),
        ),
        // Whose it is the page says.
        Place::Among(key) => (
            format!("-{key}"),
            String::new(),
            format!("Map of the stack in {}", map.head.region),
        ),
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"landfall-map\" viewBox=\"0 0 {WIDTH} {height}\" role=\"{role}\" \
         aria-labelledby=\"map-title{suffix} map-desc{suffix}\">\n<title id=\"map-title{suffix}\">{}</title>\n\
         <desc id=\"map-desc{suffix}\">{}</desc>\n{style}<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n\
         <text class=\"head\" x=\"20\" y=\"36\">{}</text>\n",
        xml(&title),
        xml(&description(map)),
        xml(&title),
    );
    let lanes = map.edges.iter().filter(|edge| is_lane(edge.id));
    svg.push_str(&drawing::bus(lanes.map(|edge| edge.id.ends().1)));
    for edge in &map.edges {
        let way = if is_lane(edge.id) {
            drop(map, edge)
        } else {
            arrow(map, edge)
        };
        svg.push_str(&linked(&way, map, Part::Edge(edge.id), links));
    }
    for node in &map.nodes {
        svg.push_str(&linked(
            &self::node(map, node),
            map,
            Part::Node(node.id),
            links,
        ));
    }
    svg.push_str(&footer(map));
    svg.push_str("</svg>\n");
    svg
}

fn title(map: &Map) -> String {
    let whose = match map.head.source {
        crate::account::Source::Practice => "the practice account's stack",
        crate::account::Source::Aws => "your stack",
        crate::account::Source::Snapshot => "the stack of a saved look",
    };
    format!("Map of {whose} in {}", map.head.region)
}

/// Every part and its verdict, in sentences.
fn description(map: &Map) -> String {
    let parts = map
        .nodes
        .iter()
        .map(|node| Part::Node(node.id))
        .chain(map.edges.iter().map(|edge| Part::Edge(edge.id)));
    let mut sentences: Vec<String> = parts
        .filter_map(|part| {
            let verdict = map.verdict(part)?;
            Some(format!(
                "{}: {}.",
                truncate(&map.words(part), 120),
                verdict.words()
            ))
        })
        .collect();
    if let Some(begin) = &map.begin {
        sentences.push(format!("Begin here: {}", truncate(&begin.summary, 400)));
    }
    sentences.join(" ")
}

/// Whether an edge goes down from the tasks.
fn is_lane(edge: EdgeId) -> bool {
    edge.ends().0 == NodeId::Tasks
}

fn linked(drawn: &str, map: &Map, part: Part, links: Links) -> String {
    match links {
        Links::None => drawn.to_owned(),
        Links::ToDetails => format!(
            "<a href=\"#part-{}\" aria-label=\"{}\">{drawn}</a>\n",
            part.id(),
            xml(&spoken(map, part))
        ),
    }
}

/// A part with its verdict.
fn spoken(map: &Map, part: Part) -> String {
    let verdict = map.verdict(part).map_or("", Verdict::words);
    let begin = if map.first_broken() == Some(part) {
        ", begin here"
    } else {
        ""
    };
    format!("{}: {verdict}{begin}", truncate(&map.words(part), 120))
}

fn node(map: &Map, node: &Node) -> String {
    let part = Part::Node(node.id);
    let Column {
        x,
        y,
        width,
        height,
    } = column(node.id);
    let room = drawing::columns_in(width);
    let mut texts = format!(
        "<text class=\"label\" x=\"{}\" y=\"{}\">{}</text>",
        x + 12,
        y + 26,
        xml(node.id.label())
    );
    let lines = node.name.iter().map(|name| ("name", name));
    let lines = lines.chain(node.facts.iter().map(|fact| ("fact", fact)));
    for (at, (class, line)) in lines.take(3).enumerate() {
        let y = y + 46 + 17 * i32::try_from(at).unwrap_or_default();
        texts.push_str(&format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{y}\">{}</text>",
            x + 12,
            xml(&truncate(&sanitize::one_line(line), room))
        ));
    }
    texts.push_str(&format!(
        "<text class=\"mark\" x=\"{}\" y=\"{}\">{}</text>",
        x + 12,
        y + height - 12,
        xml(&mark(node.verdict))
    ));
    if map.first_broken() == Some(part) {
        texts.push_str(&drawing::pill(x + width - 104, y + height - 26));
    }
    format!(
        "<g class=\"node {}\"><title>{}</title><rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>{texts}</g>\n",
        node.verdict.id(),
        xml(&spoken(map, part))
    )
}

/// Along the way of a request: from the left to the right.
fn arrow(map: &Map, edge: &Edge) -> String {
    let (from, to) = (column(edge.id.ends().0), column(edge.id.ends().1));
    let (start, end, y) = (from.x + from.width, to.x, from.y + from.height / 2);
    let middle = i32::midpoint(start, end);
    let line = drawing::right(start, end, y);
    group(map, edge, &line, middle, [y - 12, y + 24, y + 34], "middle")
}

/// From the tasks down to what they use.
fn drop(map: &Map, edge: &Edge) -> String {
    let to = column(edge.id.ends().1);
    let (top, x) = (to.y, lane(edge.id.ends().1));
    let line = drawing::down(x, top);
    group(
        map,
        edge,
        &line,
        x + 12,
        [top - 62, top - 42, top - 34],
        "start",
    )
}

/// Line, port, verdict, and the mark where to begin.
fn group(map: &Map, edge: &Edge, line: &str, x: i32, ys: [i32; 3], anchor: &str) -> String {
    let part = Part::Edge(edge.id);
    let [port_y, mark_y, pill_y] = ys;
    let mut texts = format!(
        "<text class=\"port\" x=\"{x}\" y=\"{port_y}\" text-anchor=\"{anchor}\">{}</text>\
         <text class=\"mark\" x=\"{x}\" y=\"{mark_y}\" text-anchor=\"{anchor}\">{}</text>",
        xml(&truncate(edge_words(edge), 15)),
        xml(&mark(edge.verdict))
    );
    if map.first_broken() == Some(part) {
        let left = if anchor == "middle" { x - 46 } else { x };
        texts.push_str(&drawing::pill(left, pill_y));
    }
    format!(
        "<g class=\"edge {}\"><title>{}</title>{line}{texts}</g>\n",
        edge.verdict.id(),
        xml(&spoken(map, part))
    )
}

fn mark(verdict: Verdict) -> String {
    format!("{} {}", verdict.symbol(), verdict.words())
}

/// Where to begin, or nothing.
fn footer(map: &Map) -> String {
    let Some(begin) = &map.begin else {
        return String::new();
    };
    let place = begin
        .broken
        .map_or_else(String::new, |part| format!(" {}", map.words(part)));
    let head = format!("Begin here:{place} ({})", begin.check);
    let mut lines = vec![truncate(&sanitize::one_line(&head), 150)];
    lines.extend(drawing::wrapped(
        &sanitize::one_line(&begin.summary),
        165,
        2,
    ));
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            format!(
                "<text class=\"{}\" x=\"20\" y=\"{}\">{}</text>\n",
                if at == 0 { "begin" } else { "say" },
                490 + 20 * at,
                xml(line)
            )
        })
        .collect()
}

/// Text that can be neither tag nor entity, of characters that XML knows.
fn xml(text: &str) -> String {
    page::escaped(text)
        .chars()
        .filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
