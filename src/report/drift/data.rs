//! The database and the cache.

use super::groups::attached;
use super::pairs::{Pair, pairs};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{AttachedGroup, CacheNode, DatabaseInstance, GroupId, TlsMode, answers};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let mut told = databases(looks);
    told.extend(clusters(looks));
    told.extend(caches(looks));
    told
}

/// Whether the checks meant it in either look.
fn meant(looks: &Looks<'_>, of: fn(&crate::checks::Subjects) -> &Option<String>, id: &str) -> bool {
    [of(&looks.was), of(&looks.is)]
        .into_iter()
        .flatten()
        .any(|one| one == id)
}

fn databases(looks: &Looks<'_>) -> Vec<Drift> {
    let is_ours = |one: &DatabaseInstance| {
        meant(looks, |one| &one.database, &one.id)
            || one
                .cluster
                .as_deref()
                .is_some_and(|cluster| meant(looks, |one| &one.database, cluster))
    };
    let mut told = Vec::new();
    for pair in pairs(&looks.before.databases, &looks.now.databases, |one| &one.id) {
        match pair {
            Pair::Gone(one) if is_ours(one) => told.push(Drift::gone(
                Part::Database,
                &one.id,
                &one.class,
                format!("the database {} is gone", one.id),
            )),
            Pair::Both(was, is) if is_ours(is) || is_ours(was) => {
                told.extend(instance(looks, was, is));
            }
            _ => {}
        }
    }
    told
}

fn instance(looks: &Looks<'_>, was: &DatabaseInstance, is: &DatabaseInstance) -> Vec<Drift> {
    let id = &is.id;
    let part = Part::Database;
    let mut told = Vec::new();
    told.extend(state(part, id, &was.status, &is.status));
    if was.class != is.class {
        let what = format!("{id} has the class");
        told.push(Drift::changed(part, id, &what, (&was.class, &is.class)));
    }
    told.extend(switched(
        id,
        was.publicly_accessible,
        is.publicly_accessible,
        ["has a public address now", "has no public address any more"],
    ));
    if was.backup_days != is.backup_days {
        let what = format!("{id} keeps its backups for days:");
        told.push(Drift::changed(
            part,
            id,
            &what,
            (was.backup_days, is.backup_days),
        ));
    }
    told.extend(switched(
        id,
        was.encrypted,
        is.encrypted,
        ["is encrypted now", "is not encrypted any more"],
    ));
    if was.engine != is.engine {
        let what = format!("{id} runs");
        told.push(Drift::changed(part, id, &what, (&was.engine, &is.engine)));
    }
    if was.database != is.database {
        let of = |one: &DatabaseInstance| one.database.clone().unwrap_or_else(|| "none".to_owned());
        let what = format!("the initial database of {id} is");
        told.push(Drift::changed(part, id, &what, (of(was), of(is))));
    }
    let place = |one: &DatabaseInstance| {
        let group = one.subnet_group.as_ref()?;
        Some(format!("{} in {}", group.name, group.vpc))
    };
    if let (Some(before), Some(now)) = (place(was), place(is))
        && before != now
    {
        let what = format!("{id} stands in the subnet group");
        told.push(Drift::changed(part, id, &what, (before, now)));
    }
    told.extend(attached(
        looks,
        Part::DatabaseGroup,
        id,
        &ids(&was.groups),
        &ids(&is.groups),
    ));
    told
}

fn clusters(looks: &Looks<'_>) -> Vec<Drift> {
    let mut told = Vec::new();
    let found = pairs(
        &looks.before.database_clusters,
        &looks.now.database_clusters,
        |one| &one.id,
    );
    for pair in found {
        match pair {
            Pair::Gone(one) if meant(looks, |one| &one.database, &one.id) => {
                told.push(Drift::gone(
                    Part::Database,
                    &one.id,
                    &one.engine,
                    format!("the database cluster {} is gone", one.id),
                ));
            }
            Pair::Both(was, is) if meant(looks, |one| &one.database, &is.id) => {
                told.extend(state(Part::Database, &is.id, &was.status, &is.status));
                told.extend(attached(
                    looks,
                    Part::DatabaseGroup,
                    &is.id,
                    &ids(&was.groups),
                    &ids(&is.groups),
                ));
            }
            _ => {}
        }
    }
    told
}

