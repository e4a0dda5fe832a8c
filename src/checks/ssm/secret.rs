//! A secret of Secrets Manager in a parameter's place.

use crate::account::{Fact, Why};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

/// A secret of Secrets Manager is as good.
pub(super) fn in_secrets_manager(
    stack: &Stack<'_>,
    value_from: &str,
) -> Result<Judgement, Judgement> {
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
