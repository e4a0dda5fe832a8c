//! The database: an RDS instance, or an Aurora or Multi-AZ cluster with its members, seen as one thing.

use super::found::only_one;
use super::{Found, Gap, Kind, definition, list, vpc};
use crate::account::{
    AttachedGroup, DatabaseCluster, DatabaseInstance, GroupId, HostPort, SubnetGroup, VpcId,
};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const DATABASE: Kind = Kind {
    one: "database",
    many: "PostgreSQL databases",
    key: "database.instance",
    wanted_by: CheckId("rds.postgres"),
};

/// A database, whichever way it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) enum DatabaseView<'a> {
    Instance(&'a DatabaseInstance),
    Cluster(&'a DatabaseCluster, Vec<&'a DatabaseInstance>),
}

/// The chapter's database: the one that the service's environment names, else by name, else the only PostgreSQL in the chapter's VPC. What else speaks the RDS API
/// (DocumentDB, Neptune, other engines) is no candidate unless it has the configured name.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<DatabaseView<'a>> {
    let instances = list(&stack.snapshot.databases, "the databases")?;
    let clusters = list(&stack.snapshot.database_clusters, "the database clusters");
    if let Ok(clusters) = &clusters
        && let Some(found) = of_service(stack, instances, clusters)
    {
        return Ok((found, FoundBy::Relation));
    }
    let name = &stack.chapter().database.instance;
    let named = instances
        .iter()
        .find(|instance| instance.id.eq_ignore_ascii_case(name));
    if let Some(instance) = named
        && instance.cluster.is_none()
    {
        return Ok((DatabaseView::Instance(instance), FoundBy::Name));
    }
    let clusters = clusters?;
    let wanted = named
        .and_then(|instance| instance.cluster.as_ref())
        .unwrap_or(name);
    if let Some(cluster) = clusters
        .iter()
        .find(|cluster| cluster.id.eq_ignore_ascii_case(wanted))
    {
        return Ok((with_members(cluster, instances), FoundBy::Name));
    }
    if let Some(instance) = named {
        return Ok((DatabaseView::Instance(instance), FoundBy::Name));
    }
    let candidates = all(instances, clusters)
        .filter(|one| one.is_postgres() && one.status() != "deleting")
        .collect();
    in_chapter_vpc(stack, candidates)
}

/// The one whose host the running definition names, when it names just one. Connection strings usually stand in secrets,
/// which nobody reads: then there is no such relation.
fn of_service<'a>(
    stack: &Stack<'a>,
    instances: &'a [DatabaseInstance],
    clusters: &'a [DatabaseCluster],
) -> Option<DatabaseView<'a>> {
    let hosts = definition::connects_to(stack);
    let is_host = |host: Option<&str>| {
        host.is_some_and(|host| hosts.iter().any(|one| one.eq_ignore_ascii_case(host)))
    };
    let mut named = all(instances, clusters).filter(|one| {
        let of_member = match one {
            DatabaseView::Instance(_) => false,
            DatabaseView::Cluster(_, members) => members.iter().any(|member| {
                is_host(
                    member
                        .endpoint
                        .as_ref()
                        .map(|endpoint| endpoint.host.as_str()),
                )
            }),
        };
        is_host(one.host()) || of_member
    });
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The database with that id, whatever it is.
pub(super) fn by_id<'a>(stack: &Stack<'a>, id: &str) -> Option<DatabaseView<'a>> {
    let instances = stack.snapshot.databases.present()?;
    let clusters = stack.snapshot.database_clusters.present()?;
    all(instances, clusters).find(|one| one.id() == id)
}

fn all<'a>(
    instances: &'a [DatabaseInstance],
    clusters: &'a [DatabaseCluster],
) -> impl Iterator<Item = DatabaseView<'a>> {
    instances
        .iter()
        .filter(|instance| instance.cluster.is_none())
        .map(DatabaseView::Instance)
        .chain(clusters.iter().map(|one| with_members(one, instances)))
}

/// The database, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(DatabaseView<'a>, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&DATABASE))
}

fn in_chapter_vpc<'a>(
    stack: &Stack<'a>,
    candidates: Vec<DatabaseView<'a>>,
) -> Found<DatabaseView<'a>> {
    if candidates.is_empty() {
        return Err(Gap::NotThere);
    }
    let (vpc, _) = vpc::find(stack)?;
    let mut here = Vec::new();
    for candidate in candidates {
        if candidate.vpc(stack)?.is_none_or(|its| its == vpc.id) {
            here.push(candidate);
        }
    }
    only_one(stack, &DATABASE, here, |one| one.id().to_owned())
}

fn with_members<'a>(
    cluster: &'a DatabaseCluster,
    instances: &'a [DatabaseInstance],
) -> DatabaseView<'a> {
    let members = instances
        .iter()
        .filter(|instance| instance.cluster.as_deref() == Some(cluster.id.as_str()))
        .collect();
    DatabaseView::Cluster(cluster, members)
}

