//! What one look has read so far: a cell for each part, filled once.

use super::definitions::Revisions;
use crate::account::{
    AccountSummary, Area, Balancer, Budget, CacheNode, Caller, Certificate, Chapter, Cluster,
    DatabaseCluster, DatabaseInstance, Fact, Leftovers, LogGroup, LogTail, NatGateway, NetworkAcl,
    NetworkInterface, Parameter, ReplicationGroup, RepositoryFacts, RevisionArn, Role, RouteTable,
    Secret, SecurityGroup, ServerlessCache, Service, Sighting, Snapshot, Subnet, SubnetGroup,
    TargetGroup, Task, TaskDefinition, User, Vpc, VpcDns, VpcEndpoint, VpcId, Why,
};
use ipnet::IpNet;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::OnceCell;

pub(super) type Cell<T> = OnceCell<Fact<T>>;

/// One cell for each part of the snapshot.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub caller: Cell<Caller>,
    pub root_account: Cell<AccountSummary>,
    pub user: Cell<User>,
    pub budgets: Cell<Vec<Budget>>,
    pub repositories: OnceCell<BTreeMap<String, RepositoryFacts>>,
    pub vpcs: Cell<Vec<Vpc>>,
    pub subnets: Cell<Vec<Subnet>>,
    pub route_tables: Cell<Vec<RouteTable>>,
    pub groups: Cell<Vec<SecurityGroup>>,
    pub prefix_lists: OnceCell<BTreeMap<String, Fact<Vec<IpNet>>>>,
    pub endpoints: Cell<Vec<VpcEndpoint>>,
    pub nat_gateways: Cell<Vec<NatGateway>>,
    pub databases: Cell<Vec<DatabaseInstance>>,
    pub database_clusters: Cell<Vec<DatabaseCluster>>,
    pub database_subnet_groups: Cell<Vec<SubnetGroup>>,
    pub cache_nodes: Cell<Vec<CacheNode>>,
    pub replication_groups: Cell<Vec<ReplicationGroup>>,
    pub serverless_caches: Cell<Vec<ServerlessCache>>,
    pub cache_subnet_groups: Cell<Vec<SubnetGroup>>,
    pub parameters: Cell<Vec<Parameter>>,
    pub secrets: OnceCell<BTreeMap<String, Fact<Secret>>>,
    pub log_groups: Cell<Vec<LogGroup>>,
    pub balancers: Cell<Vec<Balancer>>,
    pub target_groups: Cell<Vec<TargetGroup>>,
    pub certificates: Cell<Vec<Certificate>>,
    pub cluster: Cell<Cluster>,
    /// Without its history, which takes longer: what others wait for is known before.
    pub described_service: Cell<Service>,
    pub service: Cell<Service>,
    pub revisions: OnceCell<Revisions>,
    pub tasks: Cell<Vec<Task>>,
    pub stopped_tasks: Cell<Vec<Task>>,
    // What is only asked when something fails: see `further`.
    pub stopped_definitions: OnceCell<BTreeMap<RevisionArn, Fact<TaskDefinition>>>,
    pub log_tails: Cell<Vec<LogTail>>,
    pub acls: Cell<Vec<NetworkAcl>>,
    pub dns: OnceCell<BTreeMap<VpcId, Fact<VpcDns>>>,
    pub interfaces: Cell<Vec<NetworkInterface>>,
    /// By parameter group.
    pub force_ssl: OnceCell<BTreeMap<String, Fact<bool>>>,
    pub roles: OnceCell<BTreeMap<String, Fact<Role>>>,
    pub leftovers: Cell<Leftovers>,
    pub elsewhere: Cell<Vec<Sighting>>,
}

