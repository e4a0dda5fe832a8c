//! Which image is the release, and what kind of tag a tag is.

use super::repository::PUSHED;
use crate::account::{Image, ImageStatus, Repository};
use crate::checks::discovery::{self, repository::REPOSITORY};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::stack::Stack;
use std::cmp::Reverse;

/// The release, with what is around it.
#[derive(Debug, Clone)]
pub(super) struct Release<'a> {
    pub repository: &'a Repository,
    pub found_by: FoundBy,
    /// The newest image with a semver tag, else the newest tagged one.
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
            !image.tags.iter().any(|tag| is_semver(tag)),
            Reverse(image.pushed_at),
            Reverse(highest_version(image)),
        )
    });
    if tagged.is_empty() {
        return Err(Judgement::blocked(
            PUSHED,
            format!("There is no tagged image in {} yet.", repository.name),
        ));
    }
    let image = tagged.remove(0);
    Ok(Release {
        repository,
        found_by,
        image,
        others: tagged,
    })
}

/// `v1.0.0` or `1.0.0`, with or without a pre-release (`1.0.0-rc.1`). Tags cannot hold the `+` of build metadata.
pub(super) fn is_semver(tag: &str) -> bool {
    version(tag).is_some()
}

/// 7 to 40 hex digits.
pub(super) fn is_commit(tag: &str) -> bool {
    (7..=40).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn highest_version(image: &Image) -> Option<[u64; 3]> {
    image.tags.iter().filter_map(|tag| version(tag)).max()
}

fn version(tag: &str) -> Option<[u64; 3]> {
    let tag = tag.strip_prefix('v').unwrap_or(tag);
    let (core, pre_release) = match tag.split_once('-') {
        Some((core, pre_release)) => (core, Some(pre_release)),
        None => (tag, None),
    };
    let is_identifier = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if pre_release.is_some_and(|text| !text.split('.').all(is_identifier)) {
        return None;
    }
    let mut numbers = core.split('.').map(|number| {
        let canonical = number == "0" || !number.starts_with('0');
        (canonical && number.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| number.parse().ok())
            .flatten()
    });
    let parts = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_other_tags() {
        for tag in ["v1.0.0", "1.0.0", "v10.20.30", "1.0.0-rc.1"] {
            assert!(is_semver(tag), "{tag}");
        }
        for tag in [
            "latest",
            "v1",
            "1.0",
            "v1.0.0.0",
            "1.0.x",
            "01.0.0",
            "1.0.0-",
            "release-1.0.0",
        ] {
            assert!(!is_semver(tag), "{tag}");
        }
    }

    #[test]
    fn a_commit_is_seven_to_forty_hex_digits() {
        assert!(is_commit("91ab3d0"));
        assert!(is_commit(&"a".repeat(40)));
        assert!(!is_commit("91ab3d"));
        assert!(!is_commit(&"a".repeat(41)));
        assert!(!is_commit("latest1"));
    }
}
