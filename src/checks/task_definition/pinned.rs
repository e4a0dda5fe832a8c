//! Images by release or digest, never by `latest`.

use super::{API, register};
use crate::account::ImageReference;
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Judgement};
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
                .fix(crate::checks::finding::Fix::say(format!(
                    "Write the release into {}: {}:{}",
                    stack.chapter().definition_file,
                    container.image.strip_suffix(":latest").unwrap_or(&container.image),
                    stack.chapter().version
                ))),
            ));
        }
        pinned = pinned.seen(seen);
    }
    Ok(pinned)
}
