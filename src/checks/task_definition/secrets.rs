//! What `secrets` names: parameters that exist, encrypted, in this account and region; the two connection strings
//! among them.

use super::{API, register};
use crate::account::{
    Fact, Parameter, ParameterKind, Scheme, SecretReference, TaskDefinition, ValueFrom, Why,
    parameter_selector,
};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::{Gap, Kind, list};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::ssm::is_mangled;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

mod connection;

const DATABASE: CheckId = CheckId("ssm.database-url");
const REDIS: CheckId = CheckId("ssm.redis-url");
const PARAMETERS_API: &str = "ssm:DescribeParameters";

const PARAMETERS: Kind = Kind {
    one: "parameter",
    many: "parameters",
    key: "parameters.database_url",
    wanted_by: DATABASE,
};

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

fn parameter(
    stack: &Stack<'_>,
    secret: &SecretReference,
    value: &ValueFrom,
    name: &str,
    by: FoundBy,
) -> Result<Evidence, Judgement> {
    if name.starts_with(SECRETS_MANAGER) {
        return Err(Judgement::unknown(format!(
            "{} leads through Parameter Store to Secrets Manager; Parameter Store does not list such names.",
            secret.name
        ))
        .fix(Fix::say("Name the secret by its own ARN in \"valueFrom\".")));
    }
    let parameters = list(&stack.snapshot.parameters, "the parameters")
        .map_err(|gap: Gap| gap.judgement(&PARAMETERS))?;
    let seen =
        |observed: &str| Evidence::new(PARAMETERS_API, name, "Type", "SecureString", observed, by);
    match parameters.iter().find(|one| value.means(&one.name)) {
        Some(found) if found.kind == ParameterKind::SecureString => {
            version(stack, secret, found, by)?;
            Ok(seen("SecureString"))
        }
        Some(found) => {
            let kind = match found.kind {
                ParameterKind::StringList => "StringList",
                _ => "String",
            };
            by_its_own_check(stack, secret, name)?;
            Err(Judgement::failed(
                Cause::ParameterNotSecure,
                format!("The parameter {name} is a plain {kind}: it is not encrypted."),
            )
            .seen(seen(kind))
            .fix(Fix::run(
                "The type cannot be changed: delete the parameter and create it again as a SecureString.",
                format!(
                    "{} && {}",
                    stack.aws(format!("ssm delete-parameter --name {}", quoted(name))),
                    stack.aws(format!("ssm put-parameter --name {} --type SecureString --value VALUE", quoted(name)))
                ),
            )))
        }
        None => {
            by_its_own_check(stack, secret, name)?;
            Err(no_parameter(stack, secret, name, parameters, by))
        }
    }
}

/// Parameter Store's names for what is kept in Secrets Manager.
const SECRETS_MANAGER: &str = "/aws/reference/secretsmanager/";

/// A version that is asked for (`:3`) has been written already. A label cannot be seen.
fn version(
    stack: &Stack<'_>,
    secret: &SecretReference,
    found: &Parameter,
    by: FoundBy,
) -> Result<(), Judgement> {
    let asked = parameter_selector(&secret.value_from).and_then(|text| text.parse::<u64>().ok());
    match (asked, found.version) {
        (Some(asked), Some(newest)) if asked > newest => Err(missing(
            stack,
            secret,
            format!(
                "{} leads to version {asked} of {}, whose newest is {newest}.",
                secret.name, found.name
            ),
            by,
        )),
        _ => Ok(()),
    }
}

/// What is wrong with one of the two connection strings' parameters is said where it was made.
fn by_its_own_check(
    stack: &Stack<'_>,
    secret: &SecretReference,
    name: &str,
) -> Result<(), Judgement> {
    let names = &stack.chapter().parameters;
    let own = [(DATABASE, &names.database_url), (REDIS, &names.redis_url)]
        .into_iter()
        .find(|(_, configured)| {
            name == configured.as_str() || secret.name == connection::variable(configured)
        });
    if let Some((check, _)) = own {
        let judgement = stack.judgement_of(check.as_str());
        if matches!(judgement.verdict, Verdict::Failed | Verdict::Missing) {
            return Err(Judgement::blocked(check, judgement.summary));
        }
    }
    Ok(())
}

fn no_parameter(
    stack: &Stack<'_>,
    secret: &SecretReference,
    name: &str,
    parameters: &[Parameter],
    by: FoundBy,
) -> Judgement {
    let twin = parameters.iter().find(|one| is_mangled(&one.name, name));
    let mangled = match twin {
        Some(twin) => Some(format!(
            "There is no parameter {name}, but {}: Git Bash rewrote the name.",
            twin.name
        )),
        None if looks_mangled(name) => Some(format!(
            "{} leads to {name}: Git Bash rewrote the name.",
            secret.name
        )),
        None => None,
    };
    match mangled {
        Some(summary) => register(
            stack,
            Judgement::failed(Cause::ParameterNameMangled, summary)
                .seen(not_found(secret, by))
                .fix(Fix::run(
                    "Create it under its right name; in Git Bash with this in front.",
                    format!(
                        "MSYS_NO_PATHCONV=1 {}",
                        stack.aws(format!(
                            "ssm put-parameter --name {} --type SecureString --value VALUE",
                            quoted(name)
                        ))
                    ),
                )),
        ),
        None => missing(
            stack,
            secret,
            format!("{} leads to {name}, which does not exist.", secret.name),
            by,
        ),
    }
}

fn looks_mangled(name: &str) -> bool {
    let mut letters = name.chars();
    let drive = letters
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':');
    drive || name.contains("Program Files")
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
