//! Faults of the image and its tags.

use super::super::cause::Cause;
use super::super::registry::{images_of, no_repository, platform};
use super::super::scene::{Scene, before};
use super::trouble::{Stop, first_rollout_fails};
use crate::account::*;
use jiff::SignedDuration;

const IMAGE: &[&str; 1] = &["ecr-push.image"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "wrong-region",
        &["ecr-push.repository"],
        "Moves the repository to another region.",
        in_another_region,
    ),
    Cause::new(
        "repository-missing",
        &["ecr-push.repository"],
        "Deletes the repository, and with it the release.",
        |snapshot, scene| {
            let name = scene.chapter.repository.clone();
            snapshot.repositories.insert(name, no_repository());
        },
    ),
    Cause::new(
        "release-tags-incomplete",
        IMAGE,
        "Removes the commit's tag from the release.",
        |snapshot, scene| {
            let tag = scene.ids.commit_tag();
            if let Some(images) = images_of(snapshot, scene.ids) {
                for image in images {
                    image.tags.retain(|each| *each != tag);
                }
            }
            if let Fact::Present(git) = &mut snapshot.workplace.git {
                git.known.clear();
            }
        },
    ),
    Cause::new(
        "tags-on-different-digests",
        IMAGE,
        "Builds the image three times, once for each tag.",
        |snapshot, scene| {
            let tags = [vec!["latest".to_owned()], vec![scene.ids.commit_tag()]];
            separate(snapshot, scene, &tags);
        },
    ),
    Cause::new(
        "immutable-tag-blocks-latest",
        IMAGE,
        "Makes all tags immutable, so that latest stays on the release before this one.",
        immutable,
    ),
    Cause::new(
        "sha-tag-unknown-to-git",
        IMAGE,
        "Tags the release with a commit that git does not know (a remark, no failure).",
        |snapshot, _| {
            if let Fact::Present(git) = &mut snapshot.workplace.git {
                git.known.values_mut().for_each(|known| *known = false);
            }
        },
    ),
    Cause::new(
        "image-wrong-architecture",
        IMAGE,
        "Replaces the image by one built for the other processor.",
        wrong_architecture,
    )
    .restarting(),
];

fn in_another_region(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let name = &scene.chapter.repository;
    snapshot.repositories.insert(name.clone(), no_repository());
    let here = scene.chapter.region.as_str();
    let elsewhere = if here == "eu-west-1" {
        "us-east-1"
    } else {
        "eu-west-1"
    };
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: Region::from(elsewhere),
        what: "ECR repository".to_owned(),
        name: name.clone(),
    }]);
}

/// Moves each set of tags from the release to an image of its own, pushed a little earlier.
fn separate(snapshot: &mut Snapshot, scene: &Scene<'_>, sets: &[Vec<String>]) {
    let Some(images) = images_of(snapshot, scene.ids) else {
        return;
    };
    let Some(release) = images.first().cloned() else {
        return;
    };
    for (number, tags) in sets.iter().enumerate() {
        let digest = format!("{}{number:02x}", &release.digest.as_str()[..69]);
        for image in images.iter_mut() {
            image.tags.retain(|tag| !tags.contains(tag));
        }
        images.push(Image {
            digest: Digest(digest),
            tags: tags.clone(),
            pushed_at: release
                .pushed_at
                .map(|at| before(at, SignedDuration::from_mins(2))),
            ..release.clone()
        });
    }
}

fn immutable(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let earlier = vec![
        "latest".to_owned(),
        "v0.9.0".to_owned(),
        "91ab3d0".to_owned(),
    ];
    separate(snapshot, scene, &[earlier]);
    if let Some(facts) = snapshot.repositories.get_mut(&scene.chapter.repository)
        && let Fact::Present(repository) = &mut facts.repository
    {
        repository.mutability = Mutability::Immutable;
    }
    if let Fact::Present(git) = &mut snapshot.workplace.git {
        git.known.insert("91ab3d0".to_owned(), true);
    }
}

fn wrong_architecture(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let wanted = scene.chapter.architecture;
    let other = match wanted {
        Architecture::X86_64 => Architecture::Arm64,
        Architecture::Arm64 => Architecture::X86_64,
    };
    if let Some(images) = images_of(snapshot, scene.ids) {
        for image in images {
            image.platforms = Fact::Present(vec![platform(other)]);
        }
    }
    let stop = Stop::before_start(format!(
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain \
         descriptor matching platform 'linux/{}'",
        wanted.in_images()
    ));
    first_rollout_fails(snapshot, scene, &stop);
}
