//! A look with some of its parts read again.

use super::area::Area;
use super::snapshot::Snapshot;
use std::collections::BTreeSet;

impl Snapshot {
    /// This look with these parts as a newer one has them, and of the newer one's time. Good for telling whether what was
    /// read again has moved; what it means for everything else takes a whole look.
    #[must_use]
    pub fn renewed(&self, newer: Snapshot, areas: &BTreeSet<Area>) -> Snapshot {
        let mut renewed = self.clone();
        renewed.collected_at = newer.collected_at;
        let has = |area: Area| areas.contains(&area);
        if has(Area::Caller) {
            renewed.caller = newer.caller;
        }
        if has(Area::RootAccount) {
            renewed.root_account = newer.root_account;
        }
        if has(Area::User) {
            renewed.user = newer.user;
        }
        if has(Area::Budgets) {
            renewed.budgets = newer.budgets;
        }
        if has(Area::Registry) || has(Area::Platforms) {
            renewed.repositories = newer.repositories;
        }
        let routes = (newer.network.endpoints, newer.network.nat_gateways);
        if has(Area::Network) {
            renewed.network = crate::account::Network {
                endpoints: renewed.network.endpoints,
                nat_gateways: renewed.network.nat_gateways,
                vpcs: newer.network.vpcs,
                subnets: newer.network.subnets,
                route_tables: newer.network.route_tables,
                groups: newer.network.groups,
                prefix_lists: newer.network.prefix_lists,
                acls: newer.network.acls,
                dns: newer.network.dns,
                interfaces: newer.network.interfaces,
            };
        }
        if has(Area::Routes) {
            (renewed.network.endpoints, renewed.network.nat_gateways) = routes;
        }
        if has(Area::Databases) {
            renewed.databases = newer.databases;
            renewed.database_clusters = newer.database_clusters;
            renewed.database_subnet_groups = newer.database_subnet_groups;
        }
        if has(Area::Caches) {
            renewed.cache_nodes = newer.cache_nodes;
            renewed.replication_groups = newer.replication_groups;
            renewed.serverless_caches = newer.serverless_caches;
            renewed.cache_subnet_groups = newer.cache_subnet_groups;
        }
        if has(Area::Parameters) {
            renewed.parameters = newer.parameters;
            renewed.secrets = newer.secrets;
        }
        if has(Area::LogGroups) {
            renewed.log_groups = newer.log_groups;
        }
        if has(Area::Balancers) {
            renewed.balancers = newer.balancers;
            renewed.target_groups = newer.target_groups;
        }
        if has(Area::Certificates) {
            renewed.certificates = newer.certificates;
        }
        if has(Area::Cluster) {
            renewed.cluster = newer.cluster;
        }
        if has(Area::Service) {
            renewed.service = newer.service;
        }
        if has(Area::Definitions) {
            renewed.revisions = newer.revisions;
            renewed.definitions = newer.definitions;
        }
        if has(Area::Tasks) {
            renewed.tasks = newer.tasks;
            renewed.stopped_tasks = newer.stopped_tasks;
            renewed.log_tails = newer.log_tails;
        }
        if has(Area::Roles) {
            renewed.roles = newer.roles;
        }
        if has(Area::DefinitionFile) {
            renewed.workplace.definition_file = newer.workplace.definition_file;
        }
        if has(Area::Git) {
            renewed.workplace.git = newer.workplace.git;
        }
        if has(Area::Dns) {
            renewed.workplace.validation_records = newer.workplace.validation_records;
            // Without the balancer its addresses were not asked for.
            if has(Area::Balancers) {
                renewed.workplace.dns = newer.workplace.dns;
            }
        }
        if has(Area::Endpoint) {
            renewed.workplace.endpoint = newer.workplace.endpoint;
        }
        if has(Area::Leftovers) {
            renewed.leftovers = newer.leftovers;
        }
        renewed
    }
}
