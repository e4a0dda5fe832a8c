//! One look at the account. Each area is a memory cell with one collector; a collector awaits the cells it needs, so it
//! starts when its inputs are there, and nothing is read twice. An error stays in the facts of its own area.

use super::definitions::{Revisions, SameAsFile};
use super::elsewhere::Missing;
use super::read::Reader;
use super::{
    balancers, budgets, caches, caller, certificates, cluster, databases, definitions, elsewhere,
    leftovers, log_groups, network, parameters, platforms, registry, roles, root_account, routes,
    service, tasks, user,
};
use crate::account::{
    Area, Arn, Balancer, Budget, CacheNode, CallRecord, Caller, Certificate, Chapter, Cluster,
    DatabaseCluster, DatabaseInstance, Fact, Leftovers, LogGroup, NatGateway, Parameter,
    ReplicationGroup, RepositoryFacts, RevisionArn, Role, RouteTable, Secret, SecurityGroup,
    ServerlessCache, Service, Sighting, Snapshot, Source, Subnet, SubnetGroup, TargetGroup, Task,
    TaskDefinition, User, Vpc, VpcEndpoint, Why,
};
use futures_util::future::join_all;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use tokio::sync::OnceCell;

/// What one look gave.
pub struct Collected {
    /// The account's part; the workplace's facts are laid in by the caller.
    pub snapshot: Snapshot,
    /// Every call that was made, in the order they ended.
    pub calls: Vec<CallRecord>,
    /// The task definitions as AWS sent them, for comparing with the learner's file. They may hold secrets: compare and
    /// drop, never save.
    pub registered: BTreeMap<RevisionArn, serde_json::Value>,
}

/// Reads the wanted areas and what they depend on. Ends within the session's time for a run; what was not read by then is
/// unknown.
pub async fn collect(
    reader: &Reader,
    chapter: &Chapter,
    wanted: &BTreeSet<Area>,
    same_as_file: Option<&SameAsFile<'_>>,
) -> Collected {
    let run = Run::new(reader, chapter, wanted, same_as_file);
    let stopped_by = match reader.session().credentials().await {
        // Every call would end the same way, after the same wait.
        Err(why) => Some(why),
        Ok(()) => tokio::time::timeout(reader.session().limits.run, run.everything())
            .await
            .err()
            .map(|_| Why::TimedOut),
    };
    run.into_collected(stopped_by)
}

type Cell<T> = OnceCell<Fact<T>>;

/// The cells of one run.
pub(super) struct Run<'a> {
    pub reader: &'a Reader,
    pub chapter: &'a Chapter,
    wanted: &'a BTreeSet<Area>,
    same_as_file: Option<&'a SameAsFile<'a>>,
    caller: Cell<Caller>,
    root_account: Cell<crate::account::AccountSummary>,
    user: Cell<User>,
    budgets: Cell<Vec<Budget>>,
    repositories: OnceCell<BTreeMap<String, RepositoryFacts>>,
    vpcs: Cell<Vec<Vpc>>,
    subnets: Cell<Vec<Subnet>>,
    route_tables: Cell<Vec<RouteTable>>,
    groups: Cell<Vec<SecurityGroup>>,
    prefix_lists: OnceCell<BTreeMap<String, Fact<Vec<IpNet>>>>,
    endpoints: Cell<Vec<VpcEndpoint>>,
    nat_gateways: Cell<Vec<NatGateway>>,
    databases: Cell<Vec<DatabaseInstance>>,
    database_clusters: Cell<Vec<DatabaseCluster>>,
    database_subnet_groups: Cell<Vec<SubnetGroup>>,
    cache_nodes: Cell<Vec<CacheNode>>,
    replication_groups: Cell<Vec<ReplicationGroup>>,
    serverless_caches: Cell<Vec<ServerlessCache>>,
    cache_subnet_groups: Cell<Vec<SubnetGroup>>,
    parameters: Cell<Vec<Parameter>>,
    secrets: OnceCell<BTreeMap<String, Fact<Secret>>>,
    log_groups: Cell<Vec<LogGroup>>,
    balancers: Cell<Vec<Balancer>>,
    target_groups: Cell<Vec<TargetGroup>>,
    certificates: Cell<Vec<Certificate>>,
    cluster: Cell<Cluster>,
    service: Cell<Service>,
    revisions: OnceCell<Revisions>,
    tasks: Cell<Vec<Task>>,
    stopped_tasks: Cell<Vec<Task>>,
    roles: OnceCell<BTreeMap<String, Fact<Role>>>,
    leftovers: Cell<Leftovers>,
    elsewhere: Cell<Vec<Sighting>>,
}