fn caches(looks: &Looks<'_>) -> Vec<Drift> {
    let (before, now) = (looks.before, looks.now);
    let mut told = Vec::new();
    let ours = |id: &str| meant(looks, |one| &one.cache, id);
    let gone = |id: &str| {
        let say = format!("the cache {id} is gone");
        Drift::gone(Part::Cache, id, id, say)
    };
    for pair in pairs(&before.cache_nodes, &now.cache_nodes, |one| &one.id) {
        let is_ours =
            |one: &CacheNode| ours(&one.id) || one.replication_group.as_deref().is_some_and(ours);
        match pair {
            Pair::Gone(one) if is_ours(one) => told.push(gone(&one.id)),
            Pair::Both(was, is) if is_ours(is) => {
                told.extend(state(Part::Cache, &is.id, &was.status, &is.status));
                if was.class != is.class {
                    let what = format!("{} has the class", is.id);
                    let classes = (&was.class, &is.class);
                    told.push(Drift::changed(Part::Cache, &is.id, &what, classes));
                }
                if was.replication_group == is.replication_group && is.replication_group.is_none() {
                    let tls = |on: bool| if on { TlsMode::Required } else { TlsMode::Off };
                    told.extend(self::tls(&is.id, tls(was.tls), tls(is.tls)));
                }
                told.extend(attached(
                    looks,
                    Part::CacheGroup,
                    &is.id,
                    &ids(&was.groups),
                    &ids(&is.groups),
                ));
            }
            _ => {}
        }
    }
    for pair in pairs(&before.replication_groups, &now.replication_groups, |one| {
        &one.id
    }) {
        match pair {
            Pair::Gone(one) if ours(&one.id) => told.push(gone(&one.id)),
            Pair::Both(was, is) if ours(&is.id) => {
                told.extend(state(Part::Cache, &is.id, &was.status, &is.status));
                told.extend(tls(&is.id, was.tls, is.tls));
            }
            _ => {}
        }
    }
    for pair in pairs(&before.serverless_caches, &now.serverless_caches, |one| {
        &one.name
    }) {
        match pair {
            Pair::Gone(one) if ours(&one.name) => told.push(gone(&one.name)),
            Pair::Both(was, is) if ours(&is.name) => {
                let (before, now) = (was.status.to_lowercase(), is.status.to_lowercase());
                told.extend(state(Part::Cache, &is.name, &before, &now));
                told.extend(attached(
                    looks,
                    Part::CacheGroup,
                    &is.name,
                    &was.groups.iter().collect::<Vec<_>>(),
                    &is.groups.iter().collect::<Vec<_>>(),
                ));
            }
            _ => {}
        }
    }
    told
}

fn tls(id: &str, was: TlsMode, is: TlsMode) -> Option<Drift> {
    const fn words(mode: TlsMode) -> &'static str {
        match mode {
            TlsMode::Off => "no TLS",
            TlsMode::Preferred => "with or without TLS",
            TlsMode::Required => "TLS only",
        }
    }
    (was != is).then(|| {
        let what = format!("the cache {id} takes connections so:");
        Drift::changed(Part::Cache, id, &what, (words(was), words(is)))
    })
}

fn switched(id: &str, was: bool, is: bool, [on, off]: [&str; 2]) -> Option<Drift> {
    const fn word(on: bool) -> &'static str {
        if on { "yes" } else { "no" }
    }
    (was != is).then(|| {
        let say = format!("{id} {}", if is { on } else { off });
        Drift::turned(Part::Database, id, (word(was), word(is)), say)
    })
}

/// A state that AWS does not leave by itself, when it is another one. What goes on meanwhile (backing up, modifying) is
/// no change.
fn state(part: Part, id: &str, was: &str, is: &str) -> Option<Drift> {
    let settled = |status: &str| {
        let works = answers(status) || status == "available";
        if works {
            return Some("available".to_owned());
        }
        let stays = status.starts_with("incompatible-")
            || status.starts_with("inaccessible-")
            || status.ends_with("failed")
            || matches!(
                status,
                "stopped" | "stopping" | "deleting" | "storage-full" | "restore-error"
            );
        stays.then(|| status.to_owned())
    };
    let now = settled(is)?;
    let before = settled(was);
    // "creating", then "available": that is how it is built.
    let told = match &before {
        Some(before) => *before != now,
        None => now != "available",
    };
    told.then(|| Drift::changed(part, id, &format!("{id} is"), (was, is)))
}

fn ids(groups: &[AttachedGroup]) -> Vec<&GroupId> {
    groups.iter().map(|group| &group.id).collect()
}
