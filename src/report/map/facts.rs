//! What stands beside a part: the learner's own name for it, and how it is doing, as AWS tells it. Nothing is judged here.

use super::place::{EdgeId, NodeId};
use crate::account::{Action, Balancer, ImageReference, Listener, Region, TargetGroup, TlsMode};
use crate::checks::{FoundParts, FoundStore, Stack};

/// The words beside a node.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub name: Option<String>,
    pub facts: Vec<String>,
}

/// A node's name and state; nothing for what is not there or could not be told.
pub(super) fn of_node(node: NodeId, stack: &Stack<'_>, found: &FoundParts<'_>) -> Words {
    let words = match node {
        NodeId::Internet => found
            .endpoint
            .as_ref()
            .map(|endpoint| (endpoint.clone(), Vec::new())),
        NodeId::Balancer => found
            .balancer
            .map(|one| balancer(one, &stack.snapshot.region)),
        NodeId::TargetGroup => found.target_group.map(target_group),
        NodeId::Tasks => tasks(found),
        NodeId::Database => found.database.as_ref().map(store),
        NodeId::Cache => found.cache.as_ref().map(store),
        NodeId::Registry => registry(found),
        NodeId::Parameters => parameters(found),
        NodeId::Logs => found.log_group.map(|group| {
            let kept = match group.retention_days {
                None => "kept for ever".to_owned(),
                Some(1) => "kept for a day".to_owned(),
                Some(days) => format!("kept for {days} days"),
            };
            (group.name.clone(), vec![kept])
        }),
        NodeId::Role => found.role.map(|role| (role.name.clone(), Vec::new())),
    };
    words.map_or_else(Words::default, |(name, facts)| Words {
        name: Some(name),
        facts,
    })
}

fn balancer(balancer: &Balancer, region: &Region) -> (String, Vec<String>) {
    let mut facts = vec![balancer.state.clone()];
    facts.extend(zones(balancer, region));
    (balancer.name.clone(), facts)
}

/// `us-east-1 a, b`; in full where a zone is not named after the region.
fn zones(balancer: &Balancer, region: &Region) -> Option<String> {
    let names: Vec<&str> = balancer.zones.iter().map(|one| one.zone.as_str()).collect();
    let ends: Option<Vec<&str>> = names
        .iter()
        .map(|name| name.strip_prefix(region.as_str()))
        .collect();
    match ends {
        _ if names.is_empty() => None,
        Some(ends) => Some(format!("{region} {}", ends.join(", "))),
        None => Some(names.join(", ")),
    }
}

fn target_group(group: &TargetGroup) -> (String, Vec<String>) {
    let mut facts = Vec::new();
    if let Some(targets) = group.targets.present() {
        let staying = || targets.iter().filter(|target| !target.is_leaving());
        let healthy = staying().filter(|target| target.state == "healthy").count();
        facts.push(match staying().count() {
            0 => "no targets".to_owned(),
            all => format!("{healthy} of {all} healthy"),
        });
    }
    if let Some(path) = &group.health.path {
        facts.push(format!("asks for {path}"));
    }
    (group.name.clone(), facts)
}

/// The service; before there is one, what it is to run.
fn tasks(found: &FoundParts<'_>) -> Option<(String, Vec<String>)> {
    let revision = found.definition.map(|one| one.arn.short().to_owned());
    let Some(service) = found.service else {
        return revision.map(|revision| (revision, vec!["no service yet".to_owned()]));
    };
    let mut facts = vec![format!(
        "{} of {} running",
        service.running, service.desired
    )];
    facts.push(service.definition.short().to_owned());
    Some((service.name.clone(), facts))
}

fn store(store: &FoundStore<'_>) -> (String, Vec<String>) {
    let engine = match store.version {
        Some(version) => format!("{} {version}", store.engine),
        None => store.engine.to_owned(),
    };
    (store.id.to_owned(), vec![store.status.to_owned(), engine])
}

fn registry(found: &FoundParts<'_>) -> Option<(String, Vec<String>)> {
    let repository = found.repository?;
    let image = found
        .container
        .map(|container| ImageReference::parse(&container.image));
    let runs = image.and_then(|image| image.effective_tag().map(str::to_owned));
    let facts = runs.map(|tag| format!("image {tag}"));
    Some((repository.name.clone(), facts.into_iter().collect()))
}

