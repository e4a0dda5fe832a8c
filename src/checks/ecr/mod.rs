//! The image: a repository, and one release in it under three tags.

mod platform;
mod release;
mod repository;
mod tags;

use super::check::Check;
use super::finding::Judgement;
use crate::account::Area;

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ecr.repository",
        "The repository exists",
        &[Area::Registry],
        |stack| Judgement::settle(repository::exists(stack)),
    ),
    Check::advice(
        "ecr.scan-on-push",
        "Images are scanned on push",
        &[Area::Registry],
        |stack| Judgement::settle(repository::scan_on_push(stack)),
    ),
    Check::must(
        "ecr.image-pushed",
        "An image is in the repository",
        &[Area::Registry],
        |stack| Judgement::settle(repository::image_pushed(stack)),
    ),
    Check::must(
        "ecr.three-tags-one-digest",
        "The release has its three tags on one image",
        &[Area::Registry],
        |stack| Judgement::settle(tags::three_on_one_digest(stack)),
    ),
    Check::advice(
        "ecr.sha-in-git",
        "The release's commit is in your git repository",
        &[Area::Registry, Area::Git],
        |stack| Judgement::settle(tags::sha_in_git(stack)),
    ),
    Check::must(
        "ecr.architecture",
        "The image runs on the processor you chose",
        &[Area::Registry, Area::Platforms, Area::DefinitionFile],
        |stack| Judgement::settle(platform::architecture(stack)),
    ),
];
