//! What stopped tasks mean, in the order of "why is nothing running?": what AWS says before what can only be inferred.

use super::stop_reason;
use super::stopped::{Group, exit_code, words};
use crate::account::{HostClass, Scheme, TaskDefinition, TlsMode, ValueClass};
use crate::checks::cause::Cause;
use crate::checks::discovery::{cache, database, definition};
use crate::checks::stack::Stack;

/// What the tasks died of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Diagnosis {
    Of(Cause),
    /// The balancer's health checks killed them: the targets tell why.
    BalancerChecks,
    /// Nothing more than that they keep stopping.
    Unclear,
}

/// Reads the group of stopped tasks that tells the story.
pub(super) fn of(stack: &Stack<'_>, group: &Group<'_>) -> Diagnosis {
    let task = group.first();
    let said = words(task);
    if let Some(cause) = stop_reason::cause(&said) {
        return Diagnosis::Of(cause);
    }
    let reason = task.stopped_reason.as_deref().unwrap_or_default();
    if reason.contains("failed ELB health checks") {
        return Diagnosis::BalancerChecks;
    }
    let definition = definition::read(stack, group.revision).ok();
    if reason.contains("failed container health checks") {
        return if definition.is_some_and(checks_with_curl) {
            Diagnosis::Of(Cause::ContainerHealthCommandMissing)
        } else {
            Diagnosis::Unclear
        };
    }
    if task.stop_code.as_deref() == Some("EssentialContainerExited") {
        return Diagnosis::Of(exited(stack, exit_code(task), definition));
    }
    Diagnosis::Unclear
}

fn checks_with_curl(definition: &TaskDefinition) -> bool {
    definition
        .containers
        .iter()
        .filter_map(|container| container.health_check.as_ref())
        .any(|check| check.words.curl || check.words.wget)
}

/// 137 is SIGKILL: with no health check behind it, memory.
fn exited(stack: &Stack<'_>, code: Option<i32>, definition: Option<&TaskDefinition>) -> Cause {
    if code == Some(137) {
        return Cause::OutOfMemory;
    }
    if let Some(definition) = definition {
        if plain_redis_to_tls(stack, definition) {
            return Cause::RedisRequiresTls;
        }
        if names_no_database(stack, definition) {
            return Cause::DatabaseNameMissing;
        }
    }
    Cause::AppCrash
}

/// `redis://` in the environment, to a cache that only speaks TLS.
fn plain_redis_to_tls(stack: &Stack<'_>, definition: &TaskDefinition) -> bool {
    let requires = cache::find(stack).is_ok_and(|(cache, _)| cache.tls() == TlsMode::Required);
    requires
        && urls(definition).any(|url| {
            url.scheme == Scheme::Redis && matches!(url.host, HostClass::Cache | HostClass::Other)
        })
}

/// A URL to the database's own endpoint with a database that was never created.
fn names_no_database(stack: &Stack<'_>, definition: &TaskDefinition) -> bool {
    let none = database::find(stack).is_ok_and(|(database, _)| database.database().is_none());
    none && urls(definition).any(|url| {
        url.scheme == Scheme::Postgres
            && url.host == HostClass::Database
            && url.names_database.is_some()
    })
}

fn urls(definition: &TaskDefinition) -> impl Iterator<Item = &crate::account::UrlClass> {
    definition
        .containers
        .iter()
        .flat_map(|container| &container.environment)
        .filter_map(|variable| match &variable.class {
            ValueClass::Url(url) => Some(url),
            _ => None,
        })
}
