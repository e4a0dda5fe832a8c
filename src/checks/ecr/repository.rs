//! The repository itself, and whether anything is in it.

use crate::account::{Fact, ImageStatus, Repository};
use crate::checks::cause::Cause;
use crate::checks::command::{account, quoted};
use crate::checks::discovery::{self, Gap, repository::REPOSITORY};
use crate::checks::elsewhere;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

const API: &str = "ecr:DescribeRepositories";
pub(super) const PUSHED: CheckId = CheckId("ecr.image-pushed");

pub(super) fn exists(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    match discovery::repository::find(stack) {
        Ok((repository, by)) => {
            Ok(
                Judgement::passed(format!("The repository {} exists.", repository.name)).seen(
                    evidence(repository, "repositoryUri", "exists", &repository.uri, by),
                ),
            )
        }
        Err(Gap::NotThere) => Ok(absent(stack)),
        Err(gap) => Err(gap.judgement(&REPOSITORY)),
    }
}

fn absent(stack: &Stack<'_>) -> Judgement {
    let (name, region) = (&stack.chapter().repository, &stack.snapshot.region);
    let create = Fix::run(
        "Create it here.",
        stack.aws(format_args!(
            "ecr create-repository --repository-name {} --image-scanning-configuration scanOnPush=true",
            quoted(name)
        )),
    );
    let seen = |observed: String| {
        Evidence::new(
            API,
            name,
            "repositoryUri",
            "exists",
            observed,
            FoundBy::Name,
        )
    };
    match elsewhere::judgement(stack, elsewhere::Wanted::Repository, name) {
        Some(elsewhere) => elsewhere
            .seen(seen("exists in another region".to_owned()))
            .fix(create),
        None => Judgement::missing(format!("There is no repository {name} in {region} yet."))
            .because(Cause::RepositoryMissing)
            .seen(seen("does not exist".to_owned()))
            .fix(create),
    }
}

pub(super) fn scan_on_push(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (repository, by) = discovery::repository::needed(stack)?;
    let seen = evidence(
        repository,
        "imageScanningConfiguration.scanOnPush",
        "true",
        repository.scan_on_push,
        by,
    );
    if repository.scan_on_push {
        return Ok(Judgement::passed("Every pushed image is scanned.").seen(seen));
    }
    Ok(Judgement::passed(format!(
        "The repository {} does not ask for a scan on push.",
        repository.name
    ))
        .advise("Switch scanning on, unless your registry scans everything by itself: it costs nothing and shows known holes in what you ship.")
        .seen(seen)
        .fix(Fix::run(
            "Switch it on.",
            stack.aws(format_args!(
                "ecr put-image-scanning-configuration --repository-name {} --image-scanning-configuration scanOnPush=true",
                quoted(&repository.name)
            )),
        )))
}

pub(super) fn image_pushed(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (repository, by) = discovery::repository::needed(stack)?;
    let images = discovery::repository::images(stack).map_err(|gap| gap.judgement(&REPOSITORY))?;
    let tagged: Vec<_> = images
        .iter()
        .filter(|image| !image.tags.is_empty())
        .collect();
    let active = tagged
        .iter()
        .filter(|image| image.status == ImageStatus::Active)
        .count();
    let seen = |observed: String| {
        Evidence::new(
            "ecr:DescribeImages",
            &repository.name,
            "imageDetails",
            "at least one tagged image",
            observed,
            by,
        )
    };
    if active > 0 {
        let images = if active == 1 { "image" } else { "images" };
        return Ok(
            Judgement::passed(format!("The repository holds {active} tagged {images}."))
                .seen(seen(format!("{active} tagged {images}"))),
        );
    }
    if tagged
        .iter()
        .any(|image| image.status == ImageStatus::Restoring)
    {
        return Ok(Judgement::pending(format!(
            "AWS is bringing the image back from the archive of {}; that usually takes minutes.",
            repository.name
        ))
        .seen(seen("being restored".to_owned())));
    }
    let sentence = if tagged.is_empty() {
        format!("There is no tagged image in {} yet.", repository.name)
    } else {
        format!(
            "Every tagged image in {} is archived, so nothing can be pulled.",
            repository.name
        )
    };
    Ok(Judgement::missing(sentence)
        .seen(seen("none".to_owned()))
        .fix(Fix::run(
            "Sign Docker in to this registry (the sign-in lasts 12 hours).",
            format!(
                "{} | docker login --username AWS --password-stdin {}",
                stack.aws("ecr get-login-password"),
                registry(stack, repository)
            ),
        ))
        .fix(Fix::run(
            "Build the image for the processor it will run on.",
            build(stack, repository, &stack.chapter().version),
        ))
        .fix(Fix::run(
            "Push it.",
            format!("docker push {}:{}", repository.uri, stack.chapter().version),
        )))
}

/// The command that builds a version for the expected processor.
pub(super) fn build(stack: &Stack<'_>, repository: &Repository, version: &str) -> String {
    format!(
        "docker build --platform linux/{} -t {}:{} .",
        super::platform::wanted(stack)
            .unwrap_or(stack.chapter().architecture)
            .in_images(),
        repository.uri,
        version
    )
}

fn registry(stack: &Stack<'_>, repository: &Repository) -> String {
    repository.uri.split_once('/').map_or_else(
        || {
            format!(
                "{}.dkr.ecr.{}.amazonaws.com",
                account(stack),
                stack.snapshot.region
            )
        },
        |(host, _)| host.to_owned(),
    )
}

/// The commit that HEAD names, for a tag; a placeholder where git could not be read.
pub(super) fn commit(stack: &Stack<'_>) -> String {
    match &stack.snapshot.workplace.git {
        Fact::Present(git) => git.head.clone(),
        _ => None,
    }
    .unwrap_or_else(|| "YOUR-COMMIT".to_owned())
}

fn evidence(
    repository: &Repository,
    field: &str,
    expected: &str,
    observed: impl std::fmt::Display,
    by: FoundBy,
) -> Evidence {
    Evidence::new(API, &repository.name, field, expected, observed, by)
}
