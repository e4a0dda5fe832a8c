//! The two connection strings reach the app as secrets.

use crate::account::{Scheme, TaskDefinition, ValueClass, ValueFrom};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::task_definition::{API, register};

const IN_THE_OPEN: CheckId = CheckId("taskdef.no-secrets-in-environment");

/// One of the two connection strings reaches the app as a secret, under whichever name.
pub(super) fn is_among_them(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    configured: &str,
    scheme: Scheme,
    by: FoundBy,
) -> Result<(), Judgement> {
    let variable = variable(configured);
    let kin: &[&str] = match scheme {
        Scheme::Postgres => &["DATABASE", "POSTGRES", "DB", "PG"],
        _ => &["REDIS", "VALKEY", "CACHE"],
    };
    // The names are the learner's own affair.
    let as_secret = super::secrets(definition).any(|secret| {
        let names = format!("{} {}", secret.name, secret.value_from).to_ascii_uppercase();
        secret.name == variable
            || ValueFrom::parse(&secret.value_from).parameter() == Some(configured)
            || kin.iter().any(|word| names.contains(word))
    });
    if as_secret {
        return Ok(());
    }
    let in_the_open = definition
        .containers
        .iter()
        .flat_map(|container| &container.environment)
        .any(|one| one.name == variable || speaks(&one.class, scheme));
    if in_the_open {
        return Err(Judgement::blocked(
            IN_THE_OPEN,
            format!("{variable} stands in the environment instead of among the secrets."),
        ));
    }
    Err(register(
        stack,
        Judgement::failed(
            Cause::SecretParameterMissing,
            format!("{} gives the app no {variable}.", definition.arn.short()),
        )
        .seen(Evidence::new(
            API,
            definition.arn.short(),
            "secrets",
            variable,
            "not among them",
            by,
        ))
        .fix(Fix::say(format!(
            "Add to \"secrets\": {{\"name\": \"{variable}\", \"valueFrom\": \"{configured}\"}}."
        ))),
    ))
}

fn speaks(class: &ValueClass, scheme: Scheme) -> bool {
    let ValueClass::Url(url) = class else {
        return false;
    };
    url.scheme == scheme || (scheme == Scheme::Redis && url.scheme == Scheme::Rediss)
}

/// `DATABASE_URL` of `/news-api/DATABASE_URL`.
pub(super) fn variable(parameter: &str) -> &str {
    parameter.rsplit('/').next().unwrap_or(parameter)
}
