//! The image that is named is in this account's registry and runs on the definition's platform.

use super::{API, register};
use crate::account::{
    Architecture, Container, Fact, Image, ImageReference, ImageStatus, RegistryHost,
    RepositoryFacts, TaskDefinition, Why,
};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

const REPOSITORY: CheckId = CheckId("ecr.repository");
const PUSHED: CheckId = CheckId("ecr.image-pushed");
const TAGS: CheckId = CheckId("ecr.three-tags-one-digest");
const ARCHITECTURE: CheckId = CheckId("ecr.architecture");
const IMAGES_API: &str = "ecr:DescribeImages";

/// The app's container, and every other whose image lies in a registry of ECR.
pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let app = container::of_app(stack, definition).ok_or_else(|| {
        Judgement::unknown(format!("{} has no container.", definition.arn.short()))
    })?;
    let mut passed = exists(stack, definition, app, by)?;
    for other in definition
        .containers
        .iter()
        .filter(|one| one.name != app.name)
    {
        let image = ImageReference::parse(&other.image);
        if matches!(image.registry, RegistryHost::Ecr { .. }) {
            passed
                .evidence
                .extend(exists(stack, definition, other, by)?.evidence);
        }
    }
    Ok(passed)
}

fn exists(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    container: &Container,
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
    let images = images(stack, facts, &image, container, by)?;
    let found = find(stack, images, &image, container, by)?;
    runs_there(stack, definition, found, container, by)
}

fn in_this_registry(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    container: &Container,
    image: &ImageReference,
    by: FoundBy,
) -> Result<(), Judgement> {
    let account = stack
        .read(&stack.snapshot.caller, "the account's number")?
        .map(|caller| &caller.account)
        .ok_or_else(|| Judgement::unknown("The account's number is not known yet."))?;
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
    if there.is_none() {
        return Err(not_found(stack, image, container, &[], by));
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

fn find<'a>(
    stack: &Stack<'_>,
    images: &'a [Image],
    image: &ImageReference,
    container: &Container,
    by: FoundBy,
) -> Result<&'a Image, Judgement> {
    let wanted = images
        .iter()
        .find(|one| match (&image.digest, image.effective_tag()) {
            (Some(digest), _) => one.digest == *digest,
            (None, Some(tag)) => one.tags.iter().any(|its| its == tag),
            (None, None) => false,
        });
    match wanted {
        Some(found) if found.status == ImageStatus::Archived => Err(register(
            stack,
            Judgement::failed(
                Cause::ImageTagMissing,
                format!("The image of {} is archived: it cannot be pulled.", container.name),
            )
            .seen(seen(image, "active", "archived", by)),
        )),
        Some(found) => Ok(found),
        // Only tagged images are listed; one without tags may well be there.
        None if image.digest.is_some() => Err(Judgement::unknown(format!(
            "The image of {} is named by a digest that no tagged image has; untagged ones are not listed.",
            container.name
        ))
        .seen(seen(image, "listed", "not among the tagged images", by))
        .fix(Fix::say("Name the image by its release tag, or tag that digest."))),
        None if follows_from_missing_tags(stack, images, image) => Err(Judgement::blocked(
            TAGS,
            format!("The tag {} is not in {}.", image.effective_tag().unwrap_or_default(), image.repository),
        )),
        None => Err(not_found(stack, image, container, images, by)),
    }
}

/// The release lacks a tag of this very kind: that is the one fault.
fn follows_from_missing_tags(stack: &Stack<'_>, images: &[Image], image: &ImageReference) -> bool {
    let Some(tag) = image.effective_tag() else {
        return false;
    };
    let kind = kind_of(tag);
    let of_kind = images
        .iter()
        .flat_map(|one| &one.tags)
        .any(|its| kind_of(its) == kind);
    !of_kind && stack.judgement_of(TAGS.as_str()).cause == Some(Cause::ReleaseTagsIncomplete)
}

#[derive(PartialEq, Eq)]
enum TagKind {
    Latest,
    Commit,
    Release,
}

fn kind_of(tag: &str) -> TagKind {
    if tag == "latest" {
        TagKind::Latest
    } else if (7..=40).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        TagKind::Commit
    } else {
        TagKind::Release
    }
}

