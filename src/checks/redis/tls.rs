//! Whether the cache insists on TLS, which its URL then has to say.

use super::evidence;
use crate::account::{HostClass, Scheme, TlsMode, UrlClass, ValueClass};
use crate::checks::cause::Cause;
use crate::checks::discovery::{cache, definition};
use crate::checks::finding::{Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn tls(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (cache, by) = cache::needed(stack)?;
    let id = cache.id();
    let (sentence, observed) = match cache.tls() {
        TlsMode::Off => (
            format!("{id} speaks without TLS: its URL begins with redis://."),
            "off",
        ),
        TlsMode::Preferred => (
            format!("{id} speaks with TLS and without: redis:// and rediss:// both work."),
            "preferred",
        ),
        TlsMode::Required => (format!("{id} speaks with TLS only."), "required"),
    };
    let judgement = Judgement::passed(sentence).seen(evidence(
        &cache,
        "TransitEncryptionMode",
        "a mode that the URL fits",
        observed,
        by,
    ));
    if cache.tls() != TlsMode::Required {
        return Ok(judgement);
    }
    Ok(match plain_url(stack) {
        Url::Fits => judgement,
        Url::Plain(variable) => judgement
            .because(Cause::RedisRequiresTls)
            .advise(format!(
                "The variable {variable} begins with redis://: the tasks will wait for an answer that never comes."
            ))
            .fix(Fix::say("Let the URL begin with rediss:// (two s).")),
        Url::NotSeen => judgement.advise("The URL must begin with rediss:// (two s); I do not read it."),
    })
}

/// What the running definition's environment, whose values have classes, says about the cache's URL.
enum Url {
    Fits,
    /// `redis://`, in this variable.
    Plain(String),
    /// It is in Parameter Store, or nothing is running yet.
    NotSeen,
}

fn plain_url(stack: &Stack<'_>) -> Url {
    let Ok((definition, _)) = definition::find(stack) else {
        return Url::NotSeen;
    };
    let variables = definition
        .containers
        .iter()
        .flat_map(|container| &container.environment);
    let mut found = Url::NotSeen;
    for variable in variables {
        match &variable.class {
            ValueClass::Url(UrlClass {
                scheme: Scheme::Redis,
                host: HostClass::Cache,
                ..
            }) => return Url::Plain(variable.name.clone()),
            ValueClass::Url(UrlClass {
                scheme: Scheme::Rediss,
                host: HostClass::Cache,
                ..
            }) => found = Url::Fits,
            _ => {}
        }
    }
    found
}
