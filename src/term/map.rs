//! The map as lines. A word stands beside every mark, and a line's form (solid, broken off) never says anything that no word
//! says.

mod small;
#[cfg(test)]
mod tests;

pub use small::small_lines;

use super::layout::{Margin, pad, truncate, wrap, wrap_text};
use super::text::{Line, Span, Tone};
use super::verdicts::mark;
use crate::checks::Verdict;
use crate::report::map::{Begin, Edge, EdgeId, Map, Node, NodeId, Part};

/// Columns for mark and words of a verdict: `✎ you confirmed`.
const MARK: usize = 15;

/// From this width on a part and its verdict stand on one line with what is known of it.
const WIDE: usize = 66;

/// Where to begin.
const HERE: &str = "▲ begin here";

const CHAIN: [EdgeId; 3] = [
    EdgeId::InternetToBalancer,
    EdgeId::BalancerToTargetGroup,
    EdgeId::TargetGroupToTasks,
];

/// The picture.
pub fn lines(map: &Map, width: usize) -> Vec<Line> {
    let paper = Paper {
        map,
        width: width.max(30),
    };
    let mut lines = Vec::new();
    for node in CHAIN.iter().map(|edge| edge.ends().0) {
        lines.extend(
            map.node(node)
                .map(|node| paper.node(node))
                .unwrap_or_default(),
        );
        let on = CHAIN.iter().find(|edge| edge.ends().0 == node);
        if let Some(edge) = on.and_then(|edge| map.edge(*edge)) {
            lines.extend(paper.way(edge));
        }
    }
    lines.extend(
        map.node(NodeId::Tasks)
            .map(|node| paper.node(node))
            .unwrap_or_default(),
    );
    let branches: Vec<&Edge> = map
        .edges
        .iter()
        .filter(|edge| edge.id.ends().0 == NodeId::Tasks)
        .collect();
    for (at, edge) in branches.iter().enumerate() {
        let bough = if at + 1 == branches.len() {
            Bough::Last
        } else {
            Bough::More
        };
        if let Some(node) = map.node(edge.id.ends().1) {
            lines.extend(paper.branch(edge, node, bough));
        }
    }
    lines
}

/// Whether another branch follows.
#[derive(Clone, Copy)]
enum Bough {
    More,
    Last,
}

impl Bough {
    const fn fork(self) -> &'static str {
        match self {
            Bough::More => "├─",
            Bough::Last => "└─",
        }
    }

    const fn trunk(self) -> &'static str {
        match self {
            Bough::More => "│ ",
            Bough::Last => "  ",
        }
    }
}

struct Paper<'a> {
    map: &'a Map,
    width: usize,
}

