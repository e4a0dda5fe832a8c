//! The release runs on the processor that the tasks will have.

use super::release::{self, Release};
use super::repository::{build, commit};
use crate::account::{Architecture, Fact, FileState, Mutability, Platform, Version, Why};
use crate::checks::cause::Cause;
use crate::checks::command::{quoted, redeploy};
use crate::checks::discovery;
use crate::checks::finding::{Evidence, Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn architecture(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let release = release::of(stack)?;
    let platforms: &[Platform] = stack
        .read(&release.image.platforms, "what the image runs on")?
        .map_or(&[], Vec::as_slice);
    let wanted = wanted(stack).map_err(|why| {
        stack.cannot_tell(&why, "your task definition file, which says the processor")
    })?;
    let names: Vec<String> = platforms.iter().map(Platform::to_string).collect();
    let observed = names.join(", ");
    let expected = format!("linux/{}", wanted.in_images());
    let fits = names.contains(&expected);
    if !fits && (platforms.is_empty() || platforms.iter().any(Platform::is_unsaid)) {
        return Ok(Judgement::unknown(
            "The image does not say which processor it runs on.",
        ));
    }
    let seen = Evidence::new(
        "ecr:BatchGetImage",
        &release.image.digest,
        "platform",
        &expected,
        &observed,
        release.found_by,
    );
    if fits {
        return Ok(
            Judgement::passed(format!("The image runs on {expected}, as the tasks do.")).seen(seen),
        );
    }
    // Not the chapter's version where a later one is out: building that one anew would replace what runs.
    let version = release
        .image
        .tags
        .iter()
        .find(|tag| Version::of(tag).is_some())
        .unwrap_or(&stack.chapter().version);
    let judgement = Judgement::failed(
        Cause::ImageWrongArchitecture,
        format!("The image runs on {observed}, but the tasks will be {expected}."),
    )
    .seen(seen);
    Ok(build_again(stack, &release, version)
        .into_iter()
        .fold(judgement, Judgement::fix)
        .fix(Fix::say(format!(
            "Or keep the image and run it as it is: architecture = \"{}\" in landfall.toml, and cpuArchitecture {} in the task definition.",
            other(wanted).in_ecs(),
            other(wanted).in_ecs()
        ))))
}

/// Every step to the same release on the other processor, until the tasks are started from it.
fn build_again(stack: &Stack<'_>, release: &Release<'_>, version: &str) -> Vec<Fix> {
    let (repository, uri) = (release.repository, &release.repository.uri);
    let mut fixes = Vec::new();
    if repository.mutability != Mutability::Mutable {
        fixes.push(Fix::run(
            "Its tags cannot be moved in this repository: take the image away, and they are free again.",
            stack.aws(format_args!(
                "ecr batch-delete-image --repository-name {} --image-ids imageDigest={}",
                quoted(&repository.name),
                release.image.digest
            )),
        ));
    }
    fixes.push(Fix::run(
        "Build it again for that processor.",
        build(stack, repository, version),
    ));
    fixes.push(Fix::run(
        "Push it, and give the same image its other two tags.",
        format!(
            "docker push {uri}:{version}\ndocker buildx imagetools create --prefer-index=false -t {uri}:latest -t {uri}:{} {uri}:{version}",
            commit(stack)
        ),
    ));
    if let Ok(Some(service)) = discovery::service::if_built(stack) {
        fixes.push(Fix::run(
            "Let the service start its tasks from it.",
            redeploy(stack, &service.name),
        ));
    }
    fixes
}

/// What the tasks will run on: stated by the learner, else in their task definition file, else what the chapter says.
/// Where nobody looks at the file (through an instructor's role), the registered definition speaks for it.
pub(super) fn wanted(stack: &Stack<'_>) -> Result<Architecture, Why> {
    let chapter = stack.chapter();
    if chapter.architecture_stated {
        return Ok(chapter.architecture);
    }
    match &stack.snapshot.workplace.definition_file {
        Fact::Present(file) if file.readable == FileState::Parsed => {
            Ok(file.architecture.unwrap_or(Architecture::X86_64))
        }
        // It may well say another processor.
        Fact::Present(file) => Err(Why::Other {
            say: match &file.readable {
                FileState::Several(paths) => format!("it may be {}", paths.join(" or ")),
                _ => format!("{} is no task definition in JSON", file.path),
            },
        }),
        Fact::Absent => Ok(chapter.architecture),
        Fact::Unknown(Why::NotAsked) => match discovery::definition::find(stack) {
            Ok((definition, _)) => Ok(definition.architecture.unwrap_or(Architecture::X86_64)),
            Err(_) => Err(Why::NotAsked),
        },
        Fact::Unknown(why) => Err(why.clone()),
    }
}

const fn other(architecture: Architecture) -> Architecture {
    match architecture {
        Architecture::X86_64 => Architecture::Arm64,
        Architecture::Arm64 => Architecture::X86_64,
    }
}
