//! Images by release or digest, never by `latest`.

use super::{API, register};
use crate::account::{Container, ImageReference};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let mut pinned = Judgement::passed(format!(
        "{} names its {} by release or digest.",
        definition.arn.short(),
        if definition.containers.len() == 1 {
            "image"
        } else {
            "images"
        }
    ));
    for container in &definition.containers {
        let image = ImageReference::parse(&container.image);
        let seen = Evidence::new(
            API,
            definition.arn.short(),
            format!("containerDefinitions.{}.image", container.name),
            "a tag other than latest, or a digest",
            &container.image,
            by,
        );
        if image.follows_latest() {
            let how = match image.tag {
                Some(_) => "names its image as latest",
                None => "names its image without a tag, which means latest",
            };
            return Err(register(
                stack,
                Judgement::failed(
                    Cause::ImagePinsLatest,
                    format!(
                        "The container {} {how}: what runs then depends on the day, and there is nothing to go back to.",
                        container.name
                    ),
                )
                .seen(seen)
                .fix(Fix::say(release(stack, container))),
            ));
        }
        pinned = pinned.seen(seen);
    }
    Ok(pinned)
}

/// What to write instead. The chapter's version is that of the learner's own image only.
fn release(stack: &Stack<'_>, container: &Container) -> String {
    let file = super::file_path(stack);
    let name = container
        .image
        .strip_suffix(":latest")
        .unwrap_or(&container.image);
    let chapter = stack.chapter();
    if ImageReference::parse(name).repository == chapter.repository {
        format!("Write the release into {file}: {name}:{}", chapter.version)
    } else {
        format!(
            "Write a release of {name} into {file}: a version tag that its publisher does not move, or a digest."
        )
    }
}
