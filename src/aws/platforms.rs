//! What images run on. An index says it for each of its images; a single manifest points to a config blob that says it,
//! which ECR hands out by a presigned URL.

use super::answer::Answer;
use super::call::Call;
use super::calls;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use super::registry::images_of;
use crate::account::{
    Chapter, Digest, Fact, Image, Platform, RepositoryFacts, RevisionArn, TaskDefinition, Why,
};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Of all tagged images, the newest ones are looked at: the release in question is among them.
const MOST_IMAGES: usize = 10;
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
            if let Fact::Present(images) = &mut facts.images {
                of_repository(reader, name, images, named).await;
            }
        }
    });
    join_all(read).await;
}

async fn of_repository(
    reader: &Reader,
    repository: &str,
    images: &mut [Image],
    named: &BTreeSet<String>,
) {
    images.sort_by_key(|image| std::cmp::Reverse(image.pushed_at));
    let wanted: Vec<usize> = images
        .iter()
        .enumerate()
        .filter(|(at, image)| {
            *at < MOST_IMAGES
                || named.contains(image.digest.as_str())
                || image.tags.iter().any(|tag| named.contains(tag))
        })
        .map(|(at, _)| at)
        .take(100)
        .collect();
    if wanted.is_empty() {
        return;
    }
    let digests: Vec<_> = wanted
        .iter()
        .map(|at| json!({"imageDigest": images[*at].digest}))
        .collect();
    let input = Input::none()
        .with("repositoryName", repository)
        .with("imageIds", digests)
        .with("acceptedMediaTypes", json!(MEDIA_TYPES));
    let manifests = reader.ask::<BatchGetImage>(input).await;
    let read = wanted.iter().map(|at| {
        let digest = &images[*at].digest;
        let manifests = &manifests;
        async move {
            match manifests {
                Ok(answer) => platforms(reader, repository, answer.manifest(digest)).await,
                Err(error) => Fact::Unknown(error.why.clone()),
            }
        }
    });
    let platforms = join_all(read).await;
    for (at, platforms) in wanted.into_iter().zip(platforms) {
        images[at].platforms = platforms;
    }
}

async fn platforms(
    reader: &Reader,
    repository: &str,
    manifest: Option<&str>,
) -> Fact<Vec<Platform>> {
    let manifest = manifest.and_then(|text| serde_json::from_str::<Manifest>(text).ok());
    match manifest {
        Some(Manifest {
            manifests: Some(entries),
            ..
        }) => of_index(&entries)
            .map_or_else(|| other("the image index names no platform"), Fact::Present),
        Some(Manifest {
            config: Some(config),
            ..
        }) => of_config(reader, repository, &config).await.fact(&[]),
        _ => other("the image's manifest could not be read"),
    }
}

fn other<T>(say: &str) -> Fact<T> {
    Fact::Unknown(Why::Other {
        say: say.to_owned(),
    })
}

/// `None` when an entry does not say what it runs on. Attestations stand in the index as `unknown/unknown`.
fn of_index(entries: &[Entry]) -> Option<Vec<Platform>> {
    let mut platforms: Vec<Platform> = Vec::new();
    for entry in entries {
        let platform = entry.platform.as_ref()?;
        if platform.os == "unknown" || platform.architecture == "unknown" {
            continue;
        }
        let platform = Platform {
            os: platform.os.clone(),
            architecture: platform.architecture.clone(),
        };
        if !platforms.contains(&platform) {
            platforms.push(platform);
        }
    }
    Some(platforms)
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

/// An OCI or Docker manifest or index, reduced.
#[derive(Debug, Deserialize)]
struct Manifest {
    manifests: Option<Vec<Entry>>,
    config: Option<Descriptor>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    platform: Option<ConfigPlatform>,
}

#[derive(Debug, Deserialize)]
struct Descriptor {
    digest: String,
    size: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct ConfigPlatform {
    os: String,
    architecture: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct BatchGetImage {
    images: Vec<Found>,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn index(text: &str) -> Option<Vec<String>> {
        let manifest: Manifest = serde_json::from_str(text).unwrap();
        let platforms = of_index(&manifest.manifests.unwrap())?;
        Some(
            platforms
                .into_iter()
                .map(|platform| format!("{}/{}", platform.os, platform.architecture))
                .collect(),
        )
    }

    #[test]
    fn attestations_are_left_out_of_an_index() {
        let text = r#"{"manifests":[{"platform":{"os":"linux","architecture":"amd64"}},
            {"platform":{"os":"unknown","architecture":"unknown"}},{"platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"#;
        assert_eq!(index(text).unwrap(), ["linux/amd64", "linux/arm64"]);
    }

    #[test]
    fn an_index_that_does_not_say_is_not_guessed_at() {
        assert_eq!(index(r#"{"manifests":[{"digest":"sha256:1"}]}"#), None);
    }
}