fn not_found(
    stack: &Stack<'_>,
    image: &ImageReference,
    container: &Container,
    images: &[Image],
    by: FoundBy,
) -> Judgement {
    let tag = image.effective_tag().unwrap_or_default();
    let nearest = nearest(tag, images);
    let hint = if nearest.is_empty() {
        String::new()
    } else {
        format!(" Tags that are there: {}.", nearest.join(", "))
    };
    register(
        stack,
        Judgement::failed(
            Cause::ImageTagMissing,
            format!(
                "The container {} names {}:{tag}, which is not in your registry.{hint}",
                container.name, image.repository
            ),
        )
        .seen(seen(
            image,
            tag,
            if nearest.is_empty() {
                "no such tag".to_owned()
            } else {
                nearest.join(", ")
            },
            by,
        ))
        .fix(Fix::run(
            "Push that tag, or name one that is there.",
            stack.aws(format!(
                "ecr describe-images --repository-name {} --query imageDetails[].imageTags",
                image.repository
            )),
        )),
    )
}

/// Up to three tags that are most like the one asked for.
fn nearest(wanted: &str, images: &[Image]) -> Vec<String> {
    let mut tags: Vec<(usize, &str)> = images
        .iter()
        .filter(|one| one.status == ImageStatus::Active)
        .flat_map(|one| &one.tags)
        .map(|tag| (strsim::levenshtein(wanted, tag), tag.as_str()))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into_iter()
        .take(3)
        .map(|(_, tag)| tag.to_owned())
        .collect()
}

fn runs_there(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    found: &Image,
    container: &Container,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let wanted = definition.architecture.unwrap_or(Architecture::X86_64);
    let platforms = match &found.platforms {
        Fact::Present(platforms) if !platforms.is_empty() => platforms,
        Fact::Present(_) | Fact::Absent => {
            return Err(Judgement::unknown(format!(
                "The image of {} does not say what it runs on.",
                container.name
            )));
        }
        Fact::Unknown(why) => {
            return Err(stack.cannot_tell(
                why,
                &format!("what the image of {} runs on", container.name),
            ));
        }
    };
    let built_for: Vec<String> = platforms
        .iter()
        .map(|platform| format!("{}/{}", platform.os, platform.architecture))
        .collect();
    let expected = format!("linux/{}", wanted.in_images());
    let seen = Evidence::new(
        "ecr:BatchGetImage",
        &found.digest,
        "platform",
        &expected,
        built_for.join(", "),
        by,
    );
    let of_windows = definition
        .os_family
        .as_deref()
        .is_some_and(|os| os.starts_with("WINDOWS"));
    let fits = platforms.iter().any(|platform| {
        platform.architecture == wanted.in_images() && (of_windows || platform.os == "linux")
    });
    if fits {
        return Ok(Judgement::passed(format!(
            "The image of {} is in your registry and runs on {}.",
            container.name,
            wanted.in_ecs()
        ))
        .seen(Evidence::new(
            IMAGES_API,
            &container.image,
            "imageDigest",
            "exists",
            &found.digest,
            by,
        ))
        .seen(seen));
    }
    // Built for the wrong processor in the first place: said where the image was pushed.
    let of_image = stack.judgement_of(ARCHITECTURE.as_str());
    let summary = format!(
        "The image of {} is built for {}, but {} asks for {expected}.",
        container.name,
        built_for.join(", "),
        definition.arn.short()
    );
    if of_image.verdict == Verdict::Failed {
        return Err(Judgement::blocked(ARCHITECTURE, summary).seen(seen));
    }
    Err(register(
        stack,
        Judgement::failed(Cause::ImageWrongArchitecture, summary)
            .seen(seen)
            .fix(Fix::say(format!(
                "Build it with --platform {expected} and push it under a new tag; or let \"runtimePlatform\" say what it is built for."
            ))),
    ))
}

fn seen(
    image: &ImageReference,
    expected: &str,
    observed: impl std::fmt::Display,
    by: FoundBy,
) -> Evidence {
    Evidence::new(
        IMAGES_API,
        &image.repository,
        "imageTags",
        expected,
        observed,
        by,
    )
}
