//! The execution role: what ECS itself uses to pull the image, read the secrets and write the log.

use super::cause::Cause;
use super::check::Check;
use super::discovery::role;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use crate::account::{Area, Effect, Named, Role};

mod may;

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "role.execution",
        "ECS may use the execution role",
        NEEDS,
        |stack| Judgement::settle(execution(stack)),
    ),
    Check::must(
        "role.pulls-image",
        "The execution role may pull and log",
        NEEDS,
        |stack| Judgement::settle(may::pull(stack)),
    ),
    Check::must(
        "role.reads-secrets",
        "The execution role may read the secrets",
        &[
            Area::Roles,
            Area::Definitions,
            Area::Service,
            Area::Parameters,
        ],
        |stack| Judgement::settle(may::read_secrets(stack)),
    )
    // A policy that names its parameters cannot allow one whose name is mistyped where it is asked for.
    .follows(&[
        "ssm.database-url",
        "ssm.redis-url",
        "taskdef.secrets-resolve",
    ]),
];

/// Which role it is, the definition says.
const NEEDS: &[Area] = &[Area::Roles, Area::Definitions, Area::Service];

const API: &str = "iam:GetRole";
const ECS_TASKS: &str = "ecs-tasks.amazonaws.com";

fn execution(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (found, by) = match role::find(stack) {
        Ok(found) => found,
        Err(gap) => {
            return Err(match gap.unreadable(&role::ROLE) {
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
        Trust::GivenOnCondition if has_worked(stack) => Ok(Judgement::passed(format!(
            "{} is there, and ECS uses it: a task has started with it.",
            found.name
        ))
        .seen(seen("with a condition, which holds"))),
        Trust::GivenOnCondition => Err(Judgement::unknown(format!(
            "{} trusts ECS under a condition, which cannot be tried from here.",
            found.name
        ))
        .seen(seen("with a condition"))
        .fix(Fix::say(
            "The first task that starts will show it. The chapter's role has no condition.",
        ))),
        Trust::NotGiven(others) => Err(Judgement::failed(
            Cause::RoleNotAssumable,
            format!(
                "{} does not trust {ECS_TASKS}: ECS cannot use it.",
                found.name
            ),
        )
        .seen(seen(&others))
        .fix(Fix::run(
            "Correct its trust policy.",
            format!(
                "aws iam update-assume-role-policy --role-name {} --policy-document '{TRUST}'",
                found.name
            ),
        ))),
    }
}

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

fn not_there(stack: &Stack<'_>) -> Judgement {
    let named = role::named_by_definition(stack).ok().flatten();
    let (name, by) = match named {
        Some(arn) => (
            arn.as_str().rsplit('/').next().unwrap_or_default(),
            FoundBy::Relation,
        ),
        None => (role::expected_name(stack), FoundBy::Name),
    };
    let judgement = match named {
        Some(_) => Judgement::failed(
            Cause::RoleMissing,
            format!("The task definition names the execution role {name}, which does not exist."),
        ),
        None => {
            Judgement::missing(format!("There is no role {name} yet.")).because(Cause::RoleMissing)
        }
    };
    judgement
        .seen(Evidence::new(API, name, "Role", "exists", "does not exist", by))
        .fix(Fix::run(
            "Create the role, for ECS tasks to use.",
            format!("aws iam create-role --role-name {name} --assume-role-policy-document '{TRUST}'"),
        ))
        .fix(Fix::run(
            "Let it pull images and write logs.",
            format!("aws iam attach-role-policy --role-name {name} --policy-arn arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"),
        ))
}

enum Trust {
    Given,
    GivenOnCondition,
    /// Who is trusted instead, in words.
    NotGiven(String),
}

fn trust(role: &Role) -> Trust {
    let concerns = |named: &Named| match named {
        Named::These(actions) => actions
            .iter()
            .any(|action| crate::account::action_matches(action, "sts:AssumeRole")),
        Named::AllBut(actions) => !actions
            .iter()
            .any(|action| crate::account::action_matches(action, "sts:AssumeRole")),
    };
    let mut plain = false;
    let mut conditional = false;
    let mut others = Vec::new();
    for statement in role
        .trust
        .statements
        .iter()
        .filter(|one| concerns(&one.actions))
    {
        // `*` means every AWS principal; whether a service counts among them is not written down.
        let named = statement.principals.iter().any(|who| who == ECS_TASKS);
        let everyone = statement.principals.iter().any(|who| who == "*");
        match statement.effect {
            Effect::Allow if named && !statement.has_condition => plain = true,
            Effect::Allow if named || everyone => conditional = true,
            Effect::Allow => others.extend(statement.principals.iter().map(String::as_str)),
            Effect::Deny if (named || everyone) && !statement.has_condition => {
                return Trust::NotGiven(format!("a statement denies it to {ECS_TASKS}"));
            }
            Effect::Deny if named || everyone => conditional = true,
            Effect::Deny => {}
        }
    }
    match (plain, conditional) {
        (true, false) => Trust::Given,
        (_, true) => Trust::GivenOnCondition,
        (false, false) if others.is_empty() => Trust::NotGiven("nobody".to_owned()),
        (false, false) => Trust::NotGiven(others.join(", ")),
    }
}

/// A task runs with the definition that names the role: ECS could assume it.
fn has_worked(stack: &Stack<'_>) -> bool {
    use super::discovery::definition;
    let Ok((definition, _)) = definition::find(stack) else {
        return false;
    };
    stack.snapshot.tasks.present().is_some_and(|tasks| {
        tasks
            .iter()
            .any(|task| task.definition == definition.arn && task.started_at.is_some())
    })
}
