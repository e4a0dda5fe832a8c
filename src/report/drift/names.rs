//! What the tasks need by name: images, parameters, log groups, roles.

use super::pairs::{Pair, lists, only_in, pairs, side_by_side, single};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{Digest, Fact, Image, ParameterKind, Role, Snapshot, TaskDefinition};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn registry(looks: &Looks<'_>) -> Vec<Drift> {
    let mut told = Vec::new();
    for (name, before) in &looks.before.repositories {
        let Some(now) = looks.now.repositories.get(name) else {
            continue;
        };
        if let Some(Pair::Gone(_)) = single(&before.repository, &now.repository) {
            let say = format!("the repository {name} is gone");
            told.push(Drift::gone(Part::Registry, name, name, say));
            continue;
        }
        let Some((was, is)) = lists(&before.images, &now.images) else {
            continue;
        };
        let is = tags(is);
        for (tag, digest) in tags(was) {
            match is.get(tag) {
                None => told.push(Drift::gone(
                    Part::Registry,
                    name,
                    tag,
                    format!("the tag {tag} is gone from {name}"),
                )),
                Some(other) if *other != digest => told.push(Drift::changed(
                    Part::Registry,
                    name,
                    &format!("{name}:{tag} is another image:"),
                    (short(digest), short(other)),
                )),
                Some(_) => {}
            }
        }
    }
    told
}

fn tags(images: &[Image]) -> BTreeMap<&str, &Digest> {
    images
        .iter()
        .flat_map(|image| image.tags.iter().map(|tag| (tag.as_str(), &image.digest)))
        .collect()
}

/// `sha256:0123456789ab`, enough to tell two apart.
pub(super) fn short(digest: &Digest) -> String {
    digest.as_str().chars().take(19).collect()
}

/// The chapter's own and those that a definition names.
pub(super) fn parameters(looks: &Looks<'_>) -> Vec<Drift> {
    let names = &looks.now.chapter.parameters;
    let mut meant = BTreeSet::from([names.database_url.as_str(), names.redis_url.as_str()]);
    for snapshot in [looks.before, looks.now] {
        for secret in definitions(snapshot).flat_map(|one| &one.containers) {
            // An ARN ends in the parameter's name, with or without its slash.
            meant.extend(secret.all_secrets().map(|one| one.value_from.as_str()));
        }
    }
    let is_meant = |name: &str| {
        let path = name.trim_start_matches('/');
        meant.iter().any(|one| {
            *one == name
                || one
                    .strip_suffix(path)
                    .is_some_and(|rest| rest.ends_with(":parameter/") || rest == "/")
        })
    };
    let mut told = Vec::new();
    let part = Part::Parameters;
    for pair in pairs(&looks.before.parameters, &looks.now.parameters, |one| {
        &one.name
    }) {
        match pair {
            Pair::Gone(one) if is_meant(&one.name) => told.push(Drift::gone(
                part,
                &one.name,
                kind(one.kind),
                format!("the parameter {} is gone", one.name),
            )),
            Pair::Both(was, is) if is_meant(&is.name) => {
                let name = &is.name;
                if was.kind != is.kind {
                    let what = format!("the parameter {name} is a");
                    let kinds = (kind(was.kind), kind(is.kind));
                    told.push(Drift::changed(part, name, &what, kinds));
                }
                if let (Some(was), Some(is)) = (was.version, is.version)
                    && was != is
                {
                    let what = format!("the parameter {name} has another value: version");
                    told.push(Drift::changed(part, name, &what, (was, is)));
                }
            }
            _ => {}
        }
    }
    told
}

const fn kind(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::SecureString => "SecureString",
        ParameterKind::String => "String",
        ParameterKind::StringList => "StringList",
    }
}

fn definitions(snapshot: &Snapshot) -> impl Iterator<Item = &TaskDefinition> {
    snapshot.definitions.values().filter_map(Fact::present)
}

pub(super) fn log_groups(looks: &Looks<'_>) -> Vec<Drift> {
    pairs(&looks.before.log_groups, &looks.now.log_groups, |one| {
        &one.name
    })
    .into_iter()
    .filter_map(|pair| match pair {
        Pair::Gone(one) => Some(Drift::gone(
            Part::LogGroup,
            &one.name,
            &one.name,
            format!("the log group {} is gone", one.name),
        )),
        _ => None,
    })
    .collect()
}

pub(super) fn roles(looks: &Looks<'_>) -> Vec<Drift> {
    let mut told = Vec::new();
    for (asked, before) in &looks.before.roles {
        let Some(now) = looks.now.roles.get(asked) else {
            continue;
        };
        match single(before, now) {
            Some(Pair::Gone(role)) => told.push(Drift::gone(
                Part::Role,
                &role.name,
                &role.name,
                format!("the role {} is gone", role.name),
            )),
            Some(Pair::Both(was, is)) => told.extend(role(was, is)),
            _ => {}
        }
    }
    // A role may be asked for by its name and by its ARN.
    let mut seen = Vec::new();
    told.retain(|one| {
        let first = !seen.contains(&one.say);
        seen.push(one.say.clone());
        first
    });
    told
}

fn role(was: &Role, is: &Role) -> Vec<Drift> {
    let name = &is.name;
    let mut told = Vec::new();
    if was.trust != is.trust {
        told.push(Drift::turned(
            Part::Role,
            name,
            ("one policy", "another policy"),
            format!("the role {name} trusts others than before"),
        ));
    }
    if was.boundary != is.boundary {
        let of = |role: &Role| {
            role.boundary
                .as_ref()
                .map_or_else(|| "none".to_owned(), ToString::to_string)
        };
        let what = format!("the permissions boundary of {name} is");
        told.push(Drift::changed(Part::Role, name, &what, (of(was), of(is))));
    }
    let Some((before, now)) = lists(&was.policies, &is.policies) else {
        return told;
    };
    for pair in side_by_side(before, now, |one| &one.name) {
        match pair {
            Pair::Gone(one) => told.push(Drift::gone(
                Part::Role,
                name,
                &one.name,
                format!("the policy {} is gone from the role {name}", one.name),
            )),
            Pair::New(one) => told.push(Drift::new(
                Part::Role,
                name,
                &one.name,
                format!("the role {name} has a new policy: {}", one.name),
            )),
            Pair::Both(before, now) => {
                if let Some(Pair::Both(was, is)) = single(&before.document, &now.document)
                    && !(only_in(&was.statements, &is.statements).is_empty()
                        && only_in(&is.statements, &was.statements).is_empty())
                {
                    told.push(Drift::turned(
                        Part::Role,
                        name,
                        ("one text", "another text"),
                        format!("the policy {} of the role {name} was changed", now.name),
                    ));
                }
            }
        }
    }
    told
}
