//! Where everything stands in the picture: the way of a request from left to right, below it what the tasks use.

use super::super::{Edge, EdgeId, NodeId};
use crate::report::fit::truncate;

pub(super) const WIDTH: i32 = 1240;
/// Below the boxes there is room for where to begin.
pub(super) const HEIGHT: i32 = 545;

/// Without anything to say there.
pub(super) const SHORT: i32 = 480;

/// The line from which all ways down begin.
const BUS: i32 = 232;

/// A box.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

/// Where a node's box stands.
pub(super) const fn column(node: NodeId) -> Column {
    let at = match node {
        NodeId::Internet | NodeId::Database => 0,
        NodeId::Balancer | NodeId::Cache => 1,
        NodeId::TargetGroup | NodeId::Registry => 2,
        NodeId::Tasks | NodeId::Parameters => 3,
        NodeId::Logs => 4,
        NodeId::Role => 5,
    };
    match node {
        NodeId::Internet | NodeId::Balancer | NodeId::TargetGroup | NodeId::Tasks => Column {
            x: 20 + 330 * at,
            y: 70,
            width: 210,
            height: 122,
        },
        _ => Column {
            x: 20 + 203 * at,
            y: 335,
            width: 185,
            height: 122,
        },
    }
}

/// Columns of the monospaced names that fit into a box.
pub(super) fn columns_in(width: i32) -> usize {
    usize::try_from((width - 20) * 10 / 70).unwrap_or_default()
}

/// The middle of what a way down leads to.
pub(super) const fn lane(node: NodeId) -> i32 {
    let to = column(node);
    to.x + 24
}

/// From the tasks to the line that all ways down share.
pub(super) fn bus(to: impl Iterator<Item = NodeId>) -> String {
    let tasks = column(NodeId::Tasks);
    let middle = tasks.x + tasks.width / 2;
    let lanes: Vec<i32> = to.map(lane).chain([middle]).collect();
    let (Some(left), Some(right)) = (lanes.iter().min(), lanes.iter().max()) else {
        return String::new();
    };
    if lanes.len() == 1 {
        return String::new();
    }
    format!(
        "<path class=\"bus\" d=\"M{middle} {} V{BUS} M{left} {BUS} H{right}\"/>\n",
        tasks.y + tasks.height
    )
}

/// An arrow to the right.
pub(super) fn right(start: i32, end: i32, y: i32) -> String {
    format!(
        "<path class=\"way\" d=\"M{start} {y} H{}\"/><path class=\"tip\" d=\"M{end} {y} l-11 -6 v12 z\"/>",
        end - 10
    )
}

/// An arrow down from the shared line.
pub(super) fn down(x: i32, top: i32) -> String {
    format!(
        "<path class=\"way\" d=\"M{x} {BUS} V{}\"/><path class=\"tip\" d=\"M{x} {top} l-6 -11 h12 z\"/>",
        top - 10
    )
}

/// The mark where to begin.
pub(super) fn pill(x: i32, y: i32) -> String {
    format!(
        "<rect class=\"pill\" x=\"{x}\" y=\"{y}\" width=\"92\" height=\"20\" rx=\"10\"/>\
         <text class=\"pill-text\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">begin here</text>",
        x + 46,
        y + 14
    )
}

/// What stands at an edge besides its verdict.
pub(super) fn edge_words(edge: &Edge) -> &str {
    match (&edge.port, edge.id) {
        (Some(port), _) => port,
        (None, EdgeId::BalancerToTargetGroup) => "listeners",
        (None, _) => "runs as",
    }
}

/// At most `most` lines of about `width` letters; the last says when there is more.
pub(super) fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word = truncate(word, width);
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(last) if full => {
                last.push('…');
                break;
            }
            _ => lines.push(word),
        }
    }
    lines
}
