//! The file in the learner's repository, held against what runs.

use super::{register, update_service};
use crate::account::{
    Comparison, DefinitionFile, Fact, FileState, RevisionArn, Service, ServiceDeployment, Tracked,
    Why,
};
use crate::checks::cause::Cause;
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
        .ok_or_else(|| no_file(stack, path, &definition.arn))?;
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
    let keys = match compared(file, target)? {
        Comparison::Equal => {
            let passed = seen(
                Judgement::passed(format!("{} says what {} says.", file.path, target.short())),
                "equal",
            );
            return Ok(advise(passed, file, target, newest));
        }
        Comparison::Differs(keys) => keys,
    };
    let observed = differing(keys);
    if let Some(newest) = newest.filter(|newest| *newest != target)
        && let Some(service) =
            service::if_built(stack).map_err(|gap| gap.judgement(&service::SERVICE))?
        && matches!(compared(file, newest)?, Comparison::Equal)
    {
        return newest_is_the_file(stack, service, newest, file)
            .map(|judgement| seen(judgement, &observed))
            .map_err(|judgement| seen(judgement, &observed));
    }
    let judgement = Judgement::failed(
        Cause::TaskDefinitionDrift,
        format!("{} and {} differ in {observed}.", file.path, target.short()),
    );
    Err(
        seen(register(stack, judgement), &observed).fix(Fix::say(format!(
            "Or, if what runs is right, put those keys back into {} and commit it.",
            file.path
        ))),
    )
}

fn no_file(stack: &Stack<'_>, path: &str, target: &RevisionArn) -> Judgement {
    Judgement::missing(format!("There is no {path} at your app's root."))
        .seen(Evidence::new(API, path, "file", "exists", "none", FoundBy::Name))
        .fix(Fix::run(
            "Save what is registered as a file beside your code, and commit it. (Elsewhere? Say where in landfall.toml: definition_file = \"...\".)",
            format!(
                "{} --query taskDefinition > {path}",
                stack.aws(format!("ecs describe-task-definition --task-definition {}", target.short()))
            ),
        ))
}

fn parsed(stack: &Stack<'_>, file: &DefinitionFile) -> Result<(), Judgement> {
    let (summary, observed) = match file.readable {
        FileState::Parsed => return Ok(()),
        FileState::NotJson { line, column } => (
            format!(
                "{} is not valid JSON: line {line}, column {column}.",
                file.path
            ),
            format!("an error at line {line}, column {column}"),
        ),
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
fn differing(keys: &[String]) -> String {
    match keys {
        [] => "some keys".to_owned(),
        _ if keys.len() <= 6 => keys.join(", "),
        _ => format!("{} and {} more", keys[..5].join(", "), keys.len() - 5),
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
    if file.wrapped {
        remarks.push(format!(
            "{} is wrapped in \"taskDefinition\"; register-task-definition wants what is inside.",
            file.path
        ));
    }
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
