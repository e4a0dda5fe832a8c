//! The task definition: the deployment, written down.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::discovery::definition;
use super::finding::{Fix, Judgement};
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::{Area, Fact};

mod environment;
mod file;
mod image_exists;
mod logs;
mod pinned;
mod port;
mod registered;
mod secrets;
mod size;
mod vcpu;

/// Which revision it is, the service says.
const NEEDS: &[Area] = &[Area::Definitions, Area::Service];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "taskdef.registered",
        "The task definition is registered",
        NEEDS,
        |stack| Judgement::settle(registered::judge(stack)),
    )
    .may(&[Passed, Missing, Unknown], &[]),
    Check::must(
        "taskdef.matches-file",
        "What runs is what the file says",
        &[
            Area::Definitions,
            Area::Service,
            Area::Tasks,
            Area::DefinitionFile,
        ],
        |stack| Judgement::settle(file::judge(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Blocked, Unknown],
        &[Cause::TaskDefinitionDrift, Cause::OldRevisionRunning],
    ),
    Check::must(
        "taskdef.pinned-image",
        "The image is pinned to a release",
        NEEDS,
        |stack| Judgement::settle(pinned::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::ImagePinsLatest],
    ),
    Check::must(
        "taskdef.image-exists",
        "The image is in your registry",
        &[
            Area::Caller,
            Area::Definitions,
            Area::Service,
            Area::Registry,
            Area::Platforms,
            Area::DefinitionFile,
        ],
        |stack| Judgement::settle(image_exists::judge(stack)),
    )
    .may(
        &[Passed, Failed, Pending, Blocked, Unknown],
        &[
            Cause::ImageTagMissing,
            Cause::WrongRegion,
            Cause::ImageWrongArchitecture,
        ],
    )
    .follows(&["taskdef.pinned-image"]),
    Check::must(
        "taskdef.fargate-size",
        "Fargate has that size",
        NEEDS,
        |stack| Judgement::settle(size::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::FargateSizeInvalid],
    ),
    Check::must("taskdef.port", "The app's port is mapped", NEEDS, |stack| {
        Judgement::settle(port::judge(stack))
    })
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::PortNotMapped]),
    Check::must(
        "taskdef.logs",
        "The container writes to the log group",
        &[
            Area::Definitions,
            Area::Service,
            Area::LogGroups,
            Area::Roles,
        ],
        |stack| Judgement::settle(logs::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::LogsNotConfigured, Cause::LogGroupMissing],
    ),
    Check::must(
        "taskdef.no-secrets-in-environment",
        "No secret stands in the definition",
        NEEDS,
        |stack| Judgement::settle(environment::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::SecretInEnvironment],
    ),
    Check::must(
        "taskdef.secrets-resolve",
        "Every secret leads to a parameter",
        &[
            Area::Caller,
            Area::Definitions,
            Area::Service,
            Area::Parameters,
        ],
        |stack| Judgement::settle(secrets::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[
            Cause::SecretParameterMissing,
            Cause::ParameterNotSecure,
            Cause::ParameterNameMangled,
        ],
    ),
];

pub(super) const API: &str = "ecs:DescribeTaskDefinition";

/// How to bring a corrected file out; the second command only once there is a service.
pub(super) fn register(stack: &Stack<'_>, judgement: Judgement) -> Judgement {
    bring_out(stack).into_iter().fold(judgement, Judgement::fix)
}

/// The same, for whoever collects what there is to do.
pub(super) fn bring_out(stack: &Stack<'_>) -> Vec<Fix> {
    let file = file_path(stack);
    let mut fixes = vec![Fix::run(
        format!("Register the corrected {file}: it becomes a new revision."),
        register_command(stack),
    )];
    if let Ok(Some(service)) = super::discovery::service::if_built(stack) {
        fixes.push(update_service(stack, service));
    }
    fixes
}

/// Where the file was found, else where it is meant to be.
fn file_path<'a>(stack: &Stack<'a>) -> &'a str {
    match &stack.snapshot.workplace.definition_file {
        Fact::Present(file) => &file.path,
        _ => &stack.chapter().definition_file,
    }
}

fn register_command(stack: &Stack<'_>) -> String {
    stack.aws(format!(
        "ecs register-task-definition --cli-input-json {}",
        quoted(&format!("file://{}", file_path(stack)))
    ))
}

/// Moves the service to the newest revision of its family.
fn update_service(stack: &Stack<'_>, service: &crate::account::Service) -> Fix {
    Fix::run(
        "Let the service run the newest revision.",
        stack.aws(format!(
            "ecs update-service --cluster {} --service {} --task-definition {}",
            quoted(&stack.chapter().service.cluster),
            quoted(&service.name),
            quoted(service.definition.family())
        )),
    )
}

/// The definition that is judged, and how it was found.
fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(&'a crate::account::TaskDefinition, super::finding::FoundBy), Judgement> {
    definition::needed(stack)
}
