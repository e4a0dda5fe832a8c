//! The small form: one line for the way of a request, one for the data, one for what the tasks need to start.

use super::{Edge, EdgeId, Map, NodeId};
use crate::checks::Verdict;

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub from: NodeId,
    /// Said only where it is worth saying.
    pub from_verdict: Option<Verdict>,
    pub shape: Shape,
    pub hops: Vec<Hop>,
}

/// How the hops of a line hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Each begins where the one before ends.
    Chain,
    /// All begin at the first part.
    Fan,
}

/// An edge and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    pub edge: EdgeId,
    pub port: Option<String>,
    pub sound: Sound,
    /// Port and arrow are the same as those before it, so that they need not be said again.
    pub repeats: bool,
    pub to: NodeId,
    pub verdict: Verdict,
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    Yes,
    /// Not yet; what it leads to says enough about it.
    NotYet,
    /// It has something of its own to say.
    Says(Verdict),
}

const ROWS: [(NodeId, Shape, &[EdgeId]); 3] = [
    (
        NodeId::Internet,
        Shape::Chain,
        &[
            EdgeId::InternetToBalancer,
            EdgeId::BalancerToTargetGroup,
            EdgeId::TargetGroupToTasks,
        ],
    ),
    (
        NodeId::Tasks,
        Shape::Fan,
        &[EdgeId::TasksToDatabase, EdgeId::TasksToCache],
    ),
    (
        NodeId::Tasks,
        Shape::Fan,
        &[
            EdgeId::TasksToRegistry,
            EdgeId::TasksToParameters,
            EdgeId::TasksToLogs,
            EdgeId::TasksToRole,
        ],
    ),
];

/// The lines, without those of which nothing is drawn.
pub fn small(map: &Map) -> Vec<Row> {
    ROWS.into_iter()
        .map(|(from, shape, edges)| Row {
            from,
            // The tasks are said at the end of the first line.
            from_verdict: (shape == Shape::Chain)
                .then(|| map.node(from).map(|node| node.verdict))
                .flatten()
                .filter(|verdict| speaks_for_itself(*verdict)),
            shape,
            hops: hops(map, shape, edges),
        })
        .filter(|row| !row.hops.is_empty())
        .collect()
}

fn hops(map: &Map, shape: Shape, edges: &[EdgeId]) -> Vec<Hop> {
    let mut hops: Vec<Hop> = Vec::new();
    for mut hop in edges.iter().filter_map(|edge| hop(map, *edge)) {
        hop.repeats = shape == Shape::Fan
            && !matches!(hop.sound, Sound::Says(_))
            && hops.last().is_some_and(|before| {
                before.sound == hop.sound && (hop.port.is_none() || before.port == hop.port)
            });
        hops.push(hop);
    }
    hops
}

fn hop(map: &Map, id: EdgeId) -> Option<Hop> {
    let edge = map.edge(id)?;
    let to = map.node(id.ends().1)?;
    Some(Hop {
        edge: id,
        port: edge.port.clone(),
        sound: sound(edge, to.verdict),
        repeats: false,
        to: to.id,
        verdict: to.verdict,
    })
}

fn sound(edge: &Edge, to: Verdict) -> Sound {
    match edge.verdict {
        Verdict::Passed | Verdict::Attested | Verdict::Skipped => Sound::Yes,
        Verdict::Missing | Verdict::Blocked if !to.is_done() => Sound::NotYet,
        other => Sound::Says(other),
    }
}

/// Wrong, or not readable: not merely unfinished.
const fn speaks_for_itself(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Failed | Verdict::Unknown)
}

impl NodeId {
    /// What it is called where there is little room.
    pub const fn short(self) -> &'static str {
        match self {
            NodeId::Internet => "internet",
            NodeId::Balancer => "ALB",
            NodeId::TargetGroup => "target group",
            NodeId::Tasks => "tasks",
            NodeId::Database => "Postgres",
            NodeId::Cache => "Redis",
            NodeId::Registry => "registry",
            NodeId::Parameters => "parameters",
            NodeId::Logs => "logs",
            NodeId::Role => "role",
        }
    }
}
