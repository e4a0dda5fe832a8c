//! The collectors of network, data stores, balancing, names and regions, against a server that answers as AWS would,
//! or does not. The answers are those of `tests/answers`.

mod balancing;
mod data_stores;
mod further;
mod names;
mod network;
mod regions;

use super::collect;
use super::testing::{Reply, Server};
use crate::account::{Area, Chapter, DeniedBy, Snapshot, Why};
use crate::practice::test_chapter;
use std::collections::BTreeSet;
use std::path::Path;

/// A recorded answer: `rds/DescribeDBInstances.xml`.
fn recorded(path: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers"));
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn reply(path: &str) -> Reply {
    let body = recorded(path);
    if Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "json")
    {
        Reply::json(200, body)
    } else {
        Reply::xml(200, body)
    }
}

/// The recorded answer with some text replaced.
fn changed(path: &str, text: &str, instead: &str) -> Reply {
    let body = recorded(path);
    assert!(body.contains(text), "{text} is not in {path}");
    Reply::xml(200, body.replace(text, instead))
}

trait Recorded {
    /// Answers an operation with what was recorded.
    fn plays(self, operation: &str, path: &str) -> Self;
}

impl Recorded for Server {
    fn plays(self, operation: &str, path: &str) -> Self {
        self.on(operation, [reply(path)])
    }
}

async fn look(server: &Server, areas: &[Area]) -> Snapshot {
    look_with(server, areas, &test_chapter()).await
}

async fn look_with(server: &Server, areas: &[Area], chapter: &Chapter) -> Snapshot {
    let wanted: BTreeSet<Area> = areas.iter().copied().collect();
    collect(&server.reader(), chapter, &wanted, None)
        .await
        .snapshot
}

fn denied(action: &str) -> Why {
    Why::Denied {
        action: action.to_owned(),
        by: DeniedBy::Identity,
    }
}
