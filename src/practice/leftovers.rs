//! What of the practice account still costs money, in all its regions.

use super::cause::Cause;
use super::scene::{Scene, before};
use super::steps::TEARDOWN;
use crate::account::*;
use jiff::SignedDuration;

/// The regions that are enabled, besides the chapter's own.
const REGIONS: [&str; 4] = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2"];

/// Looks for leftovers, as the real account does only when it is asked to: it takes calls in every region.
pub fn look_for_leftovers(snapshot: &mut Snapshot) {
    let here = snapshot.region.clone();
    let mut looked_in = vec![here.clone()];
    looked_in.extend(
        REGIONS
            .map(Region::from)
            .into_iter()
            .filter(|region| *region != here),
    );
    snapshot.leftovers = Fact::Present(Leftovers {
        looked_in,
        found: found(snapshot, &here),
        unreadable: Vec::new(),
    });
}

fn found(snapshot: &Snapshot, here: &Region) -> Vec<Leftover> {
    let leftover = |kind, name: &str, since| Leftover {
        region: here.clone(),
        kind,
        name: name.to_owned(),
        since,
        of_chapter: true,
    };
    let mut all = Vec::new();
    if let Fact::Present(service) = &snapshot.service {
        all.push(leftover(
            LeftoverKind::Service,
            &service.name,
            service.created_at,
        ));
    }
    for balancer in snapshot.balancers.present().into_iter().flatten() {
        all.push(leftover(
            LeftoverKind::Balancer,
            &balancer.name,
            balancer.created_at,
        ));
    }
    for instance in snapshot.databases.present().into_iter().flatten() {
        all.push(leftover(
            LeftoverKind::Database,
            &instance.id,
            instance.created_at,
        ));
    }
    for node in snapshot.cache_nodes.present().into_iter().flatten() {
        all.push(leftover(LeftoverKind::Cache, &node.id, node.created_at));
    }
    for group in snapshot.log_groups.present().into_iter().flatten() {
        all.push(leftover(
            LeftoverKind::LogGroup,
            &group.name,
            group.created_at,
        ));
    }
    for (name, facts) in &snapshot.repositories {
        if let Fact::Present(repository) = &facts.repository {
            all.push(leftover(
                LeftoverKind::Repository,
                name,
                repository.created_at,
            ));
        }
    }
    all
}

pub(super) const CAUSES: &[Cause] = &[Cause::new(
    "leftovers-cost-money",
    &[TEARDOWN],
    "Forgets the load balancer, and a snapshot of the database, when everything is taken down.",
    forgotten,
)];

fn forgotten(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let since = Some(before(scene.now, SignedDuration::from_hours(20)));
    let region = scene.chapter.region.clone();
    let snapshot_name = format!("{}-final", scene.chapter.database.instance);
    if let Fact::Present(leftovers) = &mut snapshot.leftovers {
        for (kind, name) in [
            (LeftoverKind::Balancer, scene.chapter.balancer.name.clone()),
            (LeftoverKind::DatabaseSnapshot, snapshot_name),
        ] {
            leftovers.found.push(Leftover {
                region: region.clone(),
                kind,
                name,
                since,
                of_chapter: true,
            });
        }
    }
}
