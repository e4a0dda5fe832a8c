//! Redis on ElastiCache: one node by itself.

use super::network::{admit_group, subnet_group};
use super::scene::Scene;
use crate::account::*;

/// Seconds of practice time until the node is available (AWS: five to fifteen minutes).
pub(super) const CREATING: u32 = 5;

pub(super) const PORT: u16 = 6379;

pub(super) fn node(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (ids, names) = (scene.ids, &scene.chapter.cache);
    let ready = scene.is_done(CREATING);
    let status = if ready { "available" } else { "creating" };
    snapshot.cache_subnet_groups = Fact::Present(vec![subnet_group(ids, &names.subnet_group)]);
    snapshot.cache_nodes = Fact::Present(vec![CacheNode {
        id: names.id.clone(),
        engine: "redis".to_owned(),
        engine_version: "7.1.0".to_owned(),
        class: names.class.clone(),
        status: status.to_owned(),
        replication_group: None,
        endpoint: ready.then(|| HostPort {
            host: ids.cache_host(),
            port: PORT,
        }),
        groups: vec![AttachedGroup {
            id: ids.cache_group(),
            active: true,
        }],
        subnet_group: Some(names.subnet_group.clone()),
        tls: false,
        created_at: Some(scene.made()),
        nodes: 1,
    }]);
}

pub(super) fn inbound(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    admit_group(snapshot, ids, &ids.cache_group(), PORT, ids.tasks_group());
}
