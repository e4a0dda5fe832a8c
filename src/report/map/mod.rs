//! `landfall map`: the stack as a picture. Its verdicts are those of the checks, added up over the checks that speak of a
//! part; nothing is judged a second time, so the map cannot say anything else than `verify`.

#[cfg(test)]
pub(crate) mod cases;
mod facts;
mod html;
mod json;
mod mermaid;
mod place;
mod small;
mod svg;
#[cfg(test)]
mod tests;

pub use html::map_html;
pub use json::map_json;
pub use mermaid::map_mermaid;
pub use place::{EdgeId, NOT_ON_THE_MAP, NodeId, Part};
pub use small::{Hop, Row, Shape, Sound, small};
pub use svg::{STYLE as PICTURE_STYLE, map_among, map_svg};

use crate::account::{Snapshot, Source};
use crate::checks::{
    Cause, CheckId, Finding, FoundParts, Stack, Verdict, Verification, counts, found_parts,
};
use crate::course::StepId;
use crate::report::fit::truncate;
use crate::report::sanitize;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The picture, before it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    pub head: Head,
    /// In the order of [`NodeId::ALL`]; parts of which the course has no check are left out.
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// Where to begin, when something is wrong.
    pub begin: Option<Begin>,
}

/// Whose stack it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub account: Option<String>,
    /// The caller's ARN.
    pub principal: Option<String>,
    pub region: String,
    pub source: Source,
    pub collected_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub id: NodeId,
    /// The learner's own name for it; `None` while it is not there or could not be told.
    pub name: Option<String>,
    /// `2 of 2 running`.
    pub facts: Vec<String>,
    pub verdict: Verdict,
    pub checks: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub id: EdgeId,
    /// `5432`, or several: `443, 80`.
    pub port: Option<String>,
    /// The role that it is gone with.
    pub role: Option<String>,
    pub facts: Vec<String>,
    pub verdict: Verdict,
    pub checks: Vec<Finding>,
}

/// The root cause, and where on the map it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// The first broken part; `None` when the map does not show it, or when nothing is broken but everything stands in
    /// another region.
    pub broken: Option<Part>,
    pub check: CheckId,
    pub cause: Cause,
    pub summary: String,
    /// The step that says more of it.
    pub step: StepId,
}

/// Draws up the map of a whole verification.
pub fn map(stack: &Stack<'_>, verification: &Verification) -> Map {
    let parts = found_parts(stack);
    let findings = findings(verification);
    let nodes: Vec<Node> = NodeId::ALL
        .into_iter()
        .filter_map(|id| node(id, stack, &findings, &parts))
        .collect();
    let is_drawn = |id: NodeId| nodes.iter().any(|node| node.id == id);
    let edges: Vec<Edge> = EdgeId::ALL
        .into_iter()
        .filter(|id| is_drawn(id.ends().0) && is_drawn(id.ends().1))
        .filter_map(|id| edge(id, stack, &findings, &parts))
        .collect();
    let begin = begin(verification, &findings, &nodes, &edges);
    Map {
        head: head(stack.snapshot),
        nodes,
        edges,
        begin,
    }
}

type Findings<'a> = BTreeMap<&'static str, &'a Finding>;

fn findings(verification: &Verification) -> Findings<'_> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .map(|finding| (finding.check.as_str(), finding))
        .collect()
}

fn head(snapshot: &Snapshot) -> Head {
    let caller = snapshot.caller.present();
    Head {
        account: caller.map(|caller| caller.account.to_string()),
        principal: caller.map(|caller| caller.arn.to_string()),
        region: snapshot.region.to_string(),
        source: snapshot.source,
        collected_at: snapshot.collected_at,
    }
}

/// The findings that speak of a part, and what they add up to: as with a step, advice does not weigh. `None` when the
/// course asks for none of them.
fn judged(part: Part, findings: &Findings<'_>) -> Option<(Verdict, Vec<Finding>)> {
    let mine: Vec<Finding> = part
        .checks()
        .iter()
        .filter_map(|id| findings.get(id).map(|finding| (*finding).clone()))
        .collect();
    let sum = |wanted: &dyn Fn(&&Finding) -> bool| {
        Verdict::sum(mine.iter().filter(wanted).map(|one| one.verdict))
    };
    let verdict = if mine.iter().any(counts) {
        sum(&|finding| counts(finding))
    } else if mine.is_empty() {
        return None;
    } else {
        sum(&|_| true)
    };
    Some((verdict, mine))
}

fn node(
    id: NodeId,
    stack: &Stack<'_>,
    findings: &Findings<'_>,
    found: &FoundParts<'_>,
) -> Option<Node> {
    let (verdict, checks) = judged(Part::Node(id), findings)?;
    let words = facts::of_node(id, stack, found);
    Some(Node {
        id,
        name: words.name,
        facts: words.facts,
        verdict,
        checks,
    })
}

