//! The service runs an ACTIVE revision; a tag that was pushed again since is only remarked on.

use super::seen;
use crate::account::{Digest, Fact, Image, ImageReference, Service, TaskDefinition};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::discovery::{definition, service};
use crate::checks::finding::{Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, by) = service::needed(stack)?;
    let running = &service.definition;
    let active = match &stack.snapshot.revisions {
        Fact::Present(revisions) if revisions.contains(running) => true,
        // Of another family, or no longer ACTIVE: the definition itself tells.
        _ => {
            definition::read(stack, running)
                .map_err(|gap| gap.judgement(&definition::DEFINITION))?
                .status
                == "ACTIVE"
        }
    };
    if active {
        let passed =
            Judgement::passed(format!("{} runs {}.", service.name, running.short())).seen(seen(
                service,
                "taskDefinition",
                "an ACTIVE revision",
                running.short(),
                by,
            ));
        return Ok(match pushed_again(stack, service) {
            Some(remark) => passed.advise(remark),
            None => passed,
        });
    }
    Err(Judgement::failed(
        Cause::OldRevisionRunning,
        format!(
            "{} runs {}, which is no longer registered: it cannot be started again.",
            service.name,
            running.short()
        ),
    )
    .seen(seen(
        service,
        "taskDefinition",
        "an ACTIVE revision",
        format!("{} (not ACTIVE)", running.short()),
        by,
    ))
    .fix(Fix::run(
        "Let it run the newest registered revision.",
        stack.aws(format!(
            "ecs update-service --cluster {} --service {} --task-definition {}",
            stack.chapter().service.cluster,
            service.name,
            running.family()
        )),
    )))
}

/// ECS resolves a tag once per deployment: what was pushed under it later does not run.
fn pushed_again(stack: &Stack<'_>, service: &Service) -> Option<String> {
    let definition: &TaskDefinition = definition::read(stack, &service.definition).ok()?;
    let container = container::of_app(stack, definition)?;
    let image = ImageReference::parse(&container.image);
    let tag = image.effective_tag()?;
    let facts = stack.snapshot.repositories.get(&image.repository)?;
    let now: &Image = facts
        .images
        .present()?
        .iter()
        .find(|one| one.tags.iter().any(|its| its == tag))?;
    let last = service.history.present().and_then(|history| {
        history
            .iter()
            .find(|one| one.definition.as_ref() == Some(&service.definition))
    });
    let deployed = last.and_then(|last| {
        let image = last
            .images
            .iter()
            .find(|one| one.container == container.name);
        image?.digest.as_ref()
    });
    let since = last.and_then(|last| last.created_at).or_else(|| {
        let mut deployments = service.deployments.iter();
        deployments.find(|one| one.status == "PRIMARY")?.created_at
    })?;
    // Another digest alone says little: of an image index ECS may name the part that runs.
    if deployed == Some(&now.digest) || now.pushed_at? <= since {
        return None;
    }
    // What runs says it best, also where tags are resolved anew for every task (versionConsistency: disabled).
    let running: Vec<&Digest> = stack
        .snapshot
        .tasks
        .present()
        .into_iter()
        .flatten()
        .filter(|task| task.definition == service.definition)
        .flat_map(|task| &task.containers)
        .filter(|one| one.name == container.name)
        .filter_map(|one| one.image_digest.as_ref())
        .collect();
    if !running.is_empty() && running.iter().all(|digest| **digest == now.digest) {
        return None;
    }
    Some(format!(
        "{tag} was pushed again since the last deployment; tasks that started before still run the earlier image. Push under a new tag and register a revision for it, or force a new deployment."
    ))
}
