//! One release, three tags, one digest.

use super::mutability::{is_immutable, let_latest_move, mutability_words};
use super::release::{self, Release, is_latest, is_version, names_commit};
use super::repository::commit;
use crate::account::{Image, Mutability, looks_like_commit};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

const THREE_TAGS: CheckId = CheckId("ecr.three-tags-one-digest");

pub(super) fn three_on_one_digest(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let release = release::of(stack)?;
    let lacks = lacking(stack, &release);
    if let [only] = lacks.as_slice()
        && only.tag == Tag::Commit
    {
        may_be_a_commit(stack, &release)?;
    }
    let seen = Evidence::new(
        "ecr:DescribeImages",
        format!(
            "{}@{}",
            release.repository.name,
            short(release.image.digest.as_str())
        ),
        "imageTags",
        "latest, a version (v1.0.0) and the commit's SHA",
        release.image.tags.join(", "),
        release.found_by,
    );
    if lacks.is_empty() {
        return Ok(Judgement::passed(format!(
            "The newest release has its three tags on one image: {}.",
            release.image.tags.join(", ")
        ))
        .seen(seen));
    }
    let name = name(&release);
    let absent: Vec<&Lack<'_>> = lacks.iter().filter(|lack| lack.on.is_none()).collect();
    let words = |lacks: &[&Lack<'_>]| {
        let words: Vec<&str> = lacks.iter().map(|lack| lack.tag.words()).collect();
        words.join(" and ")
    };
    let latest_elsewhere = lacks
        .iter()
        .any(|lack| lack.tag == Tag::Latest && lack.on.is_some());
    let judgement = if !absent.is_empty() {
        Judgement::failed(
            Cause::ReleaseTagsIncomplete,
            format!("The image {name} lacks {}.", words(&absent)),
        )
    } else if latest_elsewhere && is_immutable(&release.repository.mutability, "latest") {
        Judgement::failed(
            Cause::ImmutableTagBlocksLatest,
            format!(
                "latest stayed on an older image than {name}: the repository makes {} immutable, so it cannot move.",
                match release.repository.mutability {
                    Mutability::MutableExcept(_) => "that tag",
                    _ => "tags",
                }
            ),
        )
        .seen(Evidence::new(
            "ecr:DescribeRepositories",
            &release.repository.name,
            "imageTagMutability",
            "latest may move",
            mutability_words(&release.repository.mutability),
            release.found_by,
        ))
        .fix(let_latest_move(stack, release.repository))
    } else {
        let all: Vec<&Lack<'_>> = lacks.iter().collect();
        Judgement::failed(
            Cause::TagsOnDifferentDigests,
            format!(
                "The image {name} lacks {}, which {} on another image: built again instead of tagged.",
                words(&all),
                if all.len() == 1 { "is" } else { "are" }
            ),
        )
    };
    let mut judgement = judgement.seen(seen);
    for lack in &lacks {
        if let Some(on) = lack.on {
            judgement = judgement.seen(Evidence::new(
                "ecr:DescribeImages",
                format!("{}@{}", release.repository.name, short(on.digest.as_str())),
                "imageTags",
                format!("{} on the release", lack.tag.words()),
                on.tags.join(", "),
                release.found_by,
            ));
        }
    }
    Ok(judgement.fix(retag(stack, &release, &lacks)))
}

pub(super) fn sha_in_git(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let release = release::of(stack)?;
    let commits: Vec<&String> = release
        .image
        .tags
        .iter()
        .filter(|tag| names_commit(stack, tag))
        .collect();
    if commits.is_empty() {
        return Ok(Judgement::blocked(
            THREE_TAGS,
            "The release has no tag that names its commit yet.",
        ));
    }
    let words = commits
        .iter()
        .map(|commit| commit.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let Some(git) = stack.read(&stack.snapshot.workplace.git, "your git repository")? else {
        return Ok(Judgement::passed(format!(
            "There is no git repository here that could know the commit {words}."
        ))
        .advise("Keep the app in git: the SHA tag is what leads from a running image back to its source."));
    };
    let known: Vec<Option<bool>> = commits
        .iter()
        .map(|commit| git.known.get(*commit).copied())
        .collect();
    let seen = |observed: &str| {
        Evidence::new(
            "workplace:git",
            &words,
            "commit",
            "a commit of this repository",
            observed,
            FoundBy::Relation,
        )
    };
    if known.contains(&Some(true)) {
        return Ok(Judgement::passed(format!(
            "The release's commit {words} is in your git repository."
        ))
        .seen(seen("a commit")));
    }
    if known.contains(&None) {
        return Ok(Judgement::unknown(format!(
            "Git cannot say whether {words} is a commit of this repository: not all of its history is here, or several commits begin so."
        ))
        .fix(Fix::run(
            "If this is a shallow clone, fetch the rest of its history.",
            "git fetch --unshallow",
        )));
    }
    Ok(Judgement::passed(format!(
        "The release's SHA tag {words} is no commit of your git repository."
    ))
    .because(Cause::ShaTagUnknownToGit)
    .advise("Commit first, then build and tag: a SHA that git does not know leads nowhere.")
    .seen(seen("unknown to git"))
    .fix(Fix::run(
        "See which commit you are on.",
        "git rev-parse HEAD",
    )))
}

/// One of the three names of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Latest,
    Version,
    Commit,
}

