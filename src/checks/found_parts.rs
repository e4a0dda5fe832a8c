//! The parts of the stack that are there, found in the same way as the checks find them: a picture then names what is
//! judged. What does not exist, or could not be told, is left out.

use super::container;
use super::discovery::{
    balancer, cache, certificate, database, definition, repository, role, service, target_group,
};
use super::found_values::known_endpoint;
use super::stack::Stack;
use crate::account::*;
use std::collections::BTreeSet;

/// What there is of the chapter's stack.
#[derive(Debug, Default)]
pub struct FoundParts<'a> {
    /// Where the learner's API answers: `https://api.example.com`.
    pub endpoint: Option<String>,
    /// The most useful certificate for the learner's host; none without a domain.
    pub certificate: Option<&'a Certificate>,
    pub balancer: Option<&'a Balancer>,
    pub target_group: Option<&'a TargetGroup>,
    pub service: Option<&'a Service>,
    pub definition: Option<&'a TaskDefinition>,
    /// The app's own container in that definition.
    pub container: Option<&'a Container>,
    pub database: Option<FoundStore<'a>>,
    pub cache: Option<FoundStore<'a>>,
    pub repository: Option<&'a Repository>,
    /// Names of the parameters and secrets that exist, of those that the tasks are to get.
    pub parameters: Vec<&'a str>,
    /// How many that are to be.
    pub parameters_wanted: usize,
    pub log_group: Option<&'a LogGroup>,
    /// The execution role.
    pub role: Option<&'a Role>,
}

/// A database or a cache, whatever its shape.
#[derive(Debug)]
pub struct FoundStore<'a> {
    pub id: &'a str,
    pub engine: &'a str,
    /// Not every shape of cache tells it.
    pub version: Option<&'a str>,
    pub status: &'a str,
    pub ports: Vec<u16>,
    /// How a cache wants to be spoken to; `None` for a database.
    pub tls: Option<TlsMode>,
}

/// Looks for every part.
pub fn found_parts<'a>(stack: &Stack<'a>) -> FoundParts<'a> {
    let definition = definition::find(stack).ok().map(|(found, _)| found);
    let container = definition.and_then(|definition| container::of_app(stack, definition));
    let certificate = stack
        .chapter()
        .has_domain
        .then(|| certificate::covering(stack).ok())
        .flatten()
        .and_then(|covering| covering.first().copied());
    let (parameters, parameters_wanted) = parameters(stack, container);
    FoundParts {
        endpoint: known_endpoint(stack),
        certificate,
        balancer: balancer::find(stack).ok().map(|(found, _)| found),
        target_group: target_group::find(stack).ok().map(|(found, _)| found),
        service: service::find(stack).ok().map(|(found, _)| found),
        definition,
        container,
        database: database::find(stack).ok().map(|(found, _)| FoundStore {
            id: found.id(),
            engine: found.engine(),
            version: Some(found.engine_version()).filter(|version| !version.is_empty()),
            status: found.status(),
            ports: vec![found.port()],
            tls: None,
        }),
        cache: cache::find(stack).ok().map(|(found, _)| FoundStore {
            id: found.id(),
            engine: found.engine(),
            version: None,
            status: found.status(),
            ports: found.ports(),
            tls: Some(found.tls()),
        }),
        repository: repository::find(stack).ok().map(|(found, _)| found),
        parameters,
        parameters_wanted,
        log_group: log_group(stack, container),
        role: role::find(stack).ok().map(|(found, _)| found),
    }
}

/// Those that the definition names, and how many it names; before there is one, the chapter's two.
fn parameters<'a>(stack: &Stack<'a>, container: Option<&'a Container>) -> (Vec<&'a str>, usize) {
    let all = stack.snapshot.parameters.present();
    let all = all.map(Vec::as_slice).unwrap_or_default();
    let Some(container) = container.filter(|container| !container.secrets.is_empty()) else {
        let names = &stack.chapter().parameters;
        let wanted = [&names.database_url, &names.redis_url];
        let there = all.iter().map(|parameter| &parameter.name);
        let found = there.filter(|name| wanted.contains(name));
        return (found.map(String::as_str).collect(), wanted.len());
    };
    let named: BTreeSet<&str> = container
        .secrets
        .iter()
        .map(|secret| secret.value_from.as_str())
        .collect();
    let found = named.iter().filter_map(|value_from| {
        let meant = ValueFrom::parse(value_from);
        let parameter = all.iter().find(|one| meant.means(&one.name));
        let secret = || stack.snapshot.secrets.get(*value_from)?.present();
        parameter
            .map(|one| one.name.as_str())
            .or_else(|| secret().map(|one| one.name.as_str()))
    });
    (found.collect(), named.len())
}

/// The one that the app's container writes to; before there is a definition, the chapter's.
fn log_group<'a>(stack: &Stack<'a>, container: Option<&'a Container>) -> Option<&'a LogGroup> {
    let named = container
        .and_then(|container| container.logs.as_ref()?.group.as_deref())
        .unwrap_or(&stack.chapter().log_group);
    let groups = stack.snapshot.log_groups.present()?;
    groups.iter().find(|group| group.name == named)
}
