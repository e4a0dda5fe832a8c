//! What images run on. An index says it for each of its images; a single manifest points to a config blob that says it,
//! which ECR hands out by a presigned URL. An index also names the images that it holds, and asking for a digest tells
//! whether an image without a tag is there.

mod manifest;
#[cfg(test)]
mod tests;

use manifest::{ConfigPlatform, Descriptor, Manifest, children_of, of_index};

use super::answer::Answer;
use super::call::Call;
use super::calls;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use super::registry::images_of;
use crate::account::{
    Chapter, Digest, Fact, Image, ImageStatus, Platform, RepositoryFacts, RevisionArn,
    TaskDefinition, Version, Why,
};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Of all tagged images, the newest ones are looked at...
const MOST_IMAGES: usize = 10;
/// ... and of those with a version or `latest`, which may be older, so many: the release in question is among them.
const MOST_RELEASES: usize = 5;
/// ECR answers for no more at once.
const MOST_ASKED: usize = 100;
/// A config blob has a few KiB.
const LARGEST_CONFIG_BYTES: u64 = 2 * 1024 * 1024;

const MEDIA_TYPES: [&str; 4] = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];

/// Reads the platforms of the images that matter: the newest tagged ones, and those that definitions name.
pub(super) async fn add_platforms(
    reader: &Reader,
    chapter: &Chapter,
    repositories: &mut BTreeMap<String, RepositoryFacts>,
    definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for image in images_of(definitions) {
        let texts = named.entry(image.repository.clone()).or_default();
        texts.extend(image.tag.clone());
        texts.extend(image.digest.map(|digest| digest.0));
    }
    named
        .entry(chapter.repository.clone())
        .or_default()
        .insert(chapter.version.clone());
    let none = BTreeSet::new();
    let read = repositories.iter_mut().map(|(name, facts)| {
        let named = named.get(name).unwrap_or(&none);
        async move {
            of_repository(reader, name, facts, named).await;
        }
    });
    join_all(read).await;
}

async fn of_repository(
    reader: &Reader,
    repository: &str,
    facts: &mut RepositoryFacts,
    named: &BTreeSet<String>,
) {
    let Fact::Present(images) = &mut facts.images else {
        return;
    };
    images.sort_by_key(|image| std::cmp::Reverse(image.pushed_at));
    let wanted = chosen(images, named);
    if wanted.is_empty() {
        return;
    }
    let digests: Vec<_> = wanted
        .iter()
        .map(|digest| json!({"imageDigest": digest}))
        .collect();
    let input = Input::none()
        .with("repositoryName", repository)
        .with("imageIds", digests)
        .with("acceptedMediaTypes", json!(MEDIA_TYPES));
    let answer = match reader.ask::<BatchGetImage>(input).await {
        Ok(answer) => answer,
        Err(error) => {
            for image in images
                .iter_mut()
                .filter(|image| wanted.contains(&image.digest))
            {
                image.platforms = Fact::Unknown(error.why.clone());
            }
            return;
        }
    };
    let read = wanted
        .iter()
        .map(|digest| manifest_of(reader, repository, answer.manifest(digest)));
    let manifests = join_all(read).await;
    for (digest, manifest) in wanted.into_iter().zip(manifests) {
        if !images.iter().any(|image| image.digest == digest) {
            if answer.has_not(&digest) {
                facts.absent.push(digest);
                continue;
            }
            if answer.manifest(&digest).is_none() {
                continue;
            }
            images.push(untagged(digest.clone()));
        }
        for (child, platform) in manifest.children {
            if !images.iter().any(|image| image.digest == child) {
                images.push(Image {
                    platforms: Fact::Present(vec![platform]),
                    ..untagged(child)
                });
            }
        }
        for image in images.iter_mut().filter(|image| image.digest == digest) {
            image.platforms = manifest.platforms.clone();
        }
    }
}

