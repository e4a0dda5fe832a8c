//! What stopped tasks mean, in the order of "why is nothing running?": stop codes before sentences, AWS's words before the
//! container's own, and both before what can only be inferred.

use super::last_words::{LastWords, Quote};
use super::log_words::Said;
use super::stop_reason;
use super::stopped::{Group, exit_code, words};
use crate::account::{HostClass, Scheme, TaskDefinition, TlsMode, ValueClass, Why};
use crate::checks::cause::Cause;
use crate::checks::discovery::{cache, database, definition};
use crate::checks::stack::Stack;

/// What the tasks died of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Diagnosis<'a> {
    /// AWS says so, or what is known of the stack.
    Of(Cause),
    /// The container's log says so.
    Said(Cause, Said, Quote<'a>),
    /// The container ended by itself, and these were its last words.
    Heard(Quote<'a>),
    /// It ended by itself and wrote nothing.
    Silent,
    /// It ended by itself, and its log could not be read.
    Unheard(&'a Why),
    /// The balancer's health checks killed them: the targets tell why.
    BalancerChecks,
    /// No container ran, and AWS says why in words that no rule knows.
    Verbatim,
    /// Nothing more than that they keep stopping.
    Unclear,
}

impl Diagnosis<'_> {
    /// The cause, if it is one that can be named.
    pub const fn cause(self) -> Option<Cause> {
        match self {
            Diagnosis::Of(cause) | Diagnosis::Said(cause, _, _) => Some(cause),
            Diagnosis::Heard(_) | Diagnosis::Silent | Diagnosis::Unheard(_) => {
                Some(Cause::AppCrash)
            }
            Diagnosis::BalancerChecks | Diagnosis::Verbatim | Diagnosis::Unclear => None,
        }
    }
}

/// Reads the group of stopped tasks that tells the story.
pub(super) fn of<'a>(stack: &Stack<'a>, group: &Group<'a>) -> Diagnosis<'a> {
    let task = group.first();
    let said = words(task);
    match task.stop_code.as_deref() {
        Some("TaskFailedToStart") => {
            stop_reason::cause(&said).map_or(Diagnosis::Verbatim, Diagnosis::Of)
        }
        Some("EssentialContainerExited") => match stop_reason::cause(&said) {
            Some(cause) => Diagnosis::Of(cause),
            None => ended(stack, group),
        },
        _ => match stop_reason::cause(&said) {
            Some(cause) => Diagnosis::Of(cause),
            None => replaced(stack, group),
        },
    }
}

/// The service stopped it, because somebody found it unhealthy.
fn replaced<'a>(stack: &Stack<'a>, group: &Group<'a>) -> Diagnosis<'a> {
    let reason = group.first().stopped_reason.as_deref().unwrap_or_default();
    // An app that waits for its cache answers nobody.
    if let LastWords::Known(Said::CacheSilent, quote) = LastWords::of(stack, group)
        && reason.contains("health check")
        && cache_wants_tls(stack)
    {
        return Diagnosis::Said(Cause::RedisRequiresTls, Said::CacheSilent, quote);
    }
    if reason.contains("failed ELB health checks") {
        return Diagnosis::BalancerChecks;
    }
    let with_curl = || definition::read(stack, group.revision).is_ok_and(checks_with_curl);
    if reason.contains("failed container health checks") && with_curl() {
        return Diagnosis::Of(Cause::ContainerHealthCommandMissing);
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

/// The container ended by itself. 137 is SIGKILL: with no health check behind it, memory. Then its last words, then what
/// its settings promise.
fn ended<'a>(stack: &Stack<'a>, group: &Group<'a>) -> Diagnosis<'a> {
    if exit_code(group.first()) == Some(137) {
        return Diagnosis::Of(Cause::OutOfMemory);
    }
    let inferred = || {
        let definition = definition::read(stack, group.revision).ok()?;
        inferred(stack, definition)
    };
    match LastWords::of(stack, group) {
        LastWords::Known(Said::CacheSilent, quote) if cache_wants_tls(stack) => {
            Diagnosis::Said(Cause::RedisRequiresTls, Said::CacheSilent, quote)
        }
        LastWords::Known(said, quote) => Diagnosis::Said(said.cause(), said, quote),
        LastWords::Heard(quote) => Diagnosis::Heard(quote),
        LastWords::Silent => inferred().map_or(Diagnosis::Silent, Diagnosis::Of),
        LastWords::NotRead(why) => inferred().map_or(Diagnosis::Unheard(why), Diagnosis::Of),
    }
}

/// Without a log: what the URLs in the environment cannot but come to.
fn inferred(stack: &Stack<'_>, definition: &TaskDefinition) -> Option<Cause> {
    if plain_redis_to_tls(stack, definition) {
        return Some(Cause::RedisRequiresTls);
    }
    names_no_database(stack, definition).then_some(Cause::DatabaseNameMissing)
}

fn cache_wants_tls(stack: &Stack<'_>) -> bool {
    cache::find(stack).is_ok_and(|(cache, _)| cache.tls() == TlsMode::Required)
}

/// `redis://` in the environment, to a cache that only speaks TLS.
fn plain_redis_to_tls(stack: &Stack<'_>, definition: &TaskDefinition) -> bool {
    cache_wants_tls(stack)
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
