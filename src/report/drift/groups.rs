//! The rules of the four tiers' security groups, and which groups hang on what.

use super::pairs::{Pair, only_in, pairs};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{GroupId, GroupRule, Peer, Protocol, SecurityGroup, Snapshot};
use std::collections::BTreeSet;

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let before = &looks.before.network.groups;
    let now = &looks.now.network.groups;
    let mut told = Vec::new();
    for pair in pairs(before, now, |group| &group.id) {
        let (Pair::Gone(group) | Pair::New(group) | Pair::Both(group, _)) = pair;
        let Some(part) = tier_of(looks, group) else {
            continue;
        };
        match pair {
            Pair::Gone(group) => told.push(Drift::gone(
                part,
                &group.id,
                &group.name,
                format!("the security group {} is gone", titled(looks, group)),
            )),
            Pair::Both(was, is) => {
                told.extend(rules(looks, part, is, Way::In, &was.inbound, &is.inbound));
                told.extend(rules(
                    looks,
                    part,
                    is,
                    Way::Out,
                    &was.outbound,
                    &is.outbound,
                ));
            }
            // Its rules are part of its making.
            Pair::New(_) => {}
        }
    }
    told
}

/// Which tier a group stands for, by what the checks found in either look, else by its name.
fn tier_of(looks: &Looks<'_>, group: &SecurityGroup) -> Option<Part> {
    let held = |of: fn(&crate::checks::Subjects) -> &Vec<GroupId>| {
        of(&looks.was).contains(&group.id) || of(&looks.is).contains(&group.id)
    };
    let names = &looks.now.chapter.groups;
    let named = |name: &str| group.name.eq_ignore_ascii_case(name);
    if held(|one| &one.database_groups) || named(&names.database) {
        Some(Part::DatabaseGroup)
    } else if held(|one| &one.cache_groups) || named(&names.cache) {
        Some(Part::CacheGroup)
    } else if held(|one| &one.task_groups) || named(&names.tasks) {
        Some(Part::TaskGroup)
    } else if held(|one| &one.balancer_groups) || named(&names.alb) {
        Some(Part::BalancerGroup)
    } else {
        None
    }
}

#[derive(Clone, Copy)]
enum Way {
    In,
    Out,
}

fn rules(
    looks: &Looks<'_>,
    part: Part,
    group: &SecurityGroup,
    way: Way,
    before: &[GroupRule],
    now: &[GroupRule],
) -> Vec<Drift> {
    let name = titled(looks, group);
    let (kind, preposition) = match way {
        Way::In => ("inbound", "from"),
        Way::Out => ("outbound", "to"),
    };
    let words = |rule: &GroupRule| {
        let peer = peer(looks, &rule.peer);
        format!("{} {preposition} {peer}", traffic(rule))
    };
    // Two rules that say the same (an account named or not) are one.
    let said = |rules: &[GroupRule]| rules.iter().map(words).collect::<Vec<_>>();
    let (was, is) = (said(before), said(now));
    let gone: BTreeSet<&String> = only_in(&was, &is).into_iter().collect();
    let new: BTreeSet<&String> = only_in(&is, &was).into_iter().collect();
    let gone = gone.into_iter().map(|rule| {
        let say = format!("the {kind} rule for {rule} is gone from {name}");
        Drift::gone(part, &group.id, rule, say)
    });
    let new = new.into_iter().map(|rule| {
        let say = format!("{name} has a new {kind} rule: {rule}");
        Drift::new(part, &group.id, rule, say)
    });
    gone.chain(new).collect()
}

/// `port 5432`, `ports 8000-8010`, `udp port 53`, `all traffic`.
fn traffic(rule: &GroupRule) -> String {
    let protocol = match &rule.protocol {
        Protocol::All => return "all traffic".to_owned(),
        Protocol::Icmp => return "ICMP".to_owned(),
        Protocol::Tcp => "",
        Protocol::Udp => "udp ",
        Protocol::Other(name) => return format!("protocol {name}"),
    };
    match rule.ports {
        None => format!("{protocol}all ports"),
        Some((first, last)) if first == last => format!("{protocol}port {first}"),
        Some((first, last)) => format!("{protocol}ports {first}-{last}"),
    }
}

fn peer(looks: &Looks<'_>, peer: &Peer) -> String {
    match peer {
        Peer::Range(range) if range.prefix_len() == 0 => format!("anywhere ({range})"),
        Peer::Range(range) => range.to_string(),
        Peer::PrefixList(id) => format!("the prefix list {id}"),
        Peer::Group { id, .. } => name_of(looks.now, id)
            .or_else(|| name_of(looks.before, id))
            .unwrap_or_else(|| id.to_string()),
    }
}

fn name_of(snapshot: &Snapshot, id: &GroupId) -> Option<String> {
    let groups = snapshot.network.groups.present()?;
    groups
        .iter()
        .find(|group| group.id == *id)
        .map(|group| group.name.clone())
}

/// `news-rds-sg`; with its id where another one has that name too.
fn titled(looks: &Looks<'_>, group: &SecurityGroup) -> String {
    let groups = looks.now.network.groups.present();
    let alike = groups
        .into_iter()
        .flatten()
        .filter(|other| other.name == group.name && other.id != group.id);
    if alike.count() == 0 {
        return group.name.clone();
    }
    format!("{} ({})", group.name, group.id)
}

/// The groups that hang on something, when they are not the same ones.
pub(super) fn attached(
    looks: &Looks<'_>,
    part: Part,
    resource: &str,
    before: &[&GroupId],
    now: &[&GroupId],
) -> Option<Drift> {
    let same = before.len() == now.len() && before.iter().all(|id| now.contains(id));
    if same {
        return None;
    }
    let names = |ids: &[&GroupId]| {
        let names: Vec<String> = ids
            .iter()
            .map(|id| {
                name_of(looks.now, id)
                    .or_else(|| name_of(looks.before, id))
                    .unwrap_or_else(|| id.to_string())
            })
            .collect();
        super::pairs::listed(&names)
    };
    Some(Drift::changed(
        part,
        resource,
        &format!("the security groups on {resource} are"),
        (names(before), names(now)),
    ))
}