/// Which images matter: those that a definition names, by tag or digest, the newest releases, and the newest of all.
fn chosen(images: &[Image], named: &BTreeSet<String>) -> Vec<Digest> {
    let can_be_pulled = |image: &&Image| image.status == ImageStatus::Active;
    let is_named = |image: &&Image| {
        named.contains(image.digest.as_str()) || image.tags.iter().any(|tag| named.contains(tag))
    };
    let is_release = |image: &&Image| {
        let counts = |tag: &String| tag == "latest" || Version::of(tag).is_some();
        image.tags.iter().any(counts)
    };
    let listed = images.iter().filter(can_be_pulled);
    // One without a tag is not listed; only asking for it tells whether it is there.
    let unlisted = named
        .iter()
        .filter(|text| text.starts_with("sha256:"))
        .filter(|text| !images.iter().any(|image| image.digest.as_str() == *text))
        .map(|text| Digest::from(text.as_str()));
    let mut wanted: Vec<Digest> = Vec::new();
    let in_order = listed
        .clone()
        .filter(is_named)
        .chain(listed.clone().filter(is_release).take(MOST_RELEASES))
        .chain(listed.take(MOST_IMAGES))
        .map(|image| image.digest.clone());
    for digest in unlisted.chain(in_order) {
        if !wanted.contains(&digest) {
            wanted.push(digest);
        }
    }
    wanted.truncate(MOST_ASKED);
    wanted
}

/// An image that is there and has no tag.
fn untagged(digest: Digest) -> Image {
    Image {
        digest,
        tags: Vec::new(),
        pushed_at: None,
        size_bytes: None,
        status: ImageStatus::Active,
        platforms: Fact::Unknown(Why::NotAsked),
    }
}

/// What one manifest or index says.
struct Said {
    platforms: Fact<Vec<Platform>>,
    /// The images that an index holds.
    children: Vec<(Digest, Platform)>,
}

async fn manifest_of(reader: &Reader, repository: &str, text: Option<&str>) -> Said {
    let manifest = text.and_then(|text| serde_json::from_str::<Manifest>(text).ok());
    let mut children = Vec::new();
    let platforms = match manifest {
        Some(Manifest {
            manifests: Some(entries),
            ..
        }) => {
            children = children_of(&entries);
            Fact::Present(of_index(&entries))
        }
        Some(Manifest {
            config: Some(config),
            ..
        }) => of_config(reader, repository, &config).await.fact(&[]),
        _ => Fact::Unknown(Why::Other {
            say: "the image's manifest could not be read".to_owned(),
        }),
    };
    Said {
        platforms,
        children,
    }
}

async fn of_config(
    reader: &Reader,
    repository: &str,
    config: &Descriptor,
) -> Result<Vec<Platform>, ReadError> {
    let call = &calls::GET_DOWNLOAD_URL_FOR_LAYER;
    if config.size.is_some_and(|size| size > LARGEST_CONFIG_BYTES) {
        return Err(ReadError::other(
            call,
            "the image's config is too large to be one",
        ));
    }
    let input = Input::none()
        .with("repositoryName", repository)
        .with("layerDigest", config.digest.as_str());
    let url = reader.ask::<GetDownloadUrlForLayer>(input).await?.url;
    let body = reader.download(call, &url, LARGEST_CONFIG_BYTES).await?;
    let platform: ConfigPlatform = serde_json::from_slice(&body)
        .map_err(|_| ReadError::other(call, "the image's config does not say what it runs on"))?;
    Ok(vec![Platform {
        os: platform.os,
        architecture: platform.architecture,
    }])
}

#[derive(Debug, Deserialize)]
pub(super) struct BatchGetImage {
    images: Vec<Found>,
    #[serde(default)]
    failures: Vec<Failure>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    image_id: Option<FoundId>,
    failure_code: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "imageId")]
    id: Option<FoundId>,
    #[serde(rename = "imageManifest")]
    manifest: Option<String>,
}

#[derive(Debug, Deserialize)]
struct FoundId {
    #[serde(rename = "imageDigest")]
    digest: Option<String>,
}

impl BatchGetImage {
    fn manifest(&self, digest: &Digest) -> Option<&str> {
        self.images
            .iter()
            .find(|image| {
                image.id.as_ref().and_then(|id| id.digest.as_deref()) == Some(digest.as_str())
            })?
            .manifest
            .as_deref()
    }

    /// Whether ECR said that it does not have that image; any other failure leaves it open.
    fn has_not(&self, digest: &Digest) -> bool {
        self.failures.iter().any(|failure| {
            failure.failure_code.as_deref() == Some("ImageNotFound")
                && failure
                    .image_id
                    .as_ref()
                    .and_then(|id| id.digest.as_deref())
                    == Some(digest.as_str())
        })
    }
}

impl Answer for BatchGetImage {
    const CALL: &'static Call = &calls::BATCH_GET_IMAGE;
}

#[derive(Debug, Deserialize)]
pub(super) struct GetDownloadUrlForLayer {
    #[serde(rename = "downloadUrl")]
    url: String,
}

impl Answer for GetDownloadUrlForLayer {
    const CALL: &'static Call = &calls::GET_DOWNLOAD_URL_FOR_LAYER;
}
