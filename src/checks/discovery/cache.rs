//! The cache in any of its three shapes (node, replication group, serverless), seen as one thing.

use super::found::only_one;
use super::{Found, Gap, Kind, definition, list, vpc};
use crate::account::{
    CacheNode, GroupId, HostPort, ReplicationGroup, ServerlessCache, SubnetGroup, SubnetId,
    TlsMode, VpcId, Why,
};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use std::collections::BTreeSet;

pub(in crate::checks) const CACHE: Kind = Kind {
    one: "cache",
    many: "caches",
    key: "cache.id",
    wanted_by: CheckId("redis.available"),
};

/// A cache, whichever way it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum CacheView<'a> {
    Node(&'a CacheNode),
    ReplicationGroup(&'a ReplicationGroup),
    Serverless(&'a ServerlessCache),
}

/// The chapter's cache: the one that the service's environment names, else by name in any shape, else the only Redis or Valkey in the chapter's VPC.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<CacheView<'a>> {
    let nodes = nodes(stack);
    let groups = list(&stack.snapshot.replication_groups, "the replication groups");
    let serverless = list(&stack.snapshot.serverless_caches, "the serverless caches");
    if let Some(found) = of_service(stack, &nodes, &groups, &serverless) {
        return Ok((found, FoundBy::Relation));
    }
    let name = stack.chapter().cache.id.as_str();
    let named = |id: &str| id.eq_ignore_ascii_case(name);

    if let Some(group) = find_in(&groups, |group| named(&group.id)) {
        return Ok((CacheView::ReplicationGroup(group), FoundBy::Name));
    }
    if let Some(cache) = find_in(&serverless, |cache| named(&cache.name)) {
        return Ok((CacheView::Serverless(cache), FoundBy::Name));
    }
    if let Some(node) = find_in(&nodes, |node| named(&node.id)) {
        let Some(of) = &node.replication_group else {
            return Ok((CacheView::Node(node), FoundBy::Name));
        };
        if let Some(group) = groups.clone()?.iter().find(|group| group.id == *of) {
            return Ok((CacheView::ReplicationGroup(group), FoundBy::Name));
        }
    }
    let candidates = all(nodes?, groups?, serverless?)
        .filter(|one| one.speaks_redis() && !one.is("deleting"))
        .collect();
    in_chapter_vpc(stack, candidates)
}

/// The one whose host the running definition names, when it names just one.
fn of_service<'a>(
    stack: &Stack<'a>,
    nodes: &Result<&'a [CacheNode], Gap>,
    groups: &Result<&'a [ReplicationGroup], Gap>,
    serverless: &Result<&'a [ServerlessCache], Gap>,
) -> Option<CacheView<'a>> {
    let hosts = definition::connects_to(stack);
    let read = (nodes.as_ref(), groups.as_ref(), serverless.as_ref());
    let (Ok(nodes), Ok(groups), Ok(serverless)) = read else {
        return None;
    };
    let mut named = all(nodes, groups, serverless).filter(|one| {
        one.host()
            .is_some_and(|host| hosts.iter().any(|known| known.eq_ignore_ascii_case(host)))
    });
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The cache with that id, whatever it is.
pub(super) fn by_id<'a>(stack: &Stack<'a>, id: &str) -> Option<CacheView<'a>> {
    let seen = stack.snapshot;
    let nodes = seen.cache_nodes.present()?;
    let groups = seen.replication_groups.present()?;
    let serverless = seen.serverless_caches.present()?;
    all(nodes, groups, serverless).find(|one| one.id() == id)
}

fn all<'a>(
    nodes: &'a [CacheNode],
    groups: &'a [ReplicationGroup],
    serverless: &'a [ServerlessCache],
) -> impl Iterator<Item = CacheView<'a>> {
    nodes
        .iter()
        .filter(|node| node.replication_group.is_none())
        .map(CacheView::Node)
        .chain(groups.iter().map(CacheView::ReplicationGroup))
        .chain(serverless.iter().map(CacheView::Serverless))
}

