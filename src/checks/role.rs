//! The execution role: what ECS itself uses to pull the image, read the secrets and write the log.

use super::cause::Cause;
use super::check::Check;
use super::command::{partition, quoted};
use super::discovery::role;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::{Area, Arn, Role};
use trust::{ECS_TASKS, Refusal, TRUST, Trust, trust};
use worked::has_worked;

mod asked;
mod may;
mod reason;
mod remedy;
mod trust;
mod worked;

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "role.execution",
        "ECS may use the execution role",
        NEEDS,
        |stack| Judgement::settle(execution(stack)),
    )
    .may(
        &[Passed, Missing, Failed, Unknown],
        &[Cause::RoleMissing, Cause::RoleNotAssumable],
    ),
    Check::must(
        "role.pulls-image",
        "The execution role may pull and log",
        NEEDS,
        |stack| Judgement::settle(may::pull(stack)),
    )
    .may(
        &[Passed, Failed, Pending, Blocked, Unknown],
        &[Cause::ExecutionRoleCannotPull],
    ),
    Check::must(
        "role.reads-secrets",
        "The execution role may read the secrets",
        &[
            Area::Roles,
            Area::Definitions,
            Area::Service,
            Area::Tasks,
            Area::Parameters,
        ],
        |stack| Judgement::settle(may::read_secrets(stack)),
    )
    .may(
        &[Passed, Failed, Pending, Blocked, Unknown],
        &[Cause::ExecutionRoleCannotReadSecrets],
    )
    // A policy that names its parameters cannot allow one whose name is mistyped where it is asked for.
    .follows(&[
        "ssm.database-url",
        "ssm.redis-url",
        "taskdef.secrets-resolve",
    ]),
];

/// Which role it is, the definition says; what conditions come to, a task that started.
const NEEDS: &[Area] = &[Area::Roles, Area::Definitions, Area::Service, Area::Tasks];

const API: &str = "iam:GetRole";

fn execution(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (found, by) = match role::find(stack) {
        Ok(found) => found,
        Err(gap) => {
            return Err(match gap.unreadable() {
                Some(unreadable) => unreadable,
                None => not_there(stack),
            });
        }
    };
    let seen = |observed: &str| {
        Evidence::new(
            API,
            &found.name,
            "AssumeRolePolicyDocument",
            format!("{ECS_TASKS} may sts:AssumeRole"),
            observed,
            by,
        )
    };
    match trust(found) {
        Trust::Given => Ok(Judgement::passed(format!(
            "{} is there, and ECS may use it.",
            found.name
        ))
        .seen(seen(ECS_TASKS))),
        Trust::Open(how) if has_worked(stack, found, None) => Ok(Judgement::passed(format!(
            "{} is there, and ECS uses it: a task has started with it.",
            found.name
        ))
        .seen(seen(&format!("{ECS_TASKS} {how}; a task has started")))),
        Trust::Open(how) => Err(Judgement::unknown(format!(
            "{} trusts ECS {how}: whether that is enough cannot be tried from here.",
            found.name
        ))
        .seen(seen(&format!("{ECS_TASKS} {how}")))
        .fix(Fix::say(
            "The first task that starts will show it. The chapter's own trust policy names the service, without a condition.",
        ))),
        Trust::NotGiven(refusal) => Err(not_trusted(stack, found, &refusal, seen)),
    }
}

fn not_trusted(
    stack: &Stack<'_>,
    found: &Role,
    refusal: &Refusal,
    seen: impl Fn(&str) -> Evidence,
) -> Judgement {
    let name = &found.name;
    let (trusts, observed) = match refusal {
        Refusal::Denied => (
            format!("The trust policy of {name} denies it to {ECS_TASKS}"),
            format!("a statement denies it to {ECS_TASKS}"),
        ),
        Refusal::Others(others) if others.is_empty() => (
            format!("{name} does not trust {ECS_TASKS}"),
            "nobody".to_owned(),
        ),
        Refusal::Others(others) => {
            let others = others.join(", ");
            (
                format!("{name} trusts {others} and not {ECS_TASKS}"),
                others,
            )
        }
    };
    let judgement = Judgement::failed(
        Cause::RoleNotAssumable,
        format!("{trusts}: ECS cannot start a task with it."),
    )
    .seen(seen(&observed));
    if let Some(fix) = remedy::in_lab(stack, &found.name) {
        return judgement.fix(fix);
    }
    judgement.fix(Fix::run(
        "Put the chapter's trust policy in the place of this one.",
        format!(
            "aws iam update-assume-role-policy --role-name {} --policy-document '{TRUST}'",
            quoted(&found.name)
        ),
    ))
}

fn not_there(stack: &Stack<'_>) -> Judgement {
    match role::named_by_definition(stack).ok().flatten() {
        Some(arn) => named_in_vain(stack, arn),
        None => {
            let name = role::expected_name(stack);
            let judgement = Judgement::missing(format!("There is no role {name} yet."))
                .because(Cause::RoleMissing)
                .seen(existence(name, "exists", "does not exist", FoundBy::Name));
            match remedy::in_lab(stack, name) {
                Some(fix) => judgement.fix(fix),
                None => remedy::create(stack, name, None)
                    .into_iter()
                    .fold(judgement, Judgement::fix),
            }
        }
    }
}

/// The definition names a role that is not in this account: deleted, never made, or the ARN is not quite the role's.
fn named_in_vain(stack: &Stack<'_>, arn: &Arn) -> Judgement {
    let name = remedy::name_of(arn);
    let failed = |why: String| Judgement::failed(Cause::RoleMissing, why);
    if let Some(namesake) = role::namesake(stack, name) {
        let judgement = failed(format!(
            "The task definition names {arn}, but the ARN of the role {name} is {}: ECS looks for it in vain.",
            namesake.arn
        ))
        .seen(existence(
            arn.as_str(),
            namesake.arn.as_str(),
            arn.as_str(),
            FoundBy::Relation,
        ));
        return judgement.fix(remedy::name_in_definition(stack, namesake.arn.as_str()));
    }
    let own = stack.snapshot.account();
    if let (Some(theirs), Some(own)) = (arn.account(), own)
        && theirs != *own
    {
        return failed(format!(
            "The task definition names the execution role {name} of the account {theirs}; a task can only have a role of \
             its own account, {own}."
        ))
        .seen(existence(
            arn.as_str(),
            &format!("a role of {own}"),
            theirs.as_str(),
            FoundBy::Relation,
        ))
        .fix(remedy::name_in_definition(
            stack,
            &format!("arn:{}:iam::{own}:role/{name}", partition(stack)),
        ));
    }
    let judgement = failed(format!(
        "The task definition names the execution role {name}, which does not exist."
    ))
    .seen(existence(
        name,
        "exists",
        "does not exist",
        FoundBy::Relation,
    ));
    if let Some(fix) = remedy::in_lab(stack, name) {
        return judgement.fix(fix);
    }
    let judgement = remedy::create(stack, name, remedy::path_of(arn))
        .into_iter()
        .fold(judgement, Judgement::fix);
    match role::by_expected_name(stack) {
        Some(other) => judgement.fix(remedy::name_in_definition(stack, other.arn.as_str())),
        None => judgement,
    }
}

fn existence(role: &str, expected: &str, observed: &str, by: FoundBy) -> Evidence {
    Evidence::new(API, role, "Role", expected, observed, by)
}
