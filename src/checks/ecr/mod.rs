//! The image: a repository, and one release in it under three tags.

mod mutability;
mod platform;
mod release;
mod repository;
mod tags;

use super::cause::Cause;
use super::check::Check;
use super::finding::Judgement;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::Area;

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ecr.repository",
        "The repository exists",
        &[Area::Registry],
        |stack| Judgement::settle(repository::exists(stack)),
    )
    .may(
        &[Passed, Missing, Unknown],
        &[Cause::RepositoryMissing, Cause::WrongRegion],
    ),
    Check::advice(
        "ecr.scan-on-push",
        "Images are scanned on push",
        &[Area::Registry],
        |stack| Judgement::settle(repository::scan_on_push(stack)),
    )
    .may(&[Passed, Blocked, Unknown], &[]),
    Check::must(
        "ecr.image-pushed",
        "An image is in the repository",
        &[Area::Registry],
        |stack| Judgement::settle(repository::image_pushed(stack)),
    )
    .may(&[Passed, Missing, Pending, Blocked, Unknown], &[]),
    Check::must(
        "ecr.three-tags-one-digest",
        "The release has its three tags on one image",
        // Git tells a commit from a date that looks like one.
        &[Area::Registry, Area::Git],
        |stack| Judgement::settle(tags::three_on_one_digest(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[
            Cause::ReleaseTagsIncomplete,
            Cause::TagsOnDifferentDigests,
            Cause::ImmutableTagBlocksLatest,
        ],
    ),
    Check::advice(
        "ecr.sha-in-git",
        "The release's commit is in your git repository",
        &[Area::Registry, Area::Git],
        |stack| Judgement::settle(tags::sha_in_git(stack)),
    )
    .may(&[Passed, Blocked, Unknown], &[Cause::ShaTagUnknownToGit]),
    Check::must(
        "ecr.architecture",
        "The image runs on the processor you chose",
        &[Area::Registry, Area::Platforms, Area::DefinitionFile],
        |stack| Judgement::settle(platform::architecture(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::ImageWrongArchitecture],
    ),
];