impl Paper<'_> {
    fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    /// Columns before the verdicts at the right.
    fn left(&self) -> usize {
        self.width - MARK
    }

    fn is_broken(&self, part: Part) -> bool {
        self.map.first_broken() == Some(part)
    }

    /// What stands at the left, filled up, then the verdict.
    fn row(&self, left: Vec<Span>, verdict: Verdict) -> Line {
        let used: usize = left.iter().map(Span::width).sum();
        let mut line = Line(left);
        line.0.push(Span::new(
            Tone::Plain,
            " ".repeat(self.left().saturating_sub(used)),
        ));
        line.0.push(mark(verdict));
        line
    }

    /// The arrow that points at the verdict above it.
    fn here(&self, before: &str, column: usize) -> Line {
        Line::new(Tone::Quiet, pad(before, column)).and(Tone::Verdict(Verdict::Failed), HERE)
    }

    fn node(&self, node: &Node) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.is_wide() {
            let text = node.text(self.left() - 18);
            let left = vec![
                Span::new(Tone::Strong, pad(node.id.label(), 17)),
                Span::new(Tone::Plain, text),
            ];
            lines.push(self.row(left, node.verdict));
        } else {
            lines.push(self.row(vec![Span::new(Tone::Strong, node.id.label())], node.verdict));
            lines.extend(self.beside("  ", |room| node.text(room)));
        }
        if self.is_broken(Part::Node(node.id)) {
            lines.push(self.here("", self.left()));
        }
        lines
    }

    /// Along the way of a request.
    fn way(&self, edge: &Edge) -> Vec<Line> {
        let label = edge.port.as_deref().unwrap_or("listeners");
        let mut lines = Vec::new();
        if self.is_wide() {
            let text = edge.text(self.left() - 18);
            let left = vec![
                Span::new(Tone::Quiet, "   │ "),
                Span::new(Tone::Plain, pad(&truncate(label, 11), 12)),
                Span::new(Tone::Plain, text),
            ];
            lines.push(self.row(left, edge.verdict));
        } else {
            let left = vec![
                Span::new(Tone::Quiet, " │ "),
                Span::new(Tone::Plain, truncate(label, self.left() - 4)),
            ];
            lines.push(self.row(left, edge.verdict));
            lines.extend(self.beside(" │ ", |room| edge.text(room)));
        }
        let trunk = if self.is_wide() { "   │" } else { " │" };
        if self.is_broken(Part::Edge(edge.id)) {
            lines.push(self.here(trunk, self.left()));
        }
        let tip = if self.is_wide() { "   ▼" } else { " ▼" };
        lines.push(Line::new(Tone::Quiet, tip));
        lines
    }

    /// From the tasks to what they use.
    fn branch(&self, edge: &Edge, node: &Node, bough: Bough) -> Vec<Line> {
        if self.is_wide() {
            self.wide_branch(edge, node, bough)
        } else {
            self.narrow_branch(edge, node, bough)
        }
    }

    fn wide_branch(&self, edge: &Edge, node: &Node, bough: Bough) -> Vec<Line> {
        // As wide as the longest verdict, so that all tips stand below each other.
        let said = mark(edge.verdict);
        let line = "─".repeat((MARK + 1).saturating_sub(said.width() + 1));
        let port = format!("{}{} ", bough.fork(), rule(port(edge), 6));
        let before = 3 + port.chars().count();
        let left = vec![
            Span::new(Tone::Quiet, format!("   {port}")),
            said,
            Span::new(Tone::Quiet, format!(" {line}▶ ")),
            Span::new(Tone::Strong, pad(node.id.label(), 11)),
        ];
        let used: usize = left.iter().map(Span::width).sum();
        let mut left = left;
        left.push(Span::new(
            Tone::Plain,
            node.text(self.left().saturating_sub(used + 1)),
        ));
        let mut lines = vec![self.row(left, node.verdict)];
        let trunk = format!("   {}", bough.trunk());
        match (
            self.is_broken(Part::Edge(edge.id)),
            self.is_broken(Part::Node(node.id)),
        ) {
            (true, _) => lines.push(self.here(&trunk, before)),
            (false, true) => lines.push(self.here(&trunk, self.left())),
            (false, false) => {}
        }
        lines
    }

    fn narrow_branch(&self, edge: &Edge, node: &Node, bough: Bough) -> Vec<Line> {
        let trunk = format!(" {}", bough.trunk());
        let way = format!("{} to {}", port(edge), node.id.label());
        let left = vec![
            Span::new(Tone::Quiet, format!(" {} ", bough.fork())),
            Span::new(Tone::Plain, truncate(&way, self.left() - 5)),
        ];
        let mut lines = vec![self.row(left, edge.verdict)];
        if self.is_broken(Part::Edge(edge.id)) {
            lines.push(self.here(&trunk, self.left()));
        }
        let left = vec![
            Span::new(Tone::Quiet, format!("{trunk} ")),
            Span::new(Tone::Strong, node.id.label()),
        ];
        lines.push(self.row(left, node.verdict));
        lines.extend(self.beside(&format!("{trunk} "), |room| node.text(room)));
        if self.is_broken(Part::Node(node.id)) {
            lines.push(self.here(&trunk, self.left()));
        }
        lines
    }

    /// A line of its own for what is known of a part; none when nothing is.
    fn beside(&self, before: &str, text: impl Fn(usize) -> String) -> Option<Line> {
        let text = text(self.width.saturating_sub(before.chars().count() + 2));
        (!text.is_empty())
            .then(|| Line::new(Tone::Quiet, before).and(Tone::Plain, format!("  {text}")))
    }
}

/// What stands at a branch.
fn port(edge: &Edge) -> &str {
    edge.port.as_deref().unwrap_or("as")
}

/// A word with a line behind it, `columns` wide.
fn rule(word: &str, columns: usize) -> String {
    let word = truncate(word, columns);
    let line = columns.saturating_sub(word.chars().count());
    format!("{word}{}", "─".repeat(line))
}

/// Below the picture: where to begin, what is wrong there, and the command that says what to do.
pub fn begin(map: &Map, begin: &Begin, command: &str, width: usize) -> Vec<Line> {
    let place = begin.broken.map_or_else(
        || "not a part of this picture".to_owned(),
        |part| map.words(part),
    );
    let head = [
        Span::new(Tone::Strong, "Begin here: "),
        Span::new(
            Tone::Plain,
            truncate(&super::sanitize::one_line(&place), width),
        ),
        Span::new(Tone::Quiet, format!(" ({})", begin.check)),
    ];
    let mut lines = wrap(&head, width, &Margin::default());
    lines.extend(wrap_text(
        &begin.summary,
        Tone::Plain,
        width,
        &Margin::spaces(2),
    ));
    lines.extend(what_to_do(command, width));
    lines
}

/// The command in one piece, to be copied: on a line of its own where it does not fit.
fn what_to_do(command: &str, width: usize) -> Vec<Line> {
    const SAY: &str = "  What to do:";
    let command = Span::new(Tone::Code, command);
    if SAY.len() + 1 + command.width() <= width {
        let mut line = Line::new(Tone::Quiet, format!("{SAY} "));
        line.0.push(command);
        return vec![line];
    }
    let mut below = Line::from("  ");
    below.0.push(command);
    vec![Line::new(Tone::Quiet, SAY), below]
}
