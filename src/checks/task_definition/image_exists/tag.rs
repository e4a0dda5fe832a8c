//! The tag or digest among the repository's images.

use super::IMAGES_API;
use crate::account::{Container, Image, ImageReference, ImageStatus};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::task_definition::register;

const TAGS: CheckId = CheckId("ecr.three-tags-one-digest");

/// The image that is meant, if it is there and can be pulled.
pub(super) fn find<'a>(
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

pub(super) fn not_found(
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
                "ecr describe-images --repository-name {} --query 'imageDetails[].imageTags'",
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
