//! The two connection strings in Parameter Store: that they are there and encrypted. Never what they say.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::discovery::{Gap, cache, database, definition, list};
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use crate::account::{Area, Fact, Parameter, ParameterKind, TlsMode, ValueFrom, Why};

/// The definition's secrets say which parameter is meant, once there is one. Database and caches are for the
/// command's host only and are not asked for.
const NEEDS: &[Area] = &[Area::Parameters, Area::Service, Area::Definitions];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ssm.database-url",
        "The database's URL is in an encrypted parameter",
        NEEDS,
        |stack| Judgement::settle(Url::Database.judge(stack)),
    ),
    Check::must(
        "ssm.redis-url",
        "The cache's URL is in an encrypted parameter",
        NEEDS,
        |stack| Judgement::settle(Url::Redis.judge(stack)),
    ),
];

/// Which connection string.
#[derive(Debug, Clone, Copy)]
enum Url {
    Database,
    Redis,
}

impl Url {
    fn judge(self, stack: &Stack<'_>) -> Result<Judgement, Judgement> {
        let wanted = self.wanted(stack)?;
        let name = match &wanted {
            Wanted::Parameter { name, .. } => name,
            Wanted::Secret { value_from } => return in_secrets_manager(stack, value_from),
        };
        let by = wanted.found_by();
        let parameters = list(&stack.snapshot.parameters, "the parameters' names")
            .map_err(|gap| unreadable(stack, &gap))?;
        let seen = |observed: &str| {
            Evidence::new(
                "ssm:DescribeParameters",
                name,
                "Type",
                "SecureString",
                observed,
                by,
            )
        };
        let Some(parameter) = parameters.iter().find(|one| one.name == *name) else {
            return Ok(self
                .absent(stack, &wanted, name, parameters)
                .seen(seen("does not exist")));
        };
        let kind = match parameter.kind {
            ParameterKind::SecureString => {
                return Ok(Judgement::passed(format!("{name} is kept encrypted."))
                    .seen(seen("SecureString")));
            }
            ParameterKind::String => "String",
            ParameterKind::StringList => "StringList",
        };
        Ok(Judgement::failed(
            Cause::ParameterNotSecure,
            format!("{name} is a plain {kind}: whoever may list parameters can read the password in it."),
        )
        .seen(seen(kind))
        .fix(Fix::run(
            "A parameter's kind cannot be changed: delete it,",
            stack.aws(format_args!("ssm delete-parameter --name {}", quoted(name))),
        ))
        .fix(Fix::run(
            "then create it again, best with a new password. (Git Bash: put MSYS_NO_PATHCONV=1 in front.)",
            self.put(stack, name),
        )))
    }

    /// By the definition's secrets, once there is a definition; before that by name.
    fn wanted(self, stack: &Stack<'_>) -> Result<Wanted, Judgement> {
        let configured = self.configured(stack);
        let variable = configured.rsplit('/').next().unwrap_or(configured);
        let by_name = Wanted::Parameter {
            name: configured.to_owned(),
            named_by_definition: false,
        };
        let definition = match definition::find(stack) {
            Ok((definition, _)) => definition,
            Err(Gap::NotThere) => return Ok(by_name),
            Err(gap) => return Err(unreadable(stack, &gap)),
        };
        let secrets = definition
            .containers
            .iter()
            .flat_map(|container| &container.secrets);
        let parsed = |value_from: &str| ValueFrom::parse(value_from);
        let meant = secrets
            .clone()
            .find(|secret| secret.name == variable)
            .or_else(|| {
                secrets
                    .clone()
                    .find(|secret| parsed(&secret.value_from).parameter() == Some(configured))
            });
        Ok(match meant {
            None => by_name,
            Some(secret) => match parsed(&secret.value_from) {
                ValueFrom::ParameterName(name) | ValueFrom::ParameterArn { name, .. } => {
                    Wanted::Parameter {
                        name,
                        named_by_definition: true,
                    }
                }
                ValueFrom::Secret { .. } => Wanted::Secret {
                    value_from: secret.value_from.clone(),
                },
                ValueFrom::Other(_) => by_name,
            },
        })
    }

    fn absent(
        self,
        stack: &Stack<'_>,
        wanted: &Wanted,
        name: &str,
        parameters: &[Parameter],
    ) -> Judgement {
        let twin = parameters.iter().find(|one| is_mangled(&one.name, name));
        let (cause, sentence) = match twin {
            Some(twin) => (
                Cause::ParameterNameMangled,
                format!(
                    "There is no parameter {name}, but there is {}: Git Bash took the name for a path.",
                    twin.name
                ),
            ),
            None => (
                Cause::SecretParameterMissing,
                format!(
                    "There is no parameter {name} in {} yet.",
                    stack.snapshot.region
                ),
            ),
        };
        let mut judgement = match wanted {
            Wanted::Parameter {
                named_by_definition: true,
                ..
            } => Judgement::failed(
                cause,
                format!(
                    "{} The task definition asks for it.",
                    sentence.replace(" yet.", ".")
                ),
            ),
            _ => Judgement::missing(sentence).because(cause),
        };
        if let Some(twin) = twin {
            judgement = judgement.fix(Fix::run(
                "Delete the one with the wrong name.",
                stack.aws(format_args!(
                    "ssm delete-parameter --name {}",
                    quoted(&twin.name)
                )),
            ));
        }
        judgement.fix(Fix::run(
            "Create it. (Git Bash: put MSYS_NO_PATHCONV=1 in front, or the name becomes a Windows path.)",
            self.put(stack, name),
        ))
    }

