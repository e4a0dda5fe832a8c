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
    let leftover = |kind, name: &str, since, extent| Leftover {
        region: here.clone(),
        kind,
        name: name.to_owned(),
        since,
        of_chapter: true,
        arn: None,
        extent,
    };
    let mut all = Vec::new();
    if let Fact::Present(service) = &snapshot.service {
        all.push(leftover(
            LeftoverKind::Service,
            &service.name,
            service.created_at,
            tasks(service),
        ));
    }
    for balancer in snapshot.balancers.present().into_iter().flatten() {
        all.push(Leftover {
            arn: Some(balancer.arn.clone()),
            ..leftover(
                LeftoverKind::Balancer,
                &balancer.name,
                balancer.created_at,
                Extent::of_balancer(balancer),
            )
        });
    }
    for instance in snapshot.databases.present().into_iter().flatten() {
        all.push(leftover(
            LeftoverKind::Database,
            &instance.id,
            instance.created_at,
            Extent::of_database(instance),
        ));
    }
    for node in snapshot.cache_nodes.present().into_iter().flatten() {
        all.push(leftover(
            LeftoverKind::Cache,
            &node.id,
            node.created_at,
            Extent::of_cache_node(node),
        ));
    }
    for group in snapshot.log_groups.present().into_iter().flatten() {
        all.push(leftover(
            LeftoverKind::LogGroup,
            &group.name,
            group.created_at,
            Extent::of_log_group(group),
        ));
    }
    for (name, facts) in &snapshot.repositories {
        if let Fact::Present(repository) = &facts.repository {
            let images = facts.images.present().into_iter().flatten();
            all.push(leftover(
                LeftoverKind::Repository,
                name,
                repository.created_at,
                Extent::Images(images.collect()),
            ));
        }
    }
    all
}

/// As a look through all regions sees them: the size of a task stands in its definition, which it does not read.
fn tasks(service: &Service) -> Extent {
    Extent::Tasks(Tasks {
        running: service.running,
        launch: Launch::of(
            service.launch_type.as_deref(),
            service.capacity_providers.iter().map(String::as_str),
        ),
        cpu: None,
        memory: None,
        architecture: None,
        public_addresses: if service.public_address {
            service.running
        } else {
            0
        },
    })
}

pub(super) const CAUSES: &[Cause] = &[Cause::new(
    "leftovers-cost-money",
    &[TEARDOWN],
    "Forgets the load balancer, a snapshot of the database, and in another region a NAT gateway, when everything is taken down.",
    forgotten,
)];

/// The region that was tried once.
const TRIED_ONCE: &str = "eu-west-1";

fn forgotten(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let here = &scene.chapter.region;
    let elsewhere = Region::from(TRIED_ONCE);
    let snapshot_name = format!("{}-final", scene.chapter.database.instance);
    let forgotten = |region: &Region, kind, name: &str, of_chapter, extent| Leftover {
        region: region.clone(),
        kind,
        name: name.to_owned(),
        since: Some(before(scene.now, SignedDuration::from_hours(20))),
        of_chapter,
        arn: None,
        extent,
    };
    let Fact::Present(leftovers) = &mut snapshot.leftovers else {
        return;
    };
    leftovers.found.extend([
        Leftover {
            arn: Some(scene.ids.balancer()),
            ..forgotten(
                here,
                LeftoverKind::Balancer,
                &scene.chapter.balancer.name,
                true,
                Extent::Balancer {
                    kind: "application".to_owned(),
                    public_addresses: 2,
                },
            )
        },
        forgotten(
            here,
            LeftoverKind::DatabaseSnapshot,
            &snapshot_name,
            true,
            Extent::DatabaseSnapshot {
                allocated_gb: Some(20),
            },
        ),
        forgotten(
            &elsewhere,
            LeftoverKind::NatGateway,
            "nat-0c1f4e7a29d3b8650",
            false,
            Extent::NatGateway {
                allocations: vec!["eipalloc-0d52b7f9a6c1e3840".to_owned()],
            },
        ),
    ]);
}
