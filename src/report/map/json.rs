//! `map --format json`.

use super::{Edge, Map, Node, Part};
use crate::account::Source;
use crate::checks::{Finding, Verdict};
use crate::report::sanitize;
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    account: Account<'a>,
    collected_at: String,
    nodes: Vec<NodeDocument<'a>>,
    edges: Vec<EdgeDocument<'a>>,
    /// Null when nothing on the map is broken.
    first_broken: Option<Part>,
    root_cause: Option<RootDocument<'a>>,
}

#[derive(Serialize)]
struct Account<'a> {
    id: Option<&'a str>,
    principal: Option<&'a str>,
    region: &'a str,
    source: Source,
}

#[derive(Serialize)]
struct NodeDocument<'a> {
    id: &'static str,
    label: &'static str,
    name: Option<&'a str>,
    facts: &'a [String],
    verdict: Verdict,
    checks: Vec<CheckDocument<'a>>,
}

#[derive(Serialize)]
struct EdgeDocument<'a> {
    id: &'static str,
    from: &'static str,
    to: &'static str,
    port: Option<&'a str>,
    role: Option<&'a str>,
    facts: &'a [String],
    verdict: Verdict,
    checks: Vec<CheckDocument<'a>>,
}

/// What a check said, in short; `verify --format json` has all of it.
#[derive(Serialize)]
struct CheckDocument<'a> {
    id: &'static str,
    verdict: Verdict,
    summary: &'a str,
    cause: Option<&'static str>,
    blocked_by: Option<&'static str>,
}

#[derive(Serialize)]
struct RootDocument<'a> {
    cause: &'static str,
    check: &'static str,
    step: &'a str,
    summary: &'a str,
}

/// The document.
pub fn map_json(map: &Map) -> String {
    sanitize::json_document(&Document {
        schema: 1,
        account: Account {
            id: map.head.account.as_deref(),
            principal: map.head.principal.as_deref(),
            region: &map.head.region,
            source: map.head.source,
        },
        collected_at: map.head.collected_at.to_string(),
        nodes: map.nodes.iter().map(node).collect(),
        edges: map.edges.iter().map(edge).collect(),
        first_broken: map.first_broken(),
        root_cause: map.begin.as_ref().map(|begin| RootDocument {
            cause: begin.cause.id(),
            check: begin.check.as_str(),
            step: begin.step.as_str(),
            summary: &begin.summary,
        }),
    })
}

fn node(node: &Node) -> NodeDocument<'_> {
    NodeDocument {
        id: node.id.id(),
        label: node.id.label(),
        name: node.name.as_deref(),
        facts: &node.facts,
        verdict: node.verdict,
        checks: checks(&node.checks),
    }
}

fn edge(edge: &Edge) -> EdgeDocument<'_> {
    let (from, to) = edge.id.ends();
    EdgeDocument {
        id: edge.id.id(),
        from: from.id(),
        to: to.id(),
        port: edge.port.as_deref(),
        role: edge.role.as_deref(),
        facts: &edge.facts,
        verdict: edge.verdict,
        checks: checks(&edge.checks),
    }
}

fn checks(findings: &[Finding]) -> Vec<CheckDocument<'_>> {
    findings
        .iter()
        .map(|finding| CheckDocument {
            id: finding.check.as_str(),
            verdict: finding.verdict,
            summary: &finding.summary,
            cause: finding.cause.map(|cause| cause.id()),
            blocked_by: finding.blocked_by.map(|by| by.as_str()),
        })
        .collect()
}
