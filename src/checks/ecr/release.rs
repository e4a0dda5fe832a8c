//! Which image is the release.

use super::repository::PUSHED;
use crate::account::{Fact, Image, ImageStatus, Repository, Stage, Version};
use crate::account::{looks_like_commit, looks_like_date};
use crate::checks::discovery::{self, repository::REPOSITORY};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::stack::Stack;
use std::cmp::Reverse;

/// The release, with what is around it.
#[derive(Debug, Clone)]
pub(super) struct Release<'a> {
    pub repository: &'a Repository,
    pub found_by: FoundBy,
    /// The newest release, else the newest pre-release, else the newest tagged image.
    pub image: &'a Image,
    /// Every other tagged image that can still be pulled.
    pub others: Vec<&'a Image>,
}

/// The release; blocked while there is no image to be one.
pub(super) fn of<'a>(stack: &Stack<'a>) -> Result<Release<'a>, Judgement> {
    let (repository, found_by) = discovery::repository::needed(stack)?;
    let images = discovery::repository::images(stack).map_err(|gap| gap.judgement(&REPOSITORY))?;
    let mut tagged: Vec<&Image> = images
        .iter()
        .filter(|image| image.status == ImageStatus::Active && !image.tags.is_empty())
        .collect();
    tagged.sort_by_key(|image| {
        (
            rank(image),
            Reverse(image.pushed_at),
            Reverse(highest_version(image)),
        )
    });
    let Some(newest) = tagged.first() else {
        return Err(Judgement::blocked(
            PUSHED,
            format!("There is no tagged image in {} yet.", repository.name),
        ));
    };
    let at = tagged
        .iter()
        .position(|image| keeps_latest_from(image, newest))
        .unwrap_or(0);
    let image = tagged.remove(at);
    Ok(Release {
        repository,
        found_by,
        image,
        others: tagged,
    })
}

/// How much of a release an image is. A pre-release is one on its own account only if `latest` points to it: a
/// candidate that is tried out does not take `latest` away from what is released.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Release,
    PreRelease,
    Unversioned,
}

fn rank(image: &Image) -> Rank {
    match highest_version(image) {
        Some(version) if version.stage() == Stage::Release || is_latest(image) => Rank::Release,
        Some(_) => Rank::PreRelease,
        None => Rank::Unversioned,
    }
}

/// Whether `latest` rightly stays with a higher version although a lower one was pushed after it: a correction of an
/// older release (`v1.0.1` after `v1.1.0`) does not become the latest.
fn keeps_latest_from(image: &Image, newest: &Image) -> bool {
    is_latest(image)
        && !is_latest(newest)
        && highest_version(newest).is_some()
        && highest_version(image) > highest_version(newest)
}

pub(super) fn is_latest(image: &Image) -> bool {
    image.tags.iter().any(|tag| tag == "latest")
}

pub(super) fn is_version(tag: &str) -> bool {
    Version::of(tag).is_some()
}

/// Whether a tag names a commit. Of one that reads as a date only git's word makes it one: `20261126` is hex, too.
pub(super) fn names_commit(stack: &Stack<'_>, tag: &str) -> bool {
    if !looks_like_commit(tag) {
        return false;
    }
    let in_git = match &stack.snapshot.workplace.git {
        Fact::Present(git) => git.known.get(tag) == Some(&true),
        _ => false,
    };
    !looks_like_date(tag) || in_git
}

fn highest_version(image: &Image) -> Option<Version> {
    image.tags.iter().filter_map(|tag| Version::of(tag)).max()
}