/// The ends of their names, and how many there are when some are missing.
fn parameters(found: &FoundParts<'_>) -> Option<(String, Vec<String>)> {
    let there = found.parameters.len();
    let ends: Vec<&str> = found
        .parameters
        .iter()
        .map(|name| name.rsplit('/').next().unwrap_or(name))
        .collect();
    let short = found.parameters_wanted > there;
    let count = short.then(|| format!("{there} of {}", found.parameters_wanted));
    (there > 0).then(|| (ends.join(", "), count.into_iter().collect()))
}

/// The port of an edge: as it was found, else as the chapter has it.
pub(super) fn port(edge: EdgeId, stack: &Stack<'_>, found: &FoundParts<'_>) -> Option<String> {
    let of_store = |store: &Option<FoundStore<'_>>, usual: u16| match store {
        Some(store) if !store.ports.is_empty() => listed(&store.ports),
        _ => usual.to_string(),
    };
    match edge {
        EdgeId::InternetToBalancer => {
            let ports: Vec<u16> = listeners(found).iter().map(|one| one.port).collect();
            Some(match (ports.as_slice(), stack.chapter().has_domain) {
                ([], true) => "443, 80".to_owned(),
                ([], false) => "80".to_owned(),
                (ports, _) => listed(ports),
            })
        }
        EdgeId::BalancerToTargetGroup | EdgeId::TasksToRole => None,
        EdgeId::TargetGroupToTasks => {
            let service = found.service.and_then(|service| {
                let group = found.target_group?;
                let mut targets = service.target_groups.iter();
                Some(targets.find(|one| one.target_group == group.arn)?.port)
            });
            Some(service.unwrap_or(stack.chapter().port).to_string())
        }
        EdgeId::TasksToDatabase => Some(of_store(&found.database, 5432)),
        EdgeId::TasksToCache => Some(of_store(&found.cache, 6379)),
        EdgeId::TasksToRegistry | EdgeId::TasksToParameters | EdgeId::TasksToLogs => {
            Some("443".to_owned())
        }
    }
}

/// Each port once, the highest first: HTTPS before HTTP.
fn listed(ports: &[u16]) -> String {
    let mut ports = ports.to_vec();
    ports.sort_unstable_by(|one, other| other.cmp(one));
    ports.dedup();
    let words: Vec<String> = ports.iter().map(ToString::to_string).collect();
    words.join(", ")
}

/// What else is known of an edge.
pub(super) fn of_edge(edge: EdgeId, found: &FoundParts<'_>) -> Vec<String> {
    match edge {
        EdgeId::InternetToBalancer => found
            .certificate
            .map(|certificate| format!("certificate for {}", certificate.domain))
            .into_iter()
            .collect(),
        EdgeId::BalancerToTargetGroup => {
            let mut listeners: Vec<&Listener> = listeners(found).iter().collect();
            listeners.sort_by_key(|one| std::cmp::Reverse(one.port));
            listeners.into_iter().map(listener).collect()
        }
        EdgeId::TasksToCache => match found.cache.as_ref().and_then(|cache| cache.tls) {
            Some(TlsMode::Required) => vec!["TLS".to_owned()],
            Some(TlsMode::Preferred) => vec!["TLS or not".to_owned()],
            Some(TlsMode::Off) | None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What a listener does with a request that no rule takes.
fn listener(listener: &Listener) -> String {
    let does = match listener.default_actions.last() {
        Some(Action::Forward(_)) => "forwards",
        Some(Action::Redirect { .. }) => "redirects",
        Some(Action::FixedResponse { .. }) => "answers by itself",
        Some(Action::Other(_)) | None => "does something else",
    };
    format!("{} {} {does}", listener.port, listener.protocol)
}

fn listeners<'a>(found: &FoundParts<'a>) -> &'a [Listener] {
    found
        .balancer
        .and_then(|balancer| balancer.listeners.present())
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The role that this way is gone with.
pub(super) fn role(edge: EdgeId, found: &FoundParts<'_>) -> Option<String> {
    matches!(
        edge,
        EdgeId::TasksToRegistry | EdgeId::TasksToParameters | EdgeId::TasksToLogs
    )
    .then(|| found.role.map(|role| role.name.clone()))
    .flatten()
}
