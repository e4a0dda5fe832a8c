//! Whether there is a cache that can be used, in any of its three shapes.

use super::evidence;
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::cache::{self, CacheView};
use crate::checks::discovery::{Gap, groups};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use crate::checks::usual_time::Awaited;

/// What AWS is doing with it for a while.
const WORKING: [&str; 7] = [
    "creating",
    "modifying",
    "snapshotting",
    "rebooting",
    "rebooting cache cluster nodes",
    "rebooting cluster nodes",
    "restoring",
];

/// States it does not come back from.
const LOST: [&str; 3] = ["create-failed", "restore-failed", "incompatible-network"];

pub(super) fn available(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (cache, by) = match cache::find(stack) {
        Ok(found) => found,
        Err(Gap::NotThere) => {
            return Ok(Judgement::missing(format!(
                "There is no Redis or Valkey cache in {} yet.",
                stack.snapshot.region
            ))
            .seen(Evidence::new(
                "elasticache:DescribeCacheClusters",
                &stack.chapter().cache.id,
                "CacheClusterId",
                "exists, as a node, a replication group or serverless",
                "does not exist",
                FoundBy::Name,
            ))
            .fix(create(stack)));
        }
        Err(gap) => return Err(gap.judgement(&cache::CACHE)),
    };
    if !cache.speaks_redis() {
        return Ok(Judgement::failed(
            Cause::WrongEngine,
            format!("{} is {}; the app speaks Redis.", cache.id(), cache.engine()),
        )
        .seen(evidence(&cache, "Engine", "redis or valkey", cache.engine(), by))
        .fix(Fix::say(
            "The engine cannot be changed: delete this cache, then create it again with the engine valkey or redis.",
        ))
        .fix(create(stack)));
    }
    let (id, status) = (cache.id(), cache.status());
    let is_any = |statuses: &[&str]| statuses.iter().any(|one| cache.is(one));
    let judgement = if cache.is("available") {
        Judgement::passed(format!("The {} {id} is available.", cache.shape()))
    } else if is_any(&WORKING) {
        let usual = match cache {
            CacheView::Serverless(_) => Awaited::ServerlessCache,
            CacheView::Node(_) | CacheView::ReplicationGroup(_) => Awaited::CacheNode,
        };
        Judgement::pending(format!(
            "AWS is working on {id} ({status}); that usually takes {}.",
            usual.usual().words()
        ))
    } else if is_any(&["deleting", "deleted"]) {
        Judgement::missing(format!("{id} is being deleted.")).fix(create(stack))
    } else if is_any(&LOST) {
        Judgement::missing(format!("AWS could not set {id} up ({status})."))
            .fix(Fix::say("Delete it, then create it again."))
            .fix(create(stack))
    } else {
        Judgement::unknown(format!(
            "AWS calls the state of {id} \"{status}\", which says nothing to Landfall."
        ))
    };
    Ok(judgement.seen(evidence(&cache, "Status", "available", status, by)))
}

fn create(stack: &Stack<'_>) -> Fix {
    let names = &stack.chapter().cache;
    let group = groups::find(stack, groups::Tier::Cache)
        .ok()
        .and_then(|(found, _)| found.first().map(|group| group.id.to_string()))
        .unwrap_or_else(|| "YOUR-CACHE-GROUP".to_owned());
    Fix::run(
        format!(
            "Create it; that takes {}.",
            Awaited::CacheNode.usual().words()
        ),
        stack.aws(format_args!(
            "elasticache create-cache-cluster --cache-cluster-id {} --engine redis --cache-node-type {} --num-cache-nodes 1 --cache-subnet-group-name {} --security-group-ids {group}",
            quoted(&names.id),
            quoted(&names.class),
            quoted(&names.subnet_group),
        )),
    )
}
