//! The image and its tags.

use crate::account::{
    Architecture, Digest, Fact, FileState, Image, ImageStatus, Mutability, Platform, Region,
    RepositoryFacts, Sighting, Snapshot,
};
use crate::checks::Verdict::*;
use crate::checks::testing::*;
use jiff::{Timestamp, ToSpan};

const TAGS: &str = "ecr.three-tags-one-digest";

fn facts(snapshot: &mut Snapshot) -> &mut RepositoryFacts {
    snapshot
        .repositories
        .get_mut("news-aggregator-api")
        .unwrap()
}

/// A good account with these images instead: tags, and how many minutes ago each was pushed.
fn with_images(images: &[(&[&str], i64)]) -> Snapshot {
    good_but(|snapshot| {
        let template = read(&mut facts(snapshot).images)[0].clone();
        let images = images
            .iter()
            .enumerate()
            .map(|(number, (tags, minutes))| Image {
                digest: Digest(format!("sha256:{number:064}")),
                tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
                pushed_at: Some(ago(*minutes)),
                ..template.clone()
            });
        facts(snapshot).images = Fact::Present(images.collect());
    })
}

fn ago(minutes: i64) -> Timestamp {
    now().checked_sub(minutes.minutes()).unwrap()
}

fn with_image(change: impl FnOnce(&mut Image)) -> Snapshot {
    good_but(|snapshot| change(&mut read(&mut facts(snapshot).images)[0]))
}

fn immutable(mut snapshot: Snapshot, mutability: Mutability) -> Snapshot {
    read(&mut facts(&mut snapshot).repository).mutability = mutability;
    snapshot
}

#[test]
fn a_repository_that_is_there_passes_and_one_that_is_not_is_missing() {
    assert_is(&good(), "ecr.repository", Passed, "");
    let snapshot = after(&["iam-user.identity"]);
    let found = assert_is(&snapshot, "ecr.repository", Missing, "repository-missing");
    assert_eq!(
        found.fix[0].command.as_deref(),
        Some(
            "aws ecr create-repository --repository-name news-aggregator-api --image-scanning-configuration scanOnPush=true --region us-east-1"
        )
    );
    for check in [
        "ecr.scan-on-push",
        "ecr.image-pushed",
        TAGS,
        "ecr.sha-in-git",
        "ecr.architecture",
    ] {
        let waits = assert_is(&snapshot, check, Blocked, "");
        assert_eq!(waits.blocked_by.unwrap().as_str(), "ecr.repository");
    }
}

#[test]
fn a_repository_in_another_region_is_named_with_that_region() {
    let mut snapshot = after(&["iam-user.identity"]);
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: Region::from("eu-west-1"),
        what: "ECR repository".to_owned(),
        name: "news-aggregator-api".to_owned(),
    }]);
    let found = assert_is(&snapshot, "ecr.repository", Missing, "wrong-region");
    assert!(found.summary.contains("eu-west-1") && found.summary.contains("us-east-1"));
}

#[test]
fn denied_reads_of_the_registry_are_unknown() {
    let repository = good_but(|snapshot| {
        facts(snapshot).repository = denied("ecr:DescribeRepositories");
    });
    for check in [
        "ecr.repository",
        "ecr.scan-on-push",
        "ecr.image-pushed",
        TAGS,
    ] {
        assert_denied(&repository, check, "ecr:DescribeRepositories");
    }
    let images = good_but(|snapshot| facts(snapshot).images = denied("ecr:DescribeImages"));
    assert_is(&images, "ecr.repository", Passed, "");
    for check in [
        "ecr.image-pushed",
        TAGS,
        "ecr.sha-in-git",
        "ecr.architecture",
    ] {
        assert_denied(&images, check, "ecr:DescribeImages");
    }
}

#[test]
fn scanning_is_advice() {
    assert_eq!(finding(&good(), "ecr.scan-on-push").advice, None);
    let snapshot = good_but(|snapshot| read(&mut facts(snapshot).repository).scan_on_push = false);
    let found = assert_is(&snapshot, "ecr.scan-on-push", Passed, "");
    assert!(found.advice.is_some());
}

