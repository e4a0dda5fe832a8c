//! A look that read only some parts of an account.

use landfall::account::{Area, Fact, Network, Snapshot};
use std::collections::BTreeSet;

/// What a look would have given that read these areas only.
pub fn only(full: &Snapshot, areas: &BTreeSet<Area>) -> Snapshot {
    let mut seen = Snapshot::blank(
        full.source,
        full.chapter.clone(),
        full.region.clone(),
        full.collected_at,
    );
    // Whoever asks is always known; other regions are looked at when nothing is here.
    seen.caller = full.caller.clone();
    seen.elsewhere = full.elsewhere.clone();
    for area in areas {
        match area {
            Area::Caller => {}
            Area::RootAccount => seen.root_account = full.root_account.clone(),
            Area::User => seen.user = full.user.clone(),
            Area::Budgets => seen.budgets = full.budgets.clone(),
            Area::Registry | Area::Platforms => seen.repositories = full.repositories.clone(),
            Area::Network => {
                seen.network = Network {
                    endpoints: seen.network.endpoints,
                    nat_gateways: seen.network.nat_gateways,
                    ..full.network.clone()
                };
            }
            Area::Routes => {
                seen.network.endpoints = full.network.endpoints.clone();
                seen.network.nat_gateways = full.network.nat_gateways.clone();
            }
            Area::Databases => {
                seen.databases = full.databases.clone();
                seen.database_clusters = full.database_clusters.clone();
                seen.database_subnet_groups = full.database_subnet_groups.clone();
            }
            Area::Caches => {
                seen.cache_nodes = full.cache_nodes.clone();
                seen.replication_groups = full.replication_groups.clone();
                seen.serverless_caches = full.serverless_caches.clone();
                seen.cache_subnet_groups = full.cache_subnet_groups.clone();
            }
            Area::Parameters => {
                seen.parameters = full.parameters.clone();
                seen.secrets = full.secrets.clone();
            }
            Area::LogGroups => seen.log_groups = full.log_groups.clone(),
            Area::Balancers => {
                seen.balancers = full.balancers.clone();
                seen.target_groups = full.target_groups.clone();
            }
            Area::Certificates => seen.certificates = full.certificates.clone(),
            Area::Cluster => seen.cluster = full.cluster.clone(),
            Area::Service => seen.service = full.service.clone(),
            Area::Definitions => {
                seen.revisions = full.revisions.clone();
                seen.definitions = full.definitions.clone();
            }
            Area::Tasks => {
                seen.tasks = full.tasks.clone();
                seen.stopped_tasks = full.stopped_tasks.clone();
            }
            Area::Roles => seen.roles = full.roles.clone(),
            Area::DefinitionFile => {
                seen.workplace.definition_file = full.workplace.definition_file.clone();
            }
            Area::Git => seen.workplace.git = full.workplace.git.clone(),
            Area::Dns => {
                seen.workplace.dns = full.workplace.dns.clone();
                seen.workplace.validation_records = full.workplace.validation_records.clone();
            }
            Area::Endpoint => seen.workplace.endpoint = full.workplace.endpoint.clone(),
            Area::Leftovers => seen.leftovers = full.leftovers.clone(),
        }
    }
    // What is asked only when something fails shows that in the tasks.
    if !areas.contains(&Area::Tasks) {
        seen.network.acls = Fact::not_asked();
        seen.network.dns.clear();
        seen.network.interfaces = Fact::not_asked();
    } else if areas.contains(&Area::Definitions) {
        seen.log_tails = full.log_tails.clone();
    }
    if !areas.contains(&Area::Platforms) {
        for image in seen
            .repositories
            .values_mut()
            .filter_map(|facts| match &mut facts.images {
                Fact::Present(images) => Some(images),
                _ => None,
            })
            .flatten()
        {
            image.platforms = Fact::not_asked();
        }
    }
    seen
}

/// What a check needs, with the needs of the checks that may explain it.
pub fn areas_of(id: &str, areas: &mut BTreeSet<Area>) {
    let check = landfall::checks::check(id).unwrap();
    areas.extend(check.needs);
    for other in check.follows {
        areas_of(other, areas);
    }
}