impl<'a> DatabaseView<'a> {
    pub fn id(&self) -> &'a str {
        match self {
            DatabaseView::Instance(instance) => &instance.id,
            DatabaseView::Cluster(cluster, _) => &cluster.id,
        }
    }

    pub fn engine(&self) -> &'a str {
        match self {
            DatabaseView::Instance(instance) => &instance.engine,
            DatabaseView::Cluster(cluster, _) => &cluster.engine,
        }
    }

    /// PostgreSQL, by itself or as Aurora.
    pub fn is_postgres(&self) -> bool {
        matches!(self.engine(), "postgres" | "aurora-postgresql")
    }

    pub fn engine_version(&self) -> &'a str {
        match self {
            DatabaseView::Instance(instance) => &instance.engine_version,
            DatabaseView::Cluster(cluster, _) => &cluster.engine_version,
        }
    }

    /// The cluster's own, unless that is in order and the member's that takes writes is not.
    pub fn status(&self) -> &'a str {
        match (self, self.speaks_for_it()) {
            (DatabaseView::Instance(instance), _) => &instance.status,
            (DatabaseView::Cluster(..), Some(member)) => &member.status,
            (DatabaseView::Cluster(cluster, _), None) => &cluster.status,
        }
    }

    /// The instance whose state decides: the one there is; of a cluster that is in order by itself, the member that takes
    /// writes, or while AWS does not say which that is, one that is not in order.
    pub fn speaks_for_it(&self) -> Option<&'a DatabaseInstance> {
        match self {
            DatabaseView::Instance(instance) => Some(instance),
            DatabaseView::Cluster(cluster, members) if cluster.status == "available" => {
                let writer = cluster.writer.as_deref();
                let writer = members
                    .iter()
                    .find(|member| Some(member.id.as_str()) == writer);
                let troubled = || members.iter().find(|member| !member.is_usable());
                writer.or_else(troubled).copied()
            }
            DatabaseView::Cluster(..) => None,
        }
    }

    /// The members that take no writes and are not in order.
    pub fn troubled_readers(&self) -> Vec<&'a DatabaseInstance> {
        match (self, self.speaks_for_it()) {
            (DatabaseView::Cluster(_, members), Some(writer)) => members
                .iter()
                .filter(|member| member.id != writer.id && !member.is_usable())
                .copied()
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The operation its facts come from.
    pub fn api(&self) -> &'static str {
        match self {
            DatabaseView::Instance(_) => "rds:DescribeDBInstances",
            DatabaseView::Cluster(..) => "rds:DescribeDBClusters",
        }
    }

    /// Whether the cluster, or one of its instances, can be reached from the internet.
    pub fn publicly_accessible(&self) -> bool {
        match self {
            DatabaseView::Instance(instance) => instance.publicly_accessible,
            DatabaseView::Cluster(cluster, members) => {
                cluster.publicly_accessible == Some(true)
                    || members.iter().any(|member| member.publicly_accessible)
            }
        }
    }

    pub fn encrypted(&self) -> bool {
        match self {
            DatabaseView::Instance(instance) => instance.encrypted,
            DatabaseView::Cluster(cluster, _) => cluster.encrypted,
        }
    }

    pub fn backup_days(&self) -> u32 {
        match self {
            DatabaseView::Instance(instance) => instance.backup_days,
            DatabaseView::Cluster(cluster, _) => cluster.backup_days,
        }
    }

    /// Where clients connect to; missing while it is being created.
    pub fn endpoint(&self) -> Option<&'a HostPort> {
        match self {
            DatabaseView::Instance(instance) => instance.endpoint.as_ref(),
            DatabaseView::Cluster(cluster, _) => cluster.endpoint.as_ref(),
        }
    }

    /// 5432 until it has an endpoint.
    pub fn port(&self) -> u16 {
        self.endpoint().map_or(5432, |endpoint| endpoint.port)
    }

    /// The name to connect to, once it has one.
    pub fn host(&self) -> Option<&'a str> {
        self.endpoint().map(|endpoint| endpoint.host.as_str())
    }

    /// The initial database.
    pub fn database(&self) -> Option<&'a str> {
        match self {
            DatabaseView::Instance(instance) => instance.database.as_deref(),
            DatabaseView::Cluster(cluster, _) => cluster.database.as_deref(),
        }
    }

    /// The groups in force on it: those being added or removed are left out.
    pub fn groups(&self) -> Vec<&'a GroupId> {
        self.attached()
            .iter()
            .filter(|group| group.active)
            .map(|group| &group.id)
            .collect()
    }

    /// Whether any group is on it, or about to be.
    pub fn has_groups(&self) -> bool {
        !self.attached().is_empty()
    }

    /// Whether AWS is still putting groups on it or taking them off.
    pub fn groups_change(&self) -> bool {
        self.attached().iter().any(|group| !group.active)
    }

    /// When AWS starts it by itself, if it is stopped.
    pub fn restarts_at(&self) -> Option<jiff::Timestamp> {
        match self {
            DatabaseView::Instance(instance) => instance.restarts_at,
            DatabaseView::Cluster(cluster, _) => cluster.restarts_at,
        }
    }

    fn attached(&self) -> &'a [AttachedGroup] {
        match self {
            DatabaseView::Instance(instance) => &instance.groups,
            DatabaseView::Cluster(cluster, _) => &cluster.groups,
        }
    }

    /// Its subnet group; `None` when AWS names none.
    pub fn subnet_group(&self, stack: &Stack<'a>) -> Result<Option<&'a SubnetGroup>, Gap> {
        match self {
            DatabaseView::Instance(instance) => Ok(instance.subnet_group.as_ref()),
            DatabaseView::Cluster(cluster, members) => {
                if let Some(group) = members.iter().find_map(|one| one.subnet_group.as_ref()) {
                    return Ok(Some(group));
                }
                let Some(name) = &cluster.subnet_group else {
                    return Ok(None);
                };
                let groups = list(
                    &stack.snapshot.database_subnet_groups,
                    "the database subnet groups",
                )?;
                Ok(groups.iter().find(|group| group.name == *name))
            }
        }
    }

    /// The VPC of its subnet group, if AWS says which.
    pub fn vpc(&self, stack: &Stack<'a>) -> Result<Option<VpcId>, Gap> {
        let vpc = self.subnet_group(stack)?.map(|group| group.vpc.clone());
        Ok(vpc.filter(|vpc| !vpc.as_str().is_empty()))
    }
}
