//! The file in the learner's repository, held against what runs.

use super::{register, update_service};
use crate::account::{
    Comparison, DefinitionFile, Difference, Encoding, Fact, FileState, JsonTrouble, RevisionArn,
    Service, ServiceDeployment, Side, TaskDefinition, Tracked, Why,
};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::{definition, list, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

const API: &str = "workplace:task-definition";

/// Against the revision the service runs; before a service against the newest.
pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let path = &stack.chapter().definition_file;
    let file = stack
        .read(
            &stack.snapshot.workplace.definition_file,
            "the task definition file",
        )?
        .ok_or_else(|| no_file(stack, path, definition))?;
    parsed(stack, file)?;
    let target = &definition.arn;
    let newest = newest(stack)?;
    let seen = |judgement: Judgement, observed: &str| {
        judgement.seen(Evidence::new(
            API,
            &file.path,
            "all keys but those AWS adds",
            format!("as in {}", target.short()),
            observed,
            by,
        ))
    };
    let differences = match compared(file, target)? {
        Comparison::Equal => {
            let passed = seen(
                Judgement::passed(format!("{} says what {} says.", file.path, target.short())),
                "equal",
            );
            return Ok(advise(passed, file, target, newest));
        }
        Comparison::Differs(differences) => differences,
    };
    if let Some(newest) = newest.filter(|newest| *newest != target)
        && let Some(service) =
            service::if_built(stack).map_err(|gap| gap.judgement(&service::SERVICE))?
        && matches!(compared(file, newest)?, Comparison::Equal)
    {
        let observed = differing(differences);
        return newest_is_the_file(stack, service, newest, file)
            .map(|judgement| seen(judgement, &observed))
            .map_err(|judgement| seen(judgement, &observed));
    }
    Err(drift(stack, file, target, differences, by))
}

/// The file and what runs differ, and no newer revision explains it.
fn drift(
    stack: &Stack<'_>,
    file: &DefinitionFile,
    target: &RevisionArn,
    differences: &[Difference],
    by: FoundBy,
) -> Judgement {
    let mut judgement = Judgement::failed(
        Cause::TaskDefinitionDrift,
        format!(
            "{} and {} differ in {}.",
            file.path,
            target.short(),
            differing(differences)
        ),
    );
    for difference in differences.iter().take(MOST_SHOWN) {
        judgement = judgement.seen(Evidence::new(
            API,
            &file.path,
            &difference.key,
            format!("as in {}", target.short()),
            match difference.side {
                Side::Both => "another value",
                Side::OnlyInFile => "set in the file only",
                Side::OnlyRegistered => "set in AWS only",
            },
            by,
        ));
    }
    if !file.twice.is_empty() {
        judgement = judgement.fix(Fix::say(format!(
            "First take {} out of \"environment\": AWS refuses a name that stands among the secrets, too.",
            file.twice.join(", ")
        )));
    }
    register(stack, judgement).fix(Fix::say(format!(
        "Or, if what runs is right, put those keys back into {} and commit it.",
        file.path
    )))
}

/// More differences than this are not shown one by one.
const MOST_SHOWN: usize = 20;

fn no_file(stack: &Stack<'_>, path: &str, definition: &TaskDefinition) -> Judgement {
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

fn parsed(stack: &Stack<'_>, file: &DefinitionFile) -> Result<(), Judgement> {
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

/// The newest revision, if there is any.
fn newest<'a>(stack: &Stack<'a>) -> Result<Option<&'a RevisionArn>, Judgement> {
    list(
        &stack.snapshot.revisions,
        "the revisions of the task definition",
    )
    .map(<[RevisionArn]>::first)
    .map_err(|gap| gap.judgement(&definition::DEFINITION))
}

fn compared<'a>(
    file: &'a DefinitionFile,
    revision: &RevisionArn,
) -> Result<&'a Comparison, Judgement> {
    file.compared.get(revision).ok_or_else(|| {
        Judgement::unknown(format!(
            "{} was not compared with {} in this run.",
            file.path,
            revision.short()
        ))
    })
}

/// At most six keys, by name.
fn differing(differences: &[Difference]) -> String {
    let keys = |differences: &[Difference]| {
        let keys: Vec<&str> = differences.iter().map(|one| one.key.as_str()).collect();
        keys.join(", ")
    };
    match differences {
        [] => "some keys".to_owned(),
        _ if differences.len() <= 6 => keys(differences),
        _ => format!(
            "{} and {} more",
            keys(&differences[..5]),
            differences.len() - 5
        ),
    }
}

