//! What the role may do: asked of its policy documents first, then of the simulator.

use super::asked::Asked;
use super::remedy;
use crate::account::{
    Container, Fact, Place, PolicyVerdict, Role, RoleAnswer, RoleQuestion, TaskDefinition,
    policy_verdict, pull_questions, secret_questions,
};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::discovery::{Gap, definition, role};
use crate::checks::finding::{Evidence, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

const PULLS: CheckId = CheckId("role.pulls-image");

pub(super) fn pull(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let definition = definition_if_any(stack)?;
    if let Some(definition) = definition
        && definition.execution_role.is_none()
    {
        return Err(no_role_named(stack, definition));
    }
    let (found, by) = role::needed(stack)?;
    let place = place(stack)?;
    let container = definition.and_then(|definition| container::of_app(stack, definition));
    let asked = Asked {
        role: found,
        by,
        questions: pull_questions(&place, container, stack.chapter()),
        cause: Cause::ExecutionRoleCannotPull,
        what: "pull the image and write its log",
        settled_by_tasks_since: None,
    };
    asked.judge(
        stack,
        remedy::attach_pull_policy(
            stack,
            &found.name,
            "Attach AWS's own policy for it. (A task that fails within seconds with AccessDenied lacks permissions; one that \
             fails after minutes with a timeout lacks a way through the network.)",
        ),
    )
}

fn no_role_named(stack: &Stack<'_>, definition: &TaskDefinition) -> Judgement {
    let name = role::expected_name(stack);
    let arn = role::by_expected_name(stack).map_or_else(
        || format!("(the ARN of {name})"),
        |role| role.arn.as_str().to_owned(),
    );
    Judgement::failed(
        Cause::ExecutionRoleCannotPull,
        format!(
            "{} names no execution role: ECS cannot pull the image.",
            definition.arn.short()
        ),
    )
    .seen(Evidence::new(
        "ecs:DescribeTaskDefinition",
        definition.arn.short(),
        "executionRoleArn",
        name,
        "not set",
        FoundBy::Relation,
    ))
    .fix(remedy::name_in_definition(stack, &arn))
}

pub(super) fn read_secrets(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let definition = definition_if_any(stack)?;
    if let Some(definition) = definition
        && definition.execution_role.is_none()
    {
        return Err(Judgement::blocked(
            PULLS,
            format!(
                "{} names no execution role that could read secrets.",
                definition.arn.short()
            ),
        ));
    }
    let (found, by) = role::needed(stack)?;
    let place = place(stack)?;
    let names = &stack.chapter().parameters;
    let mut wanted: Vec<&str> = definition
        .iter()
        .flat_map(|definition| &definition.containers)
        .flat_map(Container::all_secrets)
        .map(|secret| secret.value_from.as_str())
        .collect();
    if wanted.is_empty() {
        wanted = vec![&names.database_url, &names.redis_url];
    }
    // Whether a parameter has a key of the learner's own.
    let parameters = match &stack.snapshot.parameters {
        Fact::Present(parameters) => parameters.as_slice(),
        Fact::Absent => &[],
        Fact::Unknown(why) => return Err(stack.cannot_tell(why, "the parameters and their keys")),
    };
    let asked = Asked {
        role: found,
        by,
        questions: secret_questions(&place, wanted.iter().copied(), parameters),
        cause: Cause::ExecutionRoleCannotReadSecrets,
        what: "read the secrets",
        // A parameter that was stored anew may have another key.
        settled_by_tasks_since: parameters.iter().filter_map(|one| one.modified_at).max(),
    };
    let judgement = asked.judge(stack, remedy::allow_inline(found, &asked.questions));
    judgement.map_err(|judgement| right_policy_wrong_role(stack, definition, &asked, judgement))
}

/// The policy is there, but on the role the app runs under.
fn right_policy_wrong_role(
    stack: &Stack<'_>,
    definition: Option<&TaskDefinition>,
    asked: &Asked<'_>,
    mut judgement: Judgement,
) -> Judgement {
    let task_role = definition
        .and_then(|definition| definition.task_role.as_ref())
        .and_then(|arn| role::read(stack, arn).ok());
    let may = |role: &Role, question: &RoleQuestion| {
        policy_verdict(role, question.action, &question.resource) == PolicyVerdict::Allowed
    };
    if let Some(task_role) = task_role
        && judgement.cause == Some(Cause::ExecutionRoleCannotReadSecrets)
        && asked
            .questions
            .iter()
            .filter(|question| matches!(question.answer(asked.role), RoleAnswer::Refused(_)))
            .all(|question| may(task_role, question))
    {
        judgement.summary = format!(
            "{} The task role {} may, but ECS reads secrets with the execution role: right policy, wrong role.",
            judgement.summary, task_role.name
        );
    }
    judgement
}

fn definition_if_any<'a>(stack: &Stack<'a>) -> Result<Option<&'a TaskDefinition>, Judgement> {
    match definition::find(stack) {
        Ok((definition, _)) => Ok(Some(definition)),
        Err(Gap::NotThere) => Ok(None),
        Err(gap) => Err(gap.judgement(&role::ROLE)),
    }
}

fn place(stack: &Stack<'_>) -> Result<Place, Judgement> {
    match &stack.snapshot.caller {
        Fact::Present(caller) => Ok(Place::of(caller, &stack.snapshot.region)),
        Fact::Absent => Err(Judgement::unknown("The account's number is not known yet.")),
        Fact::Unknown(why) => Err(stack.cannot_tell(why, "the account's number")),
    }
}
