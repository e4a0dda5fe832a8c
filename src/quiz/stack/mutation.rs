//! One known fault, put into a copy of a look at a good stack.

use super::definition_page::{app_container, is_image};
use super::part::{self, Database};
use crate::account::{
    Container, Fact, GroupId, GroupRule, HostClass, ImageReference, Peer, Protocol, RevisionArn,
    Scheme, SecretKind, SecretReference, Snapshot, UrlClass, ValueClass, ValueFrom, Variable,
};
use crate::checks::subjects;
use crate::course::Mutation;
use ipnet::{IpNet, Ipv4Net};

/// The check that fails once the fault is in.
pub const fn check_of(mutation: Mutation) -> &'static str {
    match mutation {
        Mutation::PinLatest => "taskdef.pinned-image",
        Mutation::SecretInEnvironment => "taskdef.no-secrets-in-environment",
        Mutation::OpenSource => "rds.sg-source",
        Mutation::NoGrace => "ecs.grace-period",
        Mutation::SharedGroup => "sg.tiers-exist",
        Mutation::WrongHealthPath => "tg.health-path",
    }
}

/// What faults would be put into, in the stack as it was built: a page always shows these, however long its lists are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Target {
    /// The container whose secret would be moved.
    pub container: Option<usize>,
    /// The name of that secret.
    pub variable: Option<String>,
    /// The rule that would be opened, by its group and place.
    pub rule: Option<(GroupId, usize)>,
}

impl Target {
    /// Of a stack without these faults.
    pub fn of(snapshot: &Snapshot) -> Self {
        let secret = movable_secret(snapshot);
        Target {
            container: secret.as_ref().map(|(_, container, _)| *container),
            variable: secret.map(|(_, _, secret)| secret.name.clone()),
            rule: narrow_rule(snapshot),
        }
    }
}

/// A copy of the look with that fault put in. `None` where there is nothing to put it into: the part is missing, could not be
/// read, or is faulty in this way already.
pub fn mutated(snapshot: &Snapshot, mutation: Mutation) -> Option<Snapshot> {
    let mut copy = snapshot.clone();
    match mutation {
        Mutation::PinLatest => pin_latest(snapshot, &mut copy),
        Mutation::SecretInEnvironment => move_secret(snapshot, &mut copy),
        Mutation::OpenSource => open_source(snapshot, &mut copy),
        Mutation::NoGrace => no_grace(snapshot, &mut copy),
        Mutation::SharedGroup => share_group(snapshot, &mut copy),
        Mutation::WrongHealthPath => wrong_health_path(snapshot, &mut copy),
    }?;
    Some(copy)
}

fn pin_latest(snapshot: &Snapshot, copy: &mut Snapshot) -> Option<()> {
    let definition = part::definition(snapshot).ok()?;
    let at = app_container(&snapshot.chapter, definition)?;
    let image = &definition.containers.get(at)?.image;
    let parsed = ImageReference::parse(image);
    if parsed.follows_latest() || !is_image(&parsed) {
        return None;
    }
    container_in(copy, &definition.arn, at)?.image = latest(image);
    Some(())
}

/// The same image, whatever it was pinned to. A colon before the last slash belongs to the registry's port.
fn latest(image: &str) -> String {
    let name = image.split('@').next().unwrap_or(image).trim();
    let slash = name.rfind('/').map_or(0, |at| at + 1);
    let end = name[slash..].find(':').map_or(name.len(), |at| slash + at);
    format!("{}:latest", &name[..end])
}

/// The database's address leaves `secrets`, with its password, for `environment`.
fn move_secret(snapshot: &Snapshot, copy: &mut Snapshot) -> Option<()> {
    let (revision, at, secret) = movable_secret(snapshot)?;
    let name = secret.name.clone();
    let class = class_in_the_open(snapshot, secret);
    let container = container_in(copy, revision, at)?;
    if container.environment.iter().any(|one| one.name == name) {
        return None;
    }
    let place = container.secrets.iter().position(|one| one.name == name)?;
    container.secrets.remove(place);
    container.environment.push(Variable {
        name,
        class,
        same_as_file: None,
    });
    Some(())
}

/// The secret that holds the database's address; else one whose name says so; else the first of the app.
fn movable_secret(snapshot: &Snapshot) -> Option<(&RevisionArn, usize, &SecretReference)> {
    let definition = part::definition(snapshot).ok()?;
    let all = || {
        let containers = definition.containers.iter().enumerate();
        containers.flat_map(|(at, one)| one.secrets.iter().map(move |secret| (at, secret)))
    };
    let app = app_container(&snapshot.chapter, definition);
    all()
        .find(|(_, secret)| is_database_url(snapshot, secret))
        .or_else(|| all().find(|(_, secret)| secret.name.to_ascii_uppercase().contains("DATABASE")))
        .or_else(|| all().find(|(at, _)| Some(*at) == app))
        .map(|(at, secret)| (&definition.arn, at, secret))
}

fn is_database_url(snapshot: &Snapshot, secret: &SecretReference) -> bool {
    ValueFrom::parse(&secret.value_from).means(&snapshot.chapter.parameters.database_url)
}

