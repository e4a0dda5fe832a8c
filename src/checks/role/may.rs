//! What the role may do: asked of its policy documents first, then of the simulator.

use super::API;
use crate::account::{
    Decision, Fact, Place, PolicyVerdict, Role, RoleAnswer, RoleQuestion, TaskDefinition,
    policy_verdict, pull_questions, secret_questions,
};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::discovery::{Gap, definition, role};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

const PULL_POLICY: &str = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/// A role that has just been changed is not everywhere yet.
const FRESH_SECONDS: i64 = 60;

pub(super) fn pull(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let definition = definition_if_any(stack)?;
    if let Some(definition) = definition
        && definition.execution_role.is_none()
    {
        return Err(no_role_named(stack, definition));
    }
    let (found, by) = role::needed(stack)?;
    let place = place(stack)?;
    let chapter = stack.chapter();
    let container = definition.and_then(|definition| container::of_app(stack, definition));
    let log_group = container
        .and_then(|container| container.logs.as_ref()?.group.as_deref())
        .unwrap_or(&chapter.log_group);
    let image = container.map(|container| container.image.as_str());
    let questions = pull_questions(&place, image, &chapter.repository, log_group);
    judge(
        stack,
        (found, by),
        &questions,
        Cause::ExecutionRoleCannotPull,
        "pull the image and write its log",
        Fix::run(
            "Attach AWS's own policy for it. (Task failures that come after seconds with AccessDenied are permissions; those that come after minutes with a timeout are the network.)",
            format!(
                "aws iam attach-role-policy --role-name {} --policy-arn {PULL_POLICY}",
                found.name
            ),
        ),
    )
}

fn no_role_named(stack: &Stack<'_>, definition: &TaskDefinition) -> Judgement {
    let name = role::expected_name(stack);
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
    .fix(Fix::run(
        format!(
            "Add \"executionRoleArn\" with the ARN of {name} to {}, and register it.",
            stack.chapter().definition_file
        ),
        stack.aws(format!(
            "ecs register-task-definition --cli-input-json file://{}",
            stack.chapter().definition_file
        )),
    ))
}

pub(super) fn read_secrets(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (found, by) = role::needed(stack)?;
    let definition = definition_if_any(stack)?;
    let place = place(stack)?;
    let chapter = stack.chapter();
    let mut wanted: Vec<&str> = definition
        .iter()
        .flat_map(|definition| &definition.containers)
        .flat_map(|container| &container.secrets)
        .map(|secret| secret.value_from.as_str())
        .collect();
    if wanted.is_empty() {
        wanted = vec![
            &chapter.parameters.database_url,
            &chapter.parameters.redis_url,
        ];
    }
    // Whether a parameter has a key of the learner's own.
    let parameters = match &stack.snapshot.parameters {
        Fact::Present(parameters) => parameters.as_slice(),
        Fact::Absent => &[],
        Fact::Unknown(why) => return Err(stack.cannot_tell(why, "the parameters and their keys")),
    };
    let questions = secret_questions(&place, wanted.iter().copied(), parameters);
    let policy = inline_policy(&questions);
    let judgement = judge(
        stack,
        (found, by),
        &questions,
        Cause::ExecutionRoleCannotReadSecrets,
        "read the secrets",
        Fix::run(
            "Allow it in an inline policy of the execution role.",
            format!(
                "aws iam put-role-policy --role-name {} --policy-name read-parameters --policy-document '{policy}'",
                found.name
            ),
        ),
    );
    judgement.map_err(|judgement| right_policy_wrong_role(stack, definition, &questions, judgement))
}

/// The policy is there, but on the role the app runs under.
fn right_policy_wrong_role(
    stack: &Stack<'_>,
    definition: Option<&TaskDefinition>,
    questions: &[RoleQuestion],
    mut judgement: Judgement,
) -> Judgement {
    let task_role = definition
        .and_then(|definition| definition.task_role.as_ref())
        .and_then(|arn| role::read(stack, arn).ok());
    if let Some(task_role) = task_role
        && judgement.cause == Some(Cause::ExecutionRoleCannotReadSecrets)
        && questions.iter().all(|question| {
            policy_verdict(task_role, question.action, &question.resource) == PolicyVerdict::Allowed
        })
    {
        judgement.summary = format!(
            "{} The task role {} may, but ECS reads secrets with the execution role: right policy, wrong role.",
            judgement.summary, task_role.name
        );
    }
    judgement
}

fn judge(
    stack: &Stack<'_>,
    (role, by): (&Role, FoundBy),
    questions: &[RoleQuestion],
    cause: Cause,
    what: &str,
    fix: Fix,
) -> Result<Judgement, Judgement> {
    let mut refused = Vec::new();
    let mut open = None;
    for question in questions {
        match question.answer(role) {
            RoleAnswer::Allowed => {}
            RoleAnswer::Refused(decision) => refused.push((question, decision)),
            RoleAnswer::CannotTell(why) => open = Some((question, why)),
        }
    }
    if let Some((_, first)) = refused.first() {
        let judgement = if is_fresh(stack, role) {
            Judgement::pending(format!(
                "{} was created just now; what it may do takes some seconds to reach every part of AWS.",
                role.name
            ))
        } else {
            Judgement::failed(
                cause,
                format!("{} may not {what}: {}.", role.name, words(*first)),
            )
        };
        let judgement = refused
            .iter()
            .fold(judgement, |judgement, (question, decision)| {
                judgement.seen(evidence(role, question, words(*decision), by))
            });
        return Err(judgement.fix(fix));
    }
    if let Some((question, why)) = open {
        return Err(stack
            .cannot_tell(
                &why,
                &format!("whether {} may {}", role.name, question.action),
            )
            .seen(evidence(role, question, "its policies leave it open", by)));
    }
    Ok(questions.iter().fold(
        Judgement::passed(format!("{} may {what}.", role.name)),
        |judgement, question| judgement.seen(evidence(role, question, "allowed", by)),
    ))
}

fn evidence(role: &Role, question: &RoleQuestion, observed: &str, by: FoundBy) -> Evidence {
    let api = if question.is_answered_by_documents(role) {
        API
    } else {
        "iam:SimulatePrincipalPolicy"
    };
    Evidence::new(
        api,
        &role.name,
        format!("{} on {}", question.action, question.resource),
        "allowed",
        observed,
        by,
    )
}

const fn words(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "allowed",
        Decision::NotAllowed => "none of its policies allows it",
        Decision::ExplicitlyDenied => "one of its policies denies it",
        Decision::DeniedByOrganisation => "your organisation does not allow it",
        Decision::DeniedByBoundary => "its permissions boundary does not allow it",
    }
}

fn is_fresh(stack: &Stack<'_>, role: &Role) -> bool {
    role.created_at.is_some_and(|created| {
        (stack.snapshot.collected_at.as_second() - created.as_second()) < FRESH_SECONDS
    })
}

fn inline_policy(questions: &[RoleQuestion]) -> String {
    let mut actions: Vec<&str> = Vec::new();
    for question in questions {
        if !actions.contains(&question.action) {
            actions.push(question.action);
        }
    }
    let statements: Vec<String> = actions
        .iter()
        .map(|action| {
            let resources: Vec<String> = questions
                .iter()
                .filter(|question| question.action == *action)
                .map(|question| format!("\"{}\"", question.resource))
                .collect();
            format!(
                "{{\"Effect\":\"Allow\",\"Action\":\"{action}\",\"Resource\":[{}]}}",
                resources.join(",")
            )
        })
        .collect();
    format!(
        "{{\"Version\":\"2012-10-17\",\"Statement\":[{}]}}",
        statements.join(",")
    )
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