/// Fills a cell if its area is wanted.
async fn when(wanted: bool, read: impl Future) {
    if wanted {
        read.await;
    }
}

impl<'a> Run<'a> {
    fn new(
        reader: &'a Reader,
        chapter: &'a Chapter,
        wanted: &'a BTreeSet<Area>,
        same_as_file: Option<&'a SameAsFile<'a>>,
    ) -> Self {
        Run {
            reader,
            chapter,
            wanted,
            same_as_file,
            caller: OnceCell::new(),
            root_account: OnceCell::new(),
            user: OnceCell::new(),
            budgets: OnceCell::new(),
            repositories: OnceCell::new(),
            vpcs: OnceCell::new(),
            subnets: OnceCell::new(),
            route_tables: OnceCell::new(),
            groups: OnceCell::new(),
            prefix_lists: OnceCell::new(),
            endpoints: OnceCell::new(),
            nat_gateways: OnceCell::new(),
            databases: OnceCell::new(),
            database_clusters: OnceCell::new(),
            database_subnet_groups: OnceCell::new(),
            cache_nodes: OnceCell::new(),
            replication_groups: OnceCell::new(),
            serverless_caches: OnceCell::new(),
            cache_subnet_groups: OnceCell::new(),
            parameters: OnceCell::new(),
            secrets: OnceCell::new(),
            log_groups: OnceCell::new(),
            balancers: OnceCell::new(),
            target_groups: OnceCell::new(),
            certificates: OnceCell::new(),
            cluster: OnceCell::new(),
            service: OnceCell::new(),
            revisions: OnceCell::new(),
            tasks: OnceCell::new(),
            stopped_tasks: OnceCell::new(),
            roles: OnceCell::new(),
            leftovers: OnceCell::new(),
            elsewhere: OnceCell::new(),
        }
    }

    /// Whether an area was asked for. What only enriches another area is read just then; what it cannot do without is
    /// read anyhow.
    pub fn wants(&self, area: Area) -> bool {
        self.wanted.contains(&area)
    }

