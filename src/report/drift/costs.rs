//! New resources that cost money while they stand, whoever made them.

use super::network::stands;
use super::pairs::{Pair, pairs, side_by_side, single};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{EndpointKind, Fact, LeftoverKind};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let (before, now) = (looks.before, looks.now);
    let mut told = Vec::new();
    let mut new = |what: &str, name: &str| {
        let say = format!("new, and it costs money while it stands: the {what} {name}");
        told.push(Drift::new(Part::Costs, name, what, say));
    };
    for pair in pairs(
        &before.network.nat_gateways,
        &now.network.nat_gateways,
        |one| &one.id,
    ) {
        if let Pair::New(one) = pair
            && stands(one)
        {
            new("NAT gateway", &one.id);
        }
    }
    for pair in pairs(&before.network.endpoints, &now.network.endpoints, |one| {
        &one.id
    }) {
        if let Pair::New(one) = pair
            && one.kind == EndpointKind::Interface
        {
            new("VPC endpoint", &one.id);
        }
    }
    // A member's cluster is told of; so is a group of nodes.
    for pair in pairs(&before.databases, &now.databases, |one| &one.id) {
        if let Pair::New(one) = pair {
            new("database", &one.id);
        }
    }
    for pair in pairs(&before.cache_nodes, &now.cache_nodes, |one| &one.id) {
        if let Pair::New(one) = pair {
            new("cache", &one.id);
        }
    }
    for pair in pairs(&before.serverless_caches, &now.serverless_caches, |one| {
        &one.name
    }) {
        if let Pair::New(one) = pair {
            new("serverless cache", &one.name);
        }
    }
    for pair in pairs(&before.balancers, &now.balancers, |one| &one.arn) {
        if let Pair::New(one) = pair {
            new("load balancer", &one.name);
        }
    }
    if let Some(Pair::New(service)) = single(&before.service, &now.service) {
        new("service", &service.name);
    }
    addresses(looks, &mut new);
    told
}

/// Addresses are looked for only with the leftovers.
fn addresses(looks: &Looks<'_>, new: &mut impl FnMut(&str, &str)) {
    let (Fact::Present(was), Fact::Present(is)) = (&looks.before.leftovers, &looks.now.leftovers)
    else {
        return;
    };
    for pair in side_by_side(&was.found, &is.found, |one| {
        (&one.region, one.kind, &one.name)
    }) {
        match pair {
            // Only where the earlier look came too.
            Pair::New(one)
                if one.kind == LeftoverKind::Address && was.looked_in.contains(&one.region) =>
            {
                new("public address", &one.name);
            }
            _ => {}
        }
    }
}
