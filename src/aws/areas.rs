//! How each area is read: its cells, its collector, and what that waits for.

use super::collect::Run;
use super::definitions::{Revisions, SameAsFile};
use super::{
    balancers, budgets, caches, caller, certificates, cluster, databases, definitions, leftovers,
    log_groups, network, parameters, platforms, registry, roles, root_account, routes, service,
    tasks, user,
};
use crate::account::{
    Area, Arn, Balancer, CacheNode, Caller, DatabaseCluster, DatabaseInstance, Fact, Parameter,
    ReplicationGroup, RevisionArn, ServerlessCache, Service, Subnet, TargetGroup, Task,
    TaskDefinition,
};
use std::collections::{BTreeMap, BTreeSet};

impl Run<'_> {
    pub async fn caller(&self) -> &Fact<Caller> {
        self.cells
            .caller
            .get_or_init(|| Box::pin(caller::caller(self.reader)))
            .await
    }

    pub async fn root_account(&self) {
        self.cells
            .root_account
            .get_or_init(|| Box::pin(root_account::summary(self.reader)))
            .await;
    }

    pub async fn user(&self) {
        let read = async { user::user(self.reader, self.chapter, self.caller().await).await };
        self.cells.user.get_or_init(|| Box::pin(read)).await;
    }

    pub async fn budgets(&self) {
        let read = async { budgets::budgets(self.reader, self.caller().await).await };
        self.cells.budgets.get_or_init(|| Box::pin(read)).await;
    }

    pub async fn repositories(&self) {
        let read = async {
            // The chapter's own is known by name. What the definitions name besides is asked when they are there; no
            // question is put twice.
            let (definitions, ()) = tokio::join!(
                self.definitions_if_wanted(),
                registry::ask_ahead(self.reader, self.chapter)
            );
            let caller = if definitions.is_empty() {
                None
            } else {
                self.caller().await.present()
            };
            let mut repositories =
                registry::repositories(self.reader, self.chapter, caller, definitions).await;
            if self.wants(Area::Platforms) {
                platforms::add_platforms(self.reader, self.chapter, &mut repositories, definitions)
                    .await;
            }
            repositories
        };
        self.cells.repositories.get_or_init(|| Box::pin(read)).await;
    }

    pub async fn network(&self) {
        tokio::join!(
            self.cells
                .vpcs
                .get_or_init(|| Box::pin(network::vpcs(self.reader))),
            self.subnets(),
            self.cells
                .route_tables
                .get_or_init(|| Box::pin(network::route_tables(self.reader))),
            self.prefix_lists(),
        );
    }

    pub async fn subnets(&self) -> &Fact<Vec<Subnet>> {
        self.cells
            .subnets
            .get_or_init(|| Box::pin(network::subnets(self.reader)))
            .await
    }

    pub async fn prefix_lists(&self) {
        let groups = self
            .cells
            .groups
            .get_or_init(|| Box::pin(network::groups(self.reader)))
            .await;
        self.cells
            .prefix_lists
            .get_or_init(|| {
                Box::pin(network::prefix_lists(
                    self.reader,
                    &self.chapter.groups,
                    groups,
                ))
            })
            .await;
    }

    pub async fn routes(&self) {
        tokio::join!(
            self.cells
                .endpoints
                .get_or_init(|| Box::pin(routes::endpoints(self.reader))),
            self.cells
                .nat_gateways
                .get_or_init(|| Box::pin(routes::nat_gateways(self.reader))),
        );
    }

    pub async fn all_databases(&self) {
        tokio::join!(
            self.databases(),
            self.database_clusters(),
            self.cells
                .database_subnet_groups
                .get_or_init(|| Box::pin(databases::subnet_groups(self.reader))),
        );
    }

    pub async fn databases(&self) -> &Fact<Vec<DatabaseInstance>> {
        self.cells
            .databases
            .get_or_init(|| Box::pin(databases::instances(self.reader)))
            .await
    }

    pub async fn database_clusters(&self) -> &Fact<Vec<DatabaseCluster>> {
        self.cells
            .database_clusters
            .get_or_init(|| Box::pin(databases::clusters(self.reader)))
            .await
    }

    pub async fn all_caches(&self) {
        tokio::join!(
            self.cache_nodes(),
            self.replication_groups(),
            self.serverless_caches(),
            self.cells
                .cache_subnet_groups
                .get_or_init(|| Box::pin(caches::subnet_groups(self.reader))),
        );
    }

    pub async fn cache_nodes(&self) -> &Fact<Vec<CacheNode>> {
        self.cells
            .cache_nodes
            .get_or_init(|| Box::pin(caches::nodes(self.reader)))
            .await
    }

    pub async fn replication_groups(&self) -> &Fact<Vec<ReplicationGroup>> {
        self.cells
            .replication_groups
            .get_or_init(|| Box::pin(caches::replication_groups(self.reader)))
            .await
    }

    pub async fn serverless_caches(&self) -> &Fact<Vec<ServerlessCache>> {
        self.cells
            .serverless_caches
            .get_or_init(|| Box::pin(caches::serverless(self.reader)))
            .await
    }

    pub async fn all_parameters(&self) {
        let secrets = async {
            let definitions = self.definitions_if_wanted().await;
            parameters::secrets(self.reader, definitions).await
        };
        tokio::join!(
            self.parameters(),
            self.cells.secrets.get_or_init(|| Box::pin(secrets))
        );
    }

    pub async fn parameters(&self) -> &Fact<Vec<Parameter>> {
        self.cells
            .parameters
            .get_or_init(|| Box::pin(parameters::parameters(self.reader)))
            .await
    }

    pub async fn log_groups(&self) {
        let read = async {
            let definitions = self.definitions_if_wanted().await;
            log_groups::log_groups(self.reader, self.chapter, definitions).await
        };
        self.cells.log_groups.get_or_init(|| Box::pin(read)).await;
    }

    pub async fn all_balancers(&self) {
        tokio::join!(self.balancers(), self.target_groups());
    }

    pub async fn target_groups(&self) -> &Fact<Vec<TargetGroup>> {
        let read = async {
            let (service, ()) =
                tokio::join!(self.service_if_wanted(), balancers::ask_ahead(self.reader));
            balancers::target_groups(self.reader, self.chapter, service).await
        };
        self.cells
            .target_groups
            .get_or_init(|| Box::pin(read))
            .await
    }

    pub async fn balancers(&self) -> &Fact<Vec<Balancer>> {
        let read = async {
            let (service, ()) =
                tokio::join!(self.service_if_wanted(), balancers::ask_ahead(self.reader));
            balancers::balancers(self.reader, self.chapter, service).await
        };
        self.cells.balancers.get_or_init(|| Box::pin(read)).await
    }

    /// What the listeners use, if listeners are read at all in this run.
    pub async fn listener_certificates(&self) -> BTreeSet<Arn> {
        if !self.wants(Area::Balancers) {
            return BTreeSet::new();
        }
        let balancers = self.balancers().await.present();
        balancers
            .into_iter()
            .flatten()
            .filter_map(|balancer| balancer.listeners.present())
            .flatten()
            .filter_map(|listener| listener.certificates.present())
            .flatten()
            .cloned()
            .collect()
    }

    pub async fn certificates(&self) {
        let read = async {
            let in_use = self.listener_certificates();
            certificates::certificates(self.reader, &self.chapter.host, in_use).await
        };
        self.cells.certificates.get_or_init(|| Box::pin(read)).await;
    }

    pub async fn cluster(&self) {
        self.cells
            .cluster
            .get_or_init(|| Box::pin(cluster::cluster(self.reader, self.chapter)))
            .await;
    }

    pub async fn service(&self) {
        let read = async {
            let (described, history) = tokio::join!(
                self.described_service(),
                service::past(self.reader, self.chapter)
            );
            described.clone().map(|described| Service {
                history,
                ..described
            })
        };
        self.cells.service.get_or_init(|| Box::pin(read)).await;
    }

    /// Without its history, which takes two questions more.
    pub async fn described_service(&self) -> &Fact<Service> {
        self.cells
            .described_service
            .get_or_init(|| Box::pin(service::described(self.reader, self.chapter)))
            .await
    }

    pub async fn service_if_wanted(&self) -> Option<&Service> {
        if self.wants(Area::Service) {
            self.described_service().await.present()
        } else {
            None
        }
    }

    pub async fn revisions(&self) -> &Revisions {
        let read = async { definitions::revisions(self).await };
        self.cells.revisions.get_or_init(|| Box::pin(read)).await
    }

    /// The definitions that were read, if they are read at all in this run.
    pub async fn definitions_if_wanted(&self) -> &BTreeMap<RevisionArn, Fact<TaskDefinition>> {
        static NONE: BTreeMap<RevisionArn, Fact<TaskDefinition>> = BTreeMap::new();
        if self.wants(Area::Definitions) {
            &self.revisions().await.definitions
        } else {
            &NONE
        }
    }

    pub const fn same_as_file(&self) -> Option<&SameAsFile<'_>> {
        self.same_as_file
    }

    pub async fn all_tasks(&self) {
        let service = self.described_service().await;
        tokio::join!(
            self.cells.tasks.get_or_init(|| Box::pin(tasks::running(
                self.reader,
                self.chapter,
                service
            ))),
            self.stopped_tasks(),
        );
    }

    pub async fn stopped_tasks(&self) -> &Fact<Vec<Task>> {
        let read = async {
            let service = self.described_service().await;
            tasks::stopped(self.reader, self.chapter, service).await
        };
        self.cells
            .stopped_tasks
            .get_or_init(|| Box::pin(read))
            .await
    }

    pub async fn roles(&self) {
        let read = async {
            let (caller, parameters, definitions, ()) = tokio::join!(
                self.caller(),
                self.parameters(),
                self.definitions_if_wanted(),
                roles::ask_ahead(self.reader, self.chapter)
            );
            roles::roles(self.reader, self.chapter, caller, parameters, definitions).await
        };
        self.cells.roles.get_or_init(|| Box::pin(read)).await;
    }

    pub async fn leftovers(&self) {
        self.cells
            .leftovers
            .get_or_init(|| Box::pin(leftovers::leftovers(self.reader, self.chapter)))
            .await;
    }
}
