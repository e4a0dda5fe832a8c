//! What the image runs on, held against what the definition asks for.

use crate::account::{Architecture, Container, Fact, Image, Platform, TaskDefinition};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::task_definition::register;
use crate::checks::verdict::Verdict;

const ARCHITECTURE: CheckId = CheckId("ecr.architecture");

/// Passes when one of the image's platforms is the definition's.
pub(super) fn runs_there(
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
    let built_for: Vec<String> = platforms.iter().map(Platform::to_string).collect();
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
            super::IMAGES_API,
            &container.image,
            "imageDigest",
            "exists",
            &found.digest,
            by,
        ))
        .seen(seen));
    }
    if platforms.iter().any(Platform::is_unsaid) {
        return Err(Judgement::unknown(format!(
            "The image of {} does not say what it runs on.",
            container.name
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
