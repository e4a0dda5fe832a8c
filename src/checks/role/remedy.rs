//! What to do about an execution role, as commands.

use super::trust::TRUST;
use crate::account::{Arn, AttachedPolicy, Decision, Role, RoleQuestion, clues};
use crate::checks::command::{partition, quoted};
use crate::checks::discovery::role;
use crate::checks::finding::Fix;
use crate::checks::stack::Stack;

/// As the lesson calls it, so that it takes the place of what is there.
const SECRETS_POLICY: &str = "read-news-api-parameters";

/// In a Learner Lab roles can be looked at, not made or changed.
pub(super) fn in_lab(stack: &Stack<'_>, name: &str) -> Option<Fix> {
    if !role::is_in_lab(stack) {
        return None;
    }
    Some(if name == role::LEARNER_LAB_ROLE {
        Fix::say(format!(
            "{name} comes with the Learner Lab and cannot be changed from inside: end the lab, start it again, and ask your \
             instructor if it stays."
        ))
    } else {
        Fix::say(format!(
            "A Learner Lab lets nobody make or change roles: put the ARN of {} into \"executionRoleArn\" of {}, and \
             register it again.",
            role::LEARNER_LAB_ROLE,
            stack.chapter().definition_file
        ))
    })
}

/// The role with its trust, and the policy for pulling and logging. `path` as in its ARN, `/service/`.
pub(super) fn create(stack: &Stack<'_>, name: &str, path: Option<String>) -> [Fix; 2] {
    let path = path.map_or_else(String::new, |path| format!(" --path {}", quoted(&path)));
    [
        Fix::run(
            "Create the role, for ECS tasks to use.",
            format!(
                "aws iam create-role --role-name {}{path} --assume-role-policy-document '{TRUST}'",
                quoted(name)
            ),
        ),
        attach_pull_policy(
            stack,
            name,
            "Let it pull images and write logs; what it may read of the secrets is the next check.",
        ),
    ]
}

/// AWS's own policy for it.
pub(super) fn attach_pull_policy(stack: &Stack<'_>, name: &str, say: &str) -> Fix {
    Fix::run(
        say,
        format!(
            "aws iam attach-role-policy --role-name {} --policy-arn arn:{}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            quoted(name),
            partition(stack)
        ),
    )
}

/// Another ARN in the definition.
pub(super) fn name_in_definition(stack: &Stack<'_>, arn: &str) -> Fix {
    let file = &stack.chapter().definition_file;
    Fix::run(
        format!(
            "Write \"executionRoleArn\": \"{arn}\" into {file}, register it, and let the service use the new revision."
        ),
        stack.aws(format!(
            "ecs register-task-definition --cli-input-json {}",
            quoted(&format!("file://{file}"))
        )),
    )
}

/// What lifts a refusal that more rights would not.
pub(super) fn lift(role: &Role, question: &RoleQuestion, decision: Decision) -> Option<Fix> {
    let name = quoted(&role.name);
    match decision {
        Decision::Allowed | Decision::NotAllowed => None,
        Decision::ExplicitlyDenied => Some(match denying(role, question) {
            Some(policy) => Fix::run(
                format!(
                    "A deny beats every allow: take it out of the policy {}, or take the policy off the role.",
                    policy.name
                ),
                match &policy.arn {
                    Some(arn) => format!(
                        "aws iam detach-role-policy --role-name {name} --policy-arn {}",
                        quoted(arn.as_str())
                    ),
                    None => format!(
                        "aws iam delete-role-policy --role-name {name} --policy-name {}",
                        quoted(&policy.name)
                    ),
                },
            ),
            None => Fix::run(
                "A deny beats every allow: look which of the role's policies holds it.",
                format!("aws iam list-attached-role-policies --role-name {name}"),
            ),
        }),
        Decision::DeniedByBoundary => Some(Fix::run(
            format!(
                "The boundary is a limit that no policy of the role can widen. The chapter's role needs none; as an \
                 administrator take it off, or allow {} in it.",
                question.action
            ),
            format!("aws iam delete-role-permissions-boundary --role-name {name}"),
        )),
        Decision::DeniedByOrganisation => Some(Fix::say(format!(
            "Ask whoever runs your AWS organisation to allow {}; nothing in your own account can.",
            question.action
        ))),
    }
}

/// The policy that denies it outright, as far as the documents show it.
pub(super) fn denying<'a>(role: &'a Role, question: &RoleQuestion) -> Option<&'a AttachedPolicy> {
    clues(role, question.action, &question.resource)?.denied_by
}

/// An inline policy that allows all of the questions.
pub(super) fn allow_inline(role: &Role, questions: &[RoleQuestion]) -> Fix {
    Fix::run(
        format!("Allow it in an inline policy of {}.", role.name),
        format!(
            "aws iam put-role-policy --role-name {} --policy-name {SECRETS_POLICY} --policy-document {}",
            quoted(&role.name),
            document(questions)
        ),
    )
}

/// As one word of a shell. Policies name keys by id: what is behind an alias the shell looks up.
fn document(questions: &[RoleQuestion]) -> String {
    let mut actions: Vec<&str> = Vec::new();
    for question in questions {
        if !actions.contains(&question.action) {
            actions.push(question.action);
        }
    }
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let statements: Vec<String> = actions
        .iter()
        .map(|action| {
            let resources: Vec<String> = questions
                .iter()
                .filter(|question| question.action == *action)
                .map(|question| text(&question.resource))
                .collect();
            format!(
                "{{\"Effect\":\"Allow\",\"Action\":{},\"Resource\":[{}]}}",
                text(action),
                resources.join(",")
            )
        })
        .collect();
    let mut word = quoted(&format!(
        "{{\"Version\":\"2012-10-17\",\"Statement\":[{}]}}",
        statements.join(",")
    ));
    for alias in questions
        .iter()
        .filter(|question| question.resource.contains(":alias/"))
    {
        let look_up = format!(
            "'\"$(aws kms describe-key --key-id {} --query KeyMetadata.Arn --output text)\"'",
            quoted(&alias.resource)
        );
        word = word.replace(&alias.resource, &look_up);
    }
    word
}

/// The last word of a role's ARN.
pub(super) fn name_of(arn: &Arn) -> &str {
    arn.as_str().rsplit('/').next().unwrap_or_default()
}

/// `/service/` of `role/service/name`; `None` for a plain role.
pub(super) fn path_of(arn: &Arn) -> Option<String> {
    let resource = arn.resource()?.strip_prefix("role/")?;
    let (path, _) = resource.rsplit_once('/')?;
    Some(format!("/{path}/"))
}
