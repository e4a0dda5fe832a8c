//! The parts of a stack that questions ask about, found as the checks find them.

use super::instead::Instead;
use crate::account::{
    AttachedGroup, DatabaseCluster, DatabaseInstance, Fact, GroupId, HostPort, SecurityGroup,
    Service, Snapshot, TargetGroup, TaskDefinition,
};
use crate::checks::subjects;

/// A part of the stack, for sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Database,
    Definition,
    Groups,
    Service,
    TargetGroup,
    Targets,
    Pace,
    DatabaseRules,
    LoadBalancer,
    Cache,
}

impl Part {
    /// "task definition".
    pub const fn bare(self) -> &'static str {
        match self {
            Part::Database => "database",
            Part::Definition => "task definition",
            Part::Groups => "security groups",
            Part::Service => "service",
            Part::TargetGroup => "target group",
            Part::Targets => "registered targets",
            Part::Pace => "deployment settings of the service",
            Part::DatabaseRules => "rules that admit somebody to the database",
            Part::LoadBalancer => "load balancer",
            Part::Cache => "cache",
        }
    }

    /// "the task definition".
    pub fn the(self) -> String {
        format!("the {}", self.bare())
    }

    /// "is" or "are".
    pub const fn is(self) -> &'static str {
        if self.is_many() { "are" } else { "is" }
    }

    /// "has" or "have".
    pub const fn has(self) -> &'static str {
        if self.is_many() { "have" } else { "has" }
    }

    /// "its" or "their".
    pub const fn its(self) -> &'static str {
        if self.is_many() { "their" } else { "its" }
    }

    const fn is_many(self) -> bool {
        matches!(
            self,
            Part::Groups | Part::Targets | Part::Pace | Part::DatabaseRules
        )
    }
}

/// A database in either of its shapes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Database<'a> {
    Instance(&'a DatabaseInstance),
    Cluster(&'a DatabaseCluster),
}

impl<'a> Database<'a> {
    pub fn id(self) -> &'a str {
        match self {
            Database::Instance(one) => &one.id,
            Database::Cluster(one) => &one.id,
        }
    }

    pub const fn backup_days(self) -> u32 {
        match self {
            Database::Instance(one) => one.backup_days,
            Database::Cluster(one) => one.backup_days,
        }
    }

    pub const fn multi_az(self) -> bool {
        match self {
            Database::Instance(one) => one.multi_az,
            Database::Cluster(one) => one.multi_az,
        }
    }

    pub fn groups(self) -> &'a [AttachedGroup] {
        match self {
            Database::Instance(one) => &one.groups,
            Database::Cluster(one) => &one.groups,
        }
    }

    /// 5432 until it has an endpoint.
    pub fn port(self) -> u16 {
        let endpoint: Option<&HostPort> = match self {
            Database::Instance(one) => one.endpoint.as_ref(),
            Database::Cluster(one) => one.endpoint.as_ref(),
        };
        endpoint.map_or(5432, |endpoint| endpoint.port)
    }

    /// The call that tells of it.
    pub const fn api(self) -> &'static str {
        match self {
            Database::Instance(_) => "rds:DescribeDBInstances",
            Database::Cluster(_) => "rds:DescribeDBClusters",
        }
    }
}

/// The chapter's database.
pub(super) fn database(snapshot: &Snapshot) -> Result<Database<'_>, Instead> {
    let Fact::Present(instances) = &snapshot.databases else {
        return Err(unread_or_absent(&snapshot.databases, Part::Database));
    };
    let clusters = snapshot.database_clusters.present();
    let clusters = clusters.map_or(&[][..], Vec::as_slice);
    let Some(id) = subjects(snapshot).database else {
        return Err(if snapshot.database_clusters.why().is_some() {
            Instead::NotRead(Part::Database)
        } else if instances.is_empty() && clusters.is_empty() {
            Instead::NotThere(Part::Database)
        } else {
            Instead::Unclear(Part::Database)
        });
    };
    let alone = instances
        .iter()
        .find(|one| one.id == id && one.cluster.is_none());
    let cluster = clusters.iter().find(|one| one.id == id);
    let member = instances.iter().find(|one| one.id == id);
    alone
        .map(Database::Instance)
        .or_else(|| cluster.map(Database::Cluster))
        .or_else(|| member.map(Database::Instance))
        .ok_or(Instead::NotThere(Part::Database))
}