impl Tag {
    const fn words(self) -> &'static str {
        match self {
            Tag::Latest => "the tag latest",
            Tag::Version => "a version tag",
            Tag::Commit => "a tag with its commit's SHA",
        }
    }
}

/// A tag that the release should have, and the image that has it instead.
struct Lack<'a> {
    tag: Tag,
    on: Option<&'a Image>,
}

fn lacking<'a>(stack: &Stack<'_>, release: &Release<'a>) -> Vec<Lack<'a>> {
    let has_version = |image: &Image| image.tags.iter().any(|tag| is_version(tag));
    let has_commit = |image: &Image| image.tags.iter().any(|tag| names_commit(stack, tag));
    let mut lacks = Vec::new();
    if !is_latest(release.image) {
        let on = release.others.iter().find(|image| is_latest(image));
        lacks.push(Lack {
            tag: Tag::Latest,
            on: on.copied(),
        });
    }
    if !has_version(release.image) {
        lacks.push(Lack {
            tag: Tag::Version,
            on: None,
        });
    }
    if !has_commit(release.image) {
        // The SHA of an older release is its own; only one that stands by itself can be this release's.
        let on = release
            .others
            .iter()
            .find(|image| has_commit(image) && !has_version(image));
        lacks.push(Lack {
            tag: Tag::Commit,
            on: on.copied(),
        });
    }
    lacks
}

/// Cuts short where only git could say whether a tag that reads as a date is the commit's, and git was not read.
fn may_be_a_commit(stack: &Stack<'_>, release: &Release<'_>) -> Result<(), Judgement> {
    if release.image.tags.iter().any(|tag| looks_like_commit(tag)) {
        stack.read(&stack.snapshot.workplace.git, "your git repository")?;
    }
    Ok(())
}

/// Puts the lacking tags on the release's own manifest, without building anything again.
fn retag(stack: &Stack<'_>, release: &Release<'_>, lacks: &[Lack<'_>]) -> Fix {
    let uri = &release.repository.uri;
    let mut command = "docker buildx imagetools create --prefer-index=false".to_owned();
    for lack in lacks {
        let tag = match lack.tag {
            Tag::Latest => "latest".to_owned(),
            Tag::Version => stack.chapter().version.clone(),
            // The one that was meant stands on the other image; else the commit that is checked out now.
            Tag::Commit => lack
                .on
                .and_then(|image| image.tags.iter().find(|tag| names_commit(stack, tag)))
                .cloned()
                .unwrap_or_else(|| commit(stack)),
        };
        command.push_str(&format!(" -t {uri}:{tag}"));
    }
    command.push_str(&format!(" {uri}:{}", name(release)));
    Fix::run(
        if lacks.iter().any(|lack| lack.tag == Tag::Commit) {
            "Give the release its missing tags; nothing is built again, so the digest stays the same. (The SHA must be the commit that it was built from.)"
        } else {
            "Give the release its missing tags; nothing is built again, so the digest stays the same."
        },
        command,
    )
}

/// The tag by which people call the release.
fn name<'a>(release: &Release<'a>) -> &'a str {
    let tags = &release.image.tags;
    tags.iter()
        .find(|tag| is_version(tag))
        .or(tags.first())
        .map_or("latest", String::as_str)
}

fn short(digest: &str) -> &str {
    digest.get(..19).unwrap_or(digest)
}
