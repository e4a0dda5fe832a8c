//! PostgreSQL on RDS.

use super::network::{admit_group, subnet_group};
use super::scene::Scene;
use crate::account::*;

/// Seconds of practice time until the instance is available (AWS: five to ten minutes).
pub(super) const CREATING: u32 = 6;

pub(super) const PORT: u16 = 5432;

pub(super) fn instance(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (ids, names) = (scene.ids, &scene.chapter.database);
    let ready = scene.is_done(CREATING);
    let status = if ready { "available" } else { "creating" };
    snapshot.databases = Fact::Present(vec![DatabaseInstance {
        id: names.instance.clone(),
        engine: "postgres".to_owned(),
        engine_version: "17.6".to_owned(),
        class: names.class.clone(),
        status: status.to_owned(),
        publicly_accessible: false,
        encrypted: true,
        backup_days: names.backup_days.max(1),
        multi_az: false,
        endpoint: ready.then(|| HostPort {
            host: ids.database_host(),
            port: PORT,
        }),
        database: Some(names.name.clone()),
        subnet_group: Some(subnet_group(ids, &names.subnet_group)),
        groups: vec![AttachedGroup {
            id: ids.database_group(),
            active: true,
        }],
        cluster: None,
        created_at: Some(scene.made()),
        restarts_at: None,
        parameter_group: Some("default.postgres17".to_owned()),
        force_ssl: Fact::not_asked(),
        managed_password: false,
        storage_gb: Some(20),
        storage_type: Some("gp3".to_owned()),
        nonce: None,
    }]);
}

pub(super) fn inbound(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    admit_group(
        snapshot,
        ids,
        &ids.database_group(),
        PORT,
        ids.tasks_group(),
    );
}

/// The chapter's instance, once it exists.
pub(super) fn instance_of(snapshot: &mut Snapshot) -> Option<&mut DatabaseInstance> {
    match &mut snapshot.databases {
        Fact::Present(instances) => instances.first_mut(),
        _ => None,
    }
}
