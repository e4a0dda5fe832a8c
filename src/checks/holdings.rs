//! What costs money in the region that was looked at, in the same form as what was left behind in all of them.

use super::discovery::{balancer, cache, database, vpc};
use super::finding::FoundBy;
use super::stack::Stack;
use crate::account::{
    Extent, Fact, Launch, Leftover, LeftoverKind as Kind, NatGateway, Service, Snapshot, Tasks,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// All of it, in the order of the lessons' teardown. What could not be read is not in it.
pub fn holdings(snapshot: &Snapshot) -> Vec<Leftover> {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let mut all = Vec::new();
    service(&stack, &mut all);
    balancers(&stack, &mut all);
    databases(&stack, &mut all);
    caches(&stack, &mut all);
    nat_gateways(&stack, &mut all);
    log_groups(&stack, &mut all);
    repositories(&stack, &mut all);
    all
}

/// What is in this region, and what was left behind in all of them, each thing once.
pub fn all_that_costs(snapshot: &Snapshot) -> Vec<Leftover> {
    let mut all = holdings(snapshot);
    let left = snapshot.leftovers.present().map(|left| &left.found);
    for one in left.into_iter().flatten() {
        let same = |other: &&mut Leftover| {
            (&other.region, other.kind, &other.name) == (&one.region, one.kind, &one.name)
        };
        match all.iter_mut().find(same) {
            // The look through all regions lists what the other one does not ask for.
            Some(known) if matches!(one.kind, Kind::Repository | Kind::NatGateway) => {
                if one.extent != Extent::NotRead {
                    known.extent = one.extent.clone();
                }
            }
            Some(_) => {}
            None => all.push(one.clone()),
        }
    }
    all
}

/// Whether a thing that was found in that way may be called the learner's own. The only one of its kind may be somebody
/// else's.
const fn is_sure(found_by: FoundBy) -> bool {
    matches!(
        found_by,
        FoundBy::Name | FoundBy::Relation | FoundBy::Choice
    )
}

fn thing(
    stack: &Stack<'_>,
    kind: Kind,
    name: &str,
    since: Option<Timestamp>,
    of_chapter: bool,
    extent: Extent,
) -> Leftover {
    Leftover {
        region: stack.snapshot.region.clone(),
        kind,
        name: name.to_owned(),
        since,
        of_chapter,
        arn: None,
        extent,
    }
}

fn service(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    if let Fact::Present(service) = &stack.snapshot.service {
        all.push(thing(
            stack,
            Kind::Service,
            &service.name,
            service.created_at,
            true,
            Extent::Tasks(tasks(stack.snapshot, service)),
        ));
    }
}

/// The size is that of the definition that the service runs.
fn tasks(snapshot: &Snapshot, service: &Service) -> Tasks {
    let definition = snapshot
        .definitions
        .get(&service.definition)
        .and_then(Fact::present);
    let number = |text: Option<&String>| text.and_then(|text| text.trim().parse().ok());
    Tasks {
        running: service.running,
        launch: Launch::of(
            service.launch_type.as_deref(),
            service.capacity_providers.iter().map(String::as_str),
        ),
        cpu: number(definition.and_then(|definition| definition.cpu.as_ref())),
        memory: number(definition.and_then(|definition| definition.memory.as_ref())),
        architecture: definition.and_then(|definition| definition.architecture),
        public_addresses: if service.public_address {
            service.running
        } else {
            0
        },
    }
}

fn balancers(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    let own = balancer::find(stack)
        .ok()
        .filter(|(_, found_by)| is_sure(*found_by))
        .map(|(found, _)| &found.arn);
    for one in stack.snapshot.balancers.present().into_iter().flatten() {
        let of_chapter = Some(&one.arn) == own || one.name == stack.chapter().balancer.name;
        all.push(Leftover {
            arn: Some(one.arn.clone()),
            ..thing(
                stack,
                Kind::Balancer,
                &one.name,
                one.created_at,
                of_chapter,
                Extent::of_balancer(one),
            )
        });
    }
}

fn databases(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    let snapshot = stack.snapshot;
    let own = database::find(stack)
        .ok()
        .filter(|(_, found_by)| is_sure(*found_by))
        .map(|(found, _)| found.id());
    let is_own = |id: &str| Some(id) == own || id == stack.chapter().database.instance;
    for one in snapshot.databases.present().into_iter().flatten() {
        if one.status == "deleting" {
            continue;
        }
        let of_chapter = is_own(&one.id) || one.cluster.as_deref().is_some_and(is_own);
        all.push(thing(
            stack,
            Kind::Database,
            &one.id,
            one.created_at,
            of_chapter,
            Extent::of_database(one),
        ));
    }
    for one in snapshot.database_clusters.present().into_iter().flatten() {
        if one.status == "deleting" {
            continue;
        }
        all.push(thing(
            stack,
            Kind::DatabaseCluster,
            &one.id,
            one.created_at,
            is_own(&one.id),
            Extent::of_database_cluster(one),
        ));
    }
}

fn caches(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    let snapshot = stack.snapshot;
    let own = cache::find(stack)
        .ok()
        .filter(|(_, found_by)| is_sure(*found_by))
        .map(|(found, _)| found.id());
    let is_own = |id: &str| Some(id) == own || id == stack.chapter().cache.id;
    let mut add = |kind, id: &str, status: &str, since, extent| {
        if !status.eq_ignore_ascii_case("deleting") {
            all.push(thing(stack, kind, id, since, is_own(id), extent));
        }
    };
    for one in snapshot.cache_nodes.present().into_iter().flatten() {
        // Members are counted with their group.
        if one.replication_group.is_none() {
            let extent = Extent::of_cache_node(one);
            add(Kind::Cache, &one.id, &one.status, one.created_at, extent);
        }
    }
    for one in snapshot.replication_groups.present().into_iter().flatten() {
        let extent = match Extent::of_replication_group(one) {
            Extent::NotRead => by_members(snapshot, &one.id),
            read => read,
        };
        add(
            Kind::ReplicationGroup,
            &one.id,
            &one.status,
            one.created_at,
            extent,
        );
    }
    for one in snapshot.serverless_caches.present().into_iter().flatten() {
        let extent = Extent::ServerlessCache {
            engine: one.engine.clone(),
        };
        add(
            Kind::ServerlessCache,
            &one.name,
            &one.status,
            one.created_at,
            extent,
        );
    }
}

/// Older APIs do not say what a group is made of; its members do.
fn by_members(snapshot: &Snapshot, group: &str) -> Extent {
    let members: Vec<_> = snapshot
        .cache_nodes
        .present()
        .into_iter()
        .flatten()
        .filter(|node| node.replication_group.as_deref() == Some(group))
        .collect();
    let Some(first) = members.first() else {
        return Extent::NotRead;
    };
    Extent::CacheNodes {
        engine: first.engine.clone(),
        class: first.class.clone(),
        count: members.iter().map(|node| node.nodes).sum(),
    }
}

/// A gateway in the VPC of the chapter's balancer or service was made for it: nothing else in the chapter needs one.
fn nat_gateways(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    let vpc = vpc::find(stack).ok().map(|(vpc, _)| &vpc.id);
    let is_there = |one: &&NatGateway| matches!(one.state.as_str(), "pending" | "available");
    let gateways = stack.snapshot.network.nat_gateways.present();
    for one in gateways.into_iter().flatten().filter(is_there) {
        all.push(thing(
            stack,
            Kind::NatGateway,
            &one.id,
            None,
            Some(&one.vpc) == vpc,
            Extent::NatGateway {
                allocations: Vec::new(),
            },
        ));
    }
}

fn log_groups(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    for one in stack.snapshot.log_groups.present().into_iter().flatten() {
        all.push(thing(
            stack,
            Kind::LogGroup,
            &one.name,
            one.created_at,
            one.name == stack.chapter().log_group,
            Extent::of_log_group(one),
        ));
    }
}

fn repositories(stack: &Stack<'_>, all: &mut Vec<Leftover>) {
    for (name, facts) in &stack.snapshot.repositories {
        let Fact::Present(repository) = &facts.repository else {
            continue;
        };
        let images = facts.images.present().into_iter().flatten();
        all.push(thing(
            stack,
            Kind::Repository,
            name,
            repository.created_at,
            *name == stack.chapter().repository,
            // What has no tag is listed only with the leftovers.
            Extent::Images(images.collect()),
        ));
    }
}
