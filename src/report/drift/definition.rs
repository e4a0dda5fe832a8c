//! The task definition that counts: a revision never changes, but another one may have taken its place.

use super::pairs::{listed, lists, only_in};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{Container, Fact, RevisionArn, Snapshot, TaskDefinition, VolumeKind};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let mut told = Vec::new();
    if let Some((was, is)) = lists(&looks.before.revisions, &looks.now.revisions) {
        let read = |snapshot: &Snapshot, arn: &RevisionArn| {
            matches!(snapshot.definitions.get(arn), Some(Fact::Present(_)))
        };
        for arn in only_in(was, is) {
            // The list is cut somewhere: only what was looked at closely is missed.
            if read(looks.before, arn) {
                let say = format!("the revision {} is not ACTIVE any more", arn.short());
                told.push(Drift::gone(Part::Definition, arn.short(), "ACTIVE", say));
            }
        }
    }
    if let Some((was, is)) = lists(&looks.before.revisions, &looks.now.revisions)
        && let Some(newest) = is.first().filter(|newest| !was.contains(newest))
        && !was.is_empty()
    {
        let say = format!("{} was registered", newest.short());
        told.push(Drift::new(Part::Definition, newest.short(), "ACTIVE", say));
    }
    let of = |snapshot: &Snapshot, arn: &Option<RevisionArn>| {
        let arn = arn.as_ref()?;
        snapshot.definitions.get(arn)?.present().cloned()
    };
    if let (Some(was), Some(is)) = (
        of(looks.before, &looks.was.definition),
        of(looks.now, &looks.is.definition),
    ) {
        told.extend(differences(&was, &is));
    }
    told
}

fn differences(was: &TaskDefinition, is: &TaskDefinition) -> Vec<Drift> {
    let revision = is.arn.short();
    let text = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let arn = |arn: &Option<crate::account::Arn>| text(arn.as_ref().map(ToString::to_string));
    let mut pairs = vec![
        (
            "CPU".to_owned(),
            text(was.cpu.clone()),
            text(is.cpu.clone()),
        ),
        (
            "memory".to_owned(),
            text(was.memory.clone()),
            text(is.memory.clone()),
        ),
        (
            "execution role".to_owned(),
            arn(&was.execution_role),
            arn(&is.execution_role),
        ),
        (
            "task role".to_owned(),
            arn(&was.task_role),
            arn(&is.task_role),
        ),
        (
            "processor".to_owned(),
            text(was.architecture.map(|one| one.in_ecs().to_owned())),
            text(is.architecture.map(|one| one.in_ecs().to_owned())),
        ),
        (
            "set of containers".to_owned(),
            containers(was),
            containers(is),
        ),
        ("set of volumes".to_owned(), volumes(was), volumes(is)),
    ];
    for before in &was.containers {
        let Some(now) = is.containers.iter().find(|one| one.name == before.name) else {
            continue;
        };
        pairs.extend(container(before, now));
    }
    pairs
        .into_iter()
        .filter(|(_, before, now)| before != now)
        .map(|(what, before, now)| {
            let what = format!("{revision} has another {what}:");
            Drift::changed(Part::Definition, revision, &what, (before, now))
        })
        .collect()
}

fn containers(definition: &TaskDefinition) -> String {
    let names: Vec<&str> = definition
        .containers
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    listed(&names)
}

fn volumes(definition: &TaskDefinition) -> String {
    let names: Vec<String> = definition
        .volumes
        .iter()
        .map(|one| match one.kind {
            VolumeKind::Lasting => format!("{} (lasting)", one.name),
            VolumeKind::Ephemeral => one.name.clone(),
        })
        .collect();
    listed(&names)
}

fn container(was: &Container, is: &Container) -> Vec<(String, String, String)> {
    let name = &is.name;
    let ports = |one: &Container| listed(&one.ports);
    let secrets = |one: &Container| {
        let names: Vec<&str> = one.secrets.iter().map(|one| one.name.as_str()).collect();
        listed(&names)
    };
    let variables = |one: &Container| {
        let names: Vec<&str> = one
            .environment
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        listed(&names)
    };
    // Of values only the kind is known.
    let changed: Vec<&str> = is
        .environment
        .iter()
        .filter(|now| {
            was.environment
                .iter()
                .any(|before| before.name == now.name && before.class != now.class)
        })
        .map(|one| one.name.as_str())
        .collect();
    let kinds = if changed.is_empty() {
        String::new()
    } else {
        format!("another for {}", listed(&changed))
    };
    let logs = |one: &Container| {
        one.logs
            .as_ref()
            .and_then(|logs| logs.group.clone())
            .unwrap_or_else(|| "none".to_owned())
    };
    vec![
        (
            format!("image of {name}"),
            was.image.clone(),
            is.image.clone(),
        ),
        (format!("ports of {name}"), ports(was), ports(is)),
        (format!("secrets of {name}"), secrets(was), secrets(is)),
        (
            format!("variables of {name}"),
            variables(was),
            variables(is),
        ),
        (
            format!("kind of value in {name}"),
            if changed.is_empty() {
                String::new()
            } else {
                "as it was".to_owned()
            },
            kinds,
        ),
        (format!("log group of {name}"), logs(was), logs(is)),
    ]
}
