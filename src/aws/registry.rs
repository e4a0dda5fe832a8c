//! ECR: the chapter's repository, and those of this account and region that a task definition names.

use super::answer::{Answer, Page, Split};
use super::call::Call;
use super::calls;
use super::error::FactFrom;
use super::input::Input;
use super::read::Reader;
use super::wire::At;
use crate::account::{
    Arn, Caller, Chapter, Digest, Fact, Image, ImageReference, ImageStatus, Mutability, Repository,
    RepositoryFacts, RevisionArn, TaskDefinition, Why,
};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const ABSENT: &[&str] = &["RepositoryNotFoundException"];

/// Asks for the chapter's repository, so that the answers are there when they are read.
pub(super) async fn ask_ahead(reader: &Reader, chapter: &Chapter) {
    repository(reader, &chapter.repository).await;
}

/// The repositories by name. `caller` tells which of the definitions' images are this account's.
pub(super) async fn repositories(
    reader: &Reader,
    chapter: &Chapter,
    caller: Option<&Caller>,
    definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) -> BTreeMap<String, RepositoryFacts> {
    let mut names = BTreeSet::from([chapter.repository.clone()]);
    if let Some(caller) = caller {
        names.extend(
            images_of(definitions)
                .filter(|image| image.is_in(&caller.account, reader.region()))
                .map(|image| image.repository),
        );
    }
    let read = names.into_iter().map(|name| async move {
        let facts = repository(reader, &name).await;
        (name, facts)
    });
    join_all(read).await.into_iter().collect()
}

/// The images that the read definitions name.
pub(super) fn images_of(
    definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) -> impl Iterator<Item = ImageReference> {
    definitions
        .values()
        .filter_map(Fact::present)
        .flat_map(|definition| &definition.containers)
        .map(|container| ImageReference::parse(&container.image))
}

async fn repository(reader: &Reader, name: &str) -> RepositoryFacts {
    let described = async {
        let input = Input::none().with("repositoryNames", json!([name]));
        reader.pages::<DescribeRepositories>(input).await
    };
    let listed = async {
        let input = Input::none()
            .with("repositoryName", name)
            // Without a status only the active ones are sent, and an archived image looks as if it had never been.
            .with(
                "filter",
                json!({"tagStatus": "TAGGED", "imageStatus": "ANY"}),
            )
            .with("maxResults", 1000);
        reader.pages::<DescribeImages>(input).await
    };
    let (described, listed) = tokio::join!(described, listed);
    RepositoryFacts {
        repository: described
            .fact(ABSENT)
            .and_then(|found| found.into_iter().next().map(Found::into_repository).into()),
        images: listed
            .fact(ABSENT)
            .map(|images| images.into_iter().map(Detail::into_image).collect()),
        absent: Vec::new(),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct DescribeRepositories {
    repositories: Vec<Found>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found {
    repository_name: String,
    repository_arn: String,
    repository_uri: String,
    created_at: Option<At>,
    image_tag_mutability: Option<String>,
    #[serde(default)]
    image_tag_mutability_exclusion_filters: Vec<Filter>,
    image_scanning_configuration: Option<Scanning>,
}

#[derive(Debug, Deserialize)]
struct Filter {
    filter: String,
}

#[derive(Debug, Deserialize)]
struct Scanning {
    #[serde(rename = "scanOnPush", default)]
    on_push: bool,
}

impl Found {
    pub(super) fn into_repository(self) -> Repository {
        let filters = self
            .image_tag_mutability_exclusion_filters
            .into_iter()
            .map(|filter| filter.filter)
            .collect();
        Repository {
            name: self.repository_name,
            arn: Arn::from(self.repository_arn),
            uri: self.repository_uri,
            mutability: match self.image_tag_mutability.as_deref() {
                Some("IMMUTABLE") => Mutability::Immutable,
                Some("IMMUTABLE_WITH_EXCLUSION") => Mutability::ImmutableExcept(filters),
                Some("MUTABLE_WITH_EXCLUSION") => Mutability::MutableExcept(filters),
                _ => Mutability::Mutable,
            },
            scan_on_push: self
                .image_scanning_configuration
                .is_some_and(|scanning| scanning.on_push),
            created_at: self.created_at.map(Into::into),
        }
    }
}

impl Answer for DescribeRepositories {
    const CALL: &'static Call = &calls::DESCRIBE_REPOSITORIES;
}

impl Page for DescribeRepositories {
    type Item = Found;

    fn split(self) -> Split<Found> {
        Split {
            items: self.repositories,
            next: self.next,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct DescribeImages {
    #[serde(rename = "imageDetails")]
    images: Vec<Detail>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Detail {
    image_digest: String,
    #[serde(default)]
    image_tags: Vec<String>,
    image_pushed_at: Option<At>,
    image_size_in_bytes: Option<u64>,
    image_status: Option<String>,
}

impl Detail {
    pub(super) fn into_image(self) -> Image {
        Image {
            digest: Digest::from(self.image_digest),
            tags: self.image_tags,
            pushed_at: self.image_pushed_at.map(Into::into),
            size_bytes: self.image_size_in_bytes,
            status: match self.image_status.as_deref() {
                None | Some("ACTIVE") => ImageStatus::Active,
                Some("ARCHIVED") => ImageStatus::Archived,
                // ACTIVATING
                Some(_) => ImageStatus::Restoring,
            },
            platforms: Fact::Unknown(Why::NotAsked),
        }
    }
}

impl Answer for DescribeImages {
    const CALL: &'static Call = &calls::DESCRIBE_IMAGES;
}

impl Page for DescribeImages {
    type Item = Detail;

    fn split(self) -> Split<Detail> {
        Split {
            items: self.images,
            next: self.next,
        }
    }
}