#[test]
fn an_image_without_a_tag_or_in_the_archive_is_not_pushed() {
    assert_is(&good(), "ecr.image-pushed", Passed, "");
    for snapshot in [
        with_images(&[]),
        with_images(&[(&[], 5)]),
        with_image(|image| image.status = ImageStatus::Archived),
    ] {
        let found = assert_is(&snapshot, "ecr.image-pushed", Missing, "");
        assert!(
            found.fix[0]
                .command
                .as_deref()
                .unwrap()
                .contains("docker login")
        );
        let waits = assert_is(&snapshot, TAGS, Blocked, "");
        assert_eq!(waits.blocked_by.unwrap().as_str(), "ecr.image-pushed");
    }
}

#[test]
fn three_tags_on_one_image_pass_with_or_without_the_v() {
    for version in ["v1.0.0", "1.0.0", "v2.1.3-rc.1"] {
        let snapshot = with_images(&[(&[version, "latest", "0123abc"], 5)]);
        assert_is(&snapshot, TAGS, Passed, "");
    }
}

#[test]
fn the_newest_release_is_the_one_that_counts() {
    let snapshot = with_images(&[
        (&["v1.0.0", "0123abc"], 60),
        (&["v1.1.0", "latest", "4567def"], 5),
    ]);
    assert_is(&snapshot, TAGS, Passed, "");
}

#[test]
fn a_tag_that_is_nowhere_is_incomplete() {
    for tags in [
        &["v1.0.0", "latest"] as &[&str],
        &["v1.0.0", "0123abc"],
        &["latest", "0123abc"],
        &["v1", "latest", "0123abc"],
        &["latest"],
    ] {
        let found = assert_is(
            &with_images(&[(tags, 5)]),
            TAGS,
            Failed,
            "release-tags-incomplete",
        );
        assert!(
            found.fix[0]
                .command
                .as_deref()
                .unwrap()
                .contains("imagetools create")
        );
    }
}

#[test]
fn the_commit_of_an_older_release_is_not_this_ones() {
    let snapshot = with_images(&[(&["v1.0.0", "0123abc"], 60), (&["v1.1.0", "latest"], 5)]);
    assert_is(&snapshot, TAGS, Failed, "release-tags-incomplete");
}

#[test]
fn three_builds_instead_of_three_tags_are_told_apart() {
    let snapshot = with_images(&[(&["v1.0.0"], 5), (&["latest"], 4), (&["0123abc"], 3)]);
    let found = assert_is(&snapshot, TAGS, Failed, "tags-on-different-digests");
    assert_eq!(found.evidence.len(), 3);
}

#[test]
fn an_absent_tag_wins_over_one_on_another_image() {
    let snapshot = with_images(&[(&["v1.0.0"], 5), (&["latest"], 4)]);
    assert_is(&snapshot, TAGS, Failed, "release-tags-incomplete");
}

#[test]
fn immutability_is_named_only_where_it_explains_the_stuck_tag() {
    let stuck = || {
        with_images(&[
            (&["v1.0.0", "latest", "0123abc"], 60),
            (&["v1.1.0", "4567def"], 5),
        ])
    };
    let cause = "immutable-tag-blocks-latest";
    let found = assert_is(
        &immutable(stuck(), Mutability::Immutable),
        TAGS,
        Failed,
        cause,
    );
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("IMMUTABLE_WITH_EXCLUSION")
    );
    let filters = vec!["lat*".to_owned()];
    let other = "tags-on-different-digests";
    assert_is(&stuck(), TAGS, Failed, other);
    let may_move = Mutability::ImmutableExcept(filters.clone());
    assert_is(&immutable(stuck(), may_move), TAGS, Failed, other);
    let may_not = Mutability::MutableExcept(filters);
    assert_is(&immutable(stuck(), may_not), TAGS, Failed, cause);
    let without_latest = with_images(&[(&["v1.1.0", "4567def"], 5)]);
    assert_is(
        &immutable(without_latest, Mutability::Immutable),
        TAGS,
        Failed,
        "release-tags-incomplete",
    );
}