/// The cache, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(CacheView<'a>, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&CACHE))
}

fn nodes<'a>(stack: &Stack<'a>) -> Result<&'a [CacheNode], Gap> {
    list(&stack.snapshot.cache_nodes, "the cache nodes")
}

fn find_in<'a, T>(read: &Result<&'a [T], Gap>, wanted: impl Fn(&T) -> bool) -> Option<&'a T> {
    read.as_ref().ok()?.iter().find(|one| wanted(one))
}

fn in_chapter_vpc<'a>(stack: &Stack<'a>, candidates: Vec<CacheView<'a>>) -> Found<CacheView<'a>> {
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
    only_one(stack, &CACHE, here, |one| one.id().to_owned())
}

impl<'a> CacheView<'a> {
    pub fn id(&self) -> &'a str {
        match self {
            CacheView::Node(node) => &node.id,
            CacheView::ReplicationGroup(group) => &group.id,
            CacheView::Serverless(cache) => &cache.name,
        }
    }

    /// As AWS writes it; replication groups that do not say are Redis or Valkey by nature.
    pub fn engine(&self) -> &'a str {
        match self {
            CacheView::Node(node) => &node.engine,
            CacheView::ReplicationGroup(group) => group.engine.as_deref().unwrap_or("redis"),
            CacheView::Serverless(cache) => &cache.engine,
        }
    }

    /// Redis or Valkey.
    pub fn speaks_redis(&self) -> bool {
        let engine = self.engine();
        engine.eq_ignore_ascii_case("redis") || engine.eq_ignore_ascii_case("valkey")
    }

    /// As AWS writes it, which for serverless caches may be in capitals: compare with [`CacheView::is`].
    pub fn status(&self) -> &'a str {
        match self {
            CacheView::Node(node) => &node.status,
            CacheView::ReplicationGroup(group) => &group.status,
            CacheView::Serverless(cache) => &cache.status,
        }
    }

    /// Whether it is in that state, in capitals or not.
    pub fn is(&self, status: &str) -> bool {
        self.status().eq_ignore_ascii_case(status)
    }

    /// "node", "replication group", "serverless cache".
    pub fn shape(&self) -> &'static str {
        match self {
            CacheView::Node(_) => "node",
            CacheView::ReplicationGroup(_) => "replication group",
            CacheView::Serverless(_) => "serverless cache",
        }
    }

    /// The operation its facts come from.
    pub fn api(&self) -> &'static str {
        match self {
            CacheView::Node(_) => "elasticache:DescribeCacheClusters",
            CacheView::ReplicationGroup(_) => "elasticache:DescribeReplicationGroups",
            CacheView::Serverless(_) => "elasticache:DescribeServerlessCaches",
        }
    }

    /// Where clients connect to; missing while it is being created.
    pub fn endpoint(&self) -> Option<&'a HostPort> {
        match self {
            CacheView::Node(node) => node.endpoint.as_ref(),
            CacheView::ReplicationGroup(group) => group.endpoint.as_ref(),
            CacheView::Serverless(cache) => cache.endpoint.as_ref(),
        }
    }

    /// Whether clients may, or must, speak TLS.
    pub fn tls(&self) -> TlsMode {
        match self {
            CacheView::Node(node) if node.tls => TlsMode::Required,
            CacheView::Node(_) => TlsMode::Off,
            CacheView::ReplicationGroup(group) => group.tls,
            CacheView::Serverless(_) => TlsMode::Required,
        }
    }

    /// The ports that have to be open: 6379 until it has an endpoint; serverless caches need 6380 (reads) too.
    pub fn ports(&self) -> Vec<u16> {
        match self {
            CacheView::Serverless(_) => vec![6379, 6380],
            CacheView::Node(_) | CacheView::ReplicationGroup(_) => {
                vec![self.endpoint().map_or(6379, |endpoint| endpoint.port)]
            }
        }
    }

    /// The name to connect to, once it has one.
    pub fn host(&self) -> Option<&'a str> {
        self.endpoint().map(|endpoint| endpoint.host.as_str())
    }

    /// Whether AWS is still putting groups on it or taking them off.
    pub fn groups_change(&self, stack: &Stack<'a>) -> Result<bool, Gap> {
        let moving = |node: &CacheNode| node.groups.iter().any(|group| !group.active);
        Ok(match self {
            CacheView::Serverless(_) => false,
            CacheView::Node(node) => moving(node),
            CacheView::ReplicationGroup(group) => members(stack, group)?.any(moving),
        })
    }

    /// Whether it is still being made: then members and groups may not be listed yet.
    pub fn is_being_made(&self) -> bool {
        self.is("creating")
    }

    /// The groups in force on it, none while AWS is still putting them on it. A replication group has none of its own: its
    /// members carry them.
    pub fn groups(&self, stack: &Stack<'a>) -> Result<Vec<&'a GroupId>, Gap> {
        let groups: BTreeSet<&'a GroupId> = match self {
            CacheView::Serverless(cache) => cache.groups.iter().collect(),
            CacheView::Node(node) => in_force(node).collect(),
            CacheView::ReplicationGroup(group) => {
                members(stack, group)?.flat_map(in_force).collect()
            }
        };
        if groups.is_empty() && !self.is_being_made() && !self.groups_change(stack)? {
            return Err(Gap::CannotTell {
                why: Why::Other {
                    say: "AWS names no group on it".to_owned(),
                },
                what: "which security groups are on the cache",
            });
        }
        Ok(groups.into_iter().collect())
    }

    /// The VPC it lies in; `None` when AWS does not say.
    pub fn vpc(&self, stack: &Stack<'a>) -> Result<Option<VpcId>, Gap> {
        match self {
            CacheView::Serverless(cache) => vpc::of_subnets(stack, &cache.subnets),
            _ => {
                let vpc = self.subnet_group(stack)?.map(|group| group.vpc.clone());
                Ok(vpc.filter(|vpc| !vpc.as_str().is_empty()))
            }
        }
    }

    /// The subnets it may lie in; none when AWS does not say.
    pub fn subnets(&self, stack: &Stack<'a>) -> Result<Vec<SubnetId>, Gap> {
        if let CacheView::Serverless(cache) = self {
            return Ok(cache.subnets.clone());
        }
        let group = self.subnet_group(stack)?;
        Ok(group
            .map(|group| {
                group
                    .subnets
                    .iter()
                    .map(|subnet| subnet.id.clone())
                    .collect()
            })
            .unwrap_or_default())
    }

    /// A node's own subnet group, a replication group's by its members.
    fn subnet_group(&self, stack: &Stack<'a>) -> Result<Option<&'a SubnetGroup>, Gap> {
        let name = match self {
            CacheView::Serverless(_) => None,
            CacheView::Node(node) => node.subnet_group.as_ref(),
            CacheView::ReplicationGroup(group) => {
                members(stack, group)?.find_map(|node| node.subnet_group.as_ref())
            }
        };
        let Some(name) = name else {
            return Ok(None);
        };
        let groups = list(
            &stack.snapshot.cache_subnet_groups,
            "the cache subnet groups",
        )?;
        Ok(groups.iter().find(|group| group.name == *name))
    }
}

fn in_force(node: &CacheNode) -> impl Iterator<Item = &GroupId> {
    node.groups
        .iter()
        .filter(|group| group.active)
        .map(|group| &group.id)
}

fn members<'a>(
    stack: &Stack<'a>,
    group: &'a ReplicationGroup,
) -> Result<impl Iterator<Item = &'a CacheNode>, Gap> {
    Ok(nodes(stack)?.iter().filter(|node| {
        node.replication_group.as_deref() == Some(group.id.as_str())
            || group.members.contains(&node.id)
    }))
}