/// The file is the newest revision, and the service runs another: forgotten, or rolled back?
fn newest_is_the_file(
    stack: &Stack<'_>,
    service: &Service,
    newest: &RevisionArn,
    file: &DefinitionFile,
) -> Result<Judgement, Judgement> {
    match was_deployed(stack, service, newest) {
        Ok(true) => Ok(Judgement::passed(format!(
            "The service went back to {}; {} still holds {}.",
            service.definition.short(),
            file.path,
            newest.short()
        ))
        .advise(format!(
            "Put {} back too, so that the next deployment does not bring the rejected revision out again.",
            file.path
        ))),
        Ok(false) => Err(Judgement::failed(
            Cause::OldRevisionRunning,
            format!(
                "{} is registered as {}, but the service still runs {}.",
                file.path,
                newest.short(),
                service.definition.short()
            ),
        )
        .fix(update_service(stack, service))),
        Err(why) => Err(stack.cannot_tell(&why, "whether the newest revision was ever deployed")),
    }
}

/// Whether that revision was ever brought out, by any trace of it.
fn was_deployed(stack: &Stack<'_>, service: &Service, revision: &RevisionArn) -> Result<bool, Why> {
    let traced = service
        .deployments
        .iter()
        .any(|one| one.definition == *revision)
        || [&stack.snapshot.tasks, &stack.snapshot.stopped_tasks]
            .into_iter()
            .filter_map(Fact::present)
            .flatten()
            .any(|task| task.definition == *revision);
    if traced {
        return Ok(true);
    }
    let history: &[ServiceDeployment] = match &service.history {
        Fact::Present(history) => history,
        Fact::Absent => &[],
        Fact::Unknown(why) => return Err(why.clone()),
    };
    if history
        .iter()
        .any(|one| one.definition.as_ref() == Some(revision))
    {
        return Ok(true);
    }
    if history.iter().any(|one| one.definition.is_none()) {
        return Err(Why::Other {
            say: "some earlier deployments do not say what they brought out".to_owned(),
        });
    }
    Ok(false)
}

/// Remarks on a file that says what runs.
fn advise(
    judgement: Judgement,
    file: &DefinitionFile,
    target: &RevisionArn,
    newest: Option<&RevisionArn>,
) -> Judgement {
    let mut remarks = Vec::new();
    if let Some(newest) = newest.filter(|newest| *newest != target) {
        remarks.push(format!(
            "{} is newer and not in use: a rollback, or was update-service forgotten?",
            newest.short()
        ));
    }
    remarks.extend(not_as_registered(file));
    match file.tracked {
        Fact::Present(Tracked::Untracked) => {
            remarks.push(format!(
                "Git does not know {} yet: git add and commit it.",
                file.path
            ));
        }
        Fact::Present(Tracked::Changed) => {
            remarks.push(format!("{} has changes that are not committed.", file.path));
        }
        _ => {}
    }
    if remarks.is_empty() {
        judgement
    } else {
        judgement.advise(remarks.join(" "))
    }
}

/// What `register-task-definition` would not take of a file that otherwise says what runs.
fn not_as_registered(file: &DefinitionFile) -> Vec<String> {
    let mut remarks = Vec::new();
    if file.wrapped {
        remarks.push(format!(
            "{} is wrapped in \"taskDefinition\"; register-task-definition wants what is inside.",
            file.path
        ));
    }
    if !file.added_by_aws.is_empty() {
        remarks.push(format!(
            "Take out what only AWS writes, register-task-definition refuses it: {}.",
            file.added_by_aws.join(", ")
        ));
    }
    if !file.placeholders.is_empty() {
        remarks.push(format!(
            "{} leaves places open, which have to be filled in before it is registered: {}.",
            file.path,
            file.placeholders.join(", ")
        ));
    }
    match file.encoding {
        Encoding::Utf8 => {}
        Encoding::Utf8WithMark => remarks.push(format!(
            "{} begins with a byte order mark, which the aws command line takes for broken JSON: save it as UTF-8 without one.",
            file.path
        )),
        Encoding::Utf16 => remarks.push(format!(
            "{} is UTF-16, as Windows PowerShell writes it; the aws command line wants UTF-8.",
            file.path
        )),
    }
    remarks
}