#[test]
fn a_commit_that_git_does_not_know_is_a_remark() {
    assert_eq!(finding(&good(), "ecr.sha-in-git").advice, None);
    let stranger = good_but(|snapshot| {
        for known in read(&mut snapshot.workplace.git).known.values_mut() {
            *known = false;
        }
    });
    let found = assert_is(
        &stranger,
        "ecr.sha-in-git",
        Passed,
        "sha-tag-unknown-to-git",
    );
    assert!(found.advice.is_some());
    let no_git = good_but(|snapshot| snapshot.workplace.git = Fact::Absent);
    assert!(finding(&no_git, "ecr.sha-in-git").advice.is_some());
    let unread = good_but(|snapshot| snapshot.workplace.git = Fact::not_asked());
    assert_is(&unread, "ecr.sha-in-git", Unknown, "");
    let not_asked = good_but(|snapshot| read(&mut snapshot.workplace.git).known.clear());
    assert_is(&not_asked, "ecr.sha-in-git", Unknown, "");
    let no_tag = with_images(&[(&["v1.0.0", "latest"], 5)]);
    assert_is(&no_tag, "ecr.sha-in-git", Blocked, "");
}

fn runs_on(architectures: &[&str]) -> Snapshot {
    with_image(|image| {
        image.platforms = Fact::Present(
            architectures
                .iter()
                .map(|architecture| Platform {
                    os: "linux".to_owned(),
                    architecture: (*architecture).to_owned(),
                })
                .collect(),
        );
    })
}

#[test]
fn an_image_for_the_other_processor_fails() {
    assert_is(&good(), "ecr.architecture", Passed, "");
    assert_is(
        &runs_on(&["arm64", "amd64"]),
        "ecr.architecture",
        Passed,
        "",
    );
    let found = assert_is(
        &runs_on(&["arm64"]),
        "ecr.architecture",
        Failed,
        "image-wrong-architecture",
    );
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("--platform linux/amd64")
    );
}

#[test]
fn the_expected_processor_is_the_learners_own_word_first() {
    let mut stated = runs_on(&["arm64"]);
    stated.chapter.architecture = Architecture::Arm64;
    stated.chapter.architecture_stated = true;
    assert_is(&stated, "ecr.architecture", Passed, "");
    let mut in_file = runs_on(&["arm64"]);
    read(&mut in_file.workplace.definition_file).architecture = Some(Architecture::Arm64);
    assert_is(&in_file, "ecr.architecture", Passed, "");
    let mut neither = runs_on(&["amd64"]);
    neither.workplace.definition_file = Fact::Absent;
    assert_is(&neither, "ecr.architecture", Passed, "");
}

#[test]
fn an_unread_platform_is_unknown() {
    let denied = with_image(|image| image.platforms = denied("ecr:BatchGetImage"));
    assert_denied(&denied, "ecr.architecture", "ecr:BatchGetImage");
    assert_is(&runs_on(&[]), "ecr.architecture", Unknown, "");
}

#[test]
fn a_file_that_cannot_be_read_as_a_definition_leaves_the_processor_open() {
    let mut snapshot = runs_on(&["arm64"]);
    read(&mut snapshot.workplace.definition_file).readable = FileState::NotADefinition;
    let found = assert_is(&snapshot, "ecr.architecture", Unknown, "");
    assert!(found.summary.contains("task-definition.json"));
}

#[test]
fn where_the_file_cannot_be_seen_the_registered_definition_speaks() {
    let mut snapshot = runs_on(&["amd64"]);
    snapshot.workplace.definition_file = Fact::not_asked();
    assert_is(&snapshot, "ecr.architecture", Passed, "");
    snapshot.service = Fact::not_asked();
    assert_is(&snapshot, "ecr.architecture", Unknown, "");
}