    fn configured<'a>(self, stack: &Stack<'a>) -> &'a str {
        let names = &stack.chapter().parameters;
        match self {
            Url::Database => &names.database_url,
            Url::Redis => &names.redis_url,
        }
    }

    fn put(self, stack: &Stack<'_>, name: &str) -> String {
        stack.aws(format_args!(
            "ssm put-parameter --name {} --type SecureString --value '{}'",
            quoted(name),
            self.shape(stack)
        ))
    }

    /// What the value looks like, with the learner's own host where it is known.
    fn shape(self, stack: &Stack<'_>) -> String {
        match self {
            Url::Database => {
                let host = database::find(stack)
                    .ok()
                    .and_then(|(database, _)| database.host())
                    .unwrap_or("YOUR-DATABASE-HOST");
                format!(
                    "postgresql://USER:PASSWORD@{host}:5432/{}?sslmode=require",
                    stack.chapter().database.name
                )
            }
            Url::Redis => {
                let cache = cache::find(stack).ok().map(|(cache, _)| cache);
                let host = cache
                    .and_then(|cache| cache.host())
                    .unwrap_or("YOUR-CACHE-HOST");
                let scheme = match cache.map(|cache| cache.tls()) {
                    Some(TlsMode::Required) => "rediss",
                    _ => "redis",
                };
                format!("{scheme}://{host}:6379/0")
            }
        }
    }
}

/// Where the connection string is meant to be.
#[derive(Debug, Clone)]
enum Wanted {
    Parameter {
        name: String,
        /// The task definition's secrets name it; otherwise the configuration does.
        named_by_definition: bool,
    },
    Secret {
        value_from: String,
    },
}

impl Wanted {
    const fn found_by(&self) -> FoundBy {
        match self {
            Wanted::Parameter {
                named_by_definition: false,
                ..
            } => FoundBy::Name,
            _ => FoundBy::Relation,
        }
    }
}

/// A secret of Secrets Manager is as good.
fn in_secrets_manager(stack: &Stack<'_>, value_from: &str) -> Result<Judgement, Judgement> {
    let fact = stack
        .snapshot
        .secrets
        .get(value_from)
        .unwrap_or(&Fact::Unknown(Why::NotAsked));
    let seen = |observed: &str| {
        Evidence::new(
            "secretsmanager:DescribeSecret",
            value_from,
            "Name",
            "exists",
            observed,
            FoundBy::Relation,
        )
    };
    match fact {
        Fact::Present(secret) if !secret.deleted => Ok(Judgement::passed(format!(
            "It is kept in Secrets Manager, as {}.",
            secret.name
        ))
        .seen(seen(&secret.name))),
        Fact::Present(_) | Fact::Absent => Ok(Judgement::failed(
            Cause::SecretParameterMissing,
            format!("The task definition asks for the secret {value_from}, which does not exist (any more)."),
        )
        .seen(seen("does not exist"))
        .fix(Fix::say(
            "Create the secret, or name a SecureString parameter in the task definition instead.",
        ))),
        Fact::Unknown(why) => Err(stack.cannot_tell(why, "the secret that the task definition names")),
    }
}

/// Git Bash turns `/news-api/X` into `C:/Program Files/Git/news-api/X` before `aws` sees it.
fn is_mangled(other: &str, wanted: &str) -> bool {
    other
        .strip_suffix(wanted)
        .filter(|_| wanted.starts_with('/'))
        .is_some_and(|before| {
            let drive = before.as_bytes().get(1) == Some(&b':');
            drive || before.to_ascii_lowercase().ends_with("/git")
        })
}

fn unreadable(stack: &Stack<'_>, gap: &Gap) -> Judgement {
    match gap {
        Gap::CannotTell { why, what } => stack.cannot_tell(why, what),
        Gap::NotThere | Gap::Several(_) => {
            Judgement::unknown("Could not tell which parameter the task definition asks for.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_mangled;

    #[test]
    fn a_windows_path_in_front_is_a_mangled_name_and_another_path_is_not() {
        let wanted = "/news-api/DATABASE_URL";
        assert!(is_mangled(
            "C:/Program Files/Git/news-api/DATABASE_URL",
            wanted
        ));
        assert!(is_mangled("/c/tools/git/news-api/DATABASE_URL", wanted));
        assert!(!is_mangled("/prod/news-api/DATABASE_URL", wanted));
        assert!(!is_mangled(wanted, wanted));
    }
}