/// What stands in `environment` then: what kind of value, as ever.
fn class_in_the_open(snapshot: &Snapshot, secret: &SecretReference) -> ValueClass {
    let name = secret.name.to_ascii_uppercase();
    if is_database_url(snapshot, secret) || name.contains("DATABASE") || name.ends_with("_URL") {
        ValueClass::Url(UrlClass {
            scheme: Scheme::Postgres,
            port: None,
            has_password: true,
            host: HostClass::Database,
            names_database: Some(true),
        })
    } else {
        ValueClass::SecretShaped(SecretKind::RandomText)
    }
}

/// The first rule that admits the tasks to the database.
fn narrow_rule(snapshot: &Snapshot) -> Option<(GroupId, usize)> {
    let found = subjects(snapshot);
    let port = part::database(snapshot).ok()?.port();
    let groups = snapshot.network.groups.present()?;
    found.database_groups.iter().find_map(|id| {
        let group = groups.iter().find(|group| group.id == *id)?;
        let at = group.inbound.iter().position(|rule| {
            let of_tasks =
                matches!(&rule.peer, Peer::Group { id, .. } if found.task_groups.contains(id));
            of_tasks && admits(rule, port)
        })?;
        Some((id.clone(), at))
    })
}

/// Whether the rule lets packets to that port through.
pub(super) fn admits(rule: &GroupRule, port: u16) -> bool {
    let ports = rule
        .ports
        .is_none_or(|(first, last)| (first..=last).contains(&port));
    match rule.protocol {
        Protocol::All => true,
        Protocol::Tcp => ports,
        Protocol::Udp | Protocol::Icmp | Protocol::Other(_) => false,
    }
}

fn open_source(snapshot: &Snapshot, copy: &mut Snapshot) -> Option<()> {
    let (id, at) = narrow_rule(snapshot)?;
    let Fact::Present(groups) = &mut copy.network.groups else {
        return None;
    };
    let group = groups.iter_mut().find(|group| group.id == id)?;
    group.inbound.get_mut(at)?.peer = Peer::Range(IpNet::V4(Ipv4Net::default()));
    Some(())
}

fn no_grace(snapshot: &Snapshot, copy: &mut Snapshot) -> Option<()> {
    part::service(snapshot).ok()?;
    let Fact::Present(service) = &mut copy.service else {
        return None;
    };
    (service.grace_seconds > 0).then(|| service.grace_seconds = 0)
}

/// The tasks and the database get the balancer's group beside their own, as people do to make something work: everything goes
/// on working.
fn share_group(snapshot: &Snapshot, copy: &mut Snapshot) -> Option<()> {
    let wearers = part::wearers(snapshot).ok()?;
    let shared = wearers.first()?.groups.first()?;
    if wearers[1..]
        .iter()
        .any(|wearer| wearer.groups.contains(shared))
    {
        return None;
    }
    let database = part::database(snapshot).ok()?;
    let mut attached = database.groups().to_vec();
    attached.push(crate::account::AttachedGroup {
        id: shared.clone(),
        active: true,
    });
    match (database, &mut copy.databases, &mut copy.database_clusters) {
        (Database::Instance(one), Fact::Present(all), _) => {
            all.iter_mut().find(|other| other.id == one.id)?.groups = attached;
        }
        (Database::Cluster(one), _, Fact::Present(all)) => {
            all.iter_mut().find(|other| other.id == one.id)?.groups = attached;
        }
        _ => return None,
    }
    let Fact::Present(service) = &mut copy.service else {
        return None;
    };
    // Without a group of its own it has the VPC's default one, which a list of others would take away.
    if service.groups.is_empty() {
        return None;
    }
    service.groups.push(shared.clone());
    Some(())
}

/// A page that the app does not have: the one that AWS asks for by default, unless that is right.
fn wrong_health_path(snapshot: &Snapshot, copy: &mut Snapshot) -> Option<()> {
    let group = part::target_group(snapshot).ok()?;
    let asked = group.health.path.as_deref()?;
    let right = snapshot.chapter.health_path.as_str();
    let wrong = ["/", "/status"]
        .into_iter()
        .find(|path| *path != right && *path != asked)?;
    let Fact::Present(groups) = &mut copy.target_groups else {
        return None;
    };
    let copied = groups.iter_mut().find(|other| other.arn == group.arn)?;
    copied.health.path = Some(wrong.to_owned());
    Some(())
}

fn container_in<'s>(
    snapshot: &'s mut Snapshot,
    revision: &RevisionArn,
    at: usize,
) -> Option<&'s mut Container> {
    match snapshot.definitions.get_mut(revision)? {
        Fact::Present(definition) => definition.containers.get_mut(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::latest;

    #[test]
    fn latest_takes_the_place_of_tag_and_digest() {
        for (image, wanted) in [
            ("a.b:5000/x/api:v1.0.0", "a.b:5000/x/api:latest"),
            ("api@sha256:aa", "api:latest"),
            ("x/api:v1@sha256:aa", "x/api:latest"),
            ("localhost:5000/api", "localhost:5000/api:latest"),
        ] {
            assert_eq!(latest(image), wanted);
        }
    }
}
