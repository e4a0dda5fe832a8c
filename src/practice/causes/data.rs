//! Faults of the database itself.

use super::super::cause::Cause;
use super::super::database::instance_of;
use super::super::scene::{Scene, before};
use super::super::service::service_of;
use super::trouble::without_targets;
use crate::account::*;
use jiff::SignedDuration;

const INSTANCE: &[&str; 1] = &["rds.instance"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "wrong-engine",
        INSTANCE,
        "Replaces PostgreSQL by MySQL.",
        wrong_engine,
    ),
    Cause::new("database-stopped", INSTANCE, "Stops the database.", stopped),
    Cause::new(
        "database-in-error",
        INSTANCE,
        "Fills the database's storage to the last byte.",
        |snapshot, _| {
            if let Some(instance) = instance_of(snapshot) {
                instance.status = "storage-full".to_owned();
            }
        },
    ),
    Cause::new(
        "database-public",
        INSTANCE,
        "Gives the database a public address.",
        |snapshot, _| {
            if let Some(instance) = instance_of(snapshot) {
                instance.publicly_accessible = true;
            }
        },
    ),
    Cause::new(
        "not-encrypted",
        INSTANCE,
        "Creates the database without encryption.",
        |snapshot, _| {
            if let Some(instance) = instance_of(snapshot) {
                instance.encrypted = false;
            }
        },
    ),
    Cause::new(
        "backups-off",
        INSTANCE,
        "Switches automatic backups off.",
        |snapshot, _| {
            if let Some(instance) = instance_of(snapshot) {
                instance.backup_days = 0;
            }
        },
    ),
    Cause::new(
        "database-name-missing",
        INSTANCE,
        "Creates the instance without an initial database (a remark, no failure).",
        |snapshot, _| {
            if let Some(instance) = instance_of(snapshot) {
                instance.database = None;
            }
        },
    ),
    Cause::new(
        "stack-paused",
        &["ecs-service.service"],
        "Pauses the stack overnight: the database is stopped, the service runs no task.",
        paused,
    )
    .repaired_by(&["rds.instance", "ecs-service.service"])
    .restarting(),
];

fn wrong_engine(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Some(instance) = instance_of(snapshot) {
        instance.engine = "mysql".to_owned();
        instance.engine_version = "8.4.6".to_owned();
        instance.parameter_group = Some("default.mysql8.4".to_owned());
    }
}

/// AWS starts a stopped instance by itself after seven days.
fn stopped(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Some(instance) = instance_of(snapshot) {
        instance.status = "stopped".to_owned();
        let week = SignedDuration::from_hours(24 * 7);
        let stopped_at = before(scene.now, SignedDuration::from_hours(2));
        instance.restarts_at = stopped_at.checked_add(week).ok();
    }
}

fn paused(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    stopped(snapshot, scene);
    if let Some(service) = service_of(snapshot) {
        service.desired = 0;
        service.running = 0;
        service.pending = 0;
        for deployment in &mut service.deployments {
            deployment.desired = 0;
            deployment.running = 0;
            deployment.pending = 0;
        }
    }
    snapshot.tasks = Fact::Present(Vec::new());
    without_targets(snapshot);
}