    async fn everything(&self) {
        let wants = |area| self.wants(area);
        // Each on the heap: together they would not fit on a thread's stack.
        let areas: Vec<Pin<Box<dyn Future<Output = ()> + Send + '_>>> = vec![
            Box::pin(when(wants(Area::Caller), self.caller())),
            Box::pin(when(wants(Area::RootAccount), self.root_account())),
            Box::pin(when(wants(Area::User), self.user())),
            Box::pin(when(wants(Area::Budgets), self.budgets())),
            Box::pin(when(
                wants(Area::Registry) || wants(Area::Platforms),
                self.repositories(),
            )),
            Box::pin(when(wants(Area::Network), self.network())),
            Box::pin(when(wants(Area::Routes), self.routes())),
            Box::pin(when(wants(Area::Databases), self.all_databases())),
            Box::pin(when(wants(Area::Caches), self.all_caches())),
            Box::pin(when(wants(Area::Parameters), self.all_parameters())),
            Box::pin(when(wants(Area::LogGroups), self.log_groups())),
            Box::pin(when(wants(Area::Balancers), self.all_balancers())),
            Box::pin(when(wants(Area::Certificates), self.certificates())),
            Box::pin(when(wants(Area::Cluster), self.cluster())),
            Box::pin(when(wants(Area::Service), self.service())),
            Box::pin(when(wants(Area::Definitions), self.revisions())),
            Box::pin(when(wants(Area::Tasks), self.all_tasks())),
            Box::pin(when(wants(Area::Roles), self.roles())),
            Box::pin(when(wants(Area::Leftovers), self.leftovers())),
        ];
        join_all(areas).await;
        // Only worth a look when nothing is here, which is known now.
        self.elsewhere().await;
    }

    pub async fn caller(&self) -> &Fact<Caller> {
        self.caller
            .get_or_init(|| Box::pin(caller::caller(self.reader)))
            .await
    }

    async fn root_account(&self) {
        self.root_account
            .get_or_init(|| Box::pin(root_account::summary(self.reader)))
            .await;
    }

    async fn user(&self) {
        let read = async { user::user(self.reader, self.chapter, self.caller().await).await };
        self.user.get_or_init(|| Box::pin(read)).await;
    }

    async fn budgets(&self) {
        let read = async { budgets::budgets(self.reader, self.caller().await).await };
        self.budgets.get_or_init(|| Box::pin(read)).await;
    }

    async fn repositories(&self) {
        let read = async {
            let definitions = self.definitions_if_wanted().await;
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
        self.repositories.get_or_init(|| Box::pin(read)).await;
    }

    async fn network(&self) {
        tokio::join!(
            self.vpcs
                .get_or_init(|| Box::pin(network::vpcs(self.reader))),
            self.subnets
                .get_or_init(|| Box::pin(network::subnets(self.reader))),
            self.route_tables
                .get_or_init(|| Box::pin(network::route_tables(self.reader))),
            self.prefix_lists(),
        );
    }

    async fn prefix_lists(&self) {
        let groups = self
            .groups
            .get_or_init(|| Box::pin(network::groups(self.reader)))
            .await;
        self.prefix_lists
            .get_or_init(|| Box::pin(network::prefix_lists(self.reader, groups)))
            .await;
    }

    async fn routes(&self) {
        tokio::join!(
            self.endpoints
                .get_or_init(|| Box::pin(routes::endpoints(self.reader))),
            self.nat_gateways
                .get_or_init(|| Box::pin(routes::nat_gateways(self.reader))),
        );
    }

    async fn all_databases(&self) {
        tokio::join!(
            self.databases(),
            self.database_clusters(),
            self.database_subnet_groups
                .get_or_init(|| Box::pin(databases::subnet_groups(self.reader))),
        );
    }

    pub async fn databases(&self) -> &Fact<Vec<DatabaseInstance>> {
        self.databases
            .get_or_init(|| Box::pin(databases::instances(self.reader)))
            .await
    }

    pub async fn database_clusters(&self) -> &Fact<Vec<DatabaseCluster>> {
        self.database_clusters
            .get_or_init(|| Box::pin(databases::clusters(self.reader)))
            .await
    }

    async fn all_caches(&self) {
        tokio::join!(
            self.cache_nodes(),
            self.replication_groups(),
            self.serverless_caches(),
            self.cache_subnet_groups
                .get_or_init(|| Box::pin(caches::subnet_groups(self.reader))),
        );
    }

    pub async fn cache_nodes(&self) -> &Fact<Vec<CacheNode>> {
        self.cache_nodes
            .get_or_init(|| Box::pin(caches::nodes(self.reader)))
            .await
    }

    pub async fn replication_groups(&self) -> &Fact<Vec<ReplicationGroup>> {
        self.replication_groups
            .get_or_init(|| Box::pin(caches::replication_groups(self.reader)))
            .await
    }

    pub async fn serverless_caches(&self) -> &Fact<Vec<ServerlessCache>> {
        self.serverless_caches
            .get_or_init(|| Box::pin(caches::serverless(self.reader)))
            .await
    }

    async fn all_parameters(&self) {
        let secrets = async {
            let definitions = self.definitions_if_wanted().await;
            parameters::secrets(self.reader, definitions).await
        };
        tokio::join!(
            self.parameters(),
            self.secrets.get_or_init(|| Box::pin(secrets))
        );
    }

    pub async fn parameters(&self) -> &Fact<Vec<Parameter>> {
        self.parameters
            .get_or_init(|| Box::pin(parameters::parameters(self.reader)))
            .await
    }

    async fn log_groups(&self) {
        let read = async {
            let definitions = self.definitions_if_wanted().await;
            log_groups::log_groups(self.reader, self.chapter, definitions).await
        };
        self.log_groups.get_or_init(|| Box::pin(read)).await;
    }

    async fn all_balancers(&self) {
        let target_groups = async {
            let service = self.service_if_wanted().await;
            balancers::target_groups(self.reader, self.chapter, service).await
        };
        tokio::join!(
            self.balancers(),
            self.target_groups.get_or_init(|| Box::pin(target_groups)),
        );
    }

    async fn balancers(&self) -> &Fact<Vec<Balancer>> {
        let read = async {
            let service = self.service_if_wanted().await;
            balancers::balancers(self.reader, self.chapter, service).await
        };
        self.balancers.get_or_init(|| Box::pin(read)).await
    }

    /// What the listeners use, if listeners are read at all in this run.
    async fn listener_certificates(&self) -> BTreeSet<Arn> {
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

    async fn certificates(&self) {
        let read = async {
            let in_use = self.listener_certificates();
            certificates::certificates(self.reader, &self.chapter.host, in_use).await
        };
        self.certificates.get_or_init(|| Box::pin(read)).await;
    }

    async fn cluster(&self) {
        self.cluster
            .get_or_init(|| Box::pin(cluster::cluster(self.reader, self.chapter)))
            .await;
    }

    pub async fn service(&self) -> &Fact<Service> {
        self.service
            .get_or_init(|| Box::pin(service::service(self.reader, self.chapter)))
            .await
    }

    async fn service_if_wanted(&self) -> Option<&Service> {
        if self.wants(Area::Service) {
            self.service().await.present()
        } else {
            None
        }
    }

    pub async fn revisions(&self) -> &Revisions {
        let read = async { definitions::revisions(self).await };
        self.revisions.get_or_init(|| Box::pin(read)).await
    }

    /// The definitions that were read, if they are read at all in this run.
    async fn definitions_if_wanted(&self) -> &BTreeMap<RevisionArn, Fact<TaskDefinition>> {
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

    async fn all_tasks(&self) {
        let service = self.service().await;
        tokio::join!(
            self.tasks
                .get_or_init(|| Box::pin(tasks::running(self.reader, self.chapter, service))),
            self.stopped_tasks.get_or_init(|| Box::pin(tasks::stopped(
                self.reader,
                self.chapter,
                service
            ))),
        );
    }

    async fn roles(&self) {
        let read = async {
            let (caller, parameters, definitions) = tokio::join!(
                self.caller(),
                self.parameters(),
                self.definitions_if_wanted()
            );
            roles::roles(self.reader, self.chapter, caller, parameters, definitions).await
        };
        self.roles.get_or_init(|| Box::pin(read)).await;
    }

    async fn leftovers(&self) {
        self.leftovers
            .get_or_init(|| Box::pin(leftovers::leftovers(self.reader, self.chapter)))
            .await;
    }

    async fn elsewhere(&self) {
        let missing = self.missing();
        if missing.any() {
            self.elsewhere
                .get_or_init(|| Box::pin(elsewhere::elsewhere(self.reader, self.chapter, missing)))
                .await;
        }
    }

    /// What is not here, as far as it was read. As long as something of the chapter is here, this is its region.
    fn missing(&self) -> Missing {
        let repository = self
            .repositories
            .get()
            .and_then(|all| all.get(&self.chapter.repository))
            .map(|facts| &facts.repository);
        let cluster = self.cluster.get();
        let database = self.databases.get().and_then(Fact::present);
        let has_database = database.map(|found| {
            found
                .iter()
                .any(|one| one.id == self.chapter.database.instance)
        });
        let host = &self.chapter.host;
        let covers = |one: &Certificate| {
            one.names
                .iter()
                .any(|name| certificates::covers(name, host))
        };
        let certificates = self.certificates.get().and_then(Fact::present);
        let here = matches!(repository, Some(Fact::Present(_)))
            || matches!(cluster, Some(Fact::Present(_)))
            || has_database == Some(true);
        Missing {
            cluster: !here && cluster == Some(&Fact::Absent),
            repository: !here && repository == Some(&Fact::Absent),
            database: !here && has_database == Some(false),
            certificate: self.chapter.has_domain
                && certificates.is_some_and(|found| !found.iter().any(covers)),
        }
    }

    fn into_collected(self, stopped_by: Option<Why>) -> Collected {
        let mut snapshot = Snapshot::blank(
            Source::Aws,
            self.chapter.clone(),
            self.reader.region().clone(),
            jiff::Timestamp::now(),
        );
        snapshot.region_from = self.reader.session().region().from.say().to_owned();
        let late = Late {
            wanted: self.wanted,
            stopped_by,
        };
        snapshot.caller = late.fact(self.caller, Area::Caller);
        snapshot.root_account = late.fact(self.root_account, Area::RootAccount);
        snapshot.user = late.fact(self.user, Area::User);
        snapshot.budgets = late.fact(self.budgets, Area::Budgets);
        snapshot.repositories = self.repositories.into_inner().unwrap_or_else(|| {
            let facts = RepositoryFacts {
                repository: late.unread(Area::Registry),
                images: late.unread(Area::Registry),
            };
            BTreeMap::from([(self.chapter.repository.clone(), facts)])
        });
        snapshot.network.vpcs = late.fact(self.vpcs, Area::Network);
        snapshot.network.subnets = late.fact(self.subnets, Area::Network);
        snapshot.network.route_tables = late.fact(self.route_tables, Area::Network);
        snapshot.network.groups = late.fact(self.groups, Area::Network);
        snapshot.network.prefix_lists = self.prefix_lists.into_inner().unwrap_or_default();
        snapshot.network.endpoints = late.fact(self.endpoints, Area::Routes);
        snapshot.network.nat_gateways = late.fact(self.nat_gateways, Area::Routes);
        snapshot.databases = late.fact(self.databases, Area::Databases);
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
        snapshot.service = late.fact(self.service, Area::Service);
        let revisions = self.revisions.into_inner().unwrap_or_else(|| Revisions {
            active: late.unread(Area::Definitions),
            ..Revisions::default()
        });
        snapshot.revisions = revisions.active;
        snapshot.definitions = revisions.definitions;
        snapshot.tasks = late.fact(self.tasks, Area::Tasks);
        snapshot.stopped_tasks = late.fact(self.stopped_tasks, Area::Tasks);
        snapshot.roles = self.roles.into_inner().unwrap_or_else(|| {
            let role = late.unread(Area::Roles);
            BTreeMap::from([(self.chapter.execution_role.clone(), role)])
        });
        snapshot.leftovers = late.fact(self.leftovers, Area::Leftovers);
        snapshot.elsewhere = self.elsewhere.into_inner().unwrap_or(Fact::not_asked());
        Collected {
            snapshot,
            calls: self.reader.calls(),
            registered: revisions.registered,
        }
    }
}

/// What an empty cell means: not asked for, or the run was stopped before it.
struct Late<'a> {
    wanted: &'a BTreeSet<Area>,
    stopped_by: Option<Why>,
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
}