impl Cells {
    /// Lays what was read into a blank snapshot; gives the registered definitions as AWS sent them.
    pub fn lay_in(
        self,
        snapshot: &mut Snapshot,
        late: &Late<'_>,
        chapter: &Chapter,
    ) -> BTreeMap<RevisionArn, Value> {
        snapshot.caller = late.fact(self.caller, Area::Caller);
        snapshot.root_account = late.fact(self.root_account, Area::RootAccount);
        snapshot.user = late.fact(self.user, Area::User);
        snapshot.budgets = late.fact(self.budgets, Area::Budgets);
        snapshot.repositories = self.repositories.into_inner().unwrap_or_else(|| {
            let facts = RepositoryFacts {
                repository: late.unread(Area::Registry),
                images: late.unread(Area::Registry),
                absent: Vec::new(),
            };
            BTreeMap::from([(chapter.repository.clone(), facts)])
        });
        snapshot.network.vpcs = late.fact(self.vpcs, Area::Network);
        snapshot.network.subnets = late.fact(self.subnets, Area::Network);
        snapshot.network.route_tables = late.fact(self.route_tables, Area::Network);
        snapshot.network.groups = late.fact(self.groups, Area::Network);
        snapshot.network.prefix_lists = self.prefix_lists.into_inner().unwrap_or_default();
        snapshot.network.endpoints = late.fact(self.endpoints, Area::Routes);
        snapshot.network.nat_gateways = late.fact(self.nat_gateways, Area::Routes);
        snapshot.network.acls = late.fact_of_both(self.acls, Area::Tasks, Area::Network);
        snapshot.network.dns = self.dns.into_inner().unwrap_or_default();
        snapshot.network.interfaces =
            late.fact_of_both(self.interfaces, Area::Tasks, Area::Network);
        snapshot.databases = late.fact(self.databases, Area::Databases);
        lay_in_force_ssl(
            &mut snapshot.databases,
            &self.force_ssl.into_inner().unwrap_or_default(),
        );
        snapshot.database_clusters = late.fact(self.database_clusters, Area::Databases);
        snapshot.database_subnet_groups = late.fact(self.database_subnet_groups, Area::Databases);
        snapshot.cache_nodes = late.fact(self.cache_nodes, Area::Caches);
        snapshot.replication_groups = late.fact(self.replication_groups, Area::Caches);
        snapshot.serverless_caches = late.fact(self.serverless_caches, Area::Caches);
        snapshot.cache_subnet_groups = late.fact(self.cache_subnet_groups, Area::Caches);
        snapshot.parameters = late.fact(self.parameters, Area::Parameters);
        snapshot.secrets = self.secrets.into_inner().unwrap_or_default();
        snapshot.log_groups = late.fact(self.log_groups, Area::LogGroups);
        snapshot.balancers = late.fact(self.balancers, Area::Balancers);
        snapshot.target_groups = late.fact(self.target_groups, Area::Balancers);
        snapshot.certificates = late.fact(self.certificates, Area::Certificates);
        snapshot.cluster = late.fact(self.cluster, Area::Cluster);
        snapshot.service = self.service.into_inner().unwrap_or_else(|| {
            // Stopped while it was reading the history: the rest of it was read.
            let history = late.unread(Area::Service);
            late.fact(self.described_service, Area::Service)
                .map(|described| Service {
                    history,
                    ..described
                })
        });
        let revisions = self.revisions.into_inner().unwrap_or_else(|| Revisions {
            active: late.unread(Area::Definitions),
            ..Revisions::default()
        });
        snapshot.revisions = revisions.active;
        snapshot.definitions = revisions.definitions;
        let stopped = self.stopped_definitions.into_inner().unwrap_or_default();
        snapshot.definitions.extend(stopped);
        snapshot.tasks = late.fact(self.tasks, Area::Tasks);
        snapshot.stopped_tasks = late.fact(self.stopped_tasks, Area::Tasks);
        snapshot.log_tails = late.fact_of_both(self.log_tails, Area::Tasks, Area::Definitions);
        snapshot.roles = self.roles.into_inner().unwrap_or_else(|| {
            let role = late.unread(Area::Roles);
            BTreeMap::from([(chapter.execution_role.clone(), role)])
        });
        snapshot.leftovers = late.fact(self.leftovers, Area::Leftovers);
        snapshot.elsewhere = self.elsewhere.into_inner().unwrap_or(Fact::not_asked());
        revisions.registered
    }
}

fn lay_in_force_ssl(
    databases: &mut Fact<Vec<DatabaseInstance>>,
    groups: &BTreeMap<String, Fact<bool>>,
) {
    let Fact::Present(databases) = databases else {
        return;
    };
    for database in databases {
        let group = database.parameter_group.as_ref();
        if let Some(fact) = group.and_then(|group| groups.get(group)) {
            database.force_ssl = fact.clone();
        }
    }
}

/// What an empty cell means: not asked for, or the run was stopped before it.
pub(super) struct Late<'a> {
    pub wanted: &'a BTreeSet<Area>,
    pub stopped_by: Option<Why>,
}

impl Late<'_> {
    fn unread<T>(&self, area: Area) -> Fact<T> {
        match &self.stopped_by {
            Some(why) if self.wanted.contains(&area) => Fact::Unknown(why.clone()),
            _ => Fact::not_asked(),
        }
    }

    fn fact<T>(&self, cell: Cell<T>, area: Area) -> Fact<T> {
        cell.into_inner().unwrap_or_else(|| self.unread(area))
    }

    /// Of what is only read when both are.
    fn fact_of_both<T>(&self, cell: Cell<T>, one: Area, other: Area) -> Fact<T> {
        if self.wanted.contains(&other) {
            self.fact(cell, one)
        } else {
            Fact::not_asked()
        }
    }
}
