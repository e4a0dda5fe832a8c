//! The two connection strings reach the app as secrets.

use crate::account::{Scheme, TaskDefinition, ValueClass, ValueFrom};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::task_definition::{API, register};
use crate::checks::verdict::Verdict;

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
    let containers = &definition.containers;
    // The names are the learner's own affair.
    let as_secret = containers
        .iter()
        .flat_map(|container| &container.secrets)
        .any(|secret| {
            secret.name == variable
                || ValueFrom::parse(&secret.value_from).means(configured)
                || [&secret.name, &secret.value_from]
                    .into_iter()
                    .any(|name| is_kin(name, scheme))
        });
    if as_secret {
        return Ok(());
    }
    let in_the_open = containers
        .iter()
        .flat_map(|container| &container.environment)
        .find(|one| one.name == variable || speaks(&one.class, scheme))
        .map(|one| one.name.as_str());
    if let Some(open) = in_the_open {
        let summary = format!("{open} stands in the environment instead of among the secrets.");
        // With a password in it, it is a secret in the open; without one only in the wrong place.
        if stack.judgement_of(IN_THE_OPEN.as_str()).verdict == Verdict::Failed {
            return Err(Judgement::blocked(IN_THE_OPEN, summary));
        }
        return Err(
            not_among_them(stack, definition, configured, summary, by).fix(Fix::say(format!(
                "Take {open} out of \"environment\": AWS refuses a name that stands in both."
            ))),
        );
    }
    let elsewhere = if containers.iter().any(|one| one.environment_files > 0) {
        " (What environmentFiles holds I do not read.)"
    } else {
        ""
    };
    let summary = format!(
        "{} names no {variable} among its secrets.{elsewhere}",
        definition.arn.short()
    );
    Err(not_among_them(stack, definition, configured, summary, by))
}

fn not_among_them(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    configured: &str,
    summary: String,
    by: FoundBy,
) -> Judgement {
    let variable = variable(configured);
    register(
        stack,
        Judgement::failed(Cause::SecretParameterMissing, summary)
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
    )
}

/// Whether a word of the name speaks of that data store: `PGHOST`, `NEWS_DB`, `postgresql-url`; not `FEEDBACK_TOKEN`.
fn is_kin(name: &str, scheme: Scheme) -> bool {
    let (whole, begins, ends): (&[&str], &[&str], &[&str]) = match scheme {
        Scheme::Postgres => (
            &["PG"],
            &["DATABASE", "POSTGRES", "PG", "DB"],
            &["DB", "DATABASE"],
        ),
        _ => (&["CACHE"], &["REDIS", "VALKEY"], &["REDIS", "CACHE"]),
    };
    let upper = name.to_ascii_uppercase();
    upper
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(|word| {
            whole.contains(&word)
                || begins.iter().any(|start| word.starts_with(start))
                || ends.iter().any(|end| word.ends_with(end))
        })
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
