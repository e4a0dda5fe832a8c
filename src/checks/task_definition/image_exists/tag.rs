//! The tag or digest among the repository's images.

use super::IMAGES_API;
use crate::account::{
    Container, Digest, Image, ImageReference, ImageStatus, Version, looks_like_commit,
    looks_like_date,
};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::task_definition::register;

const TAGS: CheckId = CheckId("ecr.three-tags-one-digest");

/// The image that is meant, if it is there and can be pulled.
pub(super) fn find<'a>(
    stack: &Stack<'_>,
    images: &'a [Image],
    absent: &[Digest],
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
            .seen(seen(image, "active", "archived", by))
            .fix(Fix::run(
                "Bring it back from the archive, or name a release that is not archived.",
                stack.aws(format!(
                    "ecr update-image-storage-class --repository-name {} --image-id {} --target-storage-class STANDARD",
                    quoted(&image.repository),
                    quoted(&format!("imageDigest={}", found.digest))
                )),
            )),
        )),
        Some(found) if found.status == ImageStatus::Restoring => Err(Judgement::pending(format!(
            "AWS is bringing the image of {} back from the archive; that usually takes minutes.",
            container.name
        ))
        .seen(seen(image, "active", "being restored", by))),
        Some(found) => Ok(found),
        None if image.digest.as_ref().is_some_and(|digest| absent.contains(digest)) => {
            Err(not_found(stack, image, container, images, by))
        }
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
    let Some(kind) = image.effective_tag().and_then(kind_of) else {
        return false;
    };
    let of_kind = images
        .iter()
        .flat_map(|one| &one.tags)
        .any(|its| kind_of(its) == Some(kind));
    !of_kind && stack.judgement_of(TAGS.as_str()).cause == Some(Cause::ReleaseTagsIncomplete)
}

/// One of the three names of a release.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Latest,
    Commit,
    Version,
}

/// `None` = a tag that no release has to have.
fn kind_of(tag: &str) -> Option<TagKind> {
    if tag == "latest" {
        Some(TagKind::Latest)
    } else if Version::of(tag).is_some() {
        Some(TagKind::Version)
    } else {
        (looks_like_commit(tag) && !looks_like_date(tag)).then_some(TagKind::Commit)
    }
}

pub(super) fn not_found(
    stack: &Stack<'_>,
    image: &ImageReference,
    container: &Container,
    images: &[Image],
    by: FoundBy,
) -> Judgement {
    let named = named(image);
    let nearest = nearest(image.effective_tag().unwrap_or_default(), images);
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
                "The container {} names {named}, which is not in your registry.{hint}",
                container.name
            ),
        )
        .seen(seen(
            image,
            &named,
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
                "ecr describe-images --repository-name {} --query 'imageDetails[].imageTags'",
                quoted(&image.repository)
            )),
        )),
    )
}

/// `api:v1.0.0`, `api@sha256:...`
fn named(image: &ImageReference) -> String {
    match (&image.digest, image.effective_tag()) {
        (Some(digest), _) => format!("{}@{digest}", image.repository),
        (None, tag) => format!("{}:{}", image.repository, tag.unwrap_or_default()),
    }
}

/// The registry has no repository of that name.
pub(super) fn no_repository(
    stack: &Stack<'_>,
    image: &ImageReference,
    container: &Container,
    by: FoundBy,
) -> Judgement {
    let name = &image.repository;
    let mine = &stack.chapter().repository;
    register(
        stack,
        Judgement::failed(
            Cause::ImageTagMissing,
            format!(
                "The container {} names {}, but your registry has no repository {name}.",
                container.name,
                named(image)
            ),
        )
        .seen(seen(image, &named(image), "no such repository", by))
        .fix(Fix::say(format!(
            "Name the image as it was pushed (the chapter's repository is {mine}), or say in landfall.toml which repository is yours: repository = \"{name}\"."
        ))),
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