/// The chapter's service; a deleted one is not there.
pub(super) fn service(snapshot: &Snapshot) -> Result<&Service, Instead> {
    match &snapshot.service {
        Fact::Present(service) if service.status != "INACTIVE" => Ok(service),
        Fact::Present(_) => Err(Instead::NotThere(Part::Service)),
        other => Err(unread_or_absent(other, Part::Service)),
    }
}

/// The definition that the service runs, before that the newest.
pub(super) fn definition(snapshot: &Snapshot) -> Result<&TaskDefinition, Instead> {
    let found = subjects(snapshot)
        .definition
        .and_then(|arn| snapshot.definitions.get(&arn)?.present());
    found.ok_or_else(|| {
        let nothing_is_there = !matches!(snapshot.service, Fact::Unknown(_))
            && !matches!(snapshot.revisions, Fact::Unknown(_))
            && snapshot.revisions.present().is_none_or(Vec::is_empty);
        if nothing_is_there {
            Instead::NotThere(Part::Definition)
        } else {
            Instead::NotRead(Part::Definition)
        }
    })
}

/// The target group that holds the tasks.
pub(super) fn target_group(snapshot: &Snapshot) -> Result<&TargetGroup, Instead> {
    let Fact::Present(groups) = &snapshot.target_groups else {
        return Err(unread_or_absent(&snapshot.target_groups, Part::TargetGroup));
    };
    let arn = subjects(snapshot).target_group;
    let found = groups.iter().find(|group| Some(&group.arn) == arn.as_ref());
    found.ok_or(if matches!(snapshot.service, Fact::Unknown(_)) {
        Instead::NotRead(Part::TargetGroup)
    } else if groups.is_empty() {
        Instead::NotThere(Part::TargetGroup)
    } else {
        Instead::Unclear(Part::TargetGroup)
    })
}

/// All security groups of the region.
pub(super) fn groups(snapshot: &Snapshot) -> Result<&[SecurityGroup], Instead> {
    match &snapshot.network.groups {
        Fact::Present(groups) => Ok(groups),
        other => Err(unread_or_absent(other, Part::Groups)),
    }
}

/// Who carries which groups, from the internet inwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wearer {
    /// `load balancer`, `tasks`, `database`, `cache`.
    pub role: &'static str,
    /// The thing's own name.
    pub name: String,
    pub groups: Vec<GroupId>,
}

/// The four tiers with the groups that they carry; all four must be there, for a group that nobody carries says nothing.
pub(super) fn wearers(snapshot: &Snapshot) -> Result<Vec<Wearer>, Instead> {
    groups(snapshot)?;
    let service = service(snapshot)?;
    let database = database(snapshot)?;
    let found = subjects(snapshot);
    let balancer = match &snapshot.balancers {
        Fact::Present(all) => all
            .iter()
            .find(|one| Some(&one.arn) == found.balancer.as_ref())
            .ok_or(if all.is_empty() {
                Instead::NotThere(Part::LoadBalancer)
            } else {
                Instead::Unclear(Part::LoadBalancer)
            })?,
        other => return Err(unread_or_absent(other, Part::LoadBalancer)),
    };
    let cache = found.cache.ok_or_else(|| {
        let facts = [
            snapshot.cache_nodes.why(),
            snapshot.replication_groups.why(),
            snapshot.serverless_caches.why(),
        ];
        if facts.iter().any(Option::is_some) {
            Instead::NotRead(Part::Cache)
        } else {
            Instead::NotThere(Part::Cache)
        }
    })?;
    let all = vec![
        Wearer {
            role: "load balancer",
            name: balancer.name.clone(),
            groups: found.balancer_groups,
        },
        Wearer {
            role: "tasks",
            name: service.name.clone(),
            groups: found.task_groups,
        },
        Wearer {
            role: "database",
            name: database.id().to_owned(),
            groups: found.database_groups,
        },
        Wearer {
            role: "cache",
            name: cache,
            groups: found.cache_groups,
        },
    ];
    // A group in use that the region's list does not hold leaves its tier without any.
    if all.iter().any(|wearer| wearer.groups.is_empty()) {
        return Err(Instead::NotRead(Part::Groups));
    }
    Ok(all)
}

fn unread_or_absent<T>(fact: &Fact<T>, part: Part) -> Instead {
    match fact {
        Fact::Absent => Instead::NotThere(part),
        Fact::Present(_) | Fact::Unknown(_) => Instead::NotRead(part),
    }
}
