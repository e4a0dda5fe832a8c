//! What `secrets` names: parameters that exist, encrypted, in this account and region; the two connection strings
//! among them.

use super::{API, register};
use crate::account::{Fact, Scheme, SecretReference, TaskDefinition, ValueFrom, Why};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

mod connection;
mod parameter;

use parameter::parameter;

const DATABASE: CheckId = CheckId("ssm.database-url");
const REDIS: CheckId = CheckId("ssm.redis-url");
const PARAMETERS_API: &str = "ssm:DescribeParameters";

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let mut judgement = Judgement::passed(format!(
        "Every secret of {} leads to an encrypted value.",
        definition.arn.short()
    ));
    for secret in secrets(definition) {
        judgement = judgement.seen(resolve(stack, secret, by)?);
    }
    let names = &stack.chapter().parameters;
    for (parameter, scheme) in [
        (&names.database_url, Scheme::Postgres),
        (&names.redis_url, Scheme::Redis),
    ] {
        connection::is_among_them(stack, definition, parameter, scheme, by)?;
    }
    Ok(judgement)
}

fn secrets(definition: &TaskDefinition) -> impl Iterator<Item = &SecretReference> {
    definition
        .containers
        .iter()
        .flat_map(crate::account::Container::all_secrets)
}

/// Follows one secret to what it names.
fn resolve(
    stack: &Stack<'_>,
    secret: &SecretReference,
    by: FoundBy,
) -> Result<Evidence, Judgement> {
    let value = ValueFrom::parse(&secret.value_from);
    here(stack, secret, &value, by)?;
    match &value {
        ValueFrom::ParameterName(name) | ValueFrom::ParameterArn { name, .. } => {
            parameter(stack, secret, &value, name, by)
        }
        ValueFrom::Secret { .. } => in_secrets_manager(stack, secret, by),
        ValueFrom::Other(arn) => Err(missing(
            stack,
            secret,
            format!(
                "{} leads to {arn}, which is neither a parameter nor a secret.",
                secret.name
            ),
            by,
        )),
    }
}

/// In this account and, for a full ARN, in this region.
fn here(
    stack: &Stack<'_>,
    secret: &SecretReference,
    value: &ValueFrom,
    by: FoundBy,
) -> Result<(), Judgement> {
    let (ValueFrom::ParameterArn {
        region, account, ..
    }
    | ValueFrom::Secret {
        region, account, ..
    }) = value
    else {
        return Ok(());
    };
    let ours = stack
        .read(&stack.snapshot.caller, "the account's number")?
        .map(|caller| &caller.account)
        .ok_or_else(|| Judgement::unknown("The account's number is not known yet."))?;
    if *region != stack.snapshot.region {
        return Err(missing(
            stack,
            secret,
            format!(
                "{} is looked for in {region}; you work in {}.",
                secret.name, stack.snapshot.region
            ),
            by,
        ));
    }
    if account != ours {
        return Err(missing(
            stack,
            secret,
            format!(
                "{} is looked for in account {account}; yours is {ours}.",
                secret.name
            ),
            by,
        ));
    }
    Ok(())
}

fn in_secrets_manager(
    stack: &Stack<'_>,
    secret: &SecretReference,
    by: FoundBy,
) -> Result<Evidence, Judgement> {
    let fact = stack.snapshot.secrets.get(&secret.value_from);
    match fact {
        Some(Fact::Present(found)) if !found.deleted => Ok(Evidence::new(
            "secretsmanager:DescribeSecret",
            &found.name,
            "Name",
            "exists",
            "exists",
            by,
        )),
        Some(Fact::Present(found)) => Err(missing(
            stack,
            secret,
            format!(
                "{} leads to the secret {}, which is being deleted.",
                secret.name, found.name
            ),
            by,
        )),
        Some(Fact::Absent) => Err(missing(
            stack,
            secret,
            format!("{} leads to a secret that does not exist.", secret.name),
            by,
        )),
        Some(Fact::Unknown(why)) => {
            Err(stack.cannot_tell(why, &format!("the secret behind {}", secret.name)))
        }
        None => Err(stack.cannot_tell(
            &Why::NotAsked,
            &format!("the secret behind {}", secret.name),
        )),
    }
}

fn not_found(secret: &SecretReference, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &secret.name,
        "secrets.valueFrom",
        "leads to an encrypted value",
        &secret.value_from,
        by,
    )
}

fn missing(stack: &Stack<'_>, secret: &SecretReference, summary: String, by: FoundBy) -> Judgement {
    let name = ValueFrom::parse(&secret.value_from)
        .parameter()
        .unwrap_or("PARAMETER-NAME")
        .to_owned();
    register(
        stack,
        Judgement::failed(Cause::SecretParameterMissing, summary)
            .seen(not_found(secret, by))
            .fix(Fix::run(
                "Create the parameter in this region, or correct \"valueFrom\".",
                stack.aws(format!(
                    "ssm put-parameter --name {} --type SecureString --value VALUE",
                    quoted(&name)
                )),
            )),
    )
}
