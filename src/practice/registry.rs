//! The ECR repository and the release in it.

use super::ids::{COMMIT, Ids};
use super::scene::{Scene, before};
use crate::account::*;
use jiff::SignedDuration;

/// Before anything was created.
pub(super) fn no_repository() -> RepositoryFacts {
    RepositoryFacts {
        repository: Fact::Absent,
        images: Fact::Absent,
        absent: Vec::new(),
    }
}

pub(super) fn repository(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (ids, name) = (scene.ids, &scene.chapter.repository);
    let facts = RepositoryFacts {
        repository: Fact::Present(Repository {
            name: name.clone(),
            arn: ids.arn("ecr", &format!("repository/{name}")),
            uri: ids.repository_uri(),
            mutability: Mutability::Mutable,
            scan_on_push: true,
            created_at: Some(scene.made()),
        }),
        images: Fact::Present(Vec::new()),
        absent: Vec::new(),
    };
    snapshot.repositories.insert(name.clone(), facts);
}

/// One image under three tags; git knows the commit.
pub(super) fn image(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let ids = scene.ids;
    let image = Image {
        digest: ids.digest(),
        tags: vec![
            "latest".to_owned(),
            scene.chapter.version.clone(),
            ids.commit_tag(),
        ],
        // Before any deployment, also when all steps were applied at once.
        pushed_at: Some(before(scene.made(), SignedDuration::from_mins(5))),
        size_bytes: Some(92_417_536),
        status: ImageStatus::Active,
        platforms: Fact::Present(vec![platform(scene.chapter.architecture)]),
    };
    if let Some(facts) = snapshot.repositories.get_mut(&scene.chapter.repository) {
        facts.images = Fact::Present(vec![image]);
    }
    if let Fact::Present(git) = &mut snapshot.workplace.git {
        git.known.insert(ids.commit_tag(), true);
    }
}

/// Linux on that processor.
pub(super) fn platform(architecture: Architecture) -> Platform {
    Platform {
        os: "linux".to_owned(),
        architecture: architecture.in_images().to_owned(),
    }
}

/// The learner's repository of the app, with the commit of the release.
pub(super) fn git() -> Git {
    Git {
        head: Some(COMMIT.to_owned()),
        known: std::collections::BTreeMap::new(),
    }
}

/// The images of the chapter's repository; none while there is no repository.
pub(super) fn images_of<'s>(
    snapshot: &'s mut Snapshot,
    ids: Ids<'_>,
) -> Option<&'s mut Vec<Image>> {
    match &mut snapshot.repositories.get_mut(&ids.0.repository)?.images {
        Fact::Present(images) => Some(images),
        _ => None,
    }
}
