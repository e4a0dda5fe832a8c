//! The two connection strings in Parameter Store: that they are there and encrypted. Never what they say.

mod mangled;
mod secret;
mod wanted;

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::discovery::{cache, database, list};
use super::finding::{Evidence, Fix, Judgement};
use super::stack::Stack;
use super::verdict::Verdict::{Failed, Missing, Passed, Unknown};
use crate::account::{Area, Parameter, ParameterKind, TlsMode};
pub(super) use mangled::is_mangled;
use secret::in_secrets_manager;
use wanted::{Wanted, unreadable};

/// The definition's secrets say which parameter is meant, once there is one. Database and caches are for the
/// command's host only and are not asked for.
const NEEDS: &[Area] = &[Area::Parameters, Area::Service, Area::Definitions];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ssm.database-url",
        "The database's URL is in an encrypted parameter",
        NEEDS,
        |stack| Judgement::settle(Url::Database.judge(stack)),
    )
    .may(&[Passed, Failed, Missing, Unknown], CAUSES),
    Check::must(
        "ssm.redis-url",
        "The cache's URL is in an encrypted parameter",
        NEEDS,
        |stack| Judgement::settle(Url::Redis.judge(stack)),
    )
    .may(&[Passed, Failed, Missing, Unknown], CAUSES),
];

const CAUSES: &[Cause] = &[
    Cause::SecretParameterMissing,
    Cause::ParameterNotSecure,
    Cause::ParameterNameMangled,
];

/// Which connection string.
#[derive(Debug, Clone, Copy)]
pub(super) enum Url {
    Database,
    Redis,
}

/// The command that writes it anew, where it is read from.
pub(super) fn again(stack: &Stack<'_>, url: Url) -> String {
    match url.wanted(stack) {
        Ok(Wanted::Secret { value_from }) => stack.aws(format_args!(
            "secretsmanager put-secret-value --secret-id {} --secret-string '{}'",
            quoted(&value_from),
            url.shape(stack)
        )),
        Ok(Wanted::Parameter { name, .. }) => format!("{} --overwrite", url.put(stack, &name)),
        Err(_) => format!("{} --overwrite", url.put(stack, url.configured(stack))),
    }
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
        let Some(parameter) = parameters.iter().find(|one| wanted.means(&one.name)) else {
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
            format!("{name} is a plain {kind}: it is kept unencrypted, and whoever may read parameters sees the password in it."),
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
                named_by: Some(_),
                ..
                // A revision that the teardown left behind runs nowhere: what it names may go.
            } if !stack.teardown_begun => Judgement::failed(
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

    pub(super) fn configured<'a>(self, stack: &Stack<'a>) -> &'a str {
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
