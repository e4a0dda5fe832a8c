//! The image that is named is in this account's registry and runs on the definition's platform.

use super::{API, register};
use crate::account::{
    AccountId, Container, Image, ImageReference, ImageStatus, RegistryHost, RepositoryFacts,
    TaskDefinition, Why,
};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

mod platform;
mod tag;

const REPOSITORY: CheckId = CheckId("ecr.repository");
const PUSHED: CheckId = CheckId("ecr.image-pushed");
const IMAGES_API: &str = "ecr:DescribeImages";

/// The app's container, and every other whose image lies in this registry. What a sidecar pulls from elsewhere (a public
/// registry, an account of AWS's own for its log router) cannot be looked at and is not the chapter's affair.
pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let app = container::of_app(stack, definition).ok_or_else(|| {
        Judgement::unknown(format!("{} has no container.", definition.arn.short()))
    })?;
    let mut passed = exists(stack, definition, app, Whose::App, by)?;
    for other in definition
        .containers
        .iter()
        .filter(|one| one.name != app.name)
    {
        let image = ImageReference::parse(&other.image);
        if image.is_in(account(stack)?, &stack.snapshot.region) {
            passed
                .evidence
                .extend(exists(stack, definition, other, Whose::Sidecar, by)?.evidence);
        }
    }
    Ok(passed)
}

/// Which container's image it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    App,
    Sidecar,
}

fn account<'a>(stack: &Stack<'a>) -> Result<&'a AccountId, Judgement> {
    stack
        .read(&stack.snapshot.caller, "the account's number")?
        .map(|caller| &caller.account)
        .ok_or_else(|| Judgement::unknown("The account's number is not known yet."))
}

fn exists(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    container: &Container,
    whose: Whose,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let image = ImageReference::parse(&container.image);
    in_this_registry(stack, definition, container, &image, by)?;
    let facts = stack
        .snapshot
        .repositories
        .get(&image.repository)
        .ok_or_else(|| {
            stack.cannot_tell(
                &Why::NotAsked,
                &format!("the repository {}", image.repository),
            )
        })?;
    let images = images(stack, facts, &image, container, whose, by)?;
    let found = tag::find(stack, images, &facts.absent, &image, container, by)?;
    platform::runs_there(stack, definition, found, container, by)
}

fn in_this_registry(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    container: &Container,
    image: &ImageReference,
    by: FoundBy,
) -> Result<(), Judgement> {
    let account = account(stack)?;
    let region = &stack.snapshot.region;
    if image.is_in(account, region) {
        return Ok(());
    }
    let expected = format!("{account}.dkr.ecr.{region}.amazonaws.com/...");
    let seen = Evidence::new(
        API,
        definition.arn.short(),
        format!("containerDefinitions.{}.image", container.name),
        &expected,
        &container.image,
        by,
    );
    let (cause, summary) = match &image.registry {
        RegistryHost::Ecr {
            account: other,
            region: there,
        } if other == account => (
            Cause::WrongRegion,
            format!(
                "The image of {} is named in {there}; you work in {region}.",
                container.name
            ),
        ),
        RegistryHost::Ecr { account: other, .. } => (
            Cause::WrongRegion,
            format!(
                "The image of {} is named in the registry of account {other}; yours is {account}.",
                container.name
            ),
        ),
        elsewhere => (
            Cause::ImageTagMissing,
            format!(
                "The image of {} is looked for in {elsewhere}, not in your registry.",
                container.name
            ),
        ),
    };
    let say = format!(
        "Write the image with your registry in front: {account}.dkr.ecr.{region}.amazonaws.com/{}:{}",
        stack.chapter().repository,
        stack.chapter().version
    );
    Err(register(
        stack,
        Judgement::failed(cause, summary)
            .seen(seen)
            .fix(Fix::say(say)),
    ))
}

fn images<'a>(
    stack: &Stack<'a>,
    facts: &'a RepositoryFacts,
    image: &ImageReference,
    container: &Container,
    whose: Whose,
    by: FoundBy,
) -> Result<&'a [Image], Judgement> {
    let name = &image.repository;
    let there = stack.read(&facts.repository, &format!("the repository {name}"))?;
    let is_the_chapters = *name == stack.chapter().repository;
    if there.is_none() && is_the_chapters {
        return Err(Judgement::blocked(
            REPOSITORY,
            format!("There is no repository {name} yet."),
        ));
    }
    if there.is_none() && whose == Whose::Sidecar {
        return Err(Judgement::unknown(format!(
            "The image of {} is in the repository {name}, which does not exist yet; a pull-through cache would create it with the first pull, and I cannot see whether there is one.",
            container.name
        )));
    }
    if there.is_none() {
        return Err(tag::no_repository(stack, image, container, by));
    }
    let images = stack
        .read(&facts.images, &format!("the images of {name}"))?
        .map_or(&[][..], Vec::as_slice);
    if is_the_chapters
        && !images
            .iter()
            .any(|one| one.status == ImageStatus::Active && !one.tags.is_empty())
    {
        return Err(Judgement::blocked(
            PUSHED,
            format!("There is no image in {name} yet."),
        ));
    }
    Ok(images)
}