fn edge(
    id: EdgeId,
    stack: &Stack<'_>,
    findings: &Findings<'_>,
    found: &FoundParts<'_>,
) -> Option<Edge> {
    let (verdict, checks) = judged(Part::Edge(id), findings)?;
    Some(Edge {
        id,
        port: facts::port(id, stack, found),
        role: facts::role(id, found),
        facts: facts::of_edge(id, found),
        verdict,
        checks,
    })
}

fn begin(
    verification: &Verification,
    findings: &Findings<'_>,
    nodes: &[Node],
    edges: &[Edge],
) -> Option<Begin> {
    let root = verification.root_cause.as_ref()?;
    let step = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .find(|step| step.checks.iter().any(|one| one.check == root.check))?;
    let is_wrong = findings
        .get(root.check.as_str())
        .is_some_and(|finding| finding.verdict == Verdict::Failed);
    let is_drawn = |part: &Part| match part {
        Part::Node(id) => nodes.iter().any(|node| node.id == *id),
        Part::Edge(id) => edges.iter().any(|edge| edge.id == *id),
    };
    Some(Begin {
        broken: Part::of(root.check).filter(|part| is_wrong && is_drawn(part)),
        check: root.check,
        cause: root.cause,
        summary: root.summary.clone(),
        step: step.id.clone(),
    })
}

impl Map {
    /// A node, if it is drawn.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// An edge, if it is drawn.
    pub fn edge(&self, id: EdgeId) -> Option<&Edge> {
        self.edges.iter().find(|edge| edge.id == id)
    }

    /// The first broken part.
    pub fn first_broken(&self) -> Option<Part> {
        self.begin.as_ref()?.broken
    }

    /// Whether nothing of the stack is there yet, so that there is no picture to speak of.
    pub fn is_bare(&self) -> bool {
        self.nodes.iter().all(|node| {
            matches!(
                node.verdict,
                Verdict::Missing | Verdict::Blocked | Verdict::Skipped
            )
        })
    }

    /// A part in words: `Postgres news-api-db`, `from tasks to Postgres, port 5432`.
    pub fn words(&self, part: Part) -> String {
        match part {
            Part::Node(id) => match self.node(id).and_then(|node| node.name.as_deref()) {
                Some(name) => format!("{} {name}", id.label()),
                None => id.label().to_owned(),
            },
            Part::Edge(id) => self.edge(id).map_or_else(
                || way(id),
                |edge| match edge.port.as_deref() {
                    Some(ports) if ports.contains(',') => format!("{}, ports {ports}", way(id)),
                    Some(port) => format!("{}, port {port}", way(id)),
                    None => way(id),
                },
            ),
        }
    }

    /// The verdict of a part that is drawn.
    pub fn verdict(&self, part: Part) -> Option<Verdict> {
        match part {
            Part::Node(id) => self.node(id).map(|node| node.verdict),
            Part::Edge(id) => self.edge(id).map(|edge| edge.verdict),
        }
    }
}

impl Node {
    /// Name and facts on one line of at most `width` columns.
    pub fn text(&self, width: usize) -> String {
        fitting(self.name.iter().chain(&self.facts), width)
    }
}

impl Edge {
    /// Facts and role on one line of at most `width` columns.
    pub fn text(&self, width: usize) -> String {
        let role = self.role.as_ref().map(|role| format!("as {role}"));
        fitting(self.facts.iter().chain(&role), width)
    }
}

/// As many of the words as there is room for, none of them cut but the first.
fn fitting<'a>(words: impl Iterator<Item = &'a String>, width: usize) -> String {
    let mut text = String::new();
    for word in words {
        let word = sanitize::one_line(word);
        if text.is_empty() {
            text = truncate(&word, width);
            continue;
        }
        let longer = format!("{text} · {word}");
        if truncate(&longer, width) != longer {
            break;
        }
        text = longer;
    }
    text
}

/// `from tasks to Postgres`.
fn way(id: EdgeId) -> String {
    let (from, to) = id.ends();
    format!("from {} to {}", in_a_sentence(from), in_a_sentence(to))
}

/// Its label inside a sentence.
fn in_a_sentence(node: NodeId) -> &'static str {
    match node {
        NodeId::Internet => "the internet",
        NodeId::Balancer => "the load balancer",
        NodeId::TargetGroup => "the target group",
        NodeId::Tasks => "the tasks",
        NodeId::Database => "Postgres",
        NodeId::Cache => "Redis",
        NodeId::Registry => "the registry",
        NodeId::Parameters => "the parameters",
        NodeId::Logs => "the logs",
        NodeId::Role => "their role",
    }
}
