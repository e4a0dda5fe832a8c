//! A parameter that one of the secrets names.

use super::{DATABASE, PARAMETERS_API, REDIS, connection, missing, not_found};
use crate::account::{Parameter, ParameterKind, SecretReference, ValueFrom, parameter_selector};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::{Gap, Kind, list};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ssm::is_mangled;
use crate::checks::stack::Stack;
use crate::checks::task_definition::register;
use crate::checks::verdict::Verdict;

const PARAMETERS: Kind = Kind {
    one: "parameter",
    many: "parameters",
    key: "parameters.database_url",
    wanted_by: DATABASE,
};

/// The parameter that is named, if it is there and encrypted.
pub(super) fn parameter(
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
