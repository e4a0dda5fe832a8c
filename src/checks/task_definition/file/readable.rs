//! The file as such: that there is one, and that it is a task definition.

use super::API;
use crate::account::{DefinitionFile, FileState, JsonTrouble, TaskDefinition};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use crate::checks::task_definition::register;

/// Nothing to compare with: how to get a file from what is registered.
pub(super) fn no_file(stack: &Stack<'_>, path: &str, definition: &TaskDefinition) -> Judgement {
    Judgement::missing(format!("There is no {path} at your app's root."))
        .seen(Evidence::new(API, path, "file", "exists", "none", FoundBy::Name))
        .fix(Fix::run(
            "Save what is registered as a file beside your code, and commit it. (Elsewhere? Say where in landfall.toml: definition_file = \"...\".)",
            format!(
                "{} --query {} > {}",
                stack.aws(format!(
                    "ecs describe-task-definition --task-definition {}",
                    quoted(definition.arn.short())
                )),
                quoted(&what_can_be_registered(definition)),
                quoted(path)
            ),
        ))
}

/// A query that leaves out what `register-task-definition` refuses: keys that only AWS writes, and empty ones.
fn what_can_be_registered(definition: &TaskDefinition) -> String {
    let platform = definition.architecture.is_some() || definition.os_family.is_some();
    let keys = [
        ("family", true),
        ("taskRoleArn", definition.task_role.is_some()),
        ("executionRoleArn", definition.execution_role.is_some()),
        ("networkMode", definition.network_mode.is_some()),
        ("containerDefinitions", true),
        ("volumes", true),
        ("requiresCompatibilities", !definition.requires.is_empty()),
        ("cpu", definition.cpu.is_some()),
        ("memory", definition.memory.is_some()),
        ("runtimePlatform", platform),
        ("ephemeralStorage", definition.ephemeral_gib.is_some()),
    ];
    let pairs: Vec<String> = keys
        .iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(key, _)| format!("{key}:{key}"))
        .collect();
    format!("taskDefinition.{{{}}}", pairs.join(","))
}

/// Cut short by a file that is no task definition, or by not knowing which file it is.
pub(super) fn parsed(stack: &Stack<'_>, file: &DefinitionFile) -> Result<(), Judgement> {
    let (summary, observed) = match &file.readable {
        FileState::Parsed => return Ok(()),
        FileState::Several(paths) => {
            return Err(Judgement::unknown(format!(
                "{} files could be your task definition: {}.",
                paths.len(),
                paths.join(", ")
            ))
            .fix(Fix::say(format!(
                "Say in landfall.toml which one is: definition_file = \"{}\".",
                paths.first().map_or("...", String::as_str)
            ))));
        }
        FileState::NotJson {
            looks_like: JsonTrouble::Empty,
            ..
        } => (format!("{} is empty.", file.path), "nothing".to_owned()),
        FileState::NotJson {
            line,
            column,
            looks_like,
        } => {
            let why = match looks_like {
                JsonTrouble::Comment => " JSON knows no comments: take it out.",
                JsonTrouble::TrailingComma => " No comma may stand before a closing bracket.",
                JsonTrouble::Empty | JsonTrouble::Other => "",
            };
            (
                format!(
                    "{} is not valid JSON: line {line}, column {column}.{why}",
                    file.path
                ),
                format!("an error at line {line}, column {column}"),
            )
        }
        FileState::NotADefinition => (
            format!(
                "{} is JSON, but not a task definition: it names no family and no containers.",
                file.path
            ),
            "other JSON".to_owned(),
        ),
    };
    Err(register(
        stack,
        Judgement::failed(Cause::TaskDefinitionDrift, summary).seen(Evidence::new(
            API,
            &file.path,
            "contents",
            "a task definition",
            observed,
            FoundBy::Name,
        )),
    ))
}
