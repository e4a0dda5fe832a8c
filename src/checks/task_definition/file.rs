//! The file in the learner's repository, held against what runs.

use super::{register, update_service};
use crate::account::{
    Comparison, DefinitionFile, Difference, Fact, RevisionArn, Service, ServiceDeployment, Side,
    Why,
};
use crate::checks::cause::Cause;
use crate::checks::discovery::{definition, list, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

mod readable;
mod remarks;

use readable::{no_file, parsed};
use remarks::advise;

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
